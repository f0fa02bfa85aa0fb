"""Contested and lost returns go to a mediator; returns against a replacement."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.evidence import checksum
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import (
    Dispute,
    Proposal,
    Resolution,
    Return,
    Stop,
)
from escrow_tui.engine.terms import (
    DisputePhase,
    EvidenceKind,
    Party,
    Phase,
    Reason,
    ReturnFault,
    ReturnPhase,
    Side,
)
from tests.given.orders import (
    BACK,
    DELIVER_BACK,
    DELIVERED,
    MEDIATED,
    OTHER_MEDIATOR,
    PHOTO,
    RULE,
    SELLER,
    SEND_ALL_BACK,
    START,
    TO_GO_BACK,
    TRACKING,
    Pause,
    Step,
    World,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)


def return_of(world: World) -> Return:
    """Return the story's running return."""
    assert world.order.return_ is not None
    return world.order.return_


def dispute_of(world: World) -> Dispute:
    """Return the story's running dispute."""
    assert world.order.dispute is not None
    return world.order.dispute


# -- contested, and lost


@pytest.mark.parametrize("kind", list(ReturnFault))
def test_a_contested_return_comes_before_a_mediator(kind: ReturnFault) -> None:
    """The dispute is back, and its claim is what was agreed."""
    world = given(*BACK, days(2))
    exhibit = e.EvidenceAdded(
        id="E2",
        owner=Party.SELLER,
        kind=EvidenceKind.PHOTO,
        shows=PHOTO.shows,
        picture="",
        checksum=checksum(PHOTO),
    )
    then_exactly(
        world.when(c.ContestReturn(kind, (PHOTO,))),
        e.ReturnContested(kind, "contested by the seller"),
        exhibit,
    )
    wanted = Resolution(10_000)
    assert dispute_of(world) == Dispute(
        number=1,
        phase=DisputePhase.MEDIATION,
        reason=Reason.DAMAGED,
        claim=wanted,
        opened_at=START,
        proposals=(Proposal(Party.BUYER, wanted, "", (Party.BUYER,)),),
        mediation_at=START + 2 * DAY,
    )
    assert (world.order.return_, world.order.phase) == (None, Phase.DELIVERED)
    assert world.order.stops == (Stop(START),)


def test_a_return_may_be_contested_without_a_word() -> None:
    """Evidence is optional, but it must say what it shows."""
    contest = c.ContestReturn(ReturnFault.DAMAGED)
    then(given(*BACK).when(contest), "return_contested")
    empty = c.ContestReturn(ReturnFault.DAMAGED, (c.Exhibit(EvidenceKind.PHOTO, ""),))
    then_refused(given(*BACK).when(empty), "TEXT_EMPTY")


def test_goods_that_do_not_arrive_come_before_a_mediator_by_themselves() -> None:
    """Thirty days after the goods were sent, to the second."""
    world = given(*TO_GO_BACK, days(2), c.ShipReturn(TRACKING), Pause(30 * DAY - 1))
    assert return_of(world).phase is ReturnPhase.RETURN_IN_TRANSIT
    world.after(Pause(1))
    lost = e.ReturnContested(ReturnFault.NOT_RECEIVED, "return_transit")
    assert world.history[-1][1:] == (START + 32 * DAY, lost)
    assert (dispute_of(world).phase, dispute_of(world).mediation_at) == (
        DisputePhase.MEDIATION,
        START + 32 * DAY,
    )


def test_the_mediator_who_ruled_has_the_case_again() -> None:
    """Evidence they opened stays open, and they rule again."""
    look = c.OpenEvidence("E1")
    ruled = (*MEDIATED, look, replace(RULE, return_goods=True), days(7))
    contested = c.ContestReturn(ReturnFault.EMPTY)
    world = given(*ruled, c.ShipReturn(TRACKING), DELIVER_BACK, contested)
    dispute = dispute_of(world)
    assert (dispute.mediator, dispute.opened_evidence) == ("1", ("E1",))
    assert (dispute.ruling, dispute.claim) == (None, Resolution(4_000))
    then_refused(world.when(RULE, by=OTHER_MEDIATOR), "NOT_YOUR_CASE", mediator="1")
    then_refused(world.when(replace(RULE, return_goods=True)), "RETURN_USED_UP")
    then(world.when(replace(RULE, refund=0)), "dispute_ruled")
    world.after(days(7))
    assert (world.order.phase, world.order.refunded) == (Phase.CLOSED, 0)


@pytest.mark.parametrize(("seller_asked", "refunded"), [(Side.SELLER, 10_000), (Side.BUYER, 0)])
def test_after_a_contest_the_claim_is_about_money(seller_asked: Side, refunded: int) -> None:
    """The silent seller pays what was agreed, and the goods do not travel again."""
    contest = c.ContestReturn(ReturnFault.EMPTY)
    world = given(*BACK, contest, c.AskEvidence(seller_asked), days(10))
    assert (world.order.return_, world.order.refunded) == (None, refunded)


# -- against a replacement

SWAP = replace(SEND_ALL_BACK, claim=0, replacement=True)
SWAPPED: tuple[Step, ...] = (*DELIVERED, SWAP, c.AcceptClaim(), c.ShipReturn(TRACKING))


def test_goods_that_came_back_are_replaced() -> None:
    """First the return, then the new goods; no money moves."""
    world = given(*SWAPPED, DELIVER_BACK, days(1))
    assert return_of(world).resolution == Resolution(0, replacement=True)
    then_exactly(world.when(c.ConfirmReturn()), e.ReturnClosed(0, True, "confirmed by the seller"))
    order = world.order
    assert (order.phase, order.return_) == (Phase.AWAITING_REPLACEMENT, None)
    assert (order.replacements, order.replacement_at) == (1, START + DAY)
    assert (order.held, order.stops) == (10_000, (Stop(START, START + DAY),))


def test_a_swap_that_is_never_sent_back_leaves_everything_as_it_is() -> None:
    """The buyer keeps the goods, and the seller the money."""
    world = given(*SWAPPED[:-1], days(10))
    assert world.names()[-3:] == ("return_closed", "funds_released", "order_closed")
    assert world.order.replacements == 0


def test_a_contested_swap_is_a_claim_for_a_replacement() -> None:
    """Once it is accepted, the new goods are sent without another return."""
    world = given(*SWAPPED, DELIVER_BACK, c.ContestReturn(ReturnFault.MISSING_PARTS))
    assert dispute_of(world).claim == Resolution(0, replacement=True)
    then_exactly(
        world.when(c.AcceptProposal(Party.BUYER), by=SELLER),
        e.ProposalAccepted(Party.BUYER, Party.SELLER),
        e.DisputeExecuted(0, False, True),
    )
    assert world.order.phase is Phase.AWAITING_REPLACEMENT
