"""The views of money: movements of the ledger, balances, and the preview of a command."""

from collections.abc import Iterable, Mapping

import msgspec

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.ledger import TransferLine, transfer
from escrow_tui.engine.methods import AGENTS
from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.views.event_sentences import tell
from escrow_tui.views.order_facts import OrderFacts


class AmountView(msgspec.Struct, frozen=True):
    """One line of a movement; a positive amount arrives at the account."""

    account: str
    amount: str
    minor: int
    currency: str


class Movement(msgspec.Struct, frozen=True):
    """What one event moved, with the sentence for the event."""

    seq: int
    date: str
    sentence: str
    lines: tuple[AmountView, ...]


class BalanceChange(msgspec.Struct, frozen=True):
    """An account before and after a command."""

    account: str
    before: str
    after: str
    change: str


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a command would do: the ledger before and after, or why it would be refused.

    `later` says when the money moves; it is empty where the money moves at once.
    """

    possible: bool
    why_not: str
    says: tuple[str, ...]
    changes: tuple[BalanceChange, ...]
    check: str
    later: str


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """A seller's balances; `frozen` is the part of `pending` that chargebacks hold back."""

    currency: str
    pending: str
    available: str
    frozen: str
    deposit: str
    debt: str


# The accounts that belong to no single order or person.
ACCOUNT_TITLES: dict[str, str] = {
    "ext:buyer": "Buyer's bank",
    "ext:bank": "Seller's bank",
    **AGENTS,
    "ext:network": "Card network",
    "ext:psp": "Payment processor",
    "ext:carrier": "Carrier",
    "refunds_payable": "Refunds on the way",
    "chargeback_receivable": "Chargebacks open",
    "platform:commission": "Platform: commission",
    "platform:psp_fees": "Platform: processing cost",
    "platform:fx": "Platform: currency exchange",
    "platform:goodwill": "Platform: goodwill",
    "platform:dispute_fees": "Platform: chargeback fees",
    "platform:chargeback_loss": "Platform: lost to banks",
    "platform:carrier_cost": "Platform: carrier's cost",
    "platform:withdrawal_fees": "Platform: withdrawal fees",
}
# Which of these accounts each role may see, besides escrow and the role's own accounts.
_SEEN: dict[Role, frozenset[str]] = {
    Role.BUYER: frozenset({"refunds_payable", "ext:buyer", *AGENTS}),
    Role.SELLER: frozenset({"refunds_payable", "ext:bank", "platform:commission"}),
    Role.MEDIATOR: frozenset(ACCOUNT_TITLES),
    Role.CARRIER: frozenset(ACCOUNT_TITLES),
    Role.BANK: frozenset(ACCOUNT_TITLES),
    Role.CLOCK: frozenset(),
}
# Mediator, carrier and bank see the accounts of both sides; a party sees only its own.
_SEE_BOTH = frozenset({Role.MEDIATOR, Role.CARRIER, Role.BANK})


def account_title(account: str) -> str:
    """Return an account's name for people: `escrow:A` is `Escrow of A`."""
    if account in ACCOUNT_TITLES:
        return ACCOUNT_TITLES[account]
    first, _, rest = account.partition(":")
    if first == "escrow":
        return f"Escrow of {rest}"
    part = rest.rpartition(":")[2]
    return f"{first.capitalize()}: {part}"


def may_see(account: str, actor: Actor) -> bool:
    """Tell whether the actor may see an account."""
    if account.startswith("escrow:") or account in _SEEN[actor.role]:
        return True
    if actor.role in _SEE_BOTH:
        return account.startswith(("buyer:", "seller:"))
    return account.startswith(f"{actor.role}:{actor.person}:")


def movements(facts: OrderFacts, actor: Actor) -> tuple[Movement, ...]:
    """Return every movement of an order's money that the actor may see, oldest first."""
    order: Order | None = None
    found: list[Movement] = []
    for entry in facts.entries:
        for event in entry.events:
            lines = transfer(event, order)
            order = evolve(order, event, facts.order.id, entry.at)
            shown = tuple(_line(line) for line in lines if may_see(line.account, actor))
            said = tell(event, order, actor.role)
            if shown and said:
                found.append(Movement(entry.seq, date_of(entry.at), said, shown))
    return tuple(found)


def _line(line: TransferLine) -> AmountView:
    return _amount(account_title(line.account), line.minor, line.currency)


def _amount(account: str, minor: int, currency: str) -> AmountView:
    sign = "+" if minor > 0 else ""
    return AmountView(account, f"{sign}{plain(minor, currency)} {currency}", minor, currency)


def totals(moved: Iterable[Movement]) -> tuple[AmountView, ...]:
    """Return the sum of the movements for each account and currency."""
    sums: dict[tuple[str, str], int] = {}
    for movement in moved:
        for line in movement.lines:
            key = (line.account, line.currency)
            sums[key] = sums.get(key, 0) + line.minor
    return tuple(_amount(account, minor, currency) for (account, currency), minor in sums.items())


def balance_changes(
    lines: Iterable[TransferLine], before: Mapping[tuple[str, str], int], actor: Actor
) -> tuple[BalanceChange, ...]:
    """Return the accounts that the lines change and the actor may see, before and after."""
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        key = (line.account, line.currency)
        sums[key] = sums.get(key, 0) + line.minor
    return tuple(
        BalanceChange(
            account_title(account),
            plain(before.get((account, currency), 0), currency),
            plain(before.get((account, currency), 0) + minor, currency),
            f"{'+' if minor > 0 else ''}{plain(minor, currency)} {currency}",
        )
        for (account, currency), minor in sums.items()
        if minor and may_see(account, actor)
    )


def account_view(account: SellerAccount, currency: str, frozen: int = 0) -> AccountView:
    """Return a seller's balances; `frozen` (minor units) is the part that frozen orders hold."""
    return AccountView(
        currency=currency,
        pending=plain(account.pending, currency),
        available=plain(account.available, currency),
        frozen=plain(frozen, currency),
        deposit=plain(account.deposit, currency),
        debt=plain(account.debt, currency),
    )


def wallet_view(balances: Mapping[tuple[str, str], int], buyer: str) -> tuple[AmountView, ...]:
    """Return what a buyer's wallet holds, one line per currency, from the market's balances."""
    wallet = f"buyer:{buyer}:wallet"
    held = ((code, minor) for (account, code), minor in balances.items() if account == wallet)
    return tuple(
        AmountView("Wallet", f"{plain(minor, code)} {code}", minor, code)
        for code, minor in sorted(held)
        if minor
    )
