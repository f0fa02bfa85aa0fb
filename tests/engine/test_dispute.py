"""The course of a dispute: claim, answer, escalation to the platform, withdrawal."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.evidence import checksum
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Dispute, Proposal, Resolution, Stop
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.policy_switches import Escalation
from escrow_tui.engine.terms import (
    DisputePhase,
    EvidenceKind,
    Party,
    Phase,
    RefundWay,
    ReturnFault,
)
from tests.given.orders import (
    BACK,
    COMPLETED,
    DELIVERED,
    DISPUTE,
    DISPUTED,
    INVOICE,
    MEDIATED,
    NEGOTIATED,
    POLICY,
    REPLACE,
    SEND_ALL_BACK,
    START,
    Pause,
    Step,
    World,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)

D = DisputePhase
FULL_ONLY = replace(POLICY, partial_refunds=False)
MANUAL = replace(POLICY, escalation=Escalation.MANUAL, escalate_from_days=4)


def dispute_of(world: World) -> Dispute:
    """Return the story's running dispute."""
    assert world.order.dispute is not None
    return world.order.dispute


@pytest.mark.parametrize("steps", [DISPUTED, NEGOTIATED, MEDIATED])
def test_an_edited_claim_is_the_buyers_proposal_from_then_on(steps: tuple[Step, ...]) -> None:
    """The old one is gone, and so are its acceptances."""
    world = given(*steps)
    then_exactly(world.when(c.EditClaim(1_500)), e.ClaimEdited(1_500))
    assert dispute_of(world).claim == Resolution(1_500)
    assert dispute_of(world).proposals == (
        Proposal(Party.BUYER, Resolution(1_500), "", (Party.BUYER,)),
    )


@pytest.mark.parametrize(
    ("claim", "edited"),
    [
        (SEND_ALL_BACK, Resolution(2_000, return_goods=True)),
        (REPLACE, Resolution(2_000)),
        (replace(REPLACE, return_goods=True), Resolution(2_000, return_goods=True)),
    ],
)
def test_a_claim_that_is_edited_is_about_money(claim: c.OpenDispute, edited: Resolution) -> None:
    """It replaces a claim for a replacement, but keeps a return of the goods."""
    assert dispute_of(given(*DELIVERED, claim, c.EditClaim(2_000))).claim == edited


@pytest.mark.parametrize(
    ("amount", "fits"), [(0, False), (1, True), (10_000, True), (10_001, False)]
)
def test_an_edited_claim_has_the_bounds_of_the_first(amount: int, fits: bool) -> None:
    """From one minor unit to what is outstanding."""
    answer = given(*DISPUTED).when(c.EditClaim(amount))
    if fits:
        then_exactly(answer, e.ClaimEdited(amount))
    else:
        then_refused(answer, "BAD_AMOUNT", least="0.01 USD", most="100.00 USD")
    partial = given(*DELIVERED, SEND_ALL_BACK, policy=FULL_ONLY).when(c.EditClaim(9_999))
    then_refused(partial, "PARTIAL_REFUND")


def test_the_seller_accepts_and_the_claim_is_executed() -> None:
    """The rest goes to the seller; some money is not refunded, so the order ends as closed."""
    world = given(*DISPUTED, days(1))
    then_exactly(
        world.when(c.AcceptClaim()),
        e.ClaimAccepted("accepted by the seller"),
        e.DisputeExecuted(4_000, False, False),
        e.RefundBooked(
            number=1,
            amount=4_000,
            sources=e.Sources(escrow=4_000),
            way=RefundWay.CARD,
            lines=(4_000,),
        ),
        e.FundsReleased(6_000, 300, 0, 5_700),
        e.OrderClosed(),
    )
    assert (world.order.dispute, world.order.phase) == (None, Phase.CLOSED)
    assert world.order.ended_at == START + DAY


def test_a_whole_claim_ends_in_a_refund() -> None:
    """Nothing is outstanding, so nothing is released."""
    world = given(*DELIVERED, replace(DISPUTE, claim=10_000))
    answer = world.when(c.AcceptClaim())
    then(answer, "claim_accepted", "dispute_executed", "refund_booked", "order_refunded")
    assert world.order.phase is Phase.REFUNDED


@pytest.mark.parametrize(("steps", "limit"), [(DELIVERED, 5), (COMPLETED, 3)])
def test_the_sellers_silence_executes_the_claim(steps: tuple[Step, ...], limit: int) -> None:
    """After five days, or three in the after-sales time; the event names the timer."""
    world = given(*steps, DISPUTE, days(limit - 1))
    assert dispute_of(world).phase is D.AWAITING_SELLER
    world.after(days(1))
    assert (world.order.phase, world.order.refunded) == (Phase.CLOSED, 4_000)
    assert e.ClaimAccepted("seller_answer") in [event for _, _, event in world.history]


def test_a_rejection_opens_the_negotiation_with_its_evidence() -> None:
    """The seller's exhibits are filed as theirs."""
    world = given(*DISPUTED, days(2))
    filed = e.EvidenceAdded(
        id="E2",
        owner=Party.SELLER,
        kind=EvidenceKind.INVOICE,
        shows="what was paid",
        picture="",
        checksum=checksum(INVOICE),
    )
    then_exactly(world.when(c.RejectClaim((INVOICE,))), e.ClaimRejected(), filed)
    assert (dispute_of(world).phase, dispute_of(world).answered_at) == (
        D.NEGOTIATING,
        START + 2 * DAY,
    )


def test_a_claim_is_accepted_before_it_is_rejected_only() -> None:
    """After that there are proposals."""
    for command in (c.AcceptClaim(), c.RejectClaim()):
        then_refused(given(*NEGOTIATED).when(command), "WRONG_PHASE")


# -- escalation


def test_the_negotiation_runs_seven_days_from_the_opening() -> None:
    """After that the platform steps in, however late the seller answered."""
    world = given(*DISPUTED, days(4), c.RejectClaim(), Pause(3 * DAY - 1))
    assert dispute_of(world).phase is D.NEGOTIATING
    world.after(Pause(1))
    assert (dispute_of(world).phase, dispute_of(world).mediation_at) == (
        D.MEDIATION,
        START + 7 * DAY,
    )
    assert world.history[-1][2] == e.DisputeEscalated("negotiation")


def test_the_buyer_may_call_the_platform_before() -> None:
    """From day 0 on, as the policy says."""
    world = given(*NEGOTIATED, days(1))
    then_exactly(world.when(c.Escalate()), e.DisputeEscalated("asked for by the buyer"))
    assert (dispute_of(world).phase, dispute_of(world).mediation_at) == (D.MEDIATION, world.now)


@pytest.mark.parametrize(
    ("policy", "steps", "seconds", "code", "rule"),
    [
        (POLICY, DISPUTED, 0, "ESCALATE_UNANSWERED", "escalation"),
        (POLICY, NEGOTIATED, 0, "", ""),
        (MANUAL, DISPUTED, 4 * DAY - 1, "ESCALATE_TOO_EARLY", "escalate_from_days"),
        (MANUAL, DISPUTED, 4 * DAY, "", ""),
        (MANUAL, NEGOTIATED, 4 * DAY - 1, "ESCALATE_TOO_EARLY", "escalate_from_days"),
        (MANUAL, NEGOTIATED, 4 * DAY, "", ""),
    ],
)
def test_when_the_buyer_may_call_the_platform(
    policy: Policy, steps: tuple[Step, ...], seconds: int, code: str, rule: str
) -> None:
    """Before the seller's answer only under a manual policy; never before the policy's day."""
    answer = given(*steps, Pause(seconds), policy=policy).when(c.Escalate())
    if not code:
        then_exactly(answer, e.DisputeEscalated("asked for by the buyer"))
        return
    refused = then_refused(answer, code)
    assert refused.rule == rule
    told = (("days", "4"), ("date", "2026-03-06 09:00")) if code == "ESCALATE_TOO_EARLY" else ()
    assert refused.facts == told


def test_by_hand_the_platform_steps_in_by_itself_all_the_same() -> None:
    """Once the time for negotiation has run out."""
    world = given(*NEGOTIATED, days(7), policy=MANUAL)
    assert dispute_of(world).phase is D.MEDIATION


# -- withdrawal


@pytest.mark.parametrize("steps", [DISPUTED, NEGOTIATED, MEDIATED])
def test_a_withdrawn_dispute_leaves_the_order_as_it_was(steps: tuple[Step, ...]) -> None:
    """It is possible until a ruling; evidence and messages stay with the order."""
    world = given(*steps, c.SendMessage("good day"), days(1))
    then_exactly(world.when(c.WithdrawDispute()), e.DisputeWithdrawn())
    order = world.order
    assert (order.phase, order.dispute, order.held) == (Phase.DELIVERED, None, 10_000)
    assert order.stops == (Stop(START, START + DAY),)
    assert [one.id for one in order.evidence] == ["E1"]
    assert [one.text for one in order.messages] == ["good day"]


def test_a_dispute_that_comes_back_from_a_return_may_be_withdrawn_too() -> None:
    """The goods went back once and are not sent again."""
    world = given(*BACK, c.ContestReturn(ReturnFault.EMPTY), c.WithdrawDispute())
    assert (world.order.phase, world.order.return_) == (Phase.DELIVERED, None)
    then_refused(world.when(SEND_ALL_BACK), "RETURN_USED_UP")
    then(world.when(DISPUTE), "dispute_opened", "proposal_made", "evidence_added")
