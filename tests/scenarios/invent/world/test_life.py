"""The life of a world: in order of time, by the engine's rules, to every kind of end."""

from collections import defaultdict
from collections.abc import Callable
from enum import StrEnum

import pytest

from escrow_tui.desk.checkout import order_name
from escrow_tui.engine.consequences import consequences_of
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.invariants import account_violations, order_violations, unbalanced
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import (
    ChargebackPhase,
    DisputePhase,
    Phase,
    Reason,
    RefundWay,
    ReturnPhase,
    ShipmentState,
)
from escrow_tui.policy import load_policy
from escrow_tui.scenarios.invent.world.creation import POLICY, PRESENT, STARTED, world_of
from tests.scenarios.invent.world.lived import ORDERS, SEED, lived

_POLICY = load_policy(POLICY).policy


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_nothing_that_a_story_asks_for_is_refused(seed: int) -> None:
    """A refusal would stop the program with the story's name, as the table of stories is wrong."""
    assert sum(one.after is not None for one in world_of(2_000, seed).appends) == 2_000


def test_every_phase_of_an_order_is_there() -> None:
    """Among 500 orders, at least one is in each phase."""
    assert {order.phase for order in lived().orders} == set(Phase)


@pytest.mark.parametrize("stages", [DisputePhase, ReturnPhase, ChargebackPhase])
def test_every_phase_of_a_part_is_there(stages: type[StrEnum]) -> None:
    """Disputes, returns and chargebacks are found in each of their phases."""
    assert {one.stage for one in lived().orders if isinstance(one.stage, stages)} == set(stages)


# What else a market with a history holds.
_FOUND: dict[str, Callable[[Order], object]] = {
    "paid in a foreign currency": lambda one: one.pay_in and one.captured,
    "paid in cash": lambda one: one.method == "western_union" and one.captured,
    "several lines": lambda one: len(one.lines) > 1,
    "a part given back": lambda one: 0 < one.refunded < one.captured,
    "all given back": lambda one: one.refunded == one.captured > 0,
    "goodwill": lambda one: one.goodwill,
    "a refund on its way to a card": lambda one: _goes(one, RefundWay.CARD),
    "a refund that has arrived": lambda one: one.settled,
    "money that has not cleared": lambda one: one.uncleared,
    "a replacement": lambda one: one.replacements,
    "goods that went back": lambda one: one.returned_goods,
    "an appeal": lambda one: one.appealed,
    "a case that is assigned": lambda one: one.dispute and one.dispute.mediator,
    "a case that is free": lambda one: one.dispute and not one.dispute.mediator,
    "evidence asked for": lambda one: one.evidence_asked,
    "three proposals": lambda one: one.dispute and len(one.dispute.proposals) > 1,
    "a second dispute": lambda one: one.dispute_count > 1,
    "a dispute beneath a chargeback": lambda one: one.chargeback and one.dispute,
    "a chargeback that is over": lambda one: one.charged_back_once and not one.chargeback,
    "a shipment marked false": lambda one: one.shipment and one.shipment.false,
    "a review": lambda one: one.review,
    "messages": lambda one: one.messages,
    "a message that tempts": lambda one: any(said.off_platform for said in one.messages),
    "more days to ship": lambda one: one.extra_processing_days,
    "more days of protection": lambda one: one.extra_protection_days,
}


def _goes(order: Order, way: RefundWay) -> bool:
    return any(one.way is way for one in order.refunds)


@pytest.mark.parametrize("what", _FOUND)
def test_a_market_that_was_lived_in_holds(what: str) -> None:
    """Each of these is somewhere among 500 orders."""
    assert any(_FOUND[what](order) for order in lived().orders)


def test_parcels_are_at_every_stage_of_their_way() -> None:
    """Every status of a carrier except lost and exception."""
    states = {order.shipment.state for order in lived().orders if order.shipment}
    assert states == set(ShipmentState) - {ShipmentState.EXCEPTION, ShipmentState.LOST}


def test_buyers_dispute_for_many_reasons() -> None:
    """What was found in a parcel decides the reason."""
    commands = [one.command for one in lived(4_000, 1).appends]
    reasons = {getattr(one, "reason", None) for one in commands} & set(Reason)
    assert reasons >= {
        Reason.DAMAGED,
        Reason.INCOMPLETE,
        Reason.WRONG_ITEM,
        Reason.DIFFERENT_FROM_LISTING,
        Reason.COUNTERFEIT,
        Reason.EMPTY_PARCEL,
        Reason.CHANGE_OF_MIND,
        Reason.IN_TRANSIT_LATE,
        Reason.NO_SCANS,
    }


def test_time_never_goes_back_and_ends_at_the_present() -> None:
    """The entries of all orders are in one order of time."""
    instants = [one.at for one in lived().appends]
    assert instants == sorted(instants)
    assert instants[0] >= STARTED
    assert instants[-1] == PRESENT


def test_versions_count_up_in_every_stream() -> None:
    """Each entry stands after the one before it in its stream."""
    versions: dict[str, int] = defaultdict(int)
    for one in lived().appends:
        assert one.version == versions[one.stream]
        versions[one.stream] += 1


def test_orders_are_named_as_they_are_placed() -> None:
    """A, B, ... AA: by the instant of placing, as at the checkout."""
    placed = sorted(lived().orders, key=lambda one: (one.placed_at, len(one.id), one.id))
    assert [one.id for one in placed] == [order_name(number) for number in range(ORDERS)]


def test_no_deadline_is_overdue() -> None:
    """What was due before the market's present has fired at its time."""
    for one in lived().stored:
        running = deadlines(one.order, _POLICY)
        assert one.next_deadline == (running[0].at if running else None)
        assert one.next_deadline is None or one.next_deadline > PRESENT


def test_an_order_is_what_its_entries_make_of_it() -> None:
    """Folded again, each equals the state of its last entry, and only that entry carries one."""
    folded: dict[str, tuple[Order, int]] = {}
    ended: set[str] = set()
    for one in lived().appends:
        order_id = one.stream.removeprefix("order:")
        if order_id == one.stream:
            continue
        assert order_id not in ended
        before = folded[order_id][0] if order_id in folded else None
        led = consequences_of(before, one.events, order_id, one.at)
        assert (led.lines, led.trust) == (one.lines, one.trust)
        folded[order_id] = led.order, one.version + 1
        if one.after is not None:
            ended.add(order_id)
    assert {one.order.id: (one.order, one.version) for one in lived().stored} == folded


def test_every_invariant_holds_after_every_entry() -> None:
    """Sums, escrow, commission, phases: as the desk checks them after each command."""
    held: dict[tuple[str, str], int] = defaultdict(int)
    orders: dict[str, Order] = {}
    for one in lived().appends:
        for line in one.lines:
            held[line.account, line.currency] += line.minor
        broken = [*unbalanced(one.lines), *account_violations(_touched(held, one.lines))]
        order_id = one.stream.removeprefix("order:")
        if order_id != one.stream:
            before = orders.get(order_id)
            orders[order_id] = consequences_of(before, one.events, order_id, one.at).order
            bps = _POLICY.commission_bps
            broken += order_violations(before, orders[order_id], held, bps)
        assert broken == []


def _touched(
    held: dict[tuple[str, str], int], lines: tuple[TransferLine, ...]
) -> dict[tuple[str, str], int]:
    accounts = {line.account for line in lines}
    return {key: minor for key, minor in held.items() if key[0] in accounts}


def test_somebody_owes_money_and_somebody_takes_his_home() -> None:
    """Shops withdraw what has cleared, and owe what is taken back afterwards."""
    accounts = {line.account for one in lived().appends for line in one.lines if line.minor < 0}
    assert any(account.endswith(":debt") for account in accounts)
    verbs = {type(one.command).__name__ for one in lived().appends}
    assert {"WithdrawMoney", "WithdrawWallet"} <= verbs


def test_the_first_buyer_has_orders_and_every_shop_has() -> None:
    """Free play takes the chairs of buyer-1 and of all the shops."""
    orders = lived().orders
    assert sum(one.buyer == "buyer-1" for one in orders) >= 10
    assert {one.seller for one in orders} == {f"seller-{n}" for n in range(1, 7)}


def test_a_chargeback_is_of_a_card_alone() -> None:
    """An order is drawn so that its story is possible."""
    charged = [one for one in lived().orders if one.chargeback or one.charged_back_once]
    assert charged
    assert all(METHODS[one.method].chargeback for one in charged)


def test_another_seed_gives_another_life() -> None:
    """The seed decides it."""
    assert lived(20, SEED).appends != lived(20, SEED + 1).appends


@pytest.mark.parametrize("orders", [1, 2, 3, 17])
def test_small_worlds_are_worlds_too(orders: int) -> None:
    """Even one order has a market and a buyer."""
    assert len(lived(orders, SEED).orders) == orders
