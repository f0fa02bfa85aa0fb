"""Progress reports of long work on a store."""

from collections.abc import Callable

# Called repeatedly with the amount done and the total.
OnProgress = Callable[[int, int], None]


def unwatched(_done: int, _of: int) -> None:
    """Report to nobody."""
