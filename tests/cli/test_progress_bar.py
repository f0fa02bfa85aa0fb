"""The progress bar for work that takes longer than a second."""

import io
import sys

import pytest

from escrow_tui.cli import progress_bar


class _Screen(io.StringIO):
    """Standard error that is, or is not, a terminal."""

    def __init__(self, seen: bool) -> None:
        super().__init__()
        self._seen = seen

    def isatty(self) -> bool:
        return self._seen


@pytest.mark.parametrize(
    ("seen", "patience", "drawn"), [(True, 0.0, True), (True, 60.0, False), (False, 0.0, False)]
)
def test_a_bar_is_drawn_on_a_terminal_after_a_while(
    monkeypatch: pytest.MonkeyPatch, seen: bool, patience: float, drawn: bool
) -> None:
    """Short work, and output that goes into a file, gets no bar."""
    screen = _Screen(seen)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress_bar, "PATIENCE_SECONDS", patience)
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar.progress_bar("checking") as told:
        for done in range(101):
            told(done, 100)
    assert ("checking" in screen.getvalue()) is drawn
    assert bool(screen.getvalue()) is drawn
