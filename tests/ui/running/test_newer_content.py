"""What a newer version of the program kept is said on screen once, and the program stays up."""

from pathlib import Path

import pytest

from escrow_tui.scenarios import opening
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store import SqliteFile
from escrow_tui.store.schema import ALL, ORDER, RUN_LOG
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.screens.lobby.lobby_screen import LobbyScreen
from escrow_tui.ui.widgets.banner import TroubleBanner
from tests.store.care.spoiling import dump, forge, last_row, reorder, repacked, writing
from tests.ui.playing import free_play
from tests.ui.settling import until

UNKNOWN = ", which this version does not know; upgrade the program."
SIZE = (120, 36)


def _left(session: Sitting) -> tuple[str, str]:
    """Leave a session; return its run and its market."""
    session.desk.store.close()
    return session.record.run.id, session.desk.market


@pytest.fixture
def where(tmp_path: Path) -> SqliteFile:
    """Where the store of a session in the test's folder is."""
    return SqliteFile(tmp_path / "market.sqlite")


def _said(app: EscrowApp) -> list[str]:
    return [one.message for one in app._notifications]


async def test_an_exercise_of_a_newer_version_is_not_opened(where: SqliteFile) -> None:
    """The lobby stays, and says why."""
    run, market = _left(opening.sit(opening.store_at(where), exercise="cracked-teapot"))
    forge(where, market, 2, repacked({b'"cost":': b'"tax":5,"cost":'}))
    before = dump(where, ALL)
    app = EscrowApp(where.path, run=run)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: bool(_said(app)))
        assert _said(app) == [f"Entry 2 of market {market} holds the field 'tax'{UNKNOWN}"]
        assert isinstance(app.screen, LobbyScreen)
    assert dump(where, ALL) == before


async def test_an_order_of_a_newer_version_leaves_the_market_open(where: SqliteFile) -> None:
    """Its page and its list cannot be shown; no banner says that the store fails."""
    run, _ = _left(free_play(where.path.parent, "disputed"))
    with writing(where) as link:
        reorder(link, last_row(link, ORDER, "body"), lambda order: [*order, 0])
    # Which screens were looked at is noted there.
    but_the_log = tuple(table for table in ALL if table is not RUN_LOG)
    before = dump(where, but_the_log)
    app = EscrowApp(where.path, run=run)
    sentence = f"An order holds one field more{UNKNOWN}"
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: sentence in _said(app))
        assert app.session is not None
        await app.on_goto(Goto("shop"))
        await pilot.pause()
        assert app._exception is None
        assert not app.screen.query(TroubleBanner)
        await app.on_goto(Goto("lobby"))
        await until(pilot, lambda: isinstance(app.screen, LobbyScreen))
    assert dump(where, but_the_log) == before
