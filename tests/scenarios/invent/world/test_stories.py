"""The table of stories: every word is an act, and a small world holds every story."""

from collections import Counter
from random import Random

import pytest

from escrow_tui.scenarios.invent.world.placements import placings
from escrow_tui.scenarios.invent.world.stories import DECK, HOUR, SPAN, STORIES
from escrow_tui.scenarios.invent.world.verbs import ACTS


def test_every_word_of_the_stories_is_an_act_and_every_act_is_told() -> None:
    """No story has an unknown word, and no act is unused."""
    assert {step.act for story in STORIES for step in story.steps} == set(ACTS)


def test_a_world_of_500_orders_holds_every_story() -> None:
    """A deck is used up before the next one is shuffled."""
    assert DECK <= 500
    dealt = Counter(one.story.name for one in placings(Random("1"), DECK))
    assert dealt == {story.name: story.share for story in STORIES}


def test_no_two_stories_have_the_same_name() -> None:
    """A fault in a story is reported by its name."""
    assert len({story.name for story in STORIES}) == len(STORIES)


@pytest.mark.parametrize("orders", [1, 2, DECK - 1, DECK + 1, 3 * DECK])
def test_so_many_orders_are_placed_in_the_order_of_time(orders: int) -> None:
    """All of them between the market's first instant and its present."""
    instants = [one.at for one in placings(Random("1"), orders)]
    assert len(instants) == orders
    assert instants == sorted(instants)
    assert 0 <= instants[0] <= instants[-1] <= SPAN * HOUR
