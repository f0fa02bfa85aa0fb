"""The result of a story; `escrow-tui run --json` prints it under these names."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from escrow_tui.desk.desk import Desk
from escrow_tui.desk.question import market_row
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.entry import CLOCK_STREAM
from escrow_tui.engine.events import name_of
from escrow_tui.engine.invariants import unbalanced
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.store.derived.fold import fold

if TYPE_CHECKING:
    from escrow_tui.store import Reading

AccountBalances = dict[str, dict[str, int]]


class RefusalResult(msgspec.Struct, frozen=True):
    """Why a step was refused; `rule` is the policy row behind it, empty for none."""

    code: str
    message: str
    rule: str


class StepResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a step led to: the names of its events, or for a move of the clock those of deadlines.

    `due` are the events that followed a command: of deadlines that it made due, and of the bank
    that verifies at once. `at` is the market's time after the step.
    """

    by: str
    do: str
    order: str
    at: str
    events: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    refused: RefusalResult | msgspec.UnsetType = msgspec.UNSET


class DeadlineResult(msgspec.Struct, frozen=True):
    """A running deadline, and the policy row that set it."""

    name: str
    at: str
    rule: str


class OrderResult(msgspec.Struct, frozen=True, rename={"return_": "return"}, kw_only=True):
    """An order at the end, with amounts in minor units; a part that is not there is null.

    `released` is what the seller was paid, before commission, and still keeps: a refund after the
    release lowers it. `refunded` is what was booked, settled or not.
    """

    phase: str
    shipment: str | None
    dispute: str | None
    return_: str | None
    chargeback: str | None
    captured: int
    held: int
    refunded: int
    released: int
    commission: int
    charged_back: int
    deadlines: tuple[DeadlineResult, ...]


class StoryResult(msgspec.Struct, frozen=True, kw_only=True):
    """The whole result of a story."""

    steps: tuple[StepResult, ...]
    orders: dict[str, OrderResult]
    balances: AccountBalances
    violations: tuple[str, ...]
    journal_sha256: str


def iso(instant: int) -> str:
    """Return an instant (Unix seconds) as `2026-03-02T09:00:00Z`."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def order_result(order: Order, policy: Policy) -> OrderResult:
    """Return the result of an order."""
    return OrderResult(
        phase=order.phase,
        shipment=order.shipment.state if order.shipment else None,
        dispute=order.dispute.phase if order.dispute else None,
        return_=order.return_.phase if order.return_ else None,
        chargeback=order.chargeback.phase if order.chargeback else None,
        captured=order.captured,
        held=order.held,
        refunded=order.refunded,
        released=order.released,
        commission=order.commission,
        charged_back=order.charged_back,
        deadlines=tuple(
            DeadlineResult(one.name, iso(one.at), one.rule) for one in deadlines(order, policy)
        ),
    )


def order_results(reading: "Reading", market: str, ids: Iterable[str]) -> dict[str, OrderResult]:
    """Return the result of each of these orders that was placed."""
    stored = ((one, reading.order(market, one)) for one in ids)
    return {
        one: order_result(found.order, reading.policy(found.order.policy))
        for one, found in stored
        if found is not None
    }


def account_balances(reading: "Reading", market: str) -> AccountBalances:
    """Return the balance of every account that was used, in minor units by currency."""
    found: AccountBalances = {}
    for (account, currency), minor in sorted(reading.balances(market).items()):
        found.setdefault(account, {})[currency] = minor
    return found


def audit(reading: "Reading", market: str, started: int) -> tuple[str, ...]:
    """Name balances and trust that differ from the journal, and currencies that do not sum to 0."""
    stored, trust = reading.balances(market), reading.trust(market)
    derived = fold(reading.entries(market), started, reading.policy)
    folded = derived.balances
    differing = tuple(
        f"10: {account} is at {stored.get((account, code), 0)} {code}, not as the journal says"
        for account, code in sorted(folded.keys() | stored.keys())
        if stored.get((account, code), 0) != folded.get((account, code), 0)
    )
    miscounted = tuple(
        f"10: {figure} of {person} is {trust.get((person, figure), 0)}, not as the journal says"
        for person, figure in sorted(derived.trust.keys() | trust.keys())
        if trust.get((person, figure), 0) != derived.trust.get((person, figure), 0)
    )
    sums = unbalanced([TransferLine(*key, minor) for key, minor in stored.items()])
    return differing + miscounted + sums


def last_seq(desk: Desk) -> int:
    """Return the number of the last entry of the desk's market."""
    with desk.store.reading() as reading:
        return market_row(reading, desk.market).seq


def events_after(desk: Desk, seq: int) -> tuple[str, ...]:
    """Return the names of the events after an entry, without the clock's own."""
    if last_seq(desk) <= seq:
        return ()
    later = (one for one in desk.entries() if one.seq > seq and one.stream != CLOCK_STREAM)
    return tuple(name_of(event) for one in later for event in one.events)


def refusal_result(refused: Refused) -> RefusalResult:
    """Return a refusal as part of the result."""
    return RefusalResult(refused.code, refused.sentence, refused.rule)
