"""What silence decides in mediation: the mediator's, and that of a side asked for evidence."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Dispute
from escrow_tui.engine.policy_switches import MediatorSilence, RulingExecuted
from escrow_tui.engine.terms import DisputePhase, EvidenceKind, Phase, Side
from tests.given.orders import (
    DELIVERED,
    DISPUTE,
    MEDIATED,
    POLICY,
    REPLACE,
    RULE,
    SELLER,
    SEND_ALL_BACK,
    START,
    Step,
    World,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)

AT_ONCE = replace(POLICY, ruling_executed=RulingExecuted.AT_ONCE)
ARGUED: tuple[Step, ...] = (c.RejectClaim(), c.Escalate())


def dispute_of(world: World) -> Dispute:
    """Return the story's running dispute."""
    assert world.order.dispute is not None
    return world.order.dispute


# -- the mediator's silence


@pytest.mark.parametrize(
    ("silence", "refunded", "phase"),
    [
        (MediatorSilence.REFUND, 10_000, Phase.REFUNDED),
        (MediatorSilence.SELLER, 0, Phase.CLOSED),
        (MediatorSilence.SPLIT, 5_000, Phase.CLOSED),
    ],
)
def test_the_mediators_silence_is_decided_by_the_policy(
    silence: MediatorSilence, refunded: int, phase: Phase
) -> None:
    """Thirty days after the platform stepped in, and without an appeal window."""
    world = given(*MEDIATED, days(29), policy=replace(POLICY, mediator_silence=silence))
    assert world.order.held == 10_000
    world.after(days(1))
    assert (world.order.phase, world.order.refunded) == (phase, refunded)
    assert "dispute_ruled" not in world.names()
    assert world.names().count("dispute_executed") == 1


def test_a_split_leaves_the_odd_unit_with_the_seller() -> None:
    """Half of 33.33, rounded down, is refunded."""
    split = replace(POLICY, mediator_silence=MediatorSilence.SPLIT)
    world = given(
        *DELIVERED, replace(DISPUTE, claim=1), *ARGUED, days(30), price=3_333, policy=split
    )
    assert (world.order.refunded, world.order.released) == (1_666, 1_667)


def test_a_split_is_of_what_is_outstanding() -> None:
    """What was refunded before is not split again."""
    split = replace(POLICY, mediator_silence=MediatorSilence.SPLIT)
    claim = replace(DISPUTE, claim=1)
    world = given(*DELIVERED, c.Refund(4_000), claim, *ARGUED, days(30), policy=split)
    assert (world.order.refunded, world.order.released) == (7_000, 3_000)


# -- the silence of a side asked for evidence


@pytest.mark.parametrize("side", list(Side))
def test_one_side_is_asked_at_a_time(side: Side) -> None:
    """Until it answers, a refusal says who was asked and until when."""
    world = given(*MEDIATED, days(1))
    then_exactly(world.when(c.AskEvidence(side)), e.CaseAssigned("1"), e.EvidenceAsked(side))
    assert (dispute_of(world).asked, dispute_of(world).asked_at) == (side, START + DAY)
    for again in Side:
        answer = world.when(c.AskEvidence(again))
        refused = then_refused(answer, "EVIDENCE_ASKED", side=side, date="2026-03-06 09:00")
        assert refused.rule == "evidence_days"


@pytest.mark.parametrize(
    ("claim", "wanted"),
    [
        (DISPUTE, (4_000, False, False)),
        (SEND_ALL_BACK, (10_000, True, False)),
        (REPLACE, (0, False, True)),
    ],
)
@pytest.mark.parametrize("side", list(Side))
def test_the_silence_of_the_side_that_was_asked_rules_against_it(
    claim: c.OpenDispute, wanted: tuple[int, bool, bool], side: Side
) -> None:
    """A silent buyer gets nothing, a silent seller pays the claim; the ruling can be appealed."""
    world = given(*DELIVERED, claim, *ARGUED, c.AskEvidence(side), days(3))
    refund, back, new = wanted if side is Side.SELLER else (0, False, False)
    expected = e.DisputeRuled(
        refund=refund,
        reasons=("evidence_insufficient",),
        policy_rows=("evidence_days",),
        confidence=0,
        note="",
        why="evidence",
        return_goods=back,
        replacement=new,
    )
    assert world.history[-1][1:] == (START + 3 * DAY, expected)
    assert (dispute_of(world).phase, dispute_of(world).asked) == (DisputePhase.APPEAL_WINDOW, None)
    assert dispute_of(world).ruled_at == START + 3 * DAY


def test_where_rulings_are_executed_at_once_that_one_is_too() -> None:
    """Nobody has an appeal window."""
    world = given(*MEDIATED, c.AskEvidence(Side.SELLER), days(3), policy=AT_ONCE)
    assert world.names()[-5:] == (
        "dispute_ruled",
        "dispute_executed",
        "refund_booked",
        "funds_released",
        "order_closed",
    )


def test_who_has_answered_is_not_silent() -> None:
    """The mediator's time runs again, and they may ask once more."""
    more = c.AddEvidence(EvidenceKind.TEST_REPORT, "it holds water")
    world = given(*MEDIATED, c.AskEvidence(Side.SELLER), days(1), (SELLER, more), days(5))
    assert dispute_of(world).phase is DisputePhase.MEDIATION
    then(world.when(c.AskEvidence(Side.BUYER)), "evidence_asked")
    assert dispute_of(world).asked_at == START + 6 * DAY


def test_a_mediator_may_rule_before_the_side_has_answered() -> None:
    """The ruling ends the question."""
    world = given(*MEDIATED, c.AskEvidence(Side.SELLER), RULE)
    assert dispute_of(world).asked is None
