"""Examines a store of either kind, and rebuilds what is derived in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from escrow_tui.store.address import Address, PostgresDatabase
from escrow_tui.store.care.doctor import being_made, differences, policies_in, ticking
from escrow_tui.store.derived.difference import Harm, StoreDifference
from escrow_tui.store.derived.rebuild import rebuild
from escrow_tui.store.derived.replay import Untrue
from escrow_tui.store.problems import SQLITE_ERRORS, StoreProblem
from escrow_tui.store.progress import OnProgress, unwatched
from escrow_tui.store.rows.link import Link
from escrow_tui.store.rows.pages import rows_of
from escrow_tui.store.schema import MARKET
from escrow_tui.store.sqlite.file_care import check_schema, file_differences, file_snapshot
from escrow_tui.store.store import open_checked


def examine(where: Address, progress: OnProgress = unwatched) -> StoreDifference | None:
    """Return the first difference between a store and its journals, or None if it is sound.

    Nothing is written. `progress` is called with the amount done and the total.

    Raises:
        StoreProblem: there is no store, or it cannot be reached.
    """
    with snapshot(where) as link:
        found = differences(link, progress)
        if isinstance(where, PostgresDatabase):
            return next(found, None)
        try:
            return next(chain(file_differences(link), found), None)
        except SQLITE_ERRORS as error:
            return StoreDifference(
                market="", place="the file", what=f"it is damaged ({error})", harm=Harm.KEPT
            )


@contextmanager
def snapshot(where: Address) -> Iterator[Link]:
    """Read one snapshot of a store of this version; nothing is written or created.

    Raises:
        StoreProblem: there is none, or it failed.
    """
    if isinstance(where, PostgresDatabase):
        from escrow_tui.store.postgres import server_care

        server_care.schema_of_database(where, this_one=True)
        with server_care.database_snapshot(where) as link:
            yield link
    else:
        check_schema(where.path)
        with file_snapshot(where.path) as link:
            yield link


def rebuild_all(where: Address, progress: OnProgress = unwatched) -> None:
    """Rebuild everything that is derived, each market in one transaction.

    Call it only after `examine` has found that every journal is true.

    Raises:
        StoreProblem: a market cannot be rebuilt; those before it were, it is unchanged.
    """
    store = open_checked(where)
    try:
        with store.backend.reading() as link:
            policy_of = policies_in(link)
            making = being_made(link)
            markets = [row.id for row in rows_of(link, MARKET) if row.id not in making]
            tick = ticking(link, progress, 1)
        for market in markets:
            with store.backend.writing(market) as link:
                rebuild(link, market, policy_of, tick)
    except Untrue as untrue:
        raise StoreProblem(str(untrue)) from untrue
    finally:
        store.close()
