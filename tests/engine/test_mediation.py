"""The mediator looks at the evidence and rules; the ruling waits, or silence decides."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine.deadlines import DAY
from escrow_tui.engine.policy import MediatorSilence, RulingExecuted
from escrow_tui.engine.terms import DisputePhase, Phase, Reason
from tests.engine.given import (
    COMPLETED,
    DELIVERED,
    MEDIATED,
    MEDIATOR,
    OTHER_MEDIATOR,
    PHOTO,
    POLICY,
    RULE,
    RULED,
    Pause,
    World,
    days,
    given,
    then,
    then_refused,
)

AT_ONCE = replace(POLICY, ruling_executed=RulingExecuted.AT_ONCE)


def test_the_first_mediator_to_act_has_the_case() -> None:
    """Another's commands are refused from then on."""
    world = given(*MEDIATED)
    then(world.when(c.OpenEvidence("E1")), "case_assigned", "evidence_opened")
    assert world.order.dispute is not None
    assert world.order.dispute.mediator == MEDIATOR.person
    then_refused(world.when(RULE, by=OTHER_MEDIATOR), "NOT_YOUR_CASE", mediator="1")
    then(world.when(RULE), "dispute_ruled")


def test_a_refused_command_assigns_nothing() -> None:
    """Trying is not acting."""
    world = given(*MEDIATED)
    then_refused(world.when(c.OpenEvidence("E9")), "EVIDENCE_UNKNOWN", known="E1")
    then(world.when(RULE, by=OTHER_MEDIATOR), "case_assigned", "dispute_ruled")


def test_a_mediators_proposal_assigns_the_case() -> None:
    """Whatever he does first."""
    world = given(*MEDIATED)
    answer = world.when(c.Propose(3_000, "meet in the middle"), by=MEDIATOR)
    then(answer, "case_assigned", "proposal_made")


def test_looking_at_evidence_is_kept_once() -> None:
    """The debrief asks whether the mediator looked."""
    world = given(*MEDIATED, c.OpenEvidence("E1"))
    assert world.order.dispute is not None
    assert world.order.dispute.opened_evidence == ("E1",)
    then_refused(world.when(c.OpenEvidence("E1")), "EVIDENCE_SEEN", evidence="E1")


def test_a_case_without_evidence_says_so() -> None:
    """The refusal names what the case holds."""
    late = c.OpenDispute(Reason.STUCK_IN_CUSTOMS, 100)
    world = given(*DELIVERED, late, c.RejectClaim(), c.Escalate())
    then_refused(world.when(c.OpenEvidence("E1")), "EVIDENCE_UNKNOWN", known="none")


def test_a_ruling_moves_nothing_until_the_appeal_window_has_passed() -> None:
    """Seven days, to the second."""
    world = given(*RULED)
    assert world.order.dispute is not None
    assert world.order.dispute.phase is DisputePhase.APPEAL_WINDOW
    world.after(Pause(7 * DAY - 1))
    assert (world.order.held, world.order.refunded) == (10_000, 0)
    world.after(Pause(1))
    assert world.names()[-4:] == (
        "dispute_executed",
        "refund_booked",
        "funds_released",
        "order_closed",
    )
    assert (world.order.refunded, world.order.released, world.order.commission) == (
        4_000,
        6_000,
        300,
    )


def test_a_policy_may_execute_the_ruling_at_once() -> None:
    """There is no window then."""
    world = given(*MEDIATED, policy=AT_ONCE)
    then(
        world.when(RULE),
        "case_assigned",
        "dispute_ruled",
        "dispute_executed",
        "refund_booked",
        "funds_released",
        "order_closed",
    )


@pytest.mark.parametrize(
    ("refund", "phase", "refunded", "released"),
    [
        (0, Phase.CLOSED, 0, 10_000),
        (1, Phase.CLOSED, 1, 9_999),
        (4_000, Phase.CLOSED, 4_000, 6_000),
        (10_000, Phase.REFUNDED, 10_000, 0),
    ],
)
@pytest.mark.parametrize("before", [DELIVERED, COMPLETED])
def test_a_ruling_is_executed_as_it_was_given(
    refund: int,
    phase: Phase,
    refunded: int,
    released: int,
    before: tuple[c.AnyCommand, ...],
) -> None:
    """Before and after the release it comes to the same."""
    argued = (c.OpenDispute(Reason.DAMAGED, 5_000, (PHOTO,)), c.RejectClaim(), c.Escalate())
    world = given(*before, *argued, c.Rule(refund, ("so it is",)), days(7))
    order = world.order
    assert (order.phase, order.refunded, order.released) == (phase, refunded, released)
    assert world.violations == []


@pytest.mark.parametrize(
    ("silence", "refunded"),
    [
        (MediatorSilence.REFUND, 10_000),
        (MediatorSilence.SELLER, 0),
        (MediatorSilence.SPLIT, 5_000),
    ],
)
def test_the_mediators_silence_is_decided_by_the_policy(
    silence: MediatorSilence, refunded: int
) -> None:
    """Thirty days after the platform stepped in."""
    world = given(*MEDIATED, days(29), policy=replace(POLICY, mediator_silence=silence))
    assert world.order.held == 10_000
    world.after(days(1))
    assert world.order.phase in (Phase.CLOSED, Phase.REFUNDED)
    assert world.order.refunded == refunded


def test_a_split_leaves_the_odd_unit_with_the_seller() -> None:
    """Half of 33.33 rounded down goes back."""
    split = replace(POLICY, mediator_silence=MediatorSilence.SPLIT)
    argued = (c.OpenDispute(Reason.DAMAGED, 1, (PHOTO,)), c.RejectClaim(), c.Escalate())
    world = given(*DELIVERED, *argued, days(30), price=3_333, policy=split)
    assert (world.order.refunded, world.order.released) == (1_666, 1_667)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (c.Rule(-1, ("x",)), "BAD_AMOUNT"),
        (c.Rule(10_001, ("x",)), "BAD_AMOUNT"),
        (c.Rule(1, ()), "NO_REASONS"),
        (c.Rule(1, ("x", " ")), "TEXT_EMPTY"),
        (c.Rule(1, ("x" * 2_001,)), "TEXT_TOO_LONG"),
        (c.Rule(1, ("x",), note="y" * 2_001), "TEXT_TOO_LONG"),
        (c.Rule(1, ("x",), policy_rows=("no_such_row",)), "RULE_UNKNOWN"),
        (c.Rule(1, ("x",), confidence=101), "BAD_CONFIDENCE"),
        (c.Rule(1, ("x",), confidence=-1), "BAD_CONFIDENCE"),
    ],
)
def test_a_ruling_that_cannot_stand_is_refused(rule: c.Rule, code: str) -> None:
    """The case stays in mediation."""
    world = given(*MEDIATED)
    then_refused(world.when(rule), code)
    assert world.order.dispute is not None
    assert world.order.dispute.phase is DisputePhase.MEDIATION


@pytest.mark.parametrize("row", POLICY.__struct_fields__)
def test_every_row_of_the_policy_can_be_cited(row: str) -> None:
    """The rows are named as the file names them."""
    world = given(*MEDIATED, c.Rule(1, ("x",), (row,), 100, "so"))
    assert world.order.dispute is not None
    assert world.order.dispute.ruling is not None
    ruling = world.order.dispute.ruling
    assert (ruling.policy_rows, ruling.confidence, ruling.note) == ((row,), 100, "so")


def test_a_second_dispute_is_a_new_case() -> None:
    """The mediator of the first has no claim on it."""
    argued = (c.OpenDispute(Reason.DAMAGED, 1, (PHOTO,)), c.RejectClaim(), c.Escalate())
    world: World = given(*MEDIATED, c.OpenEvidence("E1"), c.WithdrawDispute(), *argued)
    answer = world.when(c.OpenEvidence("E1"), by=OTHER_MEDIATOR)
    then(answer, "case_assigned", "evidence_opened")
