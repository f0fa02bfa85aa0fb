"""The acts on parcels in a world: handing over, scans on the way, opening."""

from functools import partial
from random import Random

from escrow_tui.engine import commands as c
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import CARRIER
from escrow_tui.engine.terms import Parcel, ShipmentState
from escrow_tui.engine.tracking import tracking_number
from escrow_tui.pictures import COLOURS
from escrow_tui.scenarios.invent.goods import WARES
from escrow_tui.scenarios.invent.world.scene import Told, WorldAct, WorldScene, buyer, seller

_HUBS = ("Leipzig", "Liege", "Rotterdam", "Budapest", "Madrid", "Louisville", "Santiago", "Warsaw")
_COLOURS = tuple(COLOURS)
_KINDS = tuple(WARES)


def _tracking(order: Order, scene: WorldScene, country: str) -> str:
    service = "EE" if order.promised_days <= 7 else "CP" if order.promised_days <= 15 else "RR"
    return tracking_number(scene.chance.getrandbits(26), country, service)


def _ship(
    kind: type[c.Ship | c.Reship | c.ShipReplacement], order: Order, scene: WorldScene
) -> Told:
    return seller(order), kind(_tracking(order, scene, order.origin))


def _ship_return(order: Order, scene: WorldScene) -> Told:
    return buyer(order), c.ShipReturn(_tracking(order, scene, order.destination))


def _weight(order: Order) -> int:
    """Return the parcel's weight in grams, the same at every scan."""
    return 90 + (order.goods * 37 + order.placed_at) % 2_400


def _at_origin(status: ShipmentState, order: Order, scene: WorldScene) -> Told:
    city = scene.people[order.seller].city
    return CARRIER, c.Scan(
        status=status, city=city, post_code="", weight=_weight(order) if status == "accepted" else 0
    )


def _at_hub(status: ShipmentState, _order: Order, scene: WorldScene) -> Told:
    return CARRIER, c.Scan(status=status, city=scene.chance.choice(_HUBS))


def _at_home(status: ShipmentState, order: Order, scene: WorldScene) -> Told:
    code = str(10_000 + order.placed_at // 60 % 80_000)
    arrived = status == "delivered"
    weight = _weight(order) if arrived else 0
    return CARRIER, c.Scan(
        status=status,
        city=scene.people[order.buyer].city,
        post_code=code,
        weight=weight,
        signature=arrived,
    )


def _on_its_way_back(status: ShipmentState, at: str, order: Order, scene: WorldScene) -> Told:
    city = scene.people[order.buyer if at == "buyer" else order.seller].city
    return CARRIER, c.Scan(
        status=status,
        city=city,
        post_code="",
        weight=_weight(order),
        signature=at == "seller",
        of=Parcel.RETURN,
    )


def _open(order: Order, _: WorldScene) -> Told:
    return buyer(order), c.OpenParcel(order.lines[0].picture)


def _open_spoilt(order: Order, scene: WorldScene) -> Told:
    """Open a parcel that differs from the listing: mostly flawed, else swapped or empty."""
    chance, listed = scene.chance, order.lines[0].picture
    kind, colour = listed.split("/")[:2]
    drawn = chance.randrange(20)
    if drawn == 0:
        return buyer(order), c.OpenParcel(f"{listed}/empty")
    if drawn == 1:
        return buyer(order), c.OpenParcel(f"{_other(_KINDS, kind, chance)}/{colour}")
    if drawn == 2:
        return buyer(order), c.OpenParcel(f"{kind}/{_other(_COLOURS, colour, chance)}")
    return buyer(order), c.OpenParcel(f"{listed}/{chance.choice(WARES[kind].flaws)}")


def _other(words: tuple[str, ...], one: str, chance: Random) -> str:
    return words[(words.index(one) + 1 + chance.randrange(len(words) - 1)) % len(words)]


_S = ShipmentState
PARCELS: dict[str, WorldAct] = {
    "ship": partial(_ship, c.Ship),
    "reship": partial(_ship, c.Reship),
    "ship_replacement": partial(_ship, c.ShipReplacement),
    "ship_return": _ship_return,
    "accepted": partial(_at_origin, _S.ACCEPTED),
    "departed": partial(_at_origin, _S.IN_TRANSIT),
    "came_back": partial(_at_origin, _S.RETURNED_TO_SENDER),
    "arrived": partial(_at_hub, _S.IN_TRANSIT),
    "customs": partial(_at_hub, _S.CUSTOMS),
    "out": partial(_at_home, _S.OUT_FOR_DELIVERY),
    "delivered": partial(_at_home, _S.DELIVERED),
    "back_accepted": partial(_on_its_way_back, _S.ACCEPTED, "buyer"),
    "back_delivered": partial(_on_its_way_back, _S.DELIVERED, "seller"),
    "open": _open,
    "open_spoilt": _open_spoilt,
}
