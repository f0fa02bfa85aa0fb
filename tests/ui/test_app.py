"""The app as a whole: sizes, stores that cannot be used, palette, help, mouse, leaving."""

import gc
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets._footer import FooterKey

from escrow_tui.engine.commands import SendMessage
from escrow_tui.engine.instant import date_of
from escrow_tui.files import seeds
from escrow_tui.scenarios.opening import sit, store_at
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store import glance
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.ground.place import HOUR
from escrow_tui.ui.messages import Back, Goto, Play, Sit
from escrow_tui.ui.screens.act_screen import ActScreen
from escrow_tui.ui.screens.coach_screen import CoachScreen
from escrow_tui.ui.screens.desk.desk_screen import DeskScreen
from escrow_tui.ui.screens.help.help_screen import HelpScreen
from escrow_tui.ui.screens.lobby.lobby_screen import LobbyScreen
from escrow_tui.ui.screens.money_screen import MoneyScreen
from escrow_tui.ui.screens.order_screen import OrderScreen
from escrow_tui.ui.screens.timeline_screen import TimelineScreen
from escrow_tui.ui.screens.too_small_screen import TooSmallScreen
from tests.ui.conftest import text_of
from tests.ui.playing import free_play
from tests.ui.settling import until
from tests.ui.terminal import Terminal
from tests.ui.visiting import BUYER, SELLER, WAYS, Visitor

CTRL_Q = b"\x11"
WIDE = (120, 36)
SIZES = ((1, 1), (10, 5), (59, 19), (60, 20), (80, 24), (200, 50), (500, 100))
# The others consist of the same parts; a terminal this large takes a second to draw.
LONGEST_SEEN = ("desk", "order", "case", "lobby")
FEW_SIZES = ((10, 5), (60, 20))
RANDOM_SIZES = 1
CHANGES = 60
SENTENCE = "Make the terminal at least 60 by 20; nothing is lost."

# The form with the most fields.
LARGEST = "rule"
# Only an exercise has it.
COACHED = "coach"


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Sitting:
    """A free market with a case before its mediator; nothing is done in it."""
    return free_play(tmp_path_factory.mktemp("market"), "mediated")


async def go(pilot: Pilot[None], session: Sitting, place: str) -> None:
    """Sit down in the chair that goes to a place, and go there."""
    app = pilot.app
    assert isinstance(app, EscrowApp)
    if place != "lobby":
        way = WAYS[place]
        chair = way.chairs[0]
        abouts = way.about(Visitor(session, session.chairs[chair], "A"))
        app.enter(session)
        await pilot.pause()
        await app.sit(chair)
        await app.on_goto(Goto(place, "A", LARGEST if LARGEST in abouts else abouts[0]))
    await pilot.pause()


def in_one_line(app: App[None]) -> str:
    """What stands on the screen."""
    return " ".join(text_of(app).split())


# -- sizes


@pytest.mark.parametrize("place", ["lobby", *(one for one in WAYS if one != COACHED)])
async def test_a_place_bears_every_size_of_the_terminal(market: Sitting, place: str) -> None:
    """Below the least size one sentence stands there, above it the very screen again."""
    chance = Random(place)
    drawn = [(chance.randint(40, 130), chance.randint(15, 40)) for _ in range(RANDOM_SIZES)]
    sizes = (*(SIZES if place in LONGEST_SEEN else FEW_SIZES), *drawn)
    app = EscrowApp(Path())
    async with app.run_test(size=WIDE) as pilot:
        await go(pilot, market, place)
        here = app.screen
        for width, height in sizes:
            await pilot.resize_terminal(width, height)
            is_small = width < 60 or height < 20
            assert isinstance(app.screen, TooSmallScreen) is is_small, (width, height)
            assert len(text_of(app).splitlines()) == height
            assert is_small or app.screen is here
        await pilot.resize_terminal(*WIDE)
        assert app.screen is here


@pytest.mark.parametrize("size", [(59, 20), (60, 19), (20, 8)])
async def test_below_the_least_size_stands_one_sentence(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """From the first frame on, and also when the exercise opens only afterwards."""
    app = EscrowApp(tmp_path / "market.sqlite", play="cracked-teapot")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert in_one_line(app) == SENTENCE
        await until(pilot, lambda: app.session is not None)
        assert in_one_line(app) == SENTENCE
        await pilot.resize_terminal(*WIDE)
        assert isinstance(app.screen, CoachScreen)
        assert "The cracked teapot" in text_of(app)


async def test_a_terminal_that_was_too_small_can_be_left(tmp_path: Path) -> None:
    """Quitting needs no room."""
    app = EscrowApp(tmp_path / "market.sqlite")
    async with app.run_test(size=(20, 8)) as pilot:
        await pilot.press("ctrl+q")
    assert app.return_code == 0


# -- memory


def widgets() -> int:
    """How many widgets are in memory."""
    gc.collect()
    return sum(isinstance(thing, Widget) for thing in gc.get_objects())


def watchers(app: App[None]) -> int:
    """How many watchers hang on the app and on its screens."""
    nodes = (app, *app.screen_stack)
    return sum(len(one) for node in nodes for one in getattr(node, "__watchers", {}).values())


async def test_changes_of_the_screen_leave_nothing_behind(market: Sitting) -> None:
    """No widget and no watcher more than after the first round."""
    places = ("timeline", "why", "clock")
    app = EscrowApp(Path())
    async with app.run_test(size=(60, 20)) as pilot:
        app.enter(market)
        await pilot.pause()

        async def after(changes: int) -> tuple[int, int]:
            for nth in range(changes // 2):
                await app.on_goto(Goto(places[nth % len(places)], "A"))
                await pilot.pause()
                await app.pop_screen()
            await pilot.pause()
            await pilot.pause()  # dead watchers are pruned after the change itself
            return widgets(), watchers(app)

        first = await after(2 * len(places))
        last = await after(CHANGES)
        await app.on_goto(Goto("timeline", "A"))
        kept = app.screen
        await app.pop_screen()
        with_kept = widgets()
    assert last[0] <= first[0]
    assert last[1] <= first[1]
    assert not kept.is_attached
    assert with_kept > last[0]  # the measure itself sees a screen that is not let go


# -- a store, an exercise or a run that cannot be opened


def _foreign(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7 something else\n" * 50)


def _another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title)")


def _newer(path: Path) -> None:
    _store(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def _damaged(path: Path) -> None:
    _store(path)
    whole = bytearray(path.read_bytes())
    half = len(whole) // 2
    whole[half:] = b"\x5a" * (len(whole) - half)
    path.write_bytes(bytes(whole))


def _cut(path: Path) -> None:
    _store(path)
    path.write_bytes(path.read_bytes()[:50])


def _folder(path: Path) -> None:
    path.mkdir()


def _store(path: Path) -> None:
    session = free_play(path.parent)
    session.desk.store.close()


STORES: tuple[tuple[Callable[[Path], None], str], ...] = (
    (_foreign, "not a store"),
    (_another_program, "another program's database"),
    (_newer, "written by a newer version of this program"),
    (_damaged, "damaged"),
    (_cut, "not a store|damaged"),
    (_folder, "is a folder"),
)


def prints(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(("make", "words"), STORES, ids=lambda one: getattr(one, "__name__", ""))
async def test_a_store_that_cannot_be_used_is_told_and_left_as_it_is(
    tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    """The lobby stands, says one sentence at the latest when one begins, and changes no byte."""
    path = tmp_path / "market.sqlite"
    make(path)
    before = prints(tmp_path)
    app = EscrowApp(path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        lobby = app.screen
        assert isinstance(lobby, LobbyScreen)
        at_once = lobby.trouble
        await pilot.press("enter")
        await until(pilot, lambda: bool(app._notifications))
        (notice,) = app._notifications
        assert app.screen is lobby
        assert app.session is None
        assert any(word in notice.message for word in words.split("|"))
        assert "\n" not in notice.message
        assert not at_once or " ".join(at_once.split()[:3]) in in_one_line(app)
    assert prints(tmp_path) == before


async def test_the_lobby_says_at_once_what_it_sees_of_a_store(tmp_path: Path) -> None:
    """Nobody has to begin an exercise to learn that the store is of a newer version."""
    path = tmp_path / "market.sqlite"
    _newer(path)
    app = EscrowApp(path)
    async with app.run_test(size=WIDE):
        assert "newer version of this program" in in_one_line(app)


@pytest.mark.parametrize(
    ("play", "run", "words"),
    [
        ("cracked-teepot", "", 'no exercise "cracked-teepot"; did you mean "cracked-teapot"?'),
        ("[@click=app.quit]x[/]", "", 'no exercise "[@click=app.quit]x[/]"'),
        ("../../etc/passwd", "", "no exercise"),
        ("", "nobodys-run", "There is no run nobodys-run"),
    ],
)
async def test_what_is_not_there_is_said_and_the_lobby_stays(
    tmp_path: Path, play: str, run: str, words: str
) -> None:
    """From the command line as from anywhere else."""
    app = EscrowApp(tmp_path / "market.sqlite", play=play, run=run)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: bool(app._notifications))
        assert isinstance(app.screen, LobbyScreen)
        (notice,) = app._notifications
        assert words in notice.message
        await pilot.press("down", "down")
        assert app._exception is None


async def test_a_broken_file_in_the_folder_is_shown_and_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its line and column; the others can be played all the same."""
    folder = tmp_path / "scenarios"
    folder.mkdir()
    good = seeds() / "scenarios" / "cracked-teapot.toml"
    shutil.copy(good, folder)
    text = good.read_text(encoding="utf-8").replace('"cracked-teapot"', '"mine"')
    (folder / "mine.toml").write_text(text.replace("difficulty = 2", 'difficulty = "[/]"'))
    (folder / "torn.toml").write_text("format = = 1")
    monkeypatch.setattr("escrow_tui.scenarios.scenario_library.seeds", lambda: tmp_path)
    app = EscrowApp(tmp_path / "market.sqlite")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert "! mine" in in_one_line(app)
        assert "! torn" in in_one_line(app)
        await pilot.press("down")
        await pilot.pause()
        told = str(app.screen.query_one("#about", Static).content)
        assert 'mine.toml:7:14 difficulty must be a whole number, not the text "[/]"' in told
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, LobbyScreen)
        assert "cannot be played" in next(iter(app._notifications)).message
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(app.screen, CoachScreen))


# -- every way to an action


async def on_an_order(pilot: Pilot[None], session: Sitting) -> None:
    """Stand on the page of the first order, in the buyer's chair."""
    await go(pilot, session, "order")
    assert isinstance(pilot.app.screen, OrderScreen)


async def test_the_palette_lists_the_actions_of_the_screen_and_runs_one(market: Sitting) -> None:
    """By its title; what the screen cannot do is not in it."""
    app = EscrowApp(Path())
    async with app.run_test(size=WIDE) as pilot:
        await on_an_order(pilot, market)
        titles = {one.title for one in app.get_system_commands(app.screen)}
        assert {"Money", "Timeline", "Evidence", "Why not?", "Lobby", "Help"} <= titles
        assert not {"Shop", "Rule", "Task", "Hand in"} & titles
        await pilot.press("ctrl+p", *"timeline")
        await until(pilot, lambda: "What happened, and the deadlines" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, TimelineScreen))


async def test_help_lists_the_keys_of_the_screen_and_runs_one(market: Sitting) -> None:
    """Found by its filter; it goes where the key itself would."""
    app = EscrowApp(Path())
    async with app.run_test(size=WIDE) as pilot:
        await on_an_order(pilot, market)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        await pilot.press("slash", *"timeline", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, TimelineScreen))


async def test_every_key_in_the_footer_can_be_clicked(market: Sitting) -> None:
    """Each leads where its key would; what is dimmed does nothing."""
    app = EscrowApp(Path())
    async with app.run_test(size=(200, 50)) as pilot:
        await on_an_order(pilot, market)
        for action, screen in (("timeline", "TimelineScreen"), ("why", "WhyScreen")):
            here: Screen[object] = app.screen
            await pilot.click(_footer_key(app, action))
            await until(pilot, lambda before=here: app.screen is not before)  # type: ignore[misc]  # bound now
            assert type(app.screen).__name__ == screen
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, OrderScreen))


def _footer_key(app: App[None], action: str) -> FooterKey:
    keys = app.screen.query(FooterKey)
    return next(key for key in keys if key.action == f"do('{action}')")


async def test_typing_faster_than_screens_open_still_ends_at_the_last_place(
    market: Sitting,
) -> None:
    """Chairs and places asked for in one breath; what comes after leaving the market is nothing."""
    app = EscrowApp(Path())
    async with app.run_test(size=WIDE) as pilot:
        await on_an_order(pilot, market)
        asked = (Sit(1), Sit(2), Sit(3), Goto("order", "A"), Back(), Goto("desk"), Sit(SELLER))
        for message in (*asked, Goto("order", "A"), Goto("money", "A")):
            app.post_message(message)
        await until(pilot, lambda: isinstance(app.screen, MoneyScreen))
        assert "You are the seller" in text_of(app)
        for message in (Goto("lobby"), Goto("money", "A"), Sit(BUYER), Back()):
            app.post_message(message)
        await until(pilot, lambda: isinstance(app.screen, LobbyScreen))
        await pilot.pause()
        assert len(app.screen_stack) == 1


async def test_enter_pressed_twice_opens_one_form(market: Sitting) -> None:
    """No place opens while a dialog is open."""
    app = EscrowApp(Path())
    async with app.run_test(size=WIDE) as pilot:
        await on_an_order(pilot, market)
        for _ in range(2):
            app.post_message(Goto("act", "A", "send_message"))
        await until(pilot, lambda: isinstance(app.screen, ActScreen))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, OrderScreen)


# -- leaving and coming back


async def test_leaving_in_the_middle_keeps_everything(tmp_path: Path) -> None:
    """The run goes on at the same instant, with the same order and what was written in it."""
    path = tmp_path / "market.sqlite"
    app = EscrowApp(path, play="parcel-never-came")
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(app.screen, CoachScreen))
        await pilot.press("escape")
        session = app.session
        assert session is not None
        actor = session.chairs[0]
        order_id = session.rows(actor)[0].id
        session.submit(actor, order_id, SendMessage("Where is my parcel?"))
        await pilot.press("d")
        await pilot.pause()
        if not isinstance(app.screen, DeskScreen):  # a deadline lies on the way: it asks first
            await pilot.press("enter", "enter")
            await pilot.pause()
        clock = date_of(session.now())
        assert clock in text_of(app)
        await pilot.press("ctrl+q")
    (run,) = glance(path)
    assert run.state == "running"
    again = EscrowApp(path, run=run.id)
    async with again.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: isinstance(again.screen, DeskScreen))
        assert clock in text_of(again)
        assert order_id in text_of(again)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(again.screen, OrderScreen))
        assert "Where is my parcel?" in in_one_line(again)


async def test_two_presses_of_enter_begin_one_run(tmp_path: Path) -> None:
    """A hand that trembles does not leave a second run in the lobby."""
    path = tmp_path / "market.sqlite"
    app = EscrowApp(path)
    async with app.run_test(size=WIDE) as pilot:
        app.on_play(Play("first-order"))
        app.on_play(Play("first-order"))
        await until(pilot, lambda: isinstance(app.screen, CoachScreen))
    assert len(glance(path)) == 1


def test_a_killed_program_goes_on_where_it_was(tmp_path: Path) -> None:
    """SIGKILL in the middle of an exercise; `resume` shows the same order and the same clock."""
    path = tmp_path / "market.sqlite"
    session = sit(store_at(path), exercise="parcel-never-came")
    before = session.now()
    with Terminal(path, "resume") as terminal:
        terminal.until("Next deadline")
        terminal.type(b"o")
        terminal.until(date_of(before + HOUR)[-5:])
        terminal.process.kill()
        terminal.process.wait()
    assert session.now() == before + HOUR
    (order, *_) = session.rows(session.chairs[0])
    with Terminal(path, "resume") as terminal:
        terminal.until(date_of(before + HOUR))
        terminal.until(order.title)
        terminal.type(CTRL_Q)
        assert terminal.end() == 0
