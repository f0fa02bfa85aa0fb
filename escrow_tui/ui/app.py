"""The app: it opens the lobby, then markets, and takes the person from place to place."""

import gc
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from random import SystemRandom
from threading import Thread
from typing import TYPE_CHECKING, cast

from textual import events, work
from textual.app import SystemCommand
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import ModalScreen, Screen
from textual.widget import AwaitMount
from textual.worker import Worker

from escrow_tui.files import Faults
from escrow_tui.scenarios.lobby import (
    RunHead,
    SeatKey,
    StoreProblem,
    Where,
    glance,
    is_near,
    warm_up,
)
from escrow_tui.scenarios.scenario_library import scenario_heads
from escrow_tui.ui.ground.actions import ACTIONS, system_command
from escrow_tui.ui.messages import Back, Goto, NotOpened, Play, Sit
from escrow_tui.ui.running.live import LiveApp
from escrow_tui.ui.safety.line_filter import SafeLines
from escrow_tui.ui.safety.terminal import safe_driver
from escrow_tui.ui.safety.text import clean
from escrow_tui.ui.safety.watchers import prune_watchers
from escrow_tui.ui.screens.lobby.lobby_screen import LobbyScreen
from escrow_tui.ui.screens.too_small import LEAST, TooSmallScreen
from escrow_tui.ui.themes import THEMES

if TYPE_CHECKING:
    from escrow_tui.scenarios.session.sitting import Sitting
    from escrow_tui.store import Store

# From these places one goes back to the desk, not to where one came from.
_FROM_THE_DESK = frozenset({"order", "case", "shop", "debrief"})


class EscrowApp(LiveApp):
    """One store, one person; `play` opens an exercise at once, `run` goes on with a run.

    With a `seat` there is no lobby: what else the store holds is not for who sits there.
    """

    TITLE = "escrow-tui"
    ENABLE_COMMAND_PALETTE = True
    DEFAULT_CSS = """
    #body { height: 1fr; }
    """
    # Textual reverses a focused button's words alone: its chief button looks disabled then.
    CSS = """
    Button:focus { background: $accent; color: $background; text-style: bold underline; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual types it

    def __init__(
        self, where: Where, *, play: str = "", run: str = "", seat: SeatKey | None = None
    ) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.where = where
        self.first = Play(play, run) if play or run or seat else None
        self.seat = seat
        self._store: Store | None = None
        self._safe_lines = SafeLines()
        self._small = False
        self._opening: Worker[None] | None = None

    # -- the terminal

    def get_driver_class(self) -> type[Driver]:
        """Take the driver that restores the terminal whatever happens."""
        return safe_driver(super().get_driver_class())

    def get_line_filters(self) -> list[LineFilter]:
        """Let no control character through, whichever widget it came from."""
        return [*super().get_line_filters(), self._safe_lines]

    def _fatal_error(self) -> None:
        """Tell of a crash without the values of local variables, which may be somebody's card."""
        from rich.segment import Segments
        from rich.traceback import Traceback

        self.bell()
        traceback = Traceback(show_locals=False, width=None, suppress=["textual"])
        self._exit_renderables.append(
            Segments(self.console.render(traceback, self.console.options))
        )
        self._close_messages_no_wait()

    def on_resize(self, event: events.Resize) -> None:
        """Below the least size one sentence stands on the screen."""
        small = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        if small and not self._small:
            self.push_screen(TooSmallScreen())
        elif self._small and not small and isinstance(self.screen, TooSmallScreen):
            self.pop_screen()
        self._small = small

    # -- starting

    def get_default_screen(self) -> Screen[None]:
        """Open the lobby, with the least that its first frame needs."""
        if self.seat is None:
            return self._lobby()
        from escrow_tui.ui.screens.seat import SeatScreen

        return SeatScreen()

    def _lobby(self) -> LobbyScreen:
        if is_near(self.where):
            return LobbyScreen(scenario_heads(), *self._glance())
        return LobbyScreen(scenario_heads(), (), f"Reading what was played on {self.where} …")

    @work(thread=True, exit_on_error=False, group="runs", exclusive=True)
    def _read_runs(self) -> None:
        """Read the runs beside the screen: a server takes its time."""
        runs, trouble = self._glance()
        self.call_from_thread(self._show_runs, runs, trouble)

    def _show_runs(self, runs: tuple[RunHead, ...], trouble: str) -> None:
        lobby = self.screen_stack[0]
        if isinstance(lobby, LobbyScreen):
            lobby.show_runs(runs, trouble)

    def _glance(self) -> tuple[tuple[RunHead, ...], str]:
        """Return the runs of the store, or why it could not be read."""
        try:
            return glance(self.where), ""
        except StoreProblem as problem:
            return (), str(problem)

    def on_mount(self) -> None:
        """Prune watchers at each change of screen; what stands over all goes with it."""
        self.screen_change_signal.subscribe(self, lambda _: self.call_later(self._changed_screens))

    def _changed_screens(self) -> None:
        prune_watchers(self)
        self.show_trouble()

    def on_ready(self) -> None:
        """Warm up once the first frame stands."""
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
        """Open an exercise, a run, or a free market; what is asked for twice is begun once."""
        if self._opening is None or self._opening.is_finished:
            self._opening = self._open(message)

    @work(thread=True, exit_on_error=False)
    def _open(self, message: Play) -> None:
        """Open the store and the session, beside the screen: it takes its time."""
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
        except (StoreProblem, Faults, LookupError) as problem:
            self.call_from_thread(self._not_opened, clean(str(problem), 600, multiline=True))
            return
        self.call_from_thread(self.enter, sitting, new=bool(message.exercise))

    def _not_opened(self, why: str) -> None:
        """Say why there is nothing to sit down at."""
        self.screen.post_message(NotOpened(why))
        if self.seat is None:
            self.notify(why, severity="error", markup=False, timeout=12)

    def enter(self, session: "Sitting", *, new: bool = False) -> None:
        """Sit down in a market, in the first chair; a new exercise begins with its task."""
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
        """Go back; from the desk, to the lobby."""
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            await self.on_goto(Goto("lobby"))

    async def on_goto(self, message: Goto) -> None:
        """Take the person somewhere, and wait until he is there.

        Who types fast asks for the next place before the first one stands: a screen that is closed
        before it has opened has no widgets to read into. Nobody goes anywhere from beneath a
        dialog: an Enter pressed twice opens one form.
        """
        if isinstance(self.screen, ModalScreen):
            return
        if message.place == "lobby" and self.seat:
            from escrow_tui.ui.screens.seat import LeaveScreen

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
            from escrow_tui.ui.screens.help import HelpScreen

            await self.push_screen(HelpScreen(cast(Screen[None], self.screen)))
            return
        if self.session is None:  # he has left the market meanwhile
            return
        if self.gone:  # there is nothing to be read there
            self.say_trouble()
            return
        if message.place in _FROM_THE_DESK:
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
        """Close screens until the stack is as high as this: 1 is the lobby, 2 the desk."""
        while len(self.screen_stack) > height:
            self.pop_screen()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Put every action that can be done here into the palette."""
        yield from super().get_system_commands(screen)
        reason_against = getattr(screen, "reason_against", None)
        if reason_against is None:
            return
        for action in ACTIONS.values():
            if reason_against(action.id) == "":
                do = partial(screen.run_action, f"screen.do('{action.id}')")
                yield system_command(action, do)


def _real_time() -> str:
    """Return the real time as ISO text, for the rows and logs of runs."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _warm_up() -> None:
    """Import what the first exercise will need, while the person reads the lobby."""
    warm_up()
    from escrow_tui.ui import places  # noqa: F401


def run_app(where: Where, *, play: str = "", run: str = "", seat: SeatKey | None = None) -> int:
    """Run the app until the person leaves; return the exit code."""
    app = EscrowApp(where, play=play, run=run, seat=seat)
    app.run()
    return app.return_code or 0
