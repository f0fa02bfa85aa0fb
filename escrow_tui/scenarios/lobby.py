"""What the lobby reads before anything heavy is loaded, and the loading of the rest."""

from escrow_tui.store import PostgresDatabase, RunHead, StoreProblem, Where, glance
from escrow_tui.store.rows.seats import SeatKey

__all__ = ["RunHead", "SeatKey", "StoreProblem", "Where", "glance", "is_near", "warm_up"]


def is_near(where: Where) -> bool:
    """Say whether the runs can be read within the first frame: they lie on this machine."""
    return not isinstance(where, PostgresDatabase)


def warm_up() -> None:
    """Import what sitting down needs, so that it is quick once it is asked for."""
    from escrow_tui.scenarios import opening  # noqa: F401
    from escrow_tui.store import Store  # noqa: F401
