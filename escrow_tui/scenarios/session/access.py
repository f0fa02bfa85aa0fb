"""What the holder of a session may ask and do: an `Access`, closed unless it grants something.

Free play, an exercise and a seat each give one. `gate` checks it before a question is answered.
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
    WHOLE_MARKET = auto()  # to hear of every order's deadlines, not only of one's own
    CLOCK = auto()  # to move the clock
    UNDO = auto()  # to take acts back
    LOG = auto()  # to have it noted what one opens and tries
    COACH = auto()  # to be coached, and to finish


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

    `chairs` are whom the person at the screen may sit as, the first being where they start.
    `sees` says which orders a chair may open, and `hears` of which it is told what others do.
    `undoes` says whose acts can be taken back.

    A chair may stand for others: `acts_as` names the party that it is at an order, `lists` the
    actor whose orders and account it shows, and `people` tells its name.
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
        """The chairs; whoever sits backstage is the carrier and the bank in one."""
        return (*self.chairs, BANK) if CARRIER in self.chairs else self.chairs

    def refusal(self, right: Right, actor: Actor | None = None) -> Refused | None:
        """Return why something is closed, None where it is granted; to an own actor, if given."""
        if right not in self.rights:
            return refuse("SEAT_CLOCK") if right is Right.CLOCK else self.stranger()
        if actor is not None and actor not in self.actors:
            return self.stranger()
        return None

    def stranger(self) -> Refused:
        """Return the answer to whoever asks for more than their chairs hold."""
        return refuse("OTHER_SEAT", seat=" or ".join(map(str, self.chairs)))
