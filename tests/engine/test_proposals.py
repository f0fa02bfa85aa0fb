"""The proposals of buyer, seller and platform side by side, and who accepts which."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Dispute, Proposal, Resolution
from escrow_tui.engine.policy_switches import Proposals
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import DisputePhase, Party, Phase, RefundWay, ReturnFault
from tests.given.orders import (
    BACK,
    BUYER,
    DISPUTED,
    MEDIATED,
    MEDIATOR,
    NEGOTIATED,
    POLICY,
    SELLER,
    START,
    Step,
    World,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)

PLATFORM = c.AcceptProposal(Party.PLATFORM)
OF_BUYER, OF_SELLER = c.AcceptProposal(Party.BUYER), c.AcceptProposal(Party.SELLER)
IN_TURNS = replace(POLICY, proposals=Proposals.IN_TURNS)
OFFERED: tuple[Step, ...] = (*NEGOTIATED, (SELLER, c.Propose(1_000)))


def dispute_of(world: World) -> Dispute:
    """Return the story's running dispute."""
    assert world.order.dispute is not None
    return world.order.dispute


def test_the_sellers_proposal_is_the_counter() -> None:
    """A proposal instead of an answer opens the negotiation."""
    world = given(*DISPUTED, days(1))
    offer = e.ProposalMade(
        by=Party.SELLER, amount=1_000, note="for the spout", return_goods=False, replacement=False
    )
    then_exactly(world.when(c.Propose(1_000, "for the spout"), by=SELLER), offer)
    dispute = dispute_of(world)
    assert (dispute.phase, dispute.answered_at) == (DisputePhase.NEGOTIATING, START + DAY)
    assert dispute.proposal(Party.SELLER) == Proposal(
        Party.SELLER, Resolution(1_000), "for the spout", (Party.SELLER,)
    )


def test_a_later_proposal_is_no_second_answer() -> None:
    """The instant of the first answer is kept, in negotiation and in mediation."""
    world = given(*OFFERED, days(1), (SELLER, c.Propose(2_000)), c.Escalate())
    world.after((SELLER, c.Propose(3_000)))
    assert dispute_of(world).answered_at == START
    assert dispute_of(world).phase is DisputePhase.MEDIATION


def test_the_buyer_cannot_propose_while_the_seller_is_to_answer() -> None:
    """The buyer can edit the claim instead."""
    then_refused(given(*DISPUTED).when(c.Propose(1_000)), "WRONG_PHASE")


def test_three_proposals_stand_side_by_side() -> None:
    """The last one of each party, in the order in which they were made."""
    world = given(*MEDIATED, (SELLER, c.Propose(1)), (MEDIATOR, c.Propose(2)), c.Propose(3))
    assert [(one.by, one.resolution.amount) for one in dispute_of(world).proposals] == [
        (Party.SELLER, 1),
        (Party.PLATFORM, 2),
        (Party.BUYER, 3),
    ]
    assert dispute_of(world).claim == Resolution(4_000)


def test_without_a_proposal_there_is_none() -> None:
    """The claim counts as the buyer's; the others have made none."""
    dispute = dispute_of(given(*NEGOTIATED))
    assert dispute.proposal(Party.SELLER) is dispute.proposal(Party.PLATFORM) is None


@pytest.mark.parametrize(
    ("offer", "wanted"),
    [
        (c.Propose(0), Resolution(0)),
        (c.Propose(10_000), Resolution(10_000)),
        (c.Propose(500, "", True), Resolution(500, return_goods=True)),
        (c.Propose(0, "", False, True), Resolution(0, replacement=True)),
        (c.Propose(0, "", True, True), Resolution(0, True, True)),
    ],
)
@pytest.mark.parametrize("by", [BUYER, SELLER])
def test_what_can_be_proposed(offer: c.Propose, wanted: Resolution, by: Actor) -> None:
    """From zero to everything, with or without a return, or a replacement."""
    world = given(*NEGOTIATED)
    then(world.when(offer, by=by), "proposal_made")
    party = Party(by.role.value)
    assert dispute_of(world).proposal(party) == Proposal(party, wanted, "", (party,))


@pytest.mark.parametrize(
    ("offer", "code", "facts"),
    [
        (c.Propose(-1), "BAD_AMOUNT", {"least": "0.00 USD", "most": "100.00 USD"}),
        (c.Propose(10_001), "BAD_AMOUNT", {"least": "0.00 USD", "most": "100.00 USD"}),
        (c.Propose(0, return_goods=True), "BAD_AMOUNT", {"least": "0.01 USD"}),
        (c.Propose(1, replacement=True), "REPLACEMENT_AMOUNT", {"amount": "0.01 USD"}),
        (c.Propose(1, " "), "TEXT_EMPTY", {}),
        (c.Propose(1, "x" * 2_001), "TEXT_TOO_LONG", {"length": "2001"}),
    ],
)
def test_what_cannot_be_proposed(offer: c.Propose, code: str, facts: dict[str, str]) -> None:
    """Nobody sends goods back for nothing, and a note must not be blank."""
    then_refused(given(*NEGOTIATED).when(offer, by=SELLER), code, **facts)


@pytest.mark.parametrize(("amount", "code"), [(0, ""), (5_000, "PARTIAL_REFUND"), (10_000, "")])
def test_where_only_full_refunds_are_known_an_offer_is_nothing_or_all(
    amount: int, code: str
) -> None:
    """Any other amount is refused with the policy row."""
    policy = replace(POLICY, partial_refunds=False)
    claim = replace(DISPUTED[-1], claim=10_000)  # type: ignore[type-var]
    world = given(*DISPUTED[:-1], claim, c.RejectClaim(), policy=policy)
    answer = world.when(c.Propose(amount), by=SELLER)
    if code:
        assert then_refused(answer, code).rule == "partial_refunds"
    else:
        then(answer, "proposal_made")


def test_goods_that_went_back_are_not_proposed_again() -> None:
    """Neither for money nor for a replacement."""
    world = given(*BACK, c.ContestReturn(ReturnFault.EMPTY))
    for offer in (c.Propose(1, return_goods=True), c.Propose(0, "", True, True)):
        then_refused(world.when(offer, by=SELLER), "RETURN_USED_UP")
    then(world.when(c.Propose(0, replacement=True), by=SELLER), "proposal_made")


# -- accepting


def test_an_accepted_offer_of_the_seller_is_executed() -> None:
    """A party accepts its own proposal by making it, so the buyer's acceptance is enough."""
    world = given(*OFFERED)
    then_exactly(
        world.when(OF_SELLER),
        e.ProposalAccepted(Party.SELLER, Party.BUYER),
        e.DisputeExecuted(1_000, False, False),
        e.RefundBooked(
            number=1,
            amount=1_000,
            sources=e.Sources(escrow=1_000),
            way=RefundWay.CARD,
            lines=(1_000,),
        ),
        e.FundsReleased(9_000, 450, 0, 8_550),
        e.OrderClosed(),
    )


def test_the_sellers_acceptance_of_the_buyers_offer_is_enough() -> None:
    """The buyer's edited claim is what is executed."""
    world = given(*NEGOTIATED, c.EditClaim(2_500))
    answer = world.when(OF_BUYER, by=SELLER)
    then(answer, *"proposal_accepted dispute_executed refund_booked".split(), *world.names()[-2:])
    assert (world.order.refunded, world.order.phase) == (2_500, Phase.CLOSED)


def test_a_proposal_of_nothing_releases_all_to_the_seller() -> None:
    """Zero is a valid offer, for which no refund is booked."""
    world = given(*NEGOTIATED, (SELLER, c.Propose(0)))
    then_exactly(
        world.when(OF_SELLER),
        e.ProposalAccepted(Party.SELLER, Party.BUYER),
        e.DisputeExecuted(0, False, False),
        e.FundsReleased(10_000, 500, 0, 9_500),
        e.OrderClosed(),
    )


@pytest.mark.parametrize("first", [BUYER, SELLER])
def test_the_platforms_proposal_needs_both(first: Actor) -> None:
    """One acceptance alone moves no money and cannot be given twice."""
    world = given(*MEDIATED, (MEDIATOR, c.Propose(3_000)))
    second = SELLER if first is BUYER else BUYER
    accepted = e.ProposalAccepted(Party.PLATFORM, Party(first.role.value))
    then_exactly(world.when(PLATFORM, by=first), accepted)
    assert world.order.refunded == 0
    proposal = dispute_of(world).proposal(Party.PLATFORM)
    assert proposal is not None
    assert proposal.accepted_by == (Party.PLATFORM, Party(first.role.value))
    then_refused(world.when(PLATFORM, by=first), "ALREADY_ACCEPTED")
    then(
        world.when(PLATFORM, by=second),
        *"proposal_accepted dispute_executed refund_booked funds_released order_closed".split(),
    )
    assert world.order.refunded == 3_000


def test_accepting_one_proposal_leaves_the_others() -> None:
    """Only the proposal that was accepted changes."""
    world = given(*MEDIATED, (SELLER, c.Propose(1_000)), (MEDIATOR, c.Propose(3_000)), PLATFORM)
    assert [one.accepted_by for one in dispute_of(world).proposals] == [
        (Party.BUYER,),
        (Party.SELLER,),
        (Party.PLATFORM, Party.BUYER),
    ]


def test_a_new_proposal_forgets_who_accepted_the_old() -> None:
    """They accepted something that is no longer offered."""
    world = given(*MEDIATED, (MEDIATOR, c.Propose(3_000)), PLATFORM, (MEDIATOR, c.Propose(2_000)))
    then(world.when(PLATFORM, by=SELLER), "proposal_accepted")
    assert world.order.refunded == 0


@pytest.mark.parametrize(
    ("steps", "command", "by", "code", "facts"),
    [
        (NEGOTIATED, OF_BUYER, BUYER, "OWN_PROPOSAL", {}),
        (OFFERED, OF_SELLER, SELLER, "OWN_PROPOSAL", {}),
        (NEGOTIATED, OF_SELLER, BUYER, "NOTHING_PROPOSED", {"party": "seller"}),
        (NEGOTIATED, PLATFORM, SELLER, "NOTHING_PROPOSED", {"party": "platform"}),
    ],
)
def test_one_cannot_accept_ones_own_or_what_was_not_proposed(
    steps: tuple[Step, ...], command: c.AcceptProposal, by: Actor, code: str, facts: dict[str, str]
) -> None:
    """Each has its own code."""
    then_refused(given(*steps).when(command, by=by), code, **facts)


# -- policies with turns


def test_in_turns_nobody_speaks_twice_in_a_row() -> None:
    """The claim counts as the buyer's first turn, and an edited claim as another."""
    world = given(*NEGOTIATED, policy=IN_TURNS)
    for word in (c.Propose(3_000), c.EditClaim(3_000)):
        refused = then_refused(world.when(word), "NOT_YOUR_TURN", party="seller")
        assert refused.rule == "proposals"
    world.after((SELLER, c.Propose(1_000)))
    again = world.when(c.Propose(1_500), by=SELLER)
    then_refused(again, "NOT_YOUR_TURN", party="buyer")
    world.after(c.EditClaim(3_000))
    then_refused(world.when(c.Propose(2_000)), "NOT_YOUR_TURN", party="seller")
    then(world.when(c.Propose(1_500), by=SELLER), "proposal_made")


def test_the_platform_speaks_out_of_turn() -> None:
    """Its proposal does not change whose turn it is."""
    propose = (MEDIATOR, c.Propose(2_000))
    world = given(*MEDIATED, propose, propose, policy=IN_TURNS)
    then_refused(world.when(c.Propose(3_000)), "NOT_YOUR_TURN", party="seller")
    then(world.when(c.Propose(1_000), by=SELLER), "proposal_made")
    world.after(propose)
    then(world.when(c.Propose(3_000)), "proposal_made")


def test_free_proposals_come_in_any_order() -> None:
    """The buyer may propose again before the seller has answered."""
    world = given(*NEGOTIATED, c.Propose(3_000), c.EditClaim(2_000))
    then(world.when(c.Propose(1_000)), "proposal_made")
