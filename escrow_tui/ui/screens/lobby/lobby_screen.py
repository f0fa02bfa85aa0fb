"""The library of exercises, with the progress in each, and how to begin."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from escrow_tui.scenarios.file.head import ScenarioHead
from escrow_tui.ui.ground.actions import key_at
from escrow_tui.ui.ground.keyed_screen import KeyedScreen
from escrow_tui.ui.messages import Play
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.screens.lobby.exercises import (
    COLUMNS,
    FREE,
    LEGEND,
    Exercise,
    RunGlance,
    Standing,
    about,
    next_of,
    other_markets,
    row_of,
    standing_of,
)
from escrow_tui.ui.widgets.quiet_footer import QuietFooter
from escrow_tui.ui.widgets.row_list import RowList

_HELP = key_at("lobby", "help")
WELCOME = Content.from_markup(
    "[b]A marketplace where the platform holds the money until the goods are right.[/b] "
    "You sit in one chair, the others answer; nothing is real, so make mistakes. "
    f"[$accent]Press Enter to begin with the first exercise, {_HELP} for every key.[/]"
)


class LobbyScreen(KeyedScreen[None]):
    """The first screen; `trouble` says why the store could not be read, "" if it could."""

    place = "lobby"
    AUTO_FOCUS = "RowList"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (116, "-wide")]  # noqa: RUF012 - Textual types it
    DEFAULT_CSS = """
    LobbyScreen #head { height: 1; background: $panel; }
    LobbyScreen #where { width: 1fr; padding: 0 1; text-style: bold; }
    LobbyScreen #tally { width: auto; padding: 0 1; color: $text-muted; }
    LobbyScreen #welcome { height: auto; max-height: 3; padding: 0 1; }
    LobbyScreen #trouble { height: auto; max-height: 3; padding: 0 1; color: $error; }
    LobbyScreen #halves { height: 1fr; }
    LobbyScreen.-narrow #halves { layout: vertical; }
    LobbyScreen #library {
        width: 2fr; min-width: 82; border: round $panel; border-title-color: $primary;
        &:focus-within { border: round $border; }
    }
    LobbyScreen.-narrow #library { width: 100%; min-width: 0; height: 1fr; }
    LobbyScreen #filter { display: none; }
    LobbyScreen #filter.open { display: block; }
    LobbyScreen #preview {
        width: 1fr; border: round $panel; padding: 0 1; background: $surface;
        &:focus-within { border: round $border; }
    }
    LobbyScreen.-narrow #preview { width: 100%; height: 1fr; }
    LobbyScreen #text { height: 1fr; }
    LobbyScreen #buttons { height: 1; }
    LobbyScreen Button { margin-right: 2; }
    """

    def __init__(
        self, heads: Sequence[ScenarioHead], runs: Sequence[RunGlance], trouble: str = ""
    ) -> None:
        super().__init__()
        self.heads = (*heads, FREE)
        self.runs = tuple(runs)
        self.trouble = trouble
        self.listed: tuple[Exercise, ...] = ()

    def compose(self) -> ComposeResult:
        """The list beside the preview, or above it on a narrow terminal."""
        with Horizontal(id="head"):
            yield Static("escrow-tui ▸ Lobby", id="where")
            yield Static("", id="tally")
        yield Static(WELCOME, id="welcome")
        yield Static(shown(self.trouble), id="trouble")
        with Horizontal(id="halves"):
            with Vertical(id="library") as library:
                library.border_title = "Exercises"
                library.border_subtitle = LEGEND
                hint = "any words: damaged mediator passed …"
                yield Input(placeholder=hint, id="filter", compact=True)
                yield RowList(COLUMNS, empty="No exercise has these words; press Esc for all.")
            with Vertical(id="preview"):
                with VerticalScroll(id="text"):
                    yield Static("", id="about")
                with Horizontal(id="buttons"):
                    start = self.label("open", "Start")
                    yield Button(start, id="open", variant="primary", compact=True)
                    yield Button(self.label("anew"), id="anew", compact=True)
        yield QuietFooter()

    def on_mount(self) -> None:
        """List everything, with the cursor on what comes next."""
        self.show_runs(self.runs, self.trouble)

    def show_runs(self, runs: Sequence[RunGlance], trouble: str = "") -> None:
        """Show the progress, and put the cursor on what comes next."""
        self.runs, self.trouble = tuple(runs), trouble
        self.query_one("#trouble", Static).update(shown(trouble))
        self.query_one("#welcome").display = not runs and not trouble
        self.query_one("#trouble").display = bool(self.trouble)
        self._list()
        self.query_one(RowList).cursor = next_of(self.listed, self.runs)

    def _list(self) -> None:
        wanted = self.query_one(Input).value.casefold().split()
        every = [standing_of(head, self.runs) for head in self.heads]
        every += other_markets(self.runs)
        self.listed = tuple(one for one in every if all(word in one.words for word in wanted))
        self.query_one(RowList).show([row_of(one) for one in self.listed])
        passed = sum(one.standing is Standing.PASSED for one in every)
        tally = f"{len(self.heads) - 1} exercises · {passed} passed"
        self.query_one("#tally", Static).update(shown(tally))
        self._preview()

    @property
    def chosen(self) -> Exercise | None:
        """The exercise under the cursor."""
        at = self.query_one(RowList).cursor if self.listed else 0
        return self.listed[at] if at < len(self.listed) else None

    @on(RowList.Highlighted)
    def _preview(self) -> None:
        one = self.chosen
        self.query_one("#about", Static).update(about(one) if one else "")
        self.query_one("#text").scroll_home(animate=False)
        self.show_buttons()
        start = self.query_one("#open", Button)
        start.label = self.label("open", "Resume" if one and one.run else "Start")
        start.display = one is not None and one.standing is not Standing.BROKEN

    # -- actions

    def can_anew(self) -> str | None:
        """Only if a run is in progress."""
        return "" if (one := self.chosen) and one.run else None

    @on(RowList.Chosen)
    def do_open(self) -> None:
        """Begin, or resume the run in progress."""
        one = self.chosen
        if one and one.standing is Standing.BROKEN:
            told = "This file has a fault, and cannot be played; the preview says where."
            self.notify(told, severity="warning", markup=False)
        elif one:
            self.post_message(Play(run=one.run) if one.run else Play(one.head.id))

    def do_anew(self) -> None:
        """Begin again, although a run is in progress."""
        if one := self.chosen:
            self.post_message(Play(one.head.id))

    def do_free(self) -> None:
        """Resume the free market, or open one."""
        self.post_message(Play(run=standing_of(FREE, self.runs).run))

    def do_search(self) -> None:
        """Open the filter."""
        self.query_one("#filter").add_class("open")
        self.query_one("#filter").focus()
        self.refresh_bindings()

    def can_back(self) -> str | None:
        """Only to close the filter: nothing lies behind the lobby."""
        return "" if self.query("#filter.open") else None

    def do_back(self) -> None:
        """Close the filter."""
        self.query_one(Input).value = ""
        self.query_one("#filter").remove_class("open")
        self.do_to_list()

    @on(Input.Changed)
    def _filter(self) -> None:
        self._list()

    @on(Input.Submitted)
    def do_to_list(self) -> None:
        """Go from the filter to the list."""
        self.query_one(RowList).focus()
        self.refresh_bindings()
