"""Every event has a sentence for every role that may read it, and every term has words."""

from typing import get_args

import pytest

from escrow_tui.engine import events as e
from escrow_tui.engine.estimate import Service
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import (
    ChargebackPhase,
    DisputePhase,
    Phase,
    RefundWay,
    ReturnFault,
    ReturnPhase,
    ShipmentState,
)
from escrow_tui.views import vocabulary
from escrow_tui.views.event_sentences import tell_market
from escrow_tui.views.order_head import event_views
from escrow_tui.views.status import STATUS_WORDS
from tests.each import for_each
from tests.given.view_stories import EVERYTHING

ROLES = (Role.BUYER, Role.SELLER, Role.MEDIATOR, Role.CARRIER, Role.BANK)
# A seller learns neither how a refund was paid out nor what the platform gave the buyer.
SILENT = {(Role.SELLER, "refund_settled"), (Role.SELLER, "goodwill_paid")}


def sentences(name: str, role: Role) -> list[str]:
    """Return the sentences of a story that a role reads."""
    return [event.sentence for event in event_views(EVERYTHING[name].facts(), role)]


@for_each("role", ROLES)
@for_each("name", EVERYTHING)
def test_every_event_of_every_story_is_a_whole_sentence(name: str, role: Role) -> None:
    """Each has a capital letter and a full stop, and names no field and no timer."""
    for sentence in sentences(name, role):
        assert not sentence[0].islower(), sentence
        assert sentence.endswith("."), sentence
        assert "_" not in sentence, sentence


def test_every_event_is_told_to_every_role_that_may_read_it() -> None:
    """The stories contain every event of an order; only a seller may not read all of them."""
    heard = {
        (role, event.name)
        for story in EVERYTHING.values()
        for facts in [story.facts()]
        for role in ROLES
        for event in event_views(facts, role)
    }
    market = {kind.__struct_config__.tag for kind in get_args(e.MarketEvent)}
    every = {(role, name) for role in ROLES for name in e.EVENTS if name not in market}
    assert every - heard == SILENT


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("cancelled", "The order was cancelled: the seller agreed."),
        ("false", "The carrier has seen no parcel in time: the shipment is marked false."),
        ("of a line", "10.00 USD goes back to the buyer, out of escrow, for Cups."),
        ("clawed back", "10.00 USD goes back to the buyer, out of the seller's account."),
        ("unsigned", "Carrier: delivered, Berlin. Nobody signed for it: the protection goes on."),
        ("written", "The buyer wrote a message that asks to settle off the platform."),
        ("offered", "The seller proposes a replacement once the goods are back."),
        ("asked", "The mediator asks the seller for evidence."),
        (
            "asked in vain",
            "Ruled because the deadline passed (evidence due): 0.00 USD goes back to the buyer.",
        ),
        ("generous", "Ruled: 40.00 USD goes back to the buyer, and the platform adds 13.37 USD."),
        ("appealed", "The buyer appeals with new evidence."),
        ("decided", "The appeal is decided: the seller sends a replacement."),
        ("undecided", "The first ruling stands: 40.00 USD goes back to the buyer."),
        ("ruled to go back", "The dispute ended: the buyer sends the goods back for 40.00 USD."),
        ("going back", "The label for the way back costs 12.00 USD, charged to the seller."),
        ("back", "Carrier, on the way back: delivered, 518000 Shenzhen."),
        ("contested", "The return is contested: it came back damaged."),
        ("lost on the way back", "The return is contested: nothing came back in time."),
        ("to be swapped", "The dispute ended: the buyer sends the goods back for a replacement."),
        ("replaced", "A replacement was shipped under RR473124829CN; protection starts anew."),
        (
            "asked by the bank",
            "The buyer's bank wants 100.00 USD back and has not taken it; the order is frozen.",
        ),
        ("won", "The bank decided for the seller: the order goes on where it stood."),
        (
            "lost",
            "The buyer's bank keeps the money: decided by the bank; 90.00 USD of it comes from"
            " the order, 10.00 USD is the platform's loss.",
        ),
    ],
)
def test_what_a_mediator_is_told(name: str, sentence: str) -> None:
    """A sentence says what an event leads to, not only that it happened."""
    assert sentence in sentences(name, Role.MEDIATOR)


@pytest.mark.parametrize(
    ("name", "role", "sentence"),
    [
        ("settled", Role.BUYER, "The refund of 100.00 USD arrived as 92.00 EUR."),
        ("settled", Role.MEDIATOR, "The refund of 100.00 USD arrived."),
        ("settled", Role.BUYER, "100.00 USD goes back to the buyer to the card, out of escrow."),
        ("settled", Role.SELLER, "100.00 USD goes back to the buyer, out of escrow."),
        ("generous", Role.SELLER, "Ruled: 40.00 USD goes back to the buyer."),
        (
            "frozen",
            Role.BANK,
            "The buyer's bank takes back 100.00 USD; the order is frozen."
            " The network takes 15.00 USD.",
        ),
        ("frozen", Role.SELLER, "The buyer's bank takes back 100.00 USD; the order is frozen."),
        (
            "lost",
            Role.SELLER,
            "The buyer's bank keeps the money: decided by the bank; 90.00 USD of it comes from"
            " the order.",
        ),
        ("declined", Role.SELLER, "The payment was declined."),
        ("declined", Role.SELLER, "The order was cancelled: unpaid."),
        ("declined", Role.BUYER, "The payment was declined: card expired."),
        ("declined", Role.BUYER, "The order was cancelled: payment declined: card expired."),
    ],
)
def test_each_role_is_told_what_it_may_know(name: str, role: Role, sentence: str) -> None:
    """The payment method, the platform's loss and goodwill are not for everybody."""
    assert sentence in sentences(name, role)


def test_what_happens_to_the_market_is_told_without_an_order() -> None:
    """Withdrawals and the exchange rate belong to no order."""
    assert tell_market(e.MoneyWithdrawn("seller-1", 5_000, 100, "USD")) == (
        "49.00 USD goes to the seller's bank, less a fee of 1.00 USD."
    )
    assert tell_market(e.WalletWithdrawn("buyer-1", 500, 0, "USD")) == (
        "5.00 USD goes from the wallet to the buyer's bank."
    )
    assert tell_market(e.RateSet("EUR", "0.91")) == (
        "The rate of the day: one unit of a price is 0.91 EUR."
    )
    assert tell_market(e.DepositMade("seller-1", 5_000, "USD")) == (
        "A deposit of 50.00 USD was put down."
    )
    assert tell_market(e.ClockAdvanced(0)) == ""


def test_every_term_has_its_words() -> None:
    """A new phase or way without words would stop a screen."""
    stages = {*DisputePhase, *ReturnPhase, *ChargebackPhase}
    assert set(vocabulary.PHASE_WORDS) == set(Phase)
    assert set(vocabulary.STAGE_WORDS) == stages
    assert set(STATUS_WORDS) == {*Phase, *stages}
    assert set(vocabulary.FAULT_WORDS) == set(ReturnFault)
    assert set(vocabulary.WAY_WORDS) == set(RefundWay)
    assert set(vocabulary.SHIPMENT_WORDS) == set(ShipmentState)
    assert set(vocabulary.SERVICE_WORDS) == set(Service)


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
    """It has to be short enough for the top of a screen."""
    assert vocabulary.span_of(seconds) == said
