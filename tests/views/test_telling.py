"""Every event is told as a sentence, and every term has its words."""

import pytest

from escrow_tui.engine.deadlines import Deadline
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.process import TIMERS
from escrow_tui.engine.roles import CLOCK, Role
from escrow_tui.engine.terms import DisputePhase, Phase, Reason, ShipmentState
from escrow_tui.views import words
from escrow_tui.views.drawn import flow, marks, stages
from escrow_tui.views.money import movements, totals
from escrow_tui.views.parts import MarkState, StageState
from escrow_tui.views.rows import order_row
from escrow_tui.views.shared import told
from tests.engine.given import BUYER, COMPLETED, MEDIATOR, POLICY, SELLER, given
from tests.engine.stories import STORIES
from tests.views.facts import facts_in, facts_of


@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER, Role.MEDIATOR])
@pytest.mark.parametrize("cell", STORIES)
def test_every_event_of_every_story_is_a_whole_sentence(cell: str, role: Role) -> None:
    """With a capital, a full stop, and no name of a field or of a timer in it."""
    for event in told(facts_in(cell), role):
        assert not event.sentence[0].islower(), event
        assert event.sentence.endswith("."), event
        assert "_" not in event.sentence, event


def test_every_term_has_its_words() -> None:
    """A new phase, reason or timer without words would stop a screen."""
    assert set(words.PHASE_WORDS) == set(Phase)
    assert set(words.DISPUTE_WORDS) == set(DisputePhase)
    assert set(words.STATUS_WORDS) == {*Phase, *DisputePhase}
    assert set(words.REASON_WORDS) == set(Reason)
    assert set(words.SHIPMENT_WORDS) == set(ShipmentState)
    timers = {timer.name for timer in TIMERS} | {"refund", "clearance"}
    assert set(words.DEADLINE_WORDS) == timers


@pytest.mark.parametrize("cell", STORIES)
def test_the_strip_says_where_the_order_is(cell: str) -> None:
    """Exactly one stage is here, or the last one is where it failed."""
    strip = stages(facts_in(cell).order)
    here = [one for one in strip if one.state in (StageState.HERE, StageState.FAILED)]
    assert len(here) == 1
    assert [one.state for one in strip if one.state is StageState.DONE] == [
        StageState.DONE
    ] * strip.index(here[0])


def test_the_timeline_has_the_past_the_present_and_the_deadlines() -> None:
    """In this order."""
    entry = Entry("m", 1, "order:A", 1, 0, CLOCK, "", None, ())
    line = marks((entry,), (Deadline(86_400, "auto_confirm", "auto_confirm_days"),), 0)
    assert [one.state for one in line] == [MarkState.HERE, MarkState.FUTURE]
    assert line[1].title == "auto-confirm"


def test_the_flow_tells_the_seller_his_net_and_the_buyer_the_gross() -> None:
    """100.00 released at 5 %."""
    order = given(*COMPLETED).order
    assert (flow(order, net=True).to_seller, flow(order, net=True).commission) == (
        "95.00 USD",
        "5.00 USD",
    )
    assert flow(order, net=False).to_seller == "100.00 USD"


def test_movements_are_as_wide_as_the_role_may_see() -> None:
    """The mediator sees the commission and the cost, the buyer neither."""
    facts = facts_of(given(*COMPLETED))
    seen = {
        actor: {line.account for m in movements(facts, actor) for line in m.lines}
        for actor in (BUYER, SELLER, MEDIATOR)
    }
    assert seen[BUYER] == {"Buyer's bank", "Escrow of A"}
    assert seen[SELLER] == {"Escrow of A", "Seller: pending", "Platform: commission"}
    assert seen[MEDIATOR] > seen[BUYER] | seen[SELLER]


def test_the_mediators_totals_sum_to_zero() -> None:
    """He sees every line."""
    assert sum(one.minor for one in totals(movements(facts_of(given(*COMPLETED)), MEDIATOR))) == 0


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("AWAITING_PAYMENT", Role.BUYER),
        ("AWAITING_SHIPMENT", Role.SELLER),
        ("DELIVERED", Role.BUYER),
        ("DELIVERED/AWAITING_SELLER", Role.SELLER),
        ("DELIVERED/MEDIATION", Role.MEDIATOR),
        ("SHIPPED", Role.CARRIER),
        ("VERIFYING", Role.BANK),
    ],
)
def test_a_row_says_who_is_awaited(cell: str, role: Role) -> None:
    """That one, and no other."""
    facts = facts_in(cell)
    mine = {one for one in Role if order_row(facts.order, POLICY, one, facts.now).mine}
    assert mine == {role}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 min"),
        (59, "0 min"),
        (3_600, "1 h"),
        (5_400, "1 h 30 min"),
        (86_400, "1 d"),
        (90_000, "1 d 1 h"),
        (-5, "0 min"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(seconds: int, said: str) -> None:
    """Short, for the head of a screen."""
    assert words.span_of(seconds) == said
