"""What events make of an order: folded again they make the same, and each rewrites its own part."""

import msgspec
import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.evolve import evolve, fold
from escrow_tui.engine.order import Order, Stop
from escrow_tui.engine.terms import DisputePhase, Party, Phase, ShipmentState
from tests.engine.given import (
    COMPLETED,
    DELIVERED,
    DISPUTE,
    DISPUTED,
    MEDIATED,
    PAID,
    RULED,
    SHIPPED,
    START,
    TRACKING,
    World,
    days,
    given,
)
from tests.engine.stories import STORIES


def told_again(world: World) -> Order | None:
    """Fold the journal from nothing."""
    order: Order | None = None
    for order_id, at, event in world.history:
        order = evolve(order, event, order_id, at)
    return order


@pytest.mark.parametrize("cell", STORIES)
def test_folding_the_journal_again_gives_the_same_order(cell: str) -> None:
    """Also after every event went through JSON."""
    world = given(*STORIES[cell], days(40))
    assert told_again(world) == world.order
    order: Order | None = None
    for order_id, at, event in world.history:
        read: e.AnyEvent = msgspec.json.decode(msgspec.json.encode(event), type=e.AnyEvent)
        order = fold(order, (read,), order_id, at)
    assert order == world.order


@pytest.mark.parametrize("cell", STORIES)
def test_an_order_is_read_back_from_json_as_it_was(cell: str) -> None:
    """A row of the store holds the whole order."""
    order = given(*STORIES[cell]).order
    assert msgspec.json.decode(msgspec.json.encode(order), type=Order) == order


def test_an_event_leaves_the_order_before_it_as_it_was() -> None:
    """Values are never changed in place."""
    world = given(*DELIVERED)
    before, copy = world.order, msgspec.structs.replace(world.order)
    world.after(DISPUTE, c.AcceptClaim())
    assert before == copy
    assert world.order != before


@pytest.mark.parametrize("event", [e.ClockAdvanced(START), e.DepositMade("seller-1", 1, "USD")])
def test_an_event_of_the_market_is_none_of_an_order(event: e.AnyEvent) -> None:
    """It would be a fault of the caller."""
    with pytest.raises(TypeError, match="no event of an order"):
        evolve(given().order, event, "A", START)


def test_times_are_those_of_the_events() -> None:
    """Paid, verified, shipped, delivered, completed: each at its own instant."""
    world = given(*PAID, days(1), c.Ship(TRACKING), days(1))
    world.after(c.Scan(ShipmentState.DELIVERED), days(1), c.ConfirmReceipt())
    order = world.order
    assert order.shipment is not None
    assert (order.placed_at, order.paid_at, order.verified_at) == (START, START, START)
    day = 86_400
    assert order.shipment.shipped_at == START + day
    assert (order.delivered_at, order.completed_at) == (START + 2 * day, START + 3 * day)
    assert order.released_at == order.completed_at


def test_a_dispute_opens_a_stop_and_its_end_closes_it() -> None:
    """Withdrawn or executed, the stop has both its ends."""
    world = given(*DISPUTED, days(1))
    assert world.order.stops == (Stop(START),)
    world.after(c.WithdrawDispute())
    assert world.order.stops == (Stop(START, START + 86_400),)
    executed = given(*DISPUTED, days(1), c.AcceptClaim()).order
    assert executed.stops == world.order.stops


@pytest.mark.parametrize("steps", [SHIPPED, DELIVERED, COMPLETED])
def test_a_dispute_changes_no_phase_of_the_order(steps: tuple[c.AnyCommand, ...]) -> None:
    """The order and its dispute are parts of their own."""
    phase = given(*steps).order.phase
    world = given(*steps, days(10) if phase is Phase.SHIPPED else days(0), DISPUTE)
    assert world.order.phase is phase


def test_an_edited_claim_is_the_buyers_only_proposal() -> None:
    """The old one is gone, with whoever had accepted it."""
    world = given(*DISPUTED, c.EditClaim(1_500))
    assert world.order.dispute is not None
    assert world.order.dispute.claim == 1_500
    (proposal,) = world.order.dispute.proposals
    assert (proposal.by, proposal.amount, proposal.accepted_by) == (
        Party.BUYER,
        1_500,
        (Party.BUYER,),
    )


def test_a_ruling_is_kept_with_its_reasons() -> None:
    """The debrief reads it there."""
    dispute = given(*RULED).order.dispute
    assert dispute is not None
    assert dispute.ruling is not None
    assert dispute.phase is DisputePhase.APPEAL_WINDOW
    assert (dispute.ruling.refund, dispute.ruling.reasons) == (4_000, ("the spout is cracked",))
    assert (dispute.mediation_at, dispute.ruled_at) == (START, START)


def test_what_was_clawed_back_cannot_be_cleared() -> None:
    """Of 95.00 pending, 38.00 went back; 57.00 become available."""
    world = given(*COMPLETED, DISPUTE, c.AcceptClaim())
    assert world.order.uncleared == 5_700
    world.after(days(3))
    assert world.balance("seller:seller-1:available") == 5_700
    assert world.order.uncleared == 0


def test_an_ended_dispute_leaves_its_evidence() -> None:
    """Words and exhibits belong to the order."""
    world = given(*MEDIATED, c.SendMessage("good day"), c.WithdrawDispute())
    assert world.order.dispute is None
    assert [one.id for one in world.order.evidence] == ["E1"]
    assert [one.text for one in world.order.messages] == ["good day"]
