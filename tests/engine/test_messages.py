"""Messages between buyer and seller, which a mediator may cite."""

import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.messages import settles_off_platform
from escrow_tui.engine.order import Message
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import Party
from tests.given.orders import (
    BUYER,
    CANCEL_ASKED,
    DELIVERED,
    DISPUTED,
    FROZEN,
    GOING_BACK,
    MEDIATOR,
    REFUNDED,
    SELLER,
    TO_BE_REPLACED,
    Step,
    days,
    given,
    then_exactly,
    then_refused,
)


@pytest.mark.parametrize(
    "text",
    [
        "let us do this off platform",
        "Off the platform it is cheaper",
        "we settle outside the platform",
        "outside of the marketplace",
        "outside aliexpress",
        "outside of market",
        "send it by PayPal",
        "pay pal me",
        "WhatsApp me",
        "my whats app",
        "I am on Telegram",
        "add my WeChat",
        "pay me directly",
        "send the money privately",
        "refund by bank transfer",
        "transfer some Bitcoin",
        "please pay in crypto",
        "cancel the dispute and I refund you",
        "close the case, then we pay",
        "withdraw the claim. You get your money",
        "drop the dispute and I send a new one",
        "I refund if you cancel",
        "I will pay after you close it",
        "we send once you withdraw",
        "refund when you drop it",
    ],
)
def test_asking_to_settle_elsewhere_is_recognised(text: str) -> None:
    """In upper or lower case, and anywhere in the text."""
    assert settles_off_platform(text)
    assert settles_off_platform(f"Dear friend, {text.upper()}!")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "good day",
        "when do you ship?",
        "I will refund you at once",
        "please cancel the order",
        "close the case please",
        "pay attention to the lid",
        "the parcel lay outside the house",
        "it was directly at the door",
        "I payed by card",
        "send the parcel" + "x" * 41 + " directly",
    ],
)
def test_other_words_are_not(text: str) -> None:
    """Too many warnings would be worth nothing."""
    assert not settles_off_platform(text)


@pytest.mark.parametrize("by", [BUYER, SELLER])
@pytest.mark.parametrize(
    "steps", [(), CANCEL_ASKED, DELIVERED, DISPUTED, GOING_BACK, TO_BE_REPLACED, FROZEN]
)
def test_messages_stay_with_the_order_as_long_as_it_lives(
    steps: tuple[Step, ...], by: Actor
) -> None:
    """With the sender, the text, the time, and whether it asks to settle elsewhere."""
    world = given(*steps, days(1))
    party = Party(by.role.value)
    sent = e.MessageSent(party, "good day", False)
    then_exactly(world.when(c.SendMessage("good day"), by=by), sent)
    asked = e.MessageSent(party, "pay me by PayPal", True)
    then_exactly(world.when(c.SendMessage("pay me by PayPal"), by=by), asked)
    assert world.order.messages == (
        Message(party, "good day", world.now, False),
        Message(party, "pay me by PayPal", world.now, True),
    )


def test_when_the_order_has_ended_nobody_writes_any_more() -> None:
    """A mediator never writes at all."""
    then_refused(given(*REFUNDED).when(c.SendMessage("good day")), "WRONG_PHASE")
    then_refused(given(*DELIVERED).when(c.SendMessage("good day"), by=MEDIATOR), "WRONG_ROLE")


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("", "TEXT_EMPTY", {}),
        (" \n\t", "TEXT_EMPTY", {}),
        ("x" * 2_001, "TEXT_TOO_LONG", {"length": "2001", "most": "2000"}),
        ("x" * 2_000, "", {}),
        ("x", "", {}),
    ],
)
def test_a_message_is_a_word_to_two_thousand_characters(
    text: str, code: str, facts: dict[str, str]
) -> None:
    """Both bounds are included."""
    answer = given(*DELIVERED).when(c.SendMessage(text))
    if code:
        then_refused(answer, code, **facts)
    else:
        then_exactly(answer, e.MessageSent(Party.BUYER, text, False))
