"""What makes a picture of a screen the same on every machine, and fail when the app has crashed."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Button, Input

from tests.ui.settling import paint, paint_when_looked_at, settle_by_the_loop

SAFETY = Path(__file__).parent / "safety"
SIZES = ((120, 36), (80, 24))

Before = Callable[[Pilot[None]], Awaitable[None]]
Snap = Callable[[App[None], tuple[int, int], Before], None]


class TextGolden(SingleFileSnapshotExtension):
    """One readable text file a picture, for the review of a change."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


def text_of(app: App[None]) -> str:
    """Return what stands on the screen, as lines of text."""
    return "\n".join(strip.text.rstrip() for strip in paint(app)) + "\n"


@pytest.fixture(autouse=True)
def settling(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the loop and not for the machine; paint where a test is about what is painted."""
    settle_by_the_loop(monkeypatch)
    if "snap" not in request.fixturenames and SAFETY not in request.path.parents:
        paint_when_looked_at(monkeypatch)


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """No motion, no blinking, no toast that ends, nothing from the environment."""
    # The snapshot plugin imports Textual before any conftest: its constants are set already.
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("textual.app.App.animation_level", "none", raising=False)
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
    monkeypatch.setattr(Button, "_start_active_affect", lambda _: None)
    monkeypatch.setattr("textual.notifications.Notification.time_left", 3_600.0)
    for name in ("NO_COLOR", "TEXTUAL_THEME", "ESCROW_TUI_STORE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def snap(snap_compare: Callable[..., bool], snapshot: SnapshotAssertion) -> Iterator[Snap]:
    """Compare a picture and its text with the accepted ones; an app that crashed fails."""
    golden = snapshot.use_extension(TextGolden)
    asked: list[App[None]] = []

    def compare(app: App[None], size: tuple[int, int], before: Before) -> None:
        asked.append(app)
        texts: list[str] = []

        async def settled(pilot: Pilot[None]) -> None:
            await before(pilot)
            await pilot.pause()
            # Here, and not after the comparison: an update would keep the error screen.
            if crash := pilot.app._exception:
                raise crash
            texts.append(text_of(pilot.app))

        same = snap_compare(app, terminal_size=size, run_before=settled)
        assert app._exception is None, app._exception
        assert texts, "the app ended before its picture was taken"
        assert texts[0] == golden
        assert same, "the picture differs from the accepted one; look at both"

    yield compare
    assert asked, "it takes no picture, and so would not miss an accepted one"
