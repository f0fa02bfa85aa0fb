"""The end of a time in which timers stood still."""

from msgspec.structs import replace

from escrow_tui.engine.order import Order, Stop


def resumed(order: Order, at: int, *, frozen: bool = False) -> tuple[Stop, ...]:
    """Return the stops with the open one of this kind ended at `at`."""
    if not order.stops:
        return ()
    return tuple(
        [
            replace(stop, until=at) if not stop.until and stop.frozen is frozen else stop
            for stop in order.stops
        ]
    )
