"""Predicates about journal, orders, balances and log; goals, endings and the score."""

import msgspec
import pytest
from msgspec.structs import replace

from escrow_tui.coach.goals import (
    all_hold,
    coach_view,
    ending_of,
    fields_of,
    goal_lines,
    holds,
    score,
)
from escrow_tui.coach.plan import Playthrough
from escrow_tui.coach.values import (
    BalanceIs,
    EventHappens,
    GoalLine,
    Note,
    Noted,
    OrderEnds,
    Predicate,
)
from escrow_tui.engine.events import EVENTS, RefundBooked
from escrow_tui.engine.terms import Phase
from tests.coach.played import CASE, PLAN, played

NOTES = (Note("hint", "1"), Note("screen", "CaseScreen A"), Note("refused", "rule: no"))
HOLD: tuple[Predicate, ...] = (
    EventHappens("dispute_opened"),
    EventHappens("dispute_opened", by="buyer"),
    EventHappens("dispute_opened", by="buyer:buyer-1"),
    EventHappens("dispute_opened", where=(("reason", "damaged"),)),
    EventHappens("dispute_opened", least=(("claim", 4_500),), most=(("claim", 4_500),)),
    EventHappens("dispute_ruled", where=(("policy_rows", "max_disputes"),)),
    EventHappens("dispute_ruled", least=(("policy_rows", 2),)),
    EventHappens("refund_booked", least=(("escrow", 1_800),), most=(("debt", 0),)),
    EventHappens("refund_booked", where=(("way", "card"),), least=(("amount", 1_800),)),
    EventHappens("evidence_added", times_least=2, times_most=2),
    EventHappens("evidence_opened", before="dispute_ruled"),
    EventHappens("dispute_withdrawn", times_least=0, times_most=0),
    OrderEnds("A", ("CLOSED", "REFUNDED")),
    OrderEnds("*", ("CLOSED",)),
    BalanceIs("seller:seller-1:pending", "USD", 2_000, 2_000),
    BalanceIs("escrow:never", "USD", 0, 0),
    Noted("hint"),
    Noted("hint", "1", times_most=1),
    Noted("evidence", times_least=0, times_most=0),
)
FAIL: tuple[Predicate, ...] = (
    EventHappens("dispute_withdrawn"),
    EventHappens("dispute_opened", by="seller"),
    EventHappens("dispute_opened", by="buyer:buyer-2"),
    EventHappens("dispute_opened", where=(("reason", "counterfeit"),)),
    EventHappens("dispute_opened", least=(("claim", 4_501),)),
    EventHappens("dispute_opened", most=(("claim", 4_499),)),
    EventHappens("dispute_ruled", where=(("policy_rows", "processing_days"),)),
    EventHappens("dispute_ruled", least=(("policy_rows", 3),)),
    EventHappens("refund_booked", least=(("escrow", 1_801),)),
    EventHappens("evidence_added", times_least=3),
    EventHappens("evidence_added", times_most=1),
    EventHappens("dispute_ruled", before="evidence_opened"),
    OrderEnds("A", ("REFUNDED",)),
    OrderEnds("B", ("CLOSED",)),
    BalanceIs("seller:seller-1:pending", "USD", 2_001, 9_999),
    BalanceIs("seller:seller-1:pending", "EUR", 1, 9_999),
    Noted("hint", "2"),
    Noted("hint", times_least=2),
    Noted("hint", times_most=0, times_least=0),
)


@pytest.mark.parametrize("predicate", HOLD, ids=repr)
def test_a_predicate_holds(predicate: Predicate) -> None:
    """Each kind, each field and each bound, once just satisfied."""
    assert holds(predicate, played(notes=NOTES))


@pytest.mark.parametrize("predicate", FAIL, ids=repr)
def test_a_predicate_does_not_hold(predicate: Predicate) -> None:
    """Each kind, each field and each bound, once just missed."""
    assert not holds(predicate, played(notes=NOTES))


def test_a_value_within_an_event_hides_no_field_of_it() -> None:
    """Each field name in a predicate has one meaning."""
    for name, kind in EVENTS.items():
        own = [one for one in msgspec.structs.fields(kind) if not is_struct(one.type)]
        within = [one for one in msgspec.structs.fields(kind) if is_struct(one.type)]
        inner = [field for one in within for field in one.type.__struct_fields__]
        assert len(fields_of(kind)) == len(own) + len(inner), name
    assert fields_of(RefundBooked)["debt"] is int


def is_struct(kind: object) -> bool:
    """Tell whether a field's type has fields of its own."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def test_of_several_predicates_all_must_hold() -> None:
    """Without predicates, the answer is yes."""
    assert all_hold(HOLD, played(notes=NOTES))
    assert not all_hold((*HOLD, FAIL[0]), played(notes=NOTES))
    assert all_hold((), played())


def test_any_order_needs_an_order() -> None:
    """Before anything is bought, no order has ended."""
    empty = Playthrough((), {}, {}, ())
    assert not holds(OrderEnds("*", tuple(phase.value for phase in Phase)), empty)


def test_a_goal_that_was_missed_says_why() -> None:
    """A goal that was reached has no such sentence."""
    assert goal_lines(PLAN, played()) == (
        GoalLine("All was looked at.", False, "You left E2."),
        GoalLine("You ruled.", True, ""),
    )


def test_the_first_ending_that_holds_is_told() -> None:
    """The last ending has no predicate and catches everything else."""
    full = replace(PLAN.endings[0], when=(EventHappens("dispute_executed"),))
    assert ending_of(PLAN, played()).id == "part"
    assert ending_of(replace(PLAN, endings=(full, PLAN.endings[1])), played()).id == "full"


@pytest.mark.parametrize(
    ("reached", "hints", "points"),
    [((True, True), 0, 100), ((True, False), 0, 50), ((True, True), 2, 90), ((False,), 3, 0)],
)
def test_the_score_is_the_share_of_goals_less_the_hints(
    reached: tuple[bool, ...], hints: int, points: int
) -> None:
    """A hint costs five points, and the score is never below zero."""
    lines = tuple(GoalLine("", one, "") for one in reached)
    assert score(lines, hints) == points


def test_the_coach_shows_the_hints_that_were_taken_and_the_price_of_the_next() -> None:
    """With no hints left, the price is 0."""
    first = coach_view(PLAN, played(1))
    assert (first.hints, first.hint_cost) == ((), 5)
    one = coach_view(PLAN, played(1, (Note("hint", "1"),)))
    assert (one.hints, one.hint_cost) == (("one",), 5)
    both = coach_view(PLAN, played(1, (Note("hint", "1"), Note("hint", "2"))))
    assert (both.hints, both.hint_cost) == (("one", "two"), 0)


def test_the_coach_tells_when_nothing_is_left_to_do() -> None:
    """One predicate of `done` is enough, and so is that every order has ended."""
    ruled_at = next(at for at, (_, events) in enumerate(CASE, 1) if "Ruled" in repr(events))
    assert not coach_view(PLAN, played(ruled_at - 1)).decided
    assert coach_view(PLAN, played(ruled_at)).decided
    undecided = replace(PLAN, done=())
    assert not coach_view(undecided, played(ruled_at)).decided
    assert coach_view(undecided, played()).decided
    assert not coach_view(undecided, Playthrough((), {}, {}, ())).decided


def test_the_coach_keeps_the_truth_to_itself() -> None:
    """Its view has neither the truth, nor the worth of evidence, nor the goals' sentences."""
    shown = repr(coach_view(PLAN, played(notes=NOTES)))
    for secret in (PLAN.truth, "misleading", "that it is damaged", "You left E2.", "A part back"):
        assert secret not in shown
