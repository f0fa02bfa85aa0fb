"""A person in a seat gets nothing that belongs to somebody else, whatever they try."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from escrow_tui.engine.commands import Cancel
from escrow_tui.store import SqliteFile
from tests.given.foreign_acts import ACTS, Foreign, GotThrough, nothing, refused, unseen
from tests.given.seats import Seats, me, opened, paid


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Seats]:
    """A market in another store, on the same machine."""
    with opened(SqliteFile(tmp_path / "other.sqlite"), tmp_path) as found:
        yield found


@pytest.mark.parametrize("act", ACTS, ids=lambda one: f"{one.who} {one.tries}")
def test_a_foreign_act_gets_a_sentence_and_nothing_else(
    act: Foreign, seats: Seats, other: Seats
) -> None:
    """The checks of the act hold, and no invariant is broken on the way."""
    assert act.does(seats, other)
    assert seats.ann.desk.violations == []


def test_there_are_enough_foreign_acts_and_no_duplicates() -> None:
    """Each is another act."""
    assert len({(one.who, one.tries) for one in ACTS}) == len(ACTS) >= 15


def test_own_acts_get_through(seats: Seats) -> None:
    """So the checks of the table would notice a foreign one that did."""
    order = paid(seats, seats.ann, seats.shop)
    with pytest.raises(GotThrough):
        unseen(lambda: seats.ann.order(me(seats.ann), order))
    with pytest.raises(GotThrough):
        nothing(seats.ann.rows(me(seats.ann)))
    with pytest.raises(GotThrough):
        refused(seats.shop, order, Cancel())
