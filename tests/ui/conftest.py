"""What makes a picture of a screen the same on every machine, and fail when the app has crashed."""

from collections.abc import Awaitable, Callable

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

SIZES = ((120, 36), (80, 24))

Before = Callable[[Pilot[None]], Awaitable[None]]
Snap = Callable[[App[None], tuple[int, int], Before], None]


class TextGolden(SingleFileSnapshotExtension):
    """One readable text file a picture, for the review of a change."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


def text_of(app: App[None]) -> str:
    """Return what stands on the screen, as lines of text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


@pytest.fixture(autouse=True)
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """No motion, no blinking, no toast that ends, nothing from the environment."""
    # The snapshot plugin imports Textual before any conftest: its constants are set already.
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr("textual.app.App.animation_level", "none", raising=False)
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
    for name in ("NO_COLOR", "TEXTUAL_THEME", "ESCROW_TUI_STORE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def snap(snap_compare: Callable[..., bool], snapshot: SnapshotAssertion) -> Snap:
    """Compare a picture and its text with the accepted ones; an app that crashed fails."""
    golden = snapshot.use_extension(TextGolden)

    def compare(app: App[None], size: tuple[int, int], before: Before) -> None:
        texts: list[str] = []

        async def settled(pilot: Pilot[None]) -> None:
            await before(pilot)
            await pilot.app.workers.wait_for_complete()
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

    return compare
