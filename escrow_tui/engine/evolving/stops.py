"""Time that stands still, and goes on."""

from msgspec.structs import replace

from escrow_tui.engine.order import Order, Stop


def resumed(order: Order, at: int, *, frozen: bool = False) -> tuple[Stop, ...]:
    """Let time go on: the stop of this kind that lasts has ended."""
    if not order.stops:
        return ()
    return tuple(
        [
            replace(stop, until=at) if not stop.until and stop.frozen is frozen else stop
            for stop in order.stops
        ]
    )
