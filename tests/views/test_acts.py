"""What can be done, and why not, is what the process table and the engine say."""

import pytest

from escrow_tui.engine.process import PROCESS, roles_of, row_for
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.views.acts import acts, verbs_of
from tests.engine.given import BUYER, DELIVERED, MEDIATOR, POLICY, SELLER, SHIPPED, days, given
from tests.engine.stories import STORIES

ACTORS = (BUYER, SELLER, MEDIATOR, CARRIER, BANK)


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: str(actor.role))
@pytest.mark.parametrize("cell", STORIES)
def test_every_verb_of_a_role_is_listed_with_a_reason_where_it_is_not_possible(
    cell: str, actor: Actor
) -> None:
    """What is possible stands first; nothing is possible that the table does not open."""
    world = given(*STORIES[cell])
    listed = acts(world.order, actor, POLICY, world.now)
    assert {act.verb for act in listed} == set(verbs_of(actor.role))
    assert [act.possible for act in listed] == sorted((a.possible for a in listed), reverse=True)
    stage = world.order.dispute.phase if world.order.dispute else None
    for act in listed:
        assert act.possible == (act.why_not == "")
        if row_for(act.verb, actor.role, world.order.phase, stage) is None:
            assert not act.possible


def test_every_row_of_the_process_is_some_roles_verb() -> None:
    """Placing an order is done in the shop; every other row is a verb of an order."""
    for row in PROCESS:
        assert row.verb == "place_order" or row.verb in verbs_of(row.role)
        assert row.role in roles_of(row.verb)


def test_every_verb_is_possible_in_some_story() -> None:
    """A verb that the list never offers would be out of reach on the screens."""
    offered = {
        (actor.role, act.verb)
        for cell in STORIES
        for actor in ACTORS
        for world in [given(*STORIES[cell])]
        for act in acts(world.order, actor, POLICY, world.now)
        if act.possible
    }
    wanted = {(row.role, row.verb) for row in PROCESS if row.verb != "place_order"}
    assert wanted <= offered


def test_a_dispute_that_is_too_early_says_when_it_is_possible() -> None:
    """The table is open, the engine is not yet: the reason names the date."""
    early = acts(given(*SHIPPED).order, BUYER, POLICY, given(*SHIPPED).now)
    reason = next(act.why_not for act in early if act.verb == "open_dispute")
    assert "2026-03-12" in reason
    world = given(*SHIPPED, days(10))
    late = acts(world.order, BUYER, POLICY, world.now)
    assert next(act.possible for act in late if act.verb == "open_dispute")


def test_another_persons_order_offers_nothing() -> None:
    """Every verb says whose it is."""
    stranger = Actor(Role.BUYER, "buyer-2")
    world = given(*DELIVERED)
    assert not any(act.possible for act in acts(world.order, stranger, POLICY, world.now))
