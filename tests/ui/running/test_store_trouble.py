"""A store that fails under the program: it stays up, says what to do, and goes on afterwards."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from escrow_tui.engine.invariants import Balances
from escrow_tui.scenarios import opening
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store import PostgresDatabase, StoreProblem, open_store
from escrow_tui.store.backend import Backend, Decide
from escrow_tui.store.postgres import server_backend
from escrow_tui.store.reads.situation import Ask
from escrow_tui.store.rows.link import Link
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.screens.act_screen import ActScreen
from escrow_tui.ui.widgets.banner import TroubleBanner
from escrow_tui.views.order_row import OrderRow
from tests.given.server import PASSWORD, Server, database
from tests.ui.conftest import text_of
from tests.ui.keys import words
from tests.ui.playing import SEED, free_play
from tests.ui.settling import until
from tests.ui.visiting import places_of

FULL = "The store failed: the disk is full; make room, then try again."
BUYER = 0
LEAVING = ("ctrl+q", "ctrl+c", "escape", "l", "ctrl+p")


class Failing:
    """A database that fails when it is told to: to write, or also to read."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.writes = self.reads = True

    def __getattr__(self, name: str) -> object:
        return getattr(self.backend, name)

    @contextmanager
    def reading(self) -> Iterator[Link]:
        """Read, or fail."""
        if not self.reads:
            raise StoreProblem(FULL)
        with self.backend.reading() as link:
            yield link

    @contextmanager
    def writing(self, market: str) -> Iterator[Link]:
        """Write, or fail."""
        if not self.writes:
            raise StoreProblem(FULL)
        with self.backend.writing(market) as link:
            yield link

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Decide and write, or fail."""
        if not self.writes:
            raise StoreProblem(FULL)
        return self.backend.transact(ask, decide)

    def fail(self, *, reads: bool) -> None:
        """Fail from now on."""
        self.writes, self.reads = False, reads

    def recover(self) -> None:
        """Fail no more."""
        self.writes = self.reads = True


@asynccontextmanager
async def sat(session: Sitting) -> AsyncIterator[tuple[EscrowApp, Pilot[None]]]:
    """Put somebody at the desk of a session."""
    app = EscrowApp(Path("nowhere"))
    async with app.run_test(size=(120, 36)) as pilot:
        app.enter(session)
        await pilot.pause()
        yield app, pilot


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[tuple[Sitting, Failing]]:
    """A free market with a dispute, on a store that can be made to fail."""
    session = free_play(tmp_path, "disputed")
    backend = Failing(session.desk.store.backend)
    session.desk.store.backend = backend  # type: ignore[assignment]
    yield session, backend
    session.desk.store.close()


def banner(app: EscrowApp) -> str:
    """What stands over the screen; "" where nothing does."""
    found = app.screen.query(TroubleBanner)
    return str(found.first().content) if found else ""


@pytest.mark.parametrize(("chair", "reads"), [(0, False), (2, True)])
async def test_no_key_of_any_place_ends_the_program_while_the_store_fails(
    failing: tuple[Sitting, Failing], chair: int, reads: bool
) -> None:
    """Every key that there is, on every place of a chair; afterwards the place is as it was."""
    session, backend = failing
    # One form is like the other.
    places = {place: about for place, about in places_of(session, chair, "A") if place != "help"}
    async with sat(session) as (app, pilot):
        for place, about in places.items():
            backend.recover()
            await until(pilot, lambda: not app.trouble)
            await app.sit(chair)
            if place != "desk":
                await app.on_goto(Goto(place, "A", about))
            await pilot.pause()
            keys = [key for key in app.screen.active_bindings if key not in LEAVING]
            backend.fail(reads=reads)
            for key in keys:
                await pilot.press(key)
                assert app._exception is None, (place, key)
        await app.sit(chair)
        await until(pilot, lambda: banner(app) == FULL)
        backend.recover()
        await until(pilot, lambda: not app.trouble and banner(app) == "")


async def test_a_form_keeps_its_words_and_is_sent_again(failing: tuple[Sitting, Failing]) -> None:
    """Under the same id, so that it has its effect once, and the banner stays until then."""
    session, backend = failing
    async with sat(session) as (app, pilot):
        await app.on_goto(Goto("act", "A", "send_message"))
        await pilot.press(*"Hello")
        form = app.screen
        assert isinstance(form, ActScreen)
        command_id = form.command_id
        backend.fail(reads=True)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: banner(app) == FULL)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.gone)
        assert (app.screen, form.query_one(Input).value) == (form, "Hello")
        assert (form.command_id, banner(app)) == (command_id, FULL)
        backend.recover()
        await until(pilot, lambda: banner(app) == "")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is not form)
    said = [entry for entry in session.desk.entries() if entry.command_id == command_id]
    assert len(said) == 1


async def test_the_screen_keeps_its_last_state(failing: tuple[Sitting, Failing]) -> None:
    """Nobody goes where nothing can be read, and the banner stands over a dialog too."""
    session, backend = failing
    async with sat(session) as (app, pilot):
        await app.on_goto(Goto("order", "A"))
        await pilot.pause()
        here, before = app.screen, words(text_of(app))
        backend.fail(reads=False)
        await pilot.press("d")
        await until(pilot, lambda: banner(app) == FULL)
        await pilot.press("m")
        assert app.screen is here
        kept = set(before.split()) - set(words(text_of(app)).split())
        assert len(kept) < len(set(before.split())) / 3
        await pilot.press("question_mark")
        await until(pilot, lambda: app.screen is not here and banner(app) == FULL)
        await pilot.press("escape")
        backend.recover()
        await until(pilot, lambda: banner(app) == "")
        await until(pilot, lambda: words(text_of(app)) == before)


# -- a real server


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of our own, for it is ended."""
    server = Server()
    yield server
    server.close()


async def test_a_server_that_goes_and_comes_back_costs_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told without a key being pressed, and without a word of the URL's secrets."""
    monkeypatch.setattr(server_backend, "_RETURN_SECONDS", 0.2)
    with database(server.url) as url:
        where = PostgresDatabase(url)
        session = opening.sit(open_store(where), seed=SEED)
        async with sat(session) as (app, pilot):
            await app.on_goto(Goto("shop"))
            await pilot.press("c", "b")
            await pilot.pause()
            server.kill()
            await until(pilot, lambda: banner(app).startswith(f"{where} does not answer"))
            await pilot.press("b", "ctrl+s", "ctrl+o", "enter", "m", "d", "u", "f2")
            assert app._exception is None
            assert PASSWORD not in text_of(app) + repr([*app._notifications])
            server.start()
            await until(pilot, lambda: banner(app) == "")
            await pilot.press("b", "ctrl+o")
            await until(pilot, lambda: [row.id for row in rows(session)] == ["A"])
        session.desk.store.close()


def rows(session: Sitting) -> tuple[OrderRow, ...]:
    """The buyer's orders."""
    return session.rows(session.chairs[BUYER])
