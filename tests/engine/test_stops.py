"""Timers that stop and continue: requests to cancel, disputes, returns, chargebacks."""

import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine.deadlines import Deadline, deadlines, stopped
from escrow_tui.engine.instant import DAY, HOUR
from escrow_tui.engine.order import Stop
from escrow_tui.engine.terms import Phase, ReturnFault, Side
from tests.each import for_each
from tests.engine.rules import cell_of
from tests.given.order_stories import HELD, STORIES
from tests.given.orders import (
    ANSWERED,
    BACK,
    CANCEL_ASKED,
    CHARGE_BACK,
    COMPLETED,
    DELIVER,
    DELIVERED,
    DISPUTE,
    FROZEN,
    GOING_BACK,
    INVOICE,
    PAID,
    POLICY,
    SEND_BACK,
    SHIPPED,
    START,
    TO_BE_REPLACED,
    TO_GO_BACK,
    TRACKING,
    Pause,
    Step,
    World,
    days,
    given,
    then_refused,
)

WON = c.DecideChargeback(Side.SELLER)
CHARGED: tuple[Step, ...] = (CHARGE_BACK, days(3), WON)


def running(world: World, name: str) -> int:
    """Return when a deadline of the story's order is due."""
    (at,) = [one.at for one in deadlines(world.order, POLICY) if one.name == name]
    return at


@pytest.mark.parametrize(
    ("stops", "since", "all_stops", "frozen_stops"),
    [
        ((), 0, 0, 0),
        ((Stop(10, 30),), 0, 20, 0),
        ((Stop(10, 30, frozen=True),), 0, 20, 20),
        ((Stop(10),), 0, 0, 0),
        ((Stop(10, frozen=True),), 0, 0, 0),
        ((Stop(10, 30),), 20, 10, 0),
        ((Stop(10, 30),), 29, 1, 0),
        ((Stop(10, 30),), 30, 0, 0),
        ((Stop(10, 30),), 31, 0, 0),
        ((Stop(10, 30), Stop(40, 45)), 0, 25, 0),
        ((Stop(10, 30), Stop(20, 25, frozen=True)), 0, 20, 5),
        ((Stop(10, 30), Stop(20, 40, frozen=True)), 0, 30, 20),
        ((Stop(10), Stop(20, 25, frozen=True)), 0, 5, 5),
        ((Stop(10, 30), Stop(30, 31, frozen=True)), 15, 16, 1),
    ],
)
def test_each_second_that_stood_still_counts_once(
    stops: tuple[Stop, ...], since: int, all_stops: int, frozen_stops: int
) -> None:
    """Only after the given instant; a stop that still lasts counts once it has ended."""
    assert stopped(stops, since, frozen_only=False) == all_stops
    assert stopped(stops, since, frozen_only=True) == frozen_stops


@pytest.mark.parametrize(
    ("before", "waited", "name", "length"),
    [
        (SHIPPED, 10, "protection", 60),
        (SHIPPED, 59, "protection", 60),
        (DELIVERED, 0, "auto_confirm", 7),
        (DELIVERED, 6, "auto_confirm", 7),
        (COMPLETED, 1, "after_sales", 15),
    ],
)
@pytest.mark.parametrize("argued", [0, 1, 4])
def test_a_withdrawn_dispute_gives_back_the_time_that_remained(
    before: tuple[Step, ...], waited: int, name: str, length: int, argued: int
) -> None:
    """The timer stops during the dispute and then continues."""
    world = given(*before, days(waited), DISPUTE)
    assert name not in [one.name for one in deadlines(world.order, POLICY)]
    if name == "after_sales":
        argued = min(argued, 2)
    world.after(days(argued), c.WithdrawDispute())
    assert running(world, name) == START + (length + argued) * DAY


def test_a_false_shipment_is_not_told_during_a_dispute() -> None:
    """The five days to the first scan stop with the order's other timers."""
    world = given(*SHIPPED, days(2), DISPUTE, days(4), c.WithdrawDispute(), promised_days=4)
    assert world.order.shipment is not None
    assert not world.order.shipment.false
    assert running(world, "false_shipment") == START + (5 + 4) * DAY


def test_two_withdrawn_disputes_add_up() -> None:
    """Each stop counts once."""
    argue = (DISPUTE, days(2), c.WithdrawDispute())
    world = given(*DELIVERED, days(1), *argue, days(1), *argue)
    assert [one.at for one in deadlines(world.order, POLICY)] == [START + (7 + 4) * DAY]


@pytest.mark.parametrize("hours", [1, 47])
def test_a_request_to_cancel_stops_the_sellers_time_to_ship(hours: int) -> None:
    """Once it is withdrawn, the seller has the time that was left; the days to answer are extra."""
    world = given(*PAID, days(6), c.RequestCancel())
    assert deadlines(world.order, POLICY) == (
        Deadline(START + 8 * DAY, "cancel_answer", "cancel_answer_hours"),
    )
    world.after(Pause(hours * HOUR), c.WithdrawCancel())
    assert world.order.stops == (Stop(START + 6 * DAY, world.now),)
    assert running(world, "processing") == START + 7 * DAY + hours * HOUR


def test_a_second_request_has_its_own_two_days() -> None:
    """It also adds a stop of its own."""
    again: tuple[Step, ...] = (c.RequestCancel(), days(1), c.WithdrawCancel())
    world = given(*PAID, *again, days(1), c.RequestCancel())
    assert running(world, "cancel_answer") == START + 4 * DAY
    world.after(days(1), c.WithdrawCancel())
    assert running(world, "processing") == START + 9 * DAY


def test_a_parcel_shipped_during_a_request_to_cancel_starts_its_protection_again() -> None:
    """The request's stop ended before."""
    world = given(*CANCEL_ASKED, days(1), c.Ship(TRACKING))
    assert world.order.stops == (Stop(START, START + DAY),)
    assert running(world, "protection") == START + 61 * DAY


@for_each("cell", HELD)
def test_a_won_chargeback_gives_every_timer_the_time_that_remained(cell: str) -> None:
    """All stood still for three days except refunds, which are with the bank."""
    world = given(*STORIES[cell], days(1))
    held = cell_of(world.order)
    before = deadlines(world.order, POLICY)
    world.after(*CHARGED)
    assert cell_of(world.order) == held
    assert world.violations == []
    assert deadlines(world.order, POLICY) == tuple(
        sorted(
            Deadline(one.at + (0 if one.name == "refund" else 3 * DAY), *_named(one))
            for one in before
        )
    )


def _named(one: Deadline) -> tuple[str, str, int]:
    return one.name, one.rule, one.subject


@pytest.mark.parametrize(
    ("steps", "due"),
    [
        (FROZEN, [("chargeback_answer", START + 10 * DAY)]),
        (ANSWERED, [("chargeback_bank", START + 75 * DAY)]),
        ((*COMPLETED, CHARGE_BACK), [("chargeback_answer", START + 10 * DAY)]),
        (
            (*PAID, c.Refund(1_000), CHARGE_BACK),
            [("chargeback_answer", START + 10 * DAY), ("refund", START + 14 * DAY)],
        ),
        (
            (*FROZEN, days(9), c.AnswerChargeback((INVOICE,))),
            [("chargeback_bank", START + 84 * DAY)],
        ),
    ],
)
def test_of_a_frozen_order_only_the_banks_timers_run(
    steps: tuple[Step, ...], due: list[tuple[str, int]]
) -> None:
    """A frozen order's money does not clear; refunds are already on their way."""
    order = given(*steps).order
    assert [(one.name, one.at) for one in deadlines(order, POLICY)] == due


def test_a_chargeback_in_a_dispute_stops_the_disputes_own_timer_too() -> None:
    """Three of the seller's five days had passed, so two remain after it is won."""
    world = given(*DELIVERED, days(1), DISPUTE, days(3), CHARGE_BACK, days(8), WON)
    assert running(world, "seller_answer") == START + (1 + 5 + 8) * DAY
    assert world.order.stops == (
        Stop(START + DAY),
        Stop(START + 4 * DAY, START + 12 * DAY, frozen=True),
    )
    world.after(c.WithdrawDispute())
    # The chargeback was within the dispute, so its days do not count twice.
    assert running(world, "auto_confirm") == START + (7 + 11) * DAY


def test_a_chargeback_before_a_dispute_counts_in_addition() -> None:
    """One after the other, they are two stops."""
    world = given(*DELIVERED, *CHARGED, days(1), DISPUTE, days(2), c.WithdrawDispute())
    assert running(world, "auto_confirm") == START + (7 + 3 + 2) * DAY


def test_a_chargeback_during_a_request_to_cancel_stops_both() -> None:
    """Both the seller's answer and the time to ship wait."""
    world = given(*CANCEL_ASKED, days(1), *CHARGED)
    assert running(world, "cancel_answer") == START + (2 + 3) * DAY
    world.after(c.WithdrawCancel())
    assert running(world, "processing") == START + (7 + 1 + 3) * DAY


def test_clearance_waits_for_the_bank_too() -> None:
    """One of three business days had passed before a week of chargeback."""
    world = given(*COMPLETED, days(1), CHARGE_BACK, days(7))
    assert world.balance("seller:seller-1:pending") == 9_500
    world.after(WON)
    assert running(world, "clearance") == START + (3 + 7) * DAY
    world.after(days(2))
    assert world.balance("seller:seller-1:available") == 9_500


def test_a_dispute_does_not_stop_the_clearance() -> None:
    """Released money clears; a clawback can take available money too."""
    world = given(*COMPLETED, DISPUTE, days(1), c.WithdrawDispute())
    assert running(world, "clearance") == START + 3 * DAY


@pytest.mark.parametrize(
    ("steps", "name", "length"),
    [
        (TO_GO_BACK, "return_ship", 10),
        (GOING_BACK, "return_transit", 30),
        (BACK, "return_confirm", 10),
        (TO_BE_REPLACED, "replacement_ship", 7),
    ],
)
def test_a_return_and_a_replacement_wait_for_the_bank(
    steps: tuple[Step, ...], name: str, length: int
) -> None:
    """Each has its own days left afterwards."""
    world = given(*steps, days(2), *CHARGED)
    assert running(world, name) == START + (length + 3) * DAY


def test_a_contested_return_lets_the_order_go_on_when_the_dispute_is_withdrawn() -> None:
    """The order stood still from the dispute's opening to its end, including the return."""
    contest = c.ContestReturn(ReturnFault.EMPTY)
    world = given(*DELIVERED, days(1), *BACK[len(DELIVERED) :], days(2), contest, days(1))
    assert world.order.stops == (Stop(START + DAY),)
    world.after(c.WithdrawDispute())
    assert world.order.phase is Phase.DELIVERED
    assert running(world, "auto_confirm") == START + (7 + 3) * DAY


def test_a_parcel_delivered_during_a_dispute_has_its_whole_time_afterwards() -> None:
    """The order is in the phase that its parcel has reached."""
    world = given(*SHIPPED, days(10), DISPUTE, days(2), DELIVER, days(2))
    assert cell_of(world.order) == "DELIVERED/AWAITING_SELLER"
    world.after(c.WithdrawDispute())
    assert world.order.phase is Phase.DELIVERED
    assert [(one.name, one.at) for one in deadlines(world.order, POLICY)] == [
        ("auto_confirm", START + (10 + 2 + 2 + 7) * DAY)
    ]


def test_a_parcel_delivered_under_a_chargeback_has_its_whole_time_afterwards() -> None:
    """Counted from the instant at which timers continue."""
    world = given(*SHIPPED, CHARGE_BACK, days(2), DELIVER, days(3), WON)
    assert world.order.phase is Phase.DELIVERED
    assert running(world, "auto_confirm") == START + (2 + 3 + 7) * DAY


def test_a_parcel_that_comes_back_during_a_dispute_waits_for_its_end() -> None:
    """It cannot be sent again before, so its days start then."""
    world = given(*SHIPPED, days(10), DISPUTE, SEND_BACK, days(3))
    then_refused(world.when(c.Reship(TRACKING)), "WRONG_PHASE")
    world.after(c.WithdrawDispute())
    assert [(one.name, one.at) for one in deadlines(world.order, POLICY)] == [
        ("reship", START + (10 + 3 + 10) * DAY)
    ]


def test_a_dispute_about_a_parcel_on_its_way_survives_its_delivery() -> None:
    """The seller's days still run from the opening."""
    world = given(*SHIPPED, days(10), DISPUTE, days(4), DELIVER)
    assert [one.at for one in deadlines(world.order, POLICY)] == [START + 15 * DAY]


def test_days_granted_for_the_old_way_do_not_count_for_the_next() -> None:
    """Stops from before the parcel was sent again are over."""
    world = given(*SHIPPED, days(10), DISPUTE, days(3), c.WithdrawDispute(), SEND_BACK)
    world.after(days(1), c.Reship(TRACKING))
    assert [one.at for one in deadlines(world.order, POLICY)] == [
        START + (14 + 5) * DAY,
        START + (14 + 60) * DAY,
    ]


@pytest.mark.parametrize("end", [c.AcceptClaim(), c.WithdrawDispute()])
def test_the_end_of_a_dispute_ends_its_stop(end: c.AnyCommand) -> None:
    """Whether it was withdrawn or executed."""
    world = given(*DELIVERED, DISPUTE)
    assert world.order.stops == (Stop(START),)
    assert world.after(days(1), end).order.stops == (Stop(START, START + DAY),)


@pytest.mark.parametrize(
    ("end", "until"),
    [
        ((c.AcceptChargeback(),), 1),
        ((WON,), 1),
        ((c.DecideChargeback(Side.BUYER),), 1),
        ((days(9),), 10),
    ],
)
def test_the_end_of_a_chargeback_ends_its_stop(end: tuple[Step, ...], until: int) -> None:
    """Whether it was won, lost or accepted, or ended by silence at its own instant."""
    world = given(*FROZEN, days(1), *end)
    assert world.order.stops == (Stop(START, START + until * DAY, frozen=True),)


def test_a_won_chargeback_leaves_the_stop_of_the_dispute_beneath() -> None:
    """And the end of the dispute leaves the chargeback's."""
    world = given(*DELIVERED, DISPUTE, days(1), CHARGE_BACK, days(1), WON, days(1))
    frozen = Stop(START + DAY, START + 2 * DAY, frozen=True)
    assert world.order.stops == (Stop(START), frozen)
    world.after(c.WithdrawDispute())
    assert world.order.stops == (Stop(START, START + 3 * DAY), frozen)


def test_a_replacement_that_is_sent_starts_protection_again() -> None:
    """Whatever stops there were before."""
    world = given(*TO_BE_REPLACED, days(4), c.ShipReplacement(TRACKING))
    assert running(world, "protection") == START + (4 + 60) * DAY
    world.after(days(1), DELIVER)
    assert running(world, "auto_confirm") == START + (4 + 1 + 7) * DAY
