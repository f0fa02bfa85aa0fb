"""What the lobby needs before anything heavy is imported, and the import of the rest."""

from escrow_tui.store import PostgresDatabase, RunHead, Where, glance


def is_near(where: Where) -> bool:
    """Say whether runs can be read before the first frame: they are on this machine."""
    return not isinstance(where, PostgresDatabase)


def runs_at(where: Where) -> tuple[RunHead, ...]:
    """Return the runs of a store, the newest first.

    Raises:
        StoreProblem: it cannot be read.
    """
    return glance(where)


def warm_up() -> None:
    """Import what opening a session needs, so that it is quick when somebody asks for one."""
    from escrow_tui.scenarios import opening  # noqa: F401
    from escrow_tui.store import Store  # noqa: F401
