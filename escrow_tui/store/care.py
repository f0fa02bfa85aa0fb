"""Looks after a store of either kind: examines it, and writes anew what is derived in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from escrow_tui.store import open_store
from escrow_tui.store.address import Address, PostgresDatabase
from escrow_tui.store.difference import Difference, Harm
from escrow_tui.store.doctor import Told, being_made, differences, policies_in, ticking
from escrow_tui.store.link import Link
from escrow_tui.store.paging import rows_of
from escrow_tui.store.problems import SQLITE_ERRORS, StoreProblem
from escrow_tui.store.rebuilding import rebuild
from escrow_tui.store.replaying import Untrue
from escrow_tui.store.sqlite_file import check_schema, file_differences, snapshot_of
from escrow_tui.store.tables import MARKET


def untold(_done: int, _of: int) -> None:
    """Nobody watches how much is done."""


def examine(where: Address, told: Told = untold) -> Difference | None:
    """Return the first difference between a store and what its journals say, None in health.

    Nothing is written. `told` is called with how much is done, and of how much.

    Raises:
        StoreProblem: there is no store, or it cannot be reached.
    """
    with snapshot(where) as link:
        found = differences(link, told)
        if isinstance(where, PostgresDatabase):
            return next(found, None)
        try:
            return next(chain(file_differences(link), found), None)
        except SQLITE_ERRORS as error:
            return Difference("", "the file", f"it is damaged ({error})", harm=Harm.KEPT)


@contextmanager
def snapshot(where: Address) -> Iterator[Link]:
    """Read one snapshot of a store of this version; nothing is written, and nothing is made.

    Raises:
        StoreProblem: there is none, or it failed.
    """
    if isinstance(where, PostgresDatabase):
        from escrow_tui.store import postgres_care

        postgres_care.schema_at(where, this_one=True)
        with postgres_care.snapshot_of(where) as link:
            yield link
    else:
        check_schema(where.path)
        with snapshot_of(where.path) as link:
            yield link


def rebuild_all(where: Address, told: Told = untold) -> None:
    """Write everything that is derived anew, each market in one transaction.

    Only after `examine` has found that every journal is true.

    Raises:
        StoreProblem: it cannot be; the markets before it are written, this one is as it was.
    """
    store = open_store(where)
    try:
        with store.backend.reading() as link:
            policy_of = policies_in(link)
            making = being_made(link)
            markets = [row.id for row in rows_of(link, MARKET) if row.id not in making]
            tick = ticking(link, told, 1)
        for market in markets:
            with store.backend.writing(market) as link:
                rebuild(link, market, policy_of, tick)
    except Untrue as untrue:
        raise StoreProblem(str(untrue)) from untrue
    finally:
        store.close()
