"""The glossary of events: each is reached, kept as JSON, and read back as it was."""

import msgspec
import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine.commands import COMMANDS, AnyCommand, verb_of
from escrow_tui.engine.events import (
    EVENTS,
    AnyEvent,
    ClockAdvanced,
    DepositMade,
    name_of,
)
from escrow_tui.engine.process import roles_of
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import Party
from tests.engine.given import (
    DELIVERED,
    DISPUTED,
    MEDIATED,
    MEDIATOR,
    PAID,
    RULED,
    SELLER,
    SHIPPED,
    START,
    Step,
    days,
    given,
)
from tests.engine.player import PEOPLE
from tests.engine.stories import GOOD, STORIES, good

# The market's own, which no order's story brings: the desk writes them.
OF_THE_DESK: dict[str, AnyEvent] = {
    "clock_advanced": ClockAdvanced(START),
    "deposit_made": DepositMade("seller-1", 10_000, "USD"),
}
TOLD: tuple[tuple[Step, ...], ...] = (
    *STORIES.values(),
    (c.Pay(), c.DeclinePayment("card_expired"), days(30)),
    (*PAID, c.ExtendProcessing(1)),
    (*SHIPPED, c.ExtendProtection(1)),
    (*DELIVERED, c.OpenParcel("mug"), c.SendMessage("good day"), c.ConfirmReceipt(), days(30)),
    (*DISPUTED, c.EditClaim(1), c.WithdrawDispute()),
    (*DISPUTED, c.RejectClaim()),
    (*MEDIATED, c.OpenEvidence("E1"), (MEDIATOR, c.Propose(5)), c.AcceptProposal(Party.PLATFORM)),
    (*RULED, days(30)),
    (*PAID, (SELLER, c.Cancel()), days(30)),
)


def story_of(steps: tuple[Step, ...], method: str) -> dict[str, AnyEvent]:
    """Return one event of each name that a story brings."""
    world = given(*steps, method=method)
    return {name_of(event): event for _, _, event in world.history}


def reached() -> dict[str, AnyEvent]:
    """Return one event of every name that the stories reach."""
    found = dict(OF_THE_DESK)
    for steps in TOLD:
        found |= story_of(steps, "credit_card")
    return found | story_of(PAID, "western_union")


REACHED = reached()


def test_every_event_is_reached_by_a_story() -> None:
    """An event that nothing brings is a dead option."""
    assert set(REACHED) == set(EVENTS)


def test_the_union_holds_every_event_and_every_command() -> None:
    """A journal could not read back what is missing there."""
    assert set(AnyEvent.__args__) == set(EVENTS.values())
    assert set(AnyCommand.__args__) == set(COMMANDS.values())


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_read_back_from_json_as_it_was(name: str) -> None:
    """The tag is the name, and the type is found by it."""
    event = REACHED[name]
    text = msgspec.json.encode(event)
    assert msgspec.json.decode(text)["event"] == name
    again: object = msgspec.json.decode(text, type=AnyEvent)
    assert again == event
    assert type(again) is EVENTS[name]


@pytest.mark.parametrize("verb", COMMANDS)
def test_a_command_is_read_back_from_json_as_it_was(verb: str) -> None:
    """The journal holds commands too."""
    command = good(verb, PEOPLE[_giver(verb)][0])
    assert verb_of(command) == verb
    text = msgspec.json.encode(command)
    assert msgspec.json.decode(text)["do"] == verb
    again: object = msgspec.json.decode(text, type=AnyCommand)
    assert again == command


@pytest.mark.parametrize("name", EVENTS)
def test_events_are_named_in_the_past_and_in_words(name: str) -> None:
    """The name on the wire is the class's name."""
    words = "".join(part.capitalize() for part in name.split("_"))
    assert EVENTS[name].__name__ == words
    assert name_of(REACHED[name]) == name


@pytest.mark.parametrize("verb", COMMANDS)
def test_commands_are_named_by_their_verbs(verb: str) -> None:
    """The verb of the step grammar is the class's name."""
    assert COMMANDS[verb].__name__ == "".join(part.capitalize() for part in verb.split("_"))


def test_a_value_is_frozen() -> None:
    """What happened cannot be made unhappened."""
    event = REACHED["order_placed"]
    with pytest.raises(AttributeError):
        event.buyer = "another"  # type: ignore[misc, union-attr]


def _giver(verb: str) -> Role:
    return roles_of(verb)[0]


def test_the_good_commands_are_one_a_verb() -> None:
    """The table of the stories is complete."""
    assert {verb_of(command) for command in GOOD.values()} == set(GOOD)
