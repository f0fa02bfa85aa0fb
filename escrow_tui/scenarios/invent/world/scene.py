"""What the acts of a world share: who acts, on which order, and what they can show."""

from collections.abc import Callable
from functools import cache
from random import Random

import msgspec

from escrow_tui.engine import commands as c
from escrow_tui.engine.market import Person
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import EvidenceKind
from escrow_tui.pictures import describe_picture, parse_picture


class WorldScene(msgspec.Struct, frozen=True):
    """What an act can use besides its order: chance, and all people by id."""

    chance: Random
    people: dict[str, Person]


Told = tuple[Actor, c.AnyCommand]
WorldAct = Callable[[Order, WorldScene], Told]


def buyer(order: Order) -> Actor:
    """Return the order's buyer."""
    return Actor(Role.BUYER, order.buyer)


def seller(order: Order) -> Actor:
    """Return the order's seller."""
    return Actor(Role.SELLER, order.seller)


def buys(command: c.AnyCommand) -> WorldAct:
    """Return the act in which the buyer gives this command."""
    return lambda order, _: (Actor(Role.BUYER, order.buyer), command)


def sells(command: c.AnyCommand) -> WorldAct:
    """Return the act in which the seller gives this command."""
    return lambda order, _: (Actor(Role.SELLER, order.seller), command)


def by(actor: Actor, command: c.AnyCommand) -> WorldAct:
    """Return the act in which this actor gives this command."""
    return lambda _order, _scene: (actor, command)


def share(order: Order, scene: WorldScene, least: int, most: int) -> int:
    """Return `least` to `most` hundredths of what can still be refunded, in minor units."""
    return max(1, order.outstanding * scene.chance.randint(least, most) // 100)


@cache
def photo(picture: str, before: str = "") -> c.Exhibit:
    """Return a photo of a picture; its text is `before` and what can be seen."""
    return c.Exhibit(
        EvidenceKind.PHOTO, f"{before}{describe_picture(parse_picture(picture))}", picture
    )


def packed(order: Order) -> c.Exhibit:
    """Return the seller's photo of what they packed."""
    return photo(order.lines[0].picture, "Before packing: ")


def tracked(order: Order) -> c.Exhibit:
    """Return the tracking record of a parcel that was sent."""
    parcel = order.shipment
    assert parcel is not None
    state = parcel.state.replace("_", " ")
    shows = f"{parcel.tracking}: {len(parcel.scans)} scans, the last one {state}"
    return c.Exhibit(EvidenceKind.TRACKING_RECORD, shows)
