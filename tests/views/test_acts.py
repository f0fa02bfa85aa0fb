"""Which acts are possible, and why others are not, follows the process table and the engine."""

import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine.decide import opening
from escrow_tui.engine.process import PROCESS, roles_of
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.engine.terms import Parcel, ShipmentState
from escrow_tui.views.acts import act_views, verbs_of
from tests.each import for_each
from tests.given.order_stories import STORIES
from tests.given.orders import (
    BUYER,
    DELIVERED,
    GOING_BACK,
    MEDIATOR,
    OTHER_MEDIATOR,
    POLICY,
    SELLER,
    SHIPPED,
    World,
    days,
    given,
)

ACTORS = (BUYER, SELLER, MEDIATOR, OTHER_MEDIATOR, CARRIER, BANK)


def possible(world: World, actor: Actor) -> set[str]:
    """Return the verbs that the actor can use now."""
    listed = act_views(world.order, actor, POLICY, world.now)
    return {act.verb for act in listed if act.possible}


@for_each("actor", ACTORS)
@for_each("cell", STORIES)
def test_every_verb_of_a_role_is_listed_with_a_reason_where_it_is_not_possible(
    cell: str, actor: Actor
) -> None:
    """Possible acts come first, and nothing is possible that the process table does not allow."""
    world = given(*STORIES[cell])
    listed = act_views(world.order, actor, POLICY, world.now)
    assert {act.verb for act in listed} == set(verbs_of(actor.role))
    assert [act.possible for act in listed] == sorted((a.possible for a in listed), reverse=True)
    for act in listed:
        assert act.possible == (act.why_not == "")
        if opening(world.order, act.verb, actor.role) is None:
            assert not act.possible


def test_every_row_of_the_process_is_some_roles_verb() -> None:
    """Orders are placed in the shop; every other row of the table is an act on an order."""
    for row in PROCESS:
        assert row.verb == "place_order" or row.verb in verbs_of(row.role)
        assert row.role in roles_of(row.verb)


def test_every_verb_is_possible_in_some_story() -> None:
    """A verb that is never offered could not be reached from any screen."""
    offered = {
        (actor.role, verb)
        for cell in STORIES
        for actor in ACTORS
        for verb in possible(given(*STORIES[cell]), actor)
    }
    wanted = {(row.role, row.verb) for row in PROCESS if row.verb != "place_order"}
    assert wanted <= offered


def test_a_dispute_that_is_too_early_says_when_it_is_possible() -> None:
    """The table allows it, the engine not yet: the reason names the date and the policy row."""
    early = act_views(given(*SHIPPED).order, BUYER, POLICY, given(*SHIPPED).now)
    reason = next(act.why_not for act in early if act.verb == "open_dispute")
    assert "2026-03-12" in reason
    assert reason.endswith("Policy row: dispute_earliest_days.")
    assert "open_dispute" in possible(given(*SHIPPED, days(10)), BUYER)


def test_another_persons_order_offers_nothing() -> None:
    """Nothing is possible on somebody else's order."""
    stranger = Actor(Role.BUYER, "buyer-2")
    assert possible(given(*DELIVERED), stranger) == set()


def test_an_appeal_is_offered_to_another_mediator_only() -> None:
    """The mediator who ruled is told why they may not decide the appeal."""
    world = given(*STORIES["DELIVERED/APPEAL_REVIEW"])
    assert "decide_appeal" not in possible(world, MEDIATOR)
    assert "decide_appeal" in possible(world, OTHER_MEDIATOR)


@pytest.mark.parametrize("status", [ShipmentState.IN_TRANSIT, ShipmentState.EXCEPTION])
@pytest.mark.parametrize("of", Parcel)
def test_a_scan_is_offered_whatever_was_scanned_last(status: ShipmentState, of: Parcel) -> None:
    """A moving parcel can be scanned again, whether it goes to the buyer or back."""
    story = GOING_BACK if of is Parcel.RETURN else SHIPPED
    assert "scan" in possible(given(*story, c.Scan(status=status, of=of)), CARRIER)
