"""Deadlines to the second: when each is due, what stops it, and which one comes first."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine.answers import Done
from escrow_tui.engine.deadlines import DAY, HOUR, Deadline, days_of, deadlines
from escrow_tui.engine.terms import Phase
from tests.engine.given import (
    BUYER,
    COMPLETED,
    DELIVER,
    DELIVERED,
    DISPUTE,
    PAID,
    POLICY,
    SELLER,
    SEND_BACK,
    SHIPPED,
    START,
    YEAR,
    Pause,
    World,
    days,
    given,
    place_order,
    then_refused,
)
from tests.engine.rules import RUNNING, cell_of
from tests.engine.stories import STORIES

# (the cell, what has passed there, how long the timer still runs, the cell afterwards)
TIMED = [
    ("AWAITING_PAYMENT", 20 * DAY, "EXPIRED"),
    ("VERIFYING", 24 * HOUR, "CANCELLED"),
    ("AWAITING_SHIPMENT", 7 * DAY, "CANCELLED"),
    ("SHIPPED", 60 * DAY, "COMPLETED"),
    ("RETURNED_TO_SENDER", 10 * DAY, "REFUNDED"),
    ("DELIVERED", 7 * DAY, "COMPLETED"),
    ("COMPLETED", 15 * DAY, "CLOSED"),
    ("SHIPPED/AWAITING_SELLER", 5 * DAY, "CLOSED"),
    ("RETURNED_TO_SENDER/AWAITING_SELLER", 5 * DAY, "CLOSED"),
    ("DELIVERED/AWAITING_SELLER", 5 * DAY, "CLOSED"),
    ("COMPLETED/AWAITING_SELLER", 3 * DAY, "CLOSED"),
    *[
        (f"{phase}/{stage}", length, after)
        for phase in ("SHIPPED", "RETURNED_TO_SENDER", "DELIVERED", "COMPLETED")
        for stage, length, after in (
            ("NEGOTIATING", 7 * DAY, f"{phase}/MEDIATION"),
            ("MEDIATION", 30 * DAY, "REFUNDED"),
            ("APPEAL_WINDOW", 7 * DAY, "CLOSED"),
        )
    ],
]


@pytest.mark.parametrize(("cell", "length", "after"), TIMED)
@pytest.mark.parametrize("second", [-1, 0, 1])
def test_a_deadline_is_due_at_its_second(cell: str, length: int, after: str, second: int) -> None:
    """One second before nothing happens; at it and after it, at its own instant."""
    world = given(*STORIES[cell])
    due = world.now + length
    world.advance(due + second)
    assert cell_of(world.order) == (cell if second < 0 else after)
    if second >= 0:
        assert world.fired[-1][0] == due
        assert all(at <= due for _, at, _ in world.history)


def test_every_cell_with_a_timer_is_timed_here() -> None:
    """A new timer without a line fails."""
    assert {cell for cell, _, _ in TIMED} == {cell for cell, rows in RUNNING.items() if rows}


@pytest.mark.parametrize(("country", "length"), [("DE", 60), ("RU", 90), ("BR", 120), ("XX", 60)])
def test_protection_depends_on_the_buyers_country(country: str, length: int) -> None:
    """A row by country in place of the general number."""
    order = given(*SHIPPED, destination=country).order
    assert days_of("protection_days", order, POLICY) == length
    assert deadlines(order, POLICY)[0].at == START + length * DAY


@pytest.mark.parametrize(
    ("method", "due"),
    [("credit_card", START + 14 * DAY), ("western_union", START)],
)
def test_a_refund_arrives_by_the_days_of_its_method(method: str, due: int) -> None:
    """Ten business days from a Monday are two weeks; a wallet has it at once."""
    world = given(*PAID, (SELLER, c.Cancel()), method=method)
    assert [(d.name, d.at, d.subject) for d in deadlines(world.order, POLICY)] == [
        ("refund", due, 1)
    ]
    world.advance(due)
    assert world.order.refunds == ()
    assert world.fired == [(due, "A", "refund")]


def test_a_release_clears_after_three_business_days() -> None:
    """From a Thursday it is the Tuesday after."""
    world = given(*SHIPPED, days(3), c.ConfirmReceipt())
    thursday = START + 3 * DAY
    world.advance(thursday + 5 * DAY - 1)
    assert world.balance("seller:seller-1:pending") == 9_500
    world.advance(thursday + 5 * DAY)
    assert world.balance("seller:seller-1:available") == 9_500
    assert world.order.phase is Phase.COMPLETED


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
    before: tuple[c.AnyCommand, ...], waited: int, name: str, length: int, argued: int
) -> None:
    """The timer stands still while the parties argue, and goes on."""
    world = given(*before, days(waited), DISPUTE)
    assert name not in [one.name for one in deadlines(world.order, POLICY)]
    if name == "after_sales":
        argued = min(argued, 2)
    world.after(days(argued), c.WithdrawDispute())
    due = next(one for one in deadlines(world.order, POLICY) if one.name == name)
    assert due.at == START + (length + argued) * DAY


def test_two_withdrawn_disputes_add_up() -> None:
    """Each stop counts once."""
    argue = (DISPUTE, days(2), c.WithdrawDispute())
    world = given(*DELIVERED, days(1), *argue, days(1), *argue)
    assert [one.at for one in deadlines(world.order, POLICY)] == [START + (7 + 4) * DAY]


def test_a_parcel_delivered_during_a_dispute_has_its_whole_time_afterwards() -> None:
    """The order stays in the phase that its parcel has reached."""
    world = given(*SHIPPED, days(10), DISPUTE, days(2), DELIVER, days(2))
    assert cell_of(world.order) == "DELIVERED/AWAITING_SELLER"
    world.after(c.WithdrawDispute())
    assert world.order.phase is Phase.DELIVERED
    assert [(one.name, one.at) for one in deadlines(world.order, POLICY)] == [
        ("auto_confirm", START + (10 + 2 + 2 + 7) * DAY)
    ]


def test_a_parcel_that_comes_back_during_a_dispute_waits_for_its_end() -> None:
    """Sending once more is not possible before, so its days start after."""
    world = given(*STORIES["RETURNED_TO_SENDER/AWAITING_SELLER"], days(3))
    then_refused(world.when(c.Reship("RR473124829CN")), "WRONG_PHASE")
    world.after(c.WithdrawDispute())
    assert [(one.name, one.at) for one in deadlines(world.order, POLICY)] == [
        ("reship", START + (10 + 3 + 10) * DAY)
    ]


def test_a_dispute_about_a_parcel_on_its_way_survives_its_delivery() -> None:
    """The seller still has his days from the opening."""
    world = given(*SHIPPED, days(10), DISPUTE, days(4), DELIVER)
    assert [one.at for one in deadlines(world.order, POLICY)] == [START + 15 * DAY]


@pytest.mark.parametrize(
    ("steps", "at", "command", "code"),
    [
        (PAID[:1], 24 * HOUR, c.Cancel(), "WRONG_PHASE"),
        (PAID[:1], 24 * HOUR - 1, c.Cancel(), ""),
        (PAID[:1], 24 * HOUR, c.VerifyPayment(), "WRONG_PHASE"),
        (PAID, 7 * DAY, c.Ship("RR473124829CN"), "WRONG_PHASE"),
        (PAID, 7 * DAY - 1, c.Ship("RR473124829CN"), ""),
        (DELIVERED, 7 * DAY, c.ConfirmReceipt(), "WRONG_PHASE"),
        (COMPLETED, 15 * DAY, DISPUTE, "WRONG_PHASE"),
        (COMPLETED, 15 * DAY - 1, DISPUTE, ""),
    ],
)
def test_a_command_at_the_deadline_is_too_late(
    steps: tuple[c.AnyCommand, ...], at: int, command: c.AnyCommand, code: str
) -> None:
    """The deadline is executed before the command is decided."""
    world = given(*steps)
    world.now = START + at  # the clock stands there, and nothing was executed yet
    answer = world.when(command)
    if code:
        then_refused(answer, code)
    else:
        assert isinstance(answer, Done)


def test_a_year_at_once_is_the_same_as_day_by_day() -> None:
    """Deadlines are executed one by one, in time order, each at its own instant."""
    leap, steps = _market(), _market()
    leap.advance(START + YEAR)
    for day in range(1, 366):
        steps.advance(START + day * DAY)
    assert leap.history == steps.history
    assert leap.orders == steps.orders
    assert leap.balances == steps.balances
    assert [fired[0] for fired in leap.fired] == sorted(fired[0] for fired in leap.fired)
    assert len(leap.fired) > 6


def test_ties_are_executed_by_order_id() -> None:
    """Orders placed at one instant expire at one instant, by their ids."""
    world = World()
    for order_id in "CAB":
        world.submit(order_id, place_order(), BUYER)
    world.advance(START + YEAR)
    assert [fired[1] for fired in world.fired] == ["A", "B", "C"]


def test_deadlines_come_in_the_order_in_which_they_are_due() -> None:
    """A completed order has its clearance before the after-sales end."""
    order = given(*COMPLETED).order
    assert deadlines(order, POLICY) == (
        Deadline(START + 3 * DAY, "clearance", "clearance_business_days"),
        Deadline(START + 15 * DAY, "after_sales", "dispute_after_confirm_days"),
    )


def test_a_policy_without_after_sales_closes_at_once() -> None:
    """Nought days end where they begin."""
    world = given(*COMPLETED, policy=replace(POLICY, dispute_after_confirm_days=0))
    then_refused(world.when(DISPUTE), "WRONG_PHASE", phase="closed")


def test_days_granted_for_the_old_way_do_not_count_for_the_next() -> None:
    """A stop before the parcel was sent once more is over."""
    world = given(*SHIPPED, days(10), DISPUTE, days(3), c.WithdrawDispute(), SEND_BACK)
    world.after(days(1), c.Reship("RR473124829CN"))
    assert [one.at for one in deadlines(world.order, POLICY)] == [START + (14 + 60) * DAY]


def _market() -> World:
    world = given(*DELIVERED, DISPUTE, c.RejectClaim())
    for order_id, method in (("B", "western_union"), ("C", "credit_card")):
        world.submit(order_id, place_order(method=method), BUYER)
        world.after(c.Pay(), order=order_id)
    return world.after(c.VerifyPayment(), c.Ship("RR473124829CN"), Pause(5), order="C")
