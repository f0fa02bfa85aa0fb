"""What must always hold of money and phases; the numbers are those of the plan's list."""

from collections.abc import Mapping, Sequence

from escrow_tui.engine.ledger import TransferLine, escrow_account
from escrow_tui.engine.order import Order
from escrow_tui.engine.settlement import commission_on
from escrow_tui.engine.terms import ENDED, Phase

Balances = Mapping[tuple[str, str], int]

# 9: the phases that an order may go to from each; withdrawing a dispute changes no order's phase.
FOLLOWS: dict[Phase, frozenset[Phase]] = {
    Phase.AWAITING_PAYMENT: frozenset({Phase.VERIFYING, Phase.EXPIRED}),
    Phase.VERIFYING: frozenset({Phase.AWAITING_SHIPMENT, Phase.CANCELLED}),
    Phase.AWAITING_SHIPMENT: frozenset({Phase.SHIPPED, Phase.CANCELLED}),
    Phase.SHIPPED: frozenset(
        {
            Phase.DELIVERED,
            Phase.RETURNED_TO_SENDER,
            Phase.COMPLETED,
            Phase.REFUNDED,
            Phase.CLOSED,
        }
    ),
    Phase.RETURNED_TO_SENDER: frozenset({Phase.SHIPPED, Phase.REFUNDED, Phase.CLOSED}),
    Phase.DELIVERED: frozenset({Phase.COMPLETED, Phase.REFUNDED, Phase.CLOSED}),
    Phase.COMPLETED: frozenset({Phase.REFUNDED, Phase.CLOSED}),
}


def unbalanced(lines: Sequence[TransferLine]) -> tuple[str, ...]:
    """Name every currency in which a transfer does not sum to zero."""
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.currency] = sums.get(line.currency, 0) + line.minor
    return tuple(f"1: a transfer leaves {total} {code}" for code, total in sums.items() if total)


def order_violations(
    before: Order | None, after: Order, balances: Balances, commission_bps: int
) -> tuple[str, ...]:
    """Name what does not hold of an order after one command or deadline."""
    escrow = balances.get((escrow_account(after), after.currency), 0)
    kept = after.released
    in_order = before is None or before.phase not in ENDED or _still(before, after)
    checks = {
        "2: escrow is below zero": escrow >= 0,
        "3: an order that ended holds money": after.phase not in ENDED or escrow == 0,
        "4: more was refunded than captured": after.refunded <= after.captured,
        "5: the commission is not C(kept)": after.commission == commission_on(kept, commission_bps),
        "6: released and held differ from what is outstanding": (
            after.released + after.held == after.outstanding
        ),
        "9: the phase went back": _follows(before, after),
        "10: escrow differs from what the order holds": escrow == after.held,
        "15: an ended order moved": in_order,
    }
    return tuple(f"{text} (order {after.id})" for text, holds in checks.items() if not holds)


def account_violations(balances: Balances) -> tuple[str, ...]:
    """Name every account of a seller that went below zero; only `debt` may."""
    return tuple(
        f"5: {account} is at {minor} {currency}"
        for (account, currency), minor in balances.items()
        if minor < 0 and account.startswith("seller:") and not account.endswith(":debt")
    )


def _follows(before: Order | None, after: Order) -> bool:
    if before is None or before.phase is after.phase:
        return True
    reached = {before.phase}
    # One command may pass through a phase: a dispute that is executed after a release.
    for _ in Phase:
        reached |= {follower for phase in reached for follower in FOLLOWS.get(phase, ())}
    return after.phase in reached


def _still(before: Order, after: Order) -> bool:
    return (before.phase, before.held, before.refunded) == (after.phase, after.held, after.refunded)
