"""A mediator opens the evidence and rules; the ruling waits to be executed."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Dispute, Resolution, Ruling
from escrow_tui.engine.policy_switches import RulingExecuted
from escrow_tui.engine.terms import DisputePhase, EvidenceKind, Phase, Reason, RefundWay, Side
from tests.each import for_each
from tests.given.orders import (
    COMPLETED,
    DELIVERED,
    DISPUTE,
    MEDIATED,
    MEDIATOR,
    OTHER_MEDIATOR,
    POLICY,
    RULE,
    RULED,
    SELLER,
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

AT_ONCE = replace(POLICY, ruling_executed=RulingExecuted.AT_ONCE)
ARGUED: tuple[Step, ...] = (c.RejectClaim(), c.Escalate())
BOOKED = e.RefundBooked(
    number=1, amount=4_000, sources=e.Sources(escrow=4_000), way=RefundWay.CARD, lines=(4_000,)
)
RELEASED = e.FundsReleased(6_000, 300, 0, 5_700)
SO = ("so it is",)


def dispute_of(world: World) -> Dispute:
    """Return the story's running dispute."""
    assert world.order.dispute is not None
    return world.order.dispute


def ruled(refund: int, reasons: tuple[str, ...], why: str, **more: object) -> e.DisputeRuled:
    """Return the event of a plain ruling, with these fields changed."""
    given_ = {"policy_rows": (), "confidence": 0, "note": "", **more}
    return e.DisputeRuled(refund=refund, reasons=reasons, why=why, **given_)  # type: ignore[arg-type]


def test_the_first_mediator_to_act_has_the_case() -> None:
    """From then on, other mediators are refused."""
    world = given(*MEDIATED)
    then_exactly(world.when(c.OpenEvidence("E1")), e.CaseAssigned("1"), e.EvidenceOpened("E1"))
    assert dispute_of(world).mediator == MEDIATOR.person
    then_refused(world.when(RULE, by=OTHER_MEDIATOR), "NOT_YOUR_CASE", mediator="1")
    then(world.when(RULE), "dispute_ruled")


def test_a_refused_command_assigns_nothing() -> None:
    """An attempt does not count as an act."""
    world = given(*MEDIATED)
    then_refused(world.when(c.OpenEvidence("E9")), "EVIDENCE_UNKNOWN", known="E1")
    then(world.when(RULE, by=OTHER_MEDIATOR), "case_assigned", "dispute_ruled")
    assert dispute_of(world).mediator == "2"


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (c.Propose(3_000, "meet in the middle"), "proposal_made"),
        (c.AskEvidence(Side.BUYER), "evidence_asked"),
        (RULE, "dispute_ruled"),
    ],
)
def test_any_first_act_of_a_mediator_assigns_the_case(command: c.AnyCommand, name: str) -> None:
    """The next act does not assign it again."""
    world = given(*MEDIATED)
    then(world.when(command, by=MEDIATOR), "case_assigned", name)
    if name != "dispute_ruled":
        then(world.when(RULE), "dispute_ruled")


def test_the_parties_words_assign_nobody() -> None:
    """Only a mediator's acts do."""
    world = given(*MEDIATED, (SELLER, c.Propose(1)), c.EditClaim(2))
    assert dispute_of(world).mediator == ""


def test_looking_at_evidence_is_kept_once() -> None:
    """The debrief needs to know whether the mediator looked."""
    world = given(*MEDIATED, c.AddEvidence(EvidenceKind.PHOTO, "again"), c.OpenEvidence("E2"))
    world.after(c.OpenEvidence("E1"))
    assert dispute_of(world).opened_evidence == ("E2", "E1")
    then_refused(world.when(c.OpenEvidence("E1")), "EVIDENCE_SEEN", evidence="E1")


def test_a_case_without_evidence_says_so() -> None:
    """The refusal lists the evidence in the case."""
    late = c.OpenDispute(reason=Reason.STUCK_IN_CUSTOMS, claim=100)
    world = given(*DELIVERED, late, *ARGUED)
    then_refused(world.when(c.OpenEvidence("E1")), "EVIDENCE_UNKNOWN", evidence="E1", known="none")
    two = given(*MEDIATED, c.AddEvidence(EvidenceKind.PHOTO, "again"))
    then_refused(two.when(c.OpenEvidence("E3")), "EVIDENCE_UNKNOWN", known="E1, E2")


# -- the ruling


def test_a_ruling_moves_nothing_until_the_appeal_window_has_passed() -> None:
    """After seven days, to the second."""
    world = given(*MEDIATED, days(1))
    then_exactly(
        world.when(RULE),
        e.CaseAssigned("1"),
        ruled(4_000, ("the spout is cracked",), "ruled by mediator 1"),
    )
    assert (dispute_of(world).phase, dispute_of(world).ruled_at) == (
        DisputePhase.APPEAL_WINDOW,
        START + DAY,
    )
    world.after(Pause(7 * DAY - 1))
    assert (world.order.held, world.order.refunded) == (10_000, 0)
    world.after(Pause(1))
    assert [event for _, _, event in world.history][-4:] == [
        e.DisputeExecuted(4_000),
        BOOKED,
        RELEASED,
        e.OrderClosed(),
    ]
    assert world.order.ended_at == START + 8 * DAY


def test_a_policy_may_execute_the_ruling_at_once() -> None:
    """Then there is no appeal window."""
    world = given(*MEDIATED, policy=AT_ONCE)
    then_exactly(
        world.when(replace(RULE, goodwill=500)),
        e.CaseAssigned("1"),
        ruled(4_000, ("the spout is cracked",), "ruled by mediator 1", goodwill=500),
        e.DisputeExecuted(4_000),
        e.GoodwillPaid(500),
        BOOKED,
        RELEASED,
        e.OrderClosed(),
    )


def test_a_ruling_is_kept_with_all_that_it_says() -> None:
    """The debrief needs all of it."""
    rows = ("return_days", "label_payer")
    rule = c.Rule(
        refund=500,
        reasons=("worn", "late"),
        policy_rows=rows,
        confidence=70,
        note="half of it",
        return_goods=True,
        replacement=False,
        goodwill=30,
    )
    world = given(*MEDIATED)
    then_exactly(
        world.when(rule),
        e.CaseAssigned("1"),
        e.DisputeRuled(
            refund=500,
            reasons=("worn", "late"),
            policy_rows=rows,
            confidence=70,
            note="half of it",
            why="ruled by mediator 1",
            return_goods=True,
            replacement=False,
            goodwill=30,
        ),
    )
    assert dispute_of(world).ruling == Ruling(
        resolution=Resolution(500, return_goods=True),
        goodwill=30,
        reasons=("worn", "late"),
        policy_rows=rows,
        confidence=70,
        note="half of it",
        why="ruled by mediator 1",
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
    before: tuple[Step, ...],
) -> None:
    """Before and after the release alike."""
    claim = replace(DISPUTE, claim=5_000)
    world = given(*before, claim, *ARGUED, c.Rule(refund=refund, reasons=SO), days(7))
    order = world.order
    assert (order.phase, order.refunded, order.released) == (phase, refunded, released)
    assert world.violations == []


@pytest.mark.parametrize(
    ("rule", "stage", "phase"),
    [
        (c.Rule(refund=4_000, reasons=SO, return_goods=True), "AWAITING_RETURN", Phase.DELIVERED),
        (c.Rule(refund=0, reasons=SO, replacement=True), "", Phase.AWAITING_REPLACEMENT),
        (
            c.Rule(refund=0, reasons=SO, return_goods=True, replacement=True),
            "AWAITING_RETURN",
            Phase.DELIVERED,
        ),
    ],
)
def test_a_ruling_may_send_goods_back_or_new_ones(rule: c.Rule, stage: str, phase: Phase) -> None:
    """Goodwill is paid at once when it is executed, the refund once the goods are back."""
    world = given(*MEDIATED, replace(rule, goodwill=300), days(7))
    executed = e.DisputeExecuted(rule.refund, rule.return_goods, rule.replacement)
    assert [event for _, _, event in world.history][-2:] == [executed, e.GoodwillPaid(300)]
    assert world.order.phase is phase
    assert (world.order.return_.phase if world.order.return_ else "") == stage
    assert (world.order.refunded, world.order.goodwill) == (0, 300)
    assert world.balance("buyer:buyer-1:wallet") == 300


def test_without_goodwill_none_is_paid() -> None:
    """An event about nothing would be noise in the journal."""
    assert "goodwill_paid" not in given(*RULED, days(7)).names()


@pytest.mark.parametrize(
    ("rule", "code", "facts"),
    [
        (c.Rule(refund=-1, reasons=SO), "BAD_AMOUNT", {"least": "0.00 USD", "most": "100.00 USD"}),
        (
            c.Rule(refund=10_001, reasons=SO),
            "BAD_AMOUNT",
            {"least": "0.00 USD", "most": "100.00 USD"},
        ),
        (c.Rule(refund=0, reasons=SO, return_goods=True), "BAD_AMOUNT", {"least": "0.01 USD"}),
        (
            c.Rule(refund=1, reasons=SO, goodwill=-1),
            "BAD_AMOUNT",
            {"least": "0.00 USD", "most": "100.00 USD"},
        ),
        (c.Rule(refund=1, reasons=SO, goodwill=10_001), "BAD_AMOUNT", {"amount": "100.01 USD"}),
        (
            c.Rule(refund=1, reasons=SO, replacement=True),
            "REPLACEMENT_AMOUNT",
            {"amount": "0.01 USD"},
        ),
        (c.Rule(refund=1, reasons=()), "NO_REASONS", {}),
        (c.Rule(refund=1, reasons=("x", " ")), "TEXT_EMPTY", {}),
        (c.Rule(refund=1, reasons=("x" * 2_001,)), "TEXT_TOO_LONG", {}),
        (c.Rule(refund=1, reasons=SO, note=" "), "TEXT_EMPTY", {}),
        (c.Rule(refund=1, reasons=SO, note="y" * 2_001), "TEXT_TOO_LONG", {}),
        (
            c.Rule(refund=1, reasons=SO, policy_rows=("return_days", "no_such_row")),
            "RULE_UNKNOWN",
            {"row": "no_such_row"},
        ),
        (c.Rule(refund=1, reasons=SO, confidence=101), "BAD_CONFIDENCE", {"confidence": "101"}),
        (c.Rule(refund=1, reasons=SO, confidence=-1), "BAD_CONFIDENCE", {"confidence": "-1"}),
    ],
)
def test_a_ruling_that_cannot_stand_is_refused(
    rule: c.Rule, code: str, facts: dict[str, str]
) -> None:
    """The case stays in mediation and is assigned to nobody."""
    world = given(*MEDIATED)
    then_refused(world.when(rule), code, **facts)
    assert (dispute_of(world).phase, dispute_of(world).mediator) == (DisputePhase.MEDIATION, "")


@pytest.mark.parametrize(
    "rule",
    [
        c.Rule(refund=0, reasons=SO),
        c.Rule(refund=10_000, reasons=SO, goodwill=10_000),
        c.Rule(refund=1, reasons=SO, confidence=100),
        c.Rule(refund=1, reasons=SO, confidence=0),
    ],
)
def test_the_bounds_of_a_ruling_are_inside(rule: c.Rule) -> None:
    """Zero or all, goodwill of the same amount, and full or no confidence are allowed."""
    then(given(*MEDIATED).when(rule), "case_assigned", "dispute_ruled")


def test_where_only_full_refunds_are_known_a_ruling_is_nothing_or_all() -> None:
    """The policy binds the mediator too."""
    policy = replace(POLICY, partial_refunds=False)
    claim = replace(DISPUTE, claim=10_000)
    world = given(*DELIVERED, claim, *ARGUED, policy=policy)
    assert then_refused(world.when(RULE), "PARTIAL_REFUND").rule == "partial_refunds"
    then(world.when(c.Rule(refund=10_000, reasons=SO)), "case_assigned", "dispute_ruled")


@for_each("row", POLICY.__struct_fields__)
def test_every_row_of_the_policy_can_be_cited(row: str) -> None:
    """By their names in the policy file."""
    world = given(*MEDIATED, c.Rule(refund=1, reasons=SO, policy_rows=(row,)))
    assert dispute_of(world).ruling is not None
    assert dispute_of(world).ruling.policy_rows == (row,)  # type: ignore[union-attr]


def test_a_second_dispute_is_a_new_case() -> None:
    """The first mediator has no right to it."""
    world = given(*MEDIATED, c.OpenEvidence("E1"), c.WithdrawDispute(), DISPUTE, *ARGUED)
    answer = world.when(c.OpenEvidence("E1"), by=OTHER_MEDIATOR)
    then(answer, "case_assigned", "evidence_opened")
