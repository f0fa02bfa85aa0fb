"""What must always hold of money and phases, numbered as in the specification."""

from collections.abc import Mapping, Sequence

from escrow_tui.engine.deadlines import EFFECTS
from escrow_tui.engine.ledger import TransferLine, escrow_account
from escrow_tui.engine.order import Order
from escrow_tui.engine.settlement import commission_on
from escrow_tui.engine.terms import ENDED, Phase
from escrow_tui.engine.timer import Effect

Balances = Mapping[tuple[str, str], int]

_IN_TRADE = (
    Phase.VERIFYING,
    Phase.AWAITING_SHIPMENT,
    Phase.CANCEL_REQUESTED,
    Phase.SHIPPED,
    Phase.RETURNED_TO_SENDER,
    Phase.DELIVERED,
    Phase.COMPLETED,
    Phase.AWAITING_REPLACEMENT,
)
_RESULTS = frozenset({Phase.REFUNDED, Phase.CLOSED, Phase.AWAITING_REPLACEMENT})

# 9: the phases that may follow each phase. An order goes back only by a withdrawn request to
# cancel, by re-shipping and by a replacement; disputes do not change its phase. After a won
# chargeback it goes back to the phase before, which `_follows` looks up on the order.
FOLLOWS: dict[Phase, frozenset[Phase]] = {
    Phase.AWAITING_PAYMENT: frozenset({Phase.VERIFYING, Phase.EXPIRED}),
    Phase.VERIFYING: frozenset({Phase.AWAITING_SHIPMENT, Phase.CANCELLED}),
    Phase.AWAITING_SHIPMENT: frozenset(
        {Phase.CANCEL_REQUESTED, Phase.SHIPPED, Phase.CANCELLED, Phase.REFUNDED}
    ),
    Phase.CANCEL_REQUESTED: frozenset({Phase.AWAITING_SHIPMENT, Phase.SHIPPED, Phase.CANCELLED}),
    Phase.SHIPPED: frozenset(
        {Phase.DELIVERED, Phase.RETURNED_TO_SENDER, Phase.COMPLETED, *_RESULTS}
    ),
    Phase.RETURNED_TO_SENDER: frozenset({Phase.SHIPPED, *_RESULTS}),
    Phase.DELIVERED: frozenset({Phase.COMPLETED, *_RESULTS}),
    Phase.COMPLETED: _RESULTS,
    Phase.AWAITING_REPLACEMENT: frozenset({Phase.SHIPPED, Phase.REFUNDED}),
}
_FREEZABLE = frozenset({*_IN_TRADE, Phase.CANCELLED, Phase.REFUNDED, Phase.CLOSED})


def unbalanced(lines: Sequence[TransferLine]) -> tuple[str, ...]:
    """Name every currency in which a transfer does not sum to zero."""
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.currency] = sums.get(line.currency, 0) + line.minor
    return tuple(f"1: a transfer leaves {total} {code}" for code, total in sums.items() if total)


def order_violations(
    before: Order | None, after: Order, balances: Balances, commission_bps: int
) -> tuple[str, ...]:
    """Name the invariants that an order breaks after one command or deadline."""
    escrow = balances.get((escrow_account(after), after.currency), 0)
    kept = after.released
    in_order = before is None or before.phase not in ENDED or _still(before, after)
    dispute = after.dispute
    same = dispute is not None and "" != dispute.reviewer == dispute.mediator
    refunded = after.refunded + after.charged_back
    checks = {
        "2: escrow is below zero": escrow >= 0,
        "3: an order that ended holds money": after.phase not in ENDED or escrow == 0,
        "4: more was refunded and charged back than captured": refunded <= after.captured,
        "5: the commission is not C(kept)": after.commission == commission_on(kept, commission_bps),
        "6: the order was released twice": after.releases <= 1,
        "6: released and held differ from what is outstanding": (
            after.released + after.held == after.outstanding
        ),
        "9: the phase went back": _follows(before, after),
        "10: escrow differs from what the order holds": escrow == after.held,
        "13: the mediator of the appeal is the one who ruled": not same,
        "15: an ended order moved": in_order,
    }
    return tuple(f"{text} (order {after.id})" for text, holds in checks.items() if not holds)


def account_violations(balances: Balances) -> tuple[str, ...]:
    """Name every account of a seller below zero; only `debt` may be."""
    return tuple(
        f"5: {account} is at {minor} {currency}"
        for (account, currency), minor in balances.items()
        if minor < 0 and account.startswith("seller:") and not account.endswith(":debt")
    )


def fires_wrongly(order: Order, deadline: str) -> str:
    """Name the invariant that a deadline breaks by firing now: 8, a timer that stands still."""
    effect = EFFECTS[deadline]
    of_bank = effect in (Effect.LOSE_CHARGEBACK, Effect.SETTLE_REFUND)
    if order.chargeback is not None and not of_bank:
        return f"8: {deadline} of order {order.id} fires while the order is frozen"
    if order.stage_beneath is not None and effect is Effect.COMPLETE:
        return f"8: {deadline} of order {order.id} fires in a dispute or a return"
    return ""


def _follows(before: Order | None, after: Order) -> bool:
    if before is None or before.phase is after.phase:
        return True
    if after.phase is Phase.FROZEN:
        return before.phase in _FREEZABLE
    if before.phase is Phase.FROZEN:
        return after.phase in (Phase.CHARGED_BACK, before.phase_beneath)
    return after.phase in FOLLOWS.get(before.phase, ())


def _still(before: Order, after: Order) -> bool:
    if before.phase is not after.phase:
        return after.phase is Phase.FROZEN
    return (before.held, before.refunded) == (after.held, after.refunded)
