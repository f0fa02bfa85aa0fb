"""The app: it opens the lobby, then a market, and moves the person from place to place."""

import gc
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from random import SystemRandom
from threading import Thread
from typing import TYPE_CHECKING, cast

from textual import events, work
from textual.app import SystemCommand
from textual.screen import ModalScreen, Screen
from textual.widget import AwaitMount
from textual.worker import Worker

from escrow_tui.files import Faults
from escrow_tui.files.storage_error import StorageError
from escrow_tui.scenarios.lobby import is_near, runs_at, warm_up
from escrow_tui.scenarios.scenario_library import scenario_heads
from escrow_tui.ui.ground.actions import system_command
from escrow_tui.ui.ground.keyed_screen import KeyedScreen
from escrow_tui.ui.messages import Back, Goto, NotOpened, Play, Sit
from escrow_tui.ui.running.live import LiveApp
from escrow_tui.ui.safety.text import clean
from escrow_tui.ui.screens.lobby.exercises import RunGlance
from escrow_tui.ui.screens.lobby.lobby_screen import LobbyScreen
from escrow_tui.ui.screens.too_small_screen import LEAST, TooSmallScreen
from escrow_tui.ui.themes import THEMES

if TYPE_CHECKING:
    from escrow_tui.scenarios.session.sitting import Sitting
    from escrow_tui.store.address import Where
    from escrow_tui.store.rows.seats import SeatKey
    from escrow_tui.store.store import Store


class EscrowApp(LiveApp):
    """One store, one person; `play` opens an exercise at once, `run` resumes a run.

    With a `seat` there is no lobby: the person there may not see what else the store holds.
    """

    TITLE = "escrow-tui"
    ENABLE_COMMAND_PALETTE = True
    # Textual reverses only the words of a focused button, so a primary one would look disabled.
    CSS = """
    Button:focus { background: $accent; color: $background; text-style: bold underline; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it

    def __init__(
        self, where: "Where", *, play: str = "", run: str = "", seat: "SeatKey | None" = None
    ) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.where = where
        self.first = Play(play, run) if play or run or seat else None
        self.seat = seat
        self._store: Store | None = None
        self._small = False
        self._opening: Worker[None] | None = None

    def on_resize(self, event: events.Resize) -> None:
        """Show one sentence instead of the screen while the terminal is too small."""
        small = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        if small and not self._small:
            self.push_screen(TooSmallScreen())
        elif self._small and not small and isinstance(self.screen, TooSmallScreen):
            self.pop_screen()
        self._small = small

    # -- starting

    def get_default_screen(self) -> Screen[None]:
        """Return the lobby, built from no more than its first frame needs."""
        if self.seat is None:
            return self._lobby()
        from escrow_tui.ui.screens.seat_screen import SeatScreen

        return SeatScreen()

    def _lobby(self) -> LobbyScreen:
        if is_near(self.where):
            return LobbyScreen(scenario_heads(), *self._glance())
        return LobbyScreen(scenario_heads(), (), f"Reading what was played on {self.where} …")

    @work(thread=True, exit_on_error=False, group="runs", exclusive=True)
    def _read_runs(self) -> None:
        """Read the runs in a thread: a server may be slow."""
        runs, trouble = self._glance()
        self.call_from_thread(self._show_runs, runs, trouble)

    def _show_runs(self, runs: tuple[RunGlance, ...], trouble: str) -> None:
        lobby = self.screen_stack[0]
        if isinstance(lobby, LobbyScreen):
            lobby.show_runs(runs, trouble)

    def _glance(self) -> tuple[tuple[RunGlance, ...], str]:
        """Return the runs of the store, or why it could not be read."""
        try:
            return runs_at(self.where), ""
        except StorageError as problem:
            return (), str(problem)

    def changed_screens(self) -> None:
        """Move the banner to the screen that is now on top."""
        super().changed_screens()
        self.show_trouble()

    def on_ready(self) -> None:
        """Warm up once the first frame is painted."""
        self.screen.call_after_refresh(self._after_first_frame)

    def _after_first_frame(self) -> None:
        gc.enable()
        if self.seat is None and not is_near(self.where):
            self._read_runs()
        if self.first is not None:
            self.on_play(self.first)
        else:
            # Earlier, the imports would compete with the first frame.
            Thread(target=_warm_up, daemon=True).start()

    def on_play(self, message: Play) -> None:
        """Open an exercise, a run, or a free market; asked for twice, it is opened once."""
        if self._opening is None or self._opening.is_finished:
            self._opening = self._open(message)

    @work(thread=True, exit_on_error=False)
    def _open(self, message: Play) -> None:
        """Open the store and the session in a thread, because that is slow."""
        from escrow_tui.scenarios import opening

        try:
            if self._store is None:
                self._store = opening.store_at(self.where)
            sitting = opening.sit(
                self._store,
                exercise=message.exercise,
                run=message.run,
                seat=self.seat,
                seed=SystemRandom().randrange(1 << 31),
                created=_real_time(),
                clock=_real_time,
            )
        except (StorageError, Faults, LookupError) as problem:
            self.call_from_thread(self._not_opened, clean(str(problem), 600, multiline=True))
            return
        self.call_from_thread(self.enter, sitting, new=bool(message.exercise))

    def _not_opened(self, why: str) -> None:
        """Say why nothing was opened."""
        self.screen.post_message(NotOpened(why))
        if self.seat is None:
            self.notify(why, severity="error", markup=False, timeout=12)

    def enter(self, session: "Sitting", *, new: bool = False) -> None:
        """Sit down in the first chair of a market; a new exercise begins with its task."""
        self.session = session
        self.watch_store(session)
        self.sit(0)
        if new:
            self._push("coach")
        if self._small:
            self.push_screen(TooSmallScreen())

    # -- moving about

    def sit(self, chair: int) -> AwaitMount:
        """Go to the desk of a chair."""
        self.chair = chair
        self._unwind(1)
        return self._push("desk")

    async def on_sit(self, message: Sit) -> None:
        """Change chairs, where the session has that one."""
        if self.session and message.chair < len(self.session.chairs):
            await self.sit(message.chair)

    async def on_back(self, message: Back) -> None:
        """Go back to the previous screen, or from the desk to the lobby."""
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            await self.on_goto(Goto("lobby"))

    async def on_goto(self, message: Goto) -> None:
        """Take the person somewhere, and wait until they are there.

        Somebody who types fast asks for the next place before the first one is shown: a screen
        that is closed before it has opened has no widgets to read into. While a dialog is open
        only its help opens: an Enter pressed twice opens one form.
        """
        if isinstance(self.screen, ModalScreen) and message.place != "help":
            return
        if message.place == "lobby" and self.seat:
            from escrow_tui.ui.screens.seat_screen import LeaveScreen

            await self.push_screen(LeaveScreen())
            return
        if message.place == "lobby":
            self._unwind(1)
            self.session = None
            self.leave_store()
            if is_near(self.where):
                self._show_runs(*self._glance())
            else:
                self._read_runs()
            return
        if message.place == "help":
            from escrow_tui.ui.screens.help.help_screen import HelpScreen

            await self.push_screen(HelpScreen(cast(Screen[None], self.screen)))
            return
        if self.session is None:  # the market was left meanwhile
            return
        if self.gone:  # nothing could be read there
            self.say_trouble()
            return
        from escrow_tui.ui.places import SCREENS

        if SCREENS[message.place].from_desk:
            self._unwind(2)
        if message.place == "desk":
            self._unwind(1)
        await self._push(message.place, message.order_id, message.about)

    def _push(self, place: str, order_id: str = "", about: str = "") -> AwaitMount:
        from escrow_tui.ui.places import SCREENS

        assert self.session is not None
        actor = self.session.chairs[self.chair]
        return self.push_screen(SCREENS[place](self.session, actor, order_id, about))

    def _unwind(self, height: int) -> None:
        """Close screens until this many are left: 1 keeps the lobby, 2 the desk as well."""
        while len(self.screen_stack) > height:
            self.pop_screen()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Add every action that is possible here to the palette."""
        yield from super().get_system_commands(screen)
        if not isinstance(screen, KeyedScreen):
            return
        for action in screen.actions.values():
            if screen.reason_against(action.id) == "":
                do = partial(screen.run_action, f"screen.do('{action.id}')")
                yield system_command(action, do)


def _real_time() -> str:
    """Return the real time as ISO text, for the rows and logs of runs."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _warm_up() -> None:
    """Import what the first exercise needs while the person reads the lobby."""
    warm_up()
    from escrow_tui.ui import places  # noqa: F401


def run_app(where: "Where", *, play: str = "", run: str = "", seat: "SeatKey | None" = None) -> int:
    """Run the app until the person leaves; return the exit code."""
    app = EscrowApp(where, play=play, run=run, seat=seat)
    app.run()
    return app.return_code or 0
