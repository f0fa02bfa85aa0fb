"""A few kills; `python -m tests.proofs kill9` makes hundreds."""

import sqlite3
from contextlib import closing
from pathlib import Path

from escrow_tui.desk.desk import Desk
from escrow_tui.store import Address, open_store
from tests.proofs import hot
from tests.proofs.kill9 import LEAST, killed


def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(where: Address) -> None:
    """Writers die at random instants; what was in flight is given again under its id."""
    result = killed(where, rounds=3, writers=3, seed=1)
    assert result.found is not None
    assert str(result.found) == "0 lost, 0 doubled, 0 that nobody gave"
    assert result.kills == 9
    assert len(result.acknowledged) >= 9 * LEAST
    assert result.troubles == []


def test_a_lost_or_an_unknown_command_is_noticed(tmp_path: Path) -> None:
    """A check that cannot fail would be worth nothing."""
    path = tmp_path / "store.db"
    market = hot.made(path)
    store = open_store(path)
    desk = Desk(store, market, hot.rules())
    told = [hot.name_of("w", number) for number in range(8)]
    for command_id in told:
        hot.submit(desk, command_id)
        hot.submit(desk, command_id)
    assert hot.checked(store, market, told).sound
    assert hot.checked(store, market, [*told, "w-8"]).lost == 1
    assert hot.checked(store, market, told[1:]).strange == 1
    store.close()


def test_rows_that_do_not_follow_from_the_journal_are_noticed(tmp_path: Path) -> None:
    """A balance that was changed by hand differs from what the journal folds to."""
    path = tmp_path / "store.db"
    market = hot.made(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE balance SET minor = minor + 1 WHERE account = 'escrow:A'")
    store = open_store(path)
    wrong = hot.checked(store, market, []).wrong
    store.close()
    assert wrong == ["a balance differs", "the sum of all balances differs"]
