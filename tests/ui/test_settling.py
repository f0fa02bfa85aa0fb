"""A pause waits for all that is to come, and a test whose last frame crashes fails."""

import asyncio
import threading
from collections.abc import Callable

import pytest
from textual import work
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tests.ui.conftest import text_of
from tests.ui.settling import until


class Broken(Widget):
    """Draws itself until it is told to crash, in one of the two ways that a widget is drawn."""

    def __init__(self, crash: str) -> None:
        super().__init__()
        self.crash = crash
        self.armed = False

    def render(self) -> str:
        """A word, or a crash."""
        if self.armed and self.crash == "render":
            raise ZeroDivisionError
        return "whole"

    def render_line(self, y: int) -> Strip:
        """A line, or a crash."""
        if self.armed and self.crash == "render_line":
            raise ZeroDivisionError
        return super().render_line(y)


class Bench(App[None]):
    """A long page, and room for a widget."""

    def __init__(self, widget: Widget | None = None) -> None:
        super().__init__()
        self.widget = widget
        self.drawn = 0
        self.told: list[str] = []

    def compose(self) -> ComposeResult:
        """The widget above the page."""
        if self.widget is not None:
            yield self.widget
        with VerticalScroll():
            yield Static("\n".join(f"line {number}" for number in range(200)))

    def post_display_hook(self) -> None:
        """Count the frames."""
        self.drawn += 1

    @work(thread=True)
    def ask(self, answered: threading.Event) -> None:
        """Wait in a thread, and tell what came."""
        answered.wait()
        self.call_from_thread(self.told.append, "answered")


@pytest.mark.parametrize("crash", ["render", "render_line"])
async def test_a_crash_in_the_last_frame_fails_though_nobody_looks(crash: str) -> None:
    """What a test leaves on the screen is drawn when it ends."""
    broken = Broken(crash)

    async def change_and_look_no_more() -> None:
        async with Bench(broken).run_test() as pilot:
            await pilot.pause()
            broken.armed = True
            broken.refresh()
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await change_and_look_no_more()


async def test_a_widget_that_is_never_drawn_otherwise_is_drawn_at_the_end() -> None:
    """Also the one that was broken from its first frame."""
    broken = Broken("render_line")
    broken.armed = True

    async def open_and_leave() -> None:
        async with Bench(broken).run_test():
            pass

    with pytest.raises(ZeroDivisionError):
        await open_and_leave()


async def test_a_pause_ends_when_the_terminal_has_its_new_size() -> None:
    """Textual waits a moment, lest each of many sizes be laid out."""
    app = Bench()
    async with app.run_test(size=(80, 24)) as pilot:
        for width in (40, 100, 41):
            await pilot.resize_terminal(width, 20)
            assert app.screen.size.width == width
            assert app.query_one(VerticalScroll).size.width in (width, width - 2)


async def test_a_pause_ends_after_the_scroll_that_follows_a_layout() -> None:
    """It is asked for after the next frame, and lays out anew."""
    app = Bench()
    async with app.run_test() as pilot:
        page = app.query_one(VerticalScroll)
        page.mount(Static("the very last"))
        page.scroll_end(animate=False)
        await pilot.pause()
        assert "the very last" in text_of(app)
        assert page.scroll_y == page.max_scroll_y > 100


async def test_a_pause_waits_for_a_worker_in_a_thread() -> None:
    """However long it takes: here until the loop itself lets it go on."""
    app, answered = Bench(), threading.Event()
    async with app.run_test() as pilot:
        app.ask(answered)
        asyncio.get_running_loop().call_later(0.05, answered.set)
        await pilot.pause()
        assert app.told == ["answered"]


async def test_what_comes_from_elsewhere_is_waited_for() -> None:
    """Of a thread that is no worker nobody knows when it is done."""
    app = Bench()
    async with app.run_test() as pilot:
        timer = threading.Timer(0.05, app.call_from_thread, (app.told.append, "done"))
        timer.start()
        await until(pilot, lambda: app.told == ["done"])
        timer.join()


async def test_what_lies_beneath_a_dialog_is_laid_out_too() -> None:
    """It is seen through it."""
    app = Bench()
    async with app.run_test() as pilot:
        beneath = app.screen
        await app.push_screen(ModalScreen())
        await pilot.pause()
        beneath.query_one(VerticalScroll).mount(Static("new"), before=0)
        await pilot.pause()
        assert beneath.query(Static).first().region.height == 1
        assert "new" in text_of(app)


async def test_a_chain_of_callbacks_is_followed_to_its_end() -> None:
    """Each is asked for after the frame of the one before it."""
    app, left = Bench(), 12

    def go_on() -> None:
        nonlocal left
        left -= 1
        app.query_one(Static).refresh(layout=True)
        if left:
            app.call_after_refresh(go_on)

    follow: Callable[[], None] = go_on
    async with app.run_test() as pilot:
        app.call_after_refresh(follow)
        await pilot.pause()
        assert left == 0
