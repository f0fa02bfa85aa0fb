"""A world that is played once, for the tests that only look at it."""

from functools import cache

import msgspec

from escrow_tui.engine.order import Order
from escrow_tui.scenarios.invent.world.creation import world_of
from escrow_tui.store import Append, StoredOrder

ORDERS = 500
SEED = 7


class Lived(msgspec.Struct, frozen=True):
    """Every entry of a world, and its orders at the end."""

    appends: tuple[Append, ...]
    stored: tuple[StoredOrder, ...]

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders alone."""
        return tuple(one.order for one in self.stored)


@cache
def lived(orders: int = ORDERS, seed: int = SEED) -> Lived:
    """Play a world once."""
    appends = tuple(world_of(orders, seed).appends)
    return Lived(appends, tuple(one.after for one in appends if one.after is not None))
