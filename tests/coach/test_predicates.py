"""A predicate asks the journal, the orders, the balances or the log of a playthrough."""

import msgspec
import pytest

from escrow_tui.coach.event_fields import fields_of
from escrow_tui.coach.playthrough import Note, Playthrough
from escrow_tui.coach.predicates import (
    BalanceIs,
    EventHappens,
    Noted,
    OrderEnds,
    Predicate,
    all_hold,
)
from escrow_tui.engine.events import EVENTS, RefundBooked
from escrow_tui.engine.terms import Phase
from tests.coach.played import played
from tests.given.predicate_kinds import predicate_kinds

NOTES = (Note("hint", "1"), Note("screen", "CaseScreen A"), Note("refused", "rule: no"))
HOLD: tuple[Predicate, ...] = (
    EventHappens(event="dispute_opened"),
    EventHappens(event="dispute_opened", by="buyer"),
    EventHappens(event="dispute_opened", by="buyer:buyer-1"),
    EventHappens(event="dispute_opened", where=(("reason", "damaged"),)),
    EventHappens(event="dispute_opened", least=(("claim", 4_500),), most=(("claim", 4_500),)),
    EventHappens(event="dispute_ruled", where=(("policy_rows", "max_disputes"),)),
    EventHappens(event="dispute_ruled", least=(("policy_rows", 2),)),
    EventHappens(event="refund_booked", least=(("escrow", 1_800),), most=(("debt", 0),)),
    EventHappens(event="refund_booked", where=(("way", "card"),), least=(("amount", 1_800),)),
    EventHappens(event="evidence_added", times_least=2, times_most=2),
    EventHappens(event="evidence_opened", before="dispute_ruled"),
    EventHappens(event="dispute_withdrawn", times_least=0, times_most=0),
    OrderEnds("A", ("CLOSED", "REFUNDED")),
    OrderEnds("*", ("CLOSED",)),
    BalanceIs("seller:seller-1:pending", "USD", 2_000, 2_000),
    BalanceIs("escrow:never", "USD", 0, 0),
    Noted("hint"),
    Noted("hint", "1", times_most=1),
    Noted("evidence", times_least=0, times_most=0),
)
FAIL: tuple[Predicate, ...] = (
    EventHappens(event="dispute_withdrawn"),
    EventHappens(event="dispute_opened", by="seller"),
    EventHappens(event="dispute_opened", by="buyer:buyer-2"),
    EventHappens(event="dispute_opened", where=(("reason", "counterfeit"),)),
    EventHappens(event="dispute_opened", least=(("claim", 4_501),)),
    EventHappens(event="dispute_opened", most=(("claim", 4_499),)),
    EventHappens(event="dispute_ruled", where=(("policy_rows", "processing_days"),)),
    EventHappens(event="dispute_ruled", least=(("policy_rows", 3),)),
    EventHappens(event="refund_booked", least=(("escrow", 1_801),)),
    EventHappens(event="evidence_added", times_least=3),
    EventHappens(event="evidence_added", times_most=1),
    EventHappens(event="dispute_ruled", before="evidence_opened"),
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
    assert predicate.holds_in(played(notes=NOTES))


@pytest.mark.parametrize("predicate", FAIL, ids=repr)
def test_a_predicate_does_not_hold(predicate: Predicate) -> None:
    """Each kind, each field and each bound, once just missed."""
    assert not predicate.holds_in(played(notes=NOTES))


def test_every_predicate_is_tried_both_ways() -> None:
    """A new one needs an example that holds and one that does not."""
    assert EventHappens in predicate_kinds()
    for name, examples in (("HOLD", HOLD), ("FAIL", FAIL)):
        untried = {one.__name__ for one in predicate_kinds() - set(map(type, examples))}
        assert not untried, f"add an example of {', '.join(untried)} to {name} of this test"


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
    empty = Playthrough(entries=(), orders={}, balances={}, notes=())
    assert not OrderEnds("*", tuple(phase.value for phase in Phase)).holds_in(empty)
