"""What the lobby reads before anything heavy is loaded, and the loading of the rest."""

from escrow_tui.store import PostgresDatabase, RunHead, Where, glance


def is_near(where: Where) -> bool:
    """Say whether the runs can be read within the first frame: they lie on this machine."""
    return not isinstance(where, PostgresDatabase)


def runs_at(where: Where) -> tuple[RunHead, ...]:
    """Return the runs of a store, the newest first.

    Raises:
        StoreProblem: it cannot be read.
    """
    return glance(where)


def warm_up() -> None:
    """Import what sitting down needs, so that it is quick once it is asked for."""
    from escrow_tui.scenarios import opening  # noqa: F401
    from escrow_tui.store import Store  # noqa: F401
