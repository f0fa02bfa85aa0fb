"""What is derived can be rebuilt; what the journal does not know is left as it is."""

import pytest
from sqlalchemy import Table

from escrow_tui.store import Address, StoreProblem
from escrow_tui.store.care.examination import examine, rebuild_all
from escrow_tui.store.derived import rebuild
from escrow_tui.store.rows import pages
from escrow_tui.store.schema import ALL, BALANCE, COUNT, ENTRY, ORDER, TRUST
from tests.given.market import MARKET as FIRST
from tests.store.care.spoiling import do, dump, forge, writing

SPOILT = (
    "DELETE FROM order_state",
    "UPDATE order_state SET phase = 'CLOSED', next_deadline = NULL, words = ''",
    "DELETE FROM balance",
    "UPDATE phase_count SET orders = orders + 1",
    "INSERT INTO trust VALUES ('market-1', 'nobody', 'orders', 5)",
    "UPDATE market SET now = 0",
)


@pytest.mark.parametrize("portion", [2, 500])
def test_spoilt_rows_are_rebuilt_as_they_were(
    where: Address, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    """Every row is the same again, whatever the batch size."""
    monkeypatch.setattr(rebuild, "_PORTION", portion)
    before = dump(where, ALL)
    for sql in SPOILT:
        do(where, sql)
    assert examine(where) is not None
    told: list[tuple[int, int]] = []
    rebuild_all(where, lambda done, of: told.append((done, of)))
    assert dump(where, ALL) == before
    assert told[-1] == (43, 43)
    assert examine(where) is None


def test_nothing_is_rebuilt_from_an_untrue_journal(where: Address) -> None:
    """The rows stay as they are: either of the two could be the wrong one."""
    forge(where, FIRST, 4, lambda said: {**said, "body": said["body"][:-1]})
    derived: tuple[Table, ...] = (ORDER, BALANCE, COUNT, TRUST)
    before = dump(where, derived)
    with pytest.raises(StoreProblem, match=r"entry 4: it cannot be read .*restore a backup"):
        rebuild_all(where)
    assert dump(where, derived) == before


@pytest.mark.parametrize("page", [1, 7, 1_000])
@pytest.mark.parametrize("by", [("seq",), ("stream", "version")])
def test_rows_are_read_a_page_at_a_time(
    where: Address, monkeypatch: pytest.MonkeyPatch, page: int, by: tuple[str, ...]
) -> None:
    """Each once and in the order of its key, whatever the page size."""
    pages._page.cache_clear()
    monkeypatch.setattr(pages, "PAGE", page)
    with writing(where) as link:
        rows = list(pages.rows_of(link, ENTRY, FIRST, by))
        keys = [tuple(getattr(row, name) for name in by) for row in rows]
        assert keys == sorted(keys)
        assert sorted(row.seq for row in rows) == list(range(1, 32))
        assert len(list(pages.rows_of(link, ENTRY))) == 43
    pages._page.cache_clear()
