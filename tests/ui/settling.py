"""A pilot's pause that ends when the event loop has nothing left to do, however busy the machine.

Textual's own pause waits for a quiet processor, which a busy machine never has. Here the loop is
asked, and the timers that stand between a change and its frame are not waited for but fired.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from textual._compositor import Compositor
from textual._context import active_app, visible_screen_stack
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from escrow_tui.ui.running.live import LiveApp

# No test needs nearly this long; one that does has a thread that never ends.
MOST_SECONDS = 120.0
_TICK_SECONDS = 0.01

RunTest = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


async def settle(_min_sleep: float = 0, _max_sleep: float = 1) -> None:
    """Return once nothing is left to be done but what a person or another process does.

    It takes the place of Textual's `wait_for_idle`, hence its arguments.
    """
    app = active_app.get()
    end = monotonic() + MOST_SECONDS
    while app._running and app._exception is None and not app._exit:
        assert monotonic() < end, f"it never settles: {app.workers}, {app.screen_stack}"
        await asyncio.sleep(0)
        if _runnable() or _fired(app):
            continue
        if not await _worked(app):
            return


def _runnable() -> bool:
    """Whether a task is to go on: one that was sent a message, or what a timer has woken."""
    return bool(asyncio.get_running_loop()._ready)  # type: ignore[attr-defined]  # only there


def _fired(app: App[object]) -> bool:
    """Fire what waits for a timer: a resize, a motion, a next frame; false where nothing does.

    A scroll is a motion, also where there is to be none: then its first step is its last.
    """
    if app._resize_timer is not None:
        app._check_resize()
        return True
    if app._animator._animations:
        app._animator()  # a step
        app._animator()  # after the last one, tell who waits that all stands still
        return True
    due = [screen for screen in _seen(app) if _frame(screen).is_due]
    for screen in due:
        screen._on_timer_update()
    return bool(due)


def _seen(app: App[object]) -> Iterator[Screen[Any]]:
    """The screen on top, and what is seen through it.

    Textual also lays out what lies beneath an opaque one: in a single column that never ends.
    """
    for screen in reversed(app._screen_stack):
        yield screen
        if screen.styles.background.a == 1:
            return


class Frame:
    """Stands where a screen has its timer: it keeps that a frame is due, and never draws it."""

    def __init__(self) -> None:
        self.is_due = False

    def resume(self) -> None:
        """A frame is due."""
        self.is_due = True

    def pause(self) -> None:
        """It is being drawn, or nobody sees the screen any more."""
        self.is_due = False


_frames: WeakKeyDictionary[Screen[Any], Frame] = WeakKeyDictionary()


def _frame(screen: Screen[Any]) -> Frame:
    return _frames.setdefault(screen, Frame())


async def _worked(app: App[object]) -> bool:
    """Wait a moment for a worker in a thread; false when there is none.

    Not until it ends: it may wait in turn for something that is drawn.
    """
    running = [one._task for one in app.workers if one._thread_worker and one.is_running]
    threads = [task for task in running if task is not None]
    if threads:
        await asyncio.wait(threads, timeout=_TICK_SECONDS)
    return bool(threads)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Let the app settle until it holds, which another thread or process may bring about."""
    end = monotonic() + MOST_SECONDS
    while True:
        await pilot.pause()
        assert pilot.app._exception is None
        if holds():
            return
        assert monotonic() < end, f"it never came to that; on top is {pilot.app.screen}"
        await pilot.pause(_TICK_SECONDS)


async def until_watched(pilot: Pilot[None], app: LiveApp) -> None:
    """Wait until the thread that watches the store hears of what is written from now on."""
    await until(pilot, lambda: app._watch is not None and app._watch._watcher is not None)


def settle_by_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every pause of a pilot settle, and draw frames then and at no other time."""
    monkeypatch.setattr("textual.app.wait_for_idle", settle)
    monkeypatch.setattr("textual.pilot.wait_for_idle", settle)
    monkeypatch.setattr(Screen, "_update_timer", property(_frame))


def paint(app: App[None]) -> list[Strip]:
    """Draw the whole screen as it is now."""
    visible_screen_stack.set(app._background_screens)
    return app.screen._compositor.render_strips()


def paint_when_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no frame that nobody sees, but each test's last one, which must not crash."""
    run_test: RunTest = App.run_test

    @asynccontextmanager
    async def run_and_paint(app: App[None], **options: object) -> AsyncIterator[Pilot[None]]:
        async with run_test(app, **options) as pilot:
            yield pilot
            await settle()
            if app._running and app._exception is None:
                paint(app)

    def skip(
        compositor: Compositor,
        full: bool = False,
        screen_stack: list[Screen[Any]] | None = None,
        simplify: bool = False,
    ) -> object:
        if full:  # an exported picture
            return render_update(compositor, True, screen_stack, simplify)
        compositor._dirty_regions.clear()
        return None

    render_update = Compositor.render_update
    monkeypatch.setattr(App, "run_test", run_and_paint)
    monkeypatch.setattr(Compositor, "render_update", skip)
