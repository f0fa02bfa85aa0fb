"""When the orders of a world are placed, and which story each of them follows."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from escrow_tui.scenarios.invent.world.stories import DECK, HOUR, SPAN, STORIES, OrderStory

# The golden ratio's fraction in parts of 2^32: its multiples spread one draw evenly over many.
_TURN = 0x9E37_79B9
_WORD = 32
_ONES = (1 << _WORD) - 1
# A placing is packed into one whole number, so that a million can be sorted in little memory.
_STORY_BITS = 8


class Placing(NamedTuple):
    """An order to come; `at` is in seconds since the market's start, `draw` decides its delays."""

    at: int
    story: OrderStory
    draw: int


def placings(chance: Random, orders: int) -> Iterator[Placing]:
    """Yield `orders` placings in order of time, from whole decks of stories."""
    packed = [_packed(chance, story) for story in _dealt(chance, orders)]
    packed.sort()
    for one in packed:
        word, story = divmod(one, 1 << _STORY_BITS)
        at, draw = divmod(word, 1 << _WORD)
        yield Placing(at, STORIES[story], draw)


def _dealt(chance: Random, orders: int) -> Iterator[int]:
    """Yield the numbers of stories, deck after deck, each shuffled."""
    deck = [number for number, story in enumerate(STORIES) for _ in range(story.share)]
    for first in range(0, orders, DECK):
        chance.shuffle(deck)
        yield from deck[: orders - first]


def _packed(chance: Random, number: int) -> int:
    """Choose when an order is placed, so that its last step is as long ago as its story says."""
    story, draw = STORIES[number], chance.getrandbits(_WORD)
    told = sum(delay(story, draw, nth) for nth in range(len(story.steps)))
    latest = SPAN * HOUR - told
    least, most = (hours * HOUR for hours in story.ago)
    ago = least + chance.randrange(max(1, min(most, latest) - least))
    return ((latest - ago << _WORD) | draw) << _STORY_BITS | number


def delay(story: OrderStory, draw: int, nth: int) -> int:
    """Return the seconds between a step of an order's story and the step before it."""
    step = story.steps[nth]
    part = draw + (nth + 1) * _TURN & _ONES
    return (step.least * HOUR) + ((step.most - step.least) * HOUR * part >> _WORD)
