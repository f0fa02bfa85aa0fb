"""Appeals: either side, once per order, with evidence; another mediator or silence decides."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.evidence import checksum
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Dispute, Resolution, Ruling
from escrow_tui.engine.policy_switches import RulingExecuted
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import DisputePhase, EvidenceKind, Party, Phase, RefundWay, ReturnFault
from tests.engine.cases_quarrel import RULED_AGAIN
from tests.given.orders import (
    APPEALED,
    BACK,
    BUYER,
    INVOICE,
    MEDIATED,
    MEDIATOR,
    OTHER_MEDIATOR,
    PHOTO,
    POLICY,
    RULE,
    RULED,
    SELLER,
    START,
    THIRD_MEDIATOR,
    Pause,
    Step,
    World,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)

DECIDE = c.DecideAppeal(refund=2_500, reasons=("worn",))
WORN = ("worn",)


def dispute_of(world: World) -> Dispute:
    """Return the story's running dispute."""
    assert world.order.dispute is not None
    return world.order.dispute


@pytest.mark.parametrize("by", [BUYER, SELLER])
def test_either_side_appeals_with_new_evidence(by: Actor) -> None:
    """Within the appeal window; evidence that the first mediator opened is unopened again."""
    world = given(*MEDIATED, c.OpenEvidence("E1"), RULE, days(6))
    party = Party(by.role.value)
    filed = [
        e.EvidenceAdded(
            id="E2",
            owner=party,
            kind=EvidenceKind.PHOTO,
            shows=PHOTO.shows,
            picture="",
            checksum=checksum(PHOTO),
        ),
        e.EvidenceAdded(
            id="E3",
            owner=party,
            kind=EvidenceKind.INVOICE,
            shows=INVOICE.shows,
            picture="",
            checksum=checksum(INVOICE),
        ),
    ]
    answer = world.when(c.Appeal((PHOTO, INVOICE)), by=by)
    then_exactly(answer, e.RulingAppealed(party), *filed)
    dispute = dispute_of(world)
    assert (dispute.phase, dispute.appealed_by) == (DisputePhase.APPEAL_REVIEW, party)
    assert (dispute.appealed_at, dispute.opened_evidence) == (START + 6 * DAY, ())
    assert (dispute.mediator, dispute.reviewer) == ("1", "")
    assert world.order.appealed


def test_an_appeal_without_evidence_is_none() -> None:
    """The appeal window keeps running."""
    world = given(*RULED)
    then_refused(world.when(c.Appeal(())), "EVIDENCE_NEEDED")
    assert dispute_of(world).phase is DisputePhase.APPEAL_WINDOW
    assert not world.order.appealed


def test_where_rulings_are_executed_at_once_there_is_nothing_to_appeal() -> None:
    """The money has already moved."""
    policy = replace(POLICY, ruling_executed=RulingExecuted.AT_ONCE)
    then_refused(given(*RULED, policy=policy).when(c.Appeal((PHOTO,))), "WRONG_PHASE")


def test_another_mediator_decides_for_good() -> None:
    """The decision replaces the first ruling and is executed at once."""
    world = given(*APPEALED, days(2))
    then_exactly(
        world.when(DECIDE),
        e.ReviewerAssigned("2"),
        e.AppealDecided(
            refund=2_500,
            reasons=WORN,
            policy_rows=(),
            confidence=0,
            note="",
            why="decided by mediator 2",
        ),
        e.DisputeExecuted(2_500),
        e.RefundBooked(
            number=1,
            amount=2_500,
            sources=e.Sources(escrow=2_500),
            way=RefundWay.CARD,
            lines=(2_500,),
        ),
        e.FundsReleased(7_500, 375, 0, 7_125),
        e.OrderClosed(),
    )
    assert (world.order.phase, world.order.ended_at) == (Phase.CLOSED, START + 2 * DAY)
    assert world.order.appealed


def test_his_decision_may_be_all_that_a_ruling_may() -> None:
    """Here it is a return with goodwill; neither was in the first ruling."""
    world = given(*MEDIATED, replace(RULE, goodwill=100), c.Appeal((PHOTO,)))
    rows = ("return_days",)
    decide = c.DecideAppeal(
        refund=4_500,
        reasons=WORN,
        policy_rows=rows,
        confidence=60,
        note="after all",
        return_goods=True,
        replacement=False,
        goodwill=200,
    )
    then_exactly(
        world.when(decide),
        e.ReviewerAssigned("2"),
        e.AppealDecided(
            refund=4_500,
            reasons=WORN,
            policy_rows=rows,
            confidence=60,
            note="after all",
            why="decided by mediator 2",
            return_goods=True,
            replacement=False,
            goodwill=200,
        ),
        e.DisputeExecuted(4_500, True, False),
        e.GoodwillPaid(200),
    )
    back = world.order.return_
    assert back is not None
    assert back.resolution == Resolution(4_500)
    assert back.dispute.ruling == Ruling(
        resolution=Resolution(4_500, return_goods=True),
        goodwill=200,
        reasons=WORN,
        policy_rows=rows,
        confidence=60,
        note="after all",
        why="decided by mediator 2",
    )


@pytest.mark.parametrize(
    ("decide", "code"),
    [
        (c.DecideAppeal(refund=10_001, reasons=WORN), "BAD_AMOUNT"),
        (c.DecideAppeal(refund=-1, reasons=WORN), "BAD_AMOUNT"),
        (c.DecideAppeal(refund=1, reasons=()), "NO_REASONS"),
        (c.DecideAppeal(refund=1, reasons=WORN, policy_rows=("odd",)), "RULE_UNKNOWN"),
        (c.DecideAppeal(refund=1, reasons=WORN, confidence=101), "BAD_CONFIDENCE"),
        (c.DecideAppeal(refund=1, reasons=WORN, goodwill=-1), "BAD_AMOUNT"),
    ],
)
def test_a_decision_that_cannot_stand_is_refused(decide: c.DecideAppeal, code: str) -> None:
    """It is refused like a ruling, and the appeal is still nobody's."""
    world = given(*APPEALED)
    then_refused(world.when(decide), code)
    assert dispute_of(world).reviewer == ""


def test_whoever_looks_first_has_the_appeal() -> None:
    """Any mediator but the one who ruled."""
    world = given(*APPEALED)
    look = c.OpenEvidence("E1")
    then_refused(world.when(look, by=MEDIATOR), "SAME_MEDIATOR", mediator="1")
    then_exactly(
        world.when(look, by=THIRD_MEDIATOR), e.ReviewerAssigned("3"), e.EvidenceOpened("E1")
    )
    then_refused(world.when(DECIDE), "NOT_YOUR_CASE", mediator="3")
    then_refused(world.when(DECIDE, by=MEDIATOR), "SAME_MEDIATOR", mediator="1")
    then(world.when(c.OpenEvidence("E2"), by=THIRD_MEDIATOR), "evidence_opened")
    assert dispute_of(world).opened_evidence == ("E1", "E2")
    then(
        world.when(DECIDE, by=THIRD_MEDIATOR),
        *"appeal_decided dispute_executed refund_booked funds_released order_closed".split(),
    )


def test_the_reviewer_looks_at_evidence_that_the_first_has_seen() -> None:
    """The reviewer has to open it again."""
    world = given(*MEDIATED, c.OpenEvidence("E1"), RULE, c.Appeal((PHOTO,)))
    look = c.OpenEvidence("E1")
    then(world.when(look, by=OTHER_MEDIATOR), "reviewer_assigned", "evidence_opened")
    then_refused(world.when(look, by=OTHER_MEDIATOR), "EVIDENCE_SEEN")


def test_until_the_appeal_is_decided_nothing_moves() -> None:
    """After ten days, to the second, the ruling stands as it was given."""
    rule = c.Rule(
        refund=4_000,
        reasons=("cracked",),
        policy_rows=("return_days",),
        confidence=70,
        note="so",
        goodwill=50,
    )
    world = given(*MEDIATED, rule, c.Appeal((PHOTO,)), Pause(10 * DAY - 1))
    assert (world.order.held, world.order.goodwill) == (10_000, 0)
    world.after(Pause(1))
    assert [event for _, _, event in world.history][-6:] == [
        e.AppealDecided(
            refund=4_000,
            reasons=("cracked",),
            policy_rows=("return_days",),
            confidence=70,
            note="so",
            why="appeal_review",
            return_goods=False,
            replacement=False,
            goodwill=50,
        ),
        e.DisputeExecuted(4_000),
        e.GoodwillPaid(50),
        e.RefundBooked(
            number=1,
            amount=4_000,
            sources=e.Sources(escrow=4_000),
            way=RefundWay.CARD,
            lines=(4_000,),
        ),
        e.FundsReleased(6_000, 300, 0, 5_700),
        e.OrderClosed(),
    ]


@pytest.mark.parametrize(
    ("rule", "executed"),
    [
        (replace(RULE, return_goods=True), e.DisputeExecuted(4_000, True, False)),
        (replace(RULE, refund=0, replacement=True), e.DisputeExecuted(0, False, True)),
    ],
)
def test_a_ruling_that_stands_may_be_a_return_or_a_replacement(
    rule: c.Rule, executed: e.DisputeExecuted
) -> None:
    """All parts of the ruling are executed."""
    world = given(*MEDIATED, rule, c.Appeal((PHOTO,)), days(10))
    decided, last = [event for _, _, event in world.history][-2:]
    assert last == executed
    assert isinstance(decided, e.AppealDecided)
    assert (decided.return_goods, decided.replacement) == (rule.return_goods, rule.replacement)


@pytest.mark.parametrize("by", [BUYER, SELLER])
def test_an_order_has_one_appeal(by: Actor) -> None:
    """Only one, by either side, even if the case comes back from a return."""
    world = given(*APPEALED, *RULED_AGAIN)
    then_refused(world.when(c.Appeal((PHOTO,)), by=by), "APPEALED_ALREADY")
    world.after(days(7))
    assert world.order.phase is Phase.CLOSED


def test_the_mediator_of_the_first_ruling_has_the_case_that_comes_back() -> None:
    """The reviewer's part ended with the decision on the appeal."""
    decide = (OTHER_MEDIATOR, replace(DECIDE, return_goods=True))
    back: tuple[Step, ...] = (c.ShipReturn("RR473124829CN"), BACK[-1])
    world = given(*APPEALED, decide, *back, c.ContestReturn(ReturnFault.EMPTY))
    dispute = dispute_of(world)
    assert (dispute.mediator, dispute.reviewer, dispute.ruling) == ("1", "", None)
    then_refused(world.when(RULE, by=OTHER_MEDIATOR), "NOT_YOUR_CASE", mediator="1")
    then(world.when(RULE), "dispute_ruled")
