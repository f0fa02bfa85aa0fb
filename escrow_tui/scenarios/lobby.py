"""What the lobby needs before anything heavy is imported, and the import of the rest."""

from escrow_tui.store import PostgresDatabase, RunHead, StoreProblem, Where, glance
from escrow_tui.store.rows.seats import SeatKey

__all__ = ["RunHead", "SeatKey", "StoreProblem", "Where", "glance", "is_near", "warm_up"]


def is_near(where: Where) -> bool:
    """Say whether runs can be read before the first frame: they are on this machine."""
    return not isinstance(where, PostgresDatabase)


def warm_up() -> None:
    """Import what opening a session needs, so that it is quick when somebody asks for one."""
    from escrow_tui.scenarios import opening  # noqa: F401
    from escrow_tui.store import Store  # noqa: F401
