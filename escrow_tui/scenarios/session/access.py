"""What the holder of a session may ask and do: an `Access`, which is closed unless it grants it.

Free play, an exercise and a seat each give one; `gate` checks it before a question is answered.
"""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import TypeAlias

import msgspec

from escrow_tui.engine.answers import Refused
from escrow_tui.engine.context import refuse
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import BANK, CARRIER, Actor
from escrow_tui.views.parts import PersonView


class Right(Enum):
    """What a question of a session needs; each question names one."""

    MARKET = auto()  # what everybody in the market may know
    OWN = auto()  # to ask and act in the name of one's own chair
    ORDER = auto()  # to open an order that the access sees
    BUY = auto()  # to shop, in a buyer's chair
    SELL = auto()  # to see a shop's account, in a seller's chair
    PRICE = auto()  # to place an order past the checkout, at any price
    WHOLE_MARKET = auto()  # to see the deadlines of every order, not only of one's own
    CLOCK = auto()  # to move the clock
    UNDO = auto()  # to take acts back
    LOG = auto()  # to write notes into the run's log
    COACH = auto()  # to ask the coach, and to finish the exercise


Sees: TypeAlias = Callable[[Actor, Order], bool]


def sees_nothing(actor: Actor, order: Order) -> bool:  # noqa: ARG001 - that is its point
    """See no order."""
    return False


def sees_everything(actor: Actor, order: Order) -> bool:  # noqa: ARG001 - that is its point
    """See every order."""
    return True


def _nobody(actor: Actor) -> bool:  # noqa: ARG001
    return False


def _itself(chair: Actor, order: Order) -> Actor:  # noqa: ARG001
    return chair


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """What the holder of a session was granted; every default grants nothing.

    `chairs` are the actors that the person at the screen may sit as; they start in the first.
    `sees` decides which orders a chair may open, `hears` which orders it gets news of, and
    `undoes` whose acts can be taken back.

    A chair may stand for several people: `acts_as` returns the party that it is to an order,
    `lists` the actor whose orders and account it shows, `people` how it is shown to others.
    """

    chairs: tuple[Actor, ...] = ()
    rights: frozenset[Right] = frozenset()
    sees: Sees = sees_nothing
    hears: Sees = sees_nothing
    undoes: Callable[[Actor], bool] = _nobody
    acts_as: Callable[[Actor, Order], Actor] = _itself
    lists: Mapping[Actor, Actor] = {}
    people: Mapping[str, PersonView] = {}

    @property
    def actors(self) -> tuple[Actor, ...]:
        """The chairs, and the bank beside the carrier: backstage is both."""
        return (*self.chairs, BANK) if CARRIER in self.chairs else self.chairs

    def refusal(self, right: Right, actor: Actor | None = None) -> Refused | None:
        """Return why a right, or asking in an actor's name, is not granted; None if it is."""
        if right not in self.rights:
            return refuse("SEAT_CLOCK") if right is Right.CLOCK else self.stranger()
        if actor is not None and actor not in self.actors:
            return self.stranger()
        return None

    def stranger(self) -> Refused:
        """Return the refusal of everything that is outside the chairs."""
        return refuse("OTHER_SEAT", seat=" or ".join(map(str, self.chairs)))
