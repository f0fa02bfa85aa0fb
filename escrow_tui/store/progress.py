"""How work on a store that takes long tells how far it has come."""

from collections.abc import Callable

# Called again and again with how much is done, and of how much.
OnProgress = Callable[[int, int], None]


def unwatched(_done: int, _of: int) -> None:
    """Tell nobody."""
