"""Every event is reached, and every event and command is read back from JSON as it was."""

from typing import get_args

import msgspec
import pytest

from escrow_tui.engine import events as e
from escrow_tui.engine.commands import COMMANDS, AnyCommand, MarketCommand, OrderCommand, verb_of
from escrow_tui.engine.events import EVENTS, AnyEvent, name_of
from escrow_tui.engine.process import roles_of
from tests.each import for_each
from tests.engine.reached import OF_MARKET, OF_QUARREL, OF_THE_DESK, OF_TRADE, REACHED, TOLD
from tests.given.order_stories import GOOD, good
from tests.given.orders import PEOPLE, given


def test_every_event_is_reached_by_a_story() -> None:
    """An event that no story reaches is dead code."""
    assert set(REACHED) == set(EVENTS)
    assert not set(TOLD) & set(OF_THE_DESK)
    assert len(TOLD) == len((*OF_TRADE, *OF_QUARREL, *OF_MARKET))


@for_each("name", TOLD)
def test_a_story_brings_the_event_to_its_last_field(name: str) -> None:
    """The last event of that name is compared, field by field."""
    tale = TOLD[name]
    world = given(*tale.steps, policy=tale.policy, method=tale.method)
    found = [event for _, _, event in world.history if name_of(event) == name]
    assert found[-1:] == [tale.event]
    assert world.violations == []


def test_the_union_holds_every_event_and_every_command() -> None:
    """A journal could not read back what the union lacks."""
    assert set(get_args(AnyEvent)) == set(EVENTS.values())
    assert set(get_args(AnyCommand)) == set(COMMANDS.values())
    assert (
        len(get_args(AnyCommand)) == len(get_args(OrderCommand)) + len(get_args(MarketCommand)) + 1
    )


def test_every_event_stands_in_one_chapter() -> None:
    """In two chapters it would be applied twice, in none it would be lost."""
    chapters = (
        e.PaymentEvent,
        e.ParcelEvent,
        e.MoneyEvent,
        e.EndEvent,
        e.DisputeEvent,
        e.ReturnEvent,
        e.BankEvent,
        e.WordEvent,
        e.MarketEvent,
    )
    kinds = [kind for chapter in chapters for kind in get_args(chapter)]
    assert len(kinds) == len(set(kinds))
    assert {*kinds, e.OrderPlaced} == set(EVENTS.values())


@for_each("name", EVENTS)
def test_an_event_is_read_back_from_json_as_it_was(name: str) -> None:
    """The tag is the event's name, which finds its type."""
    event = REACHED[name]
    text = msgspec.json.encode(event)
    assert msgspec.json.decode(text)["event"] == name
    again: object = msgspec.json.decode(text, type=AnyEvent)
    assert again == event
    assert type(again) is EVENTS[name]


@for_each("verb", COMMANDS)
def test_a_command_is_read_back_from_json_as_it_was(verb: str) -> None:
    """The journal contains commands too."""
    command = good(verb, PEOPLE[roles_of(verb)[0]][0])
    assert verb_of(command) == verb
    text = msgspec.json.encode(command)
    assert msgspec.json.decode(text)["do"] == verb
    again: object = msgspec.json.decode(text, type=AnyCommand)
    assert again == command


def test_whose_evidence_is_asked_is_called_from_in_a_step() -> None:
    """`from` is a Python keyword, so the field has another name in code."""
    text = msgspec.json.encode(GOOD["ask_evidence"])
    assert msgspec.json.decode(text) == {"do": "ask_evidence", "from": "seller"}


@for_each("name", EVENTS)
def test_events_are_named_in_the_past_and_in_words(name: str) -> None:
    """The stored name is derived from the class's name."""
    words = "".join(part.capitalize() for part in name.split("_"))
    assert EVENTS[name].__name__ == words
    assert name_of(REACHED[name]) == name


@for_each("verb", COMMANDS)
def test_commands_are_named_by_their_verbs(verb: str) -> None:
    """The verb of the step grammar is derived from the class's name."""
    assert COMMANDS[verb].__name__ == "".join(part.capitalize() for part in verb.split("_"))


def test_a_value_is_frozen() -> None:
    """Nobody can change what happened."""
    event = REACHED["order_placed"]
    with pytest.raises(AttributeError):
        event.buyer = "another"  # type: ignore[misc, union-attr]


def test_the_good_commands_are_one_a_verb() -> None:
    """The table has every verb but two, whose command depends on the actor."""
    assert {verb_of(command) for command in GOOD.values()} == set(GOOD)
    assert set(COMMANDS) - set(GOOD) == {"place_order", "accept_proposal"}
