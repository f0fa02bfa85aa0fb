"""Textual's driver for Linux and macOS, made to survive its terminal and to restore it completely.

Windows has no such driver: `terminal.safe_driver` imports this module only where there is one.
"""

import io
import os
import select
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from escrow_tui.ui.safety.shutdown import Watchdog, install_signals, start_watchdog

HANGUP_CODE: Final = 128 + 1
READ_BYTES: Final = 4096
WAIT_SECONDS: Final = 0.1
NO_MOUSE_PIXELS: Final = "\x1b[?1016l"
RESTORE: Final = (
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?2004l\x1b[?2026l\x1b[?2048l"
    "\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)


class Output(io.TextIOWrapper):
    """The terminal's file; a write to a terminal that is gone is dropped without an error.

    An error would end the writer thread, and the app would then wait for it with a full queue.
    """

    def write(self, text: str, /) -> int:
        """Write, if the terminal is still there."""
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Send what was written, if the terminal is still there."""
        with suppress(OSError):
            super().flush()


class SafeDriver(LinuxDriver):
    """Ends on signals and hang-ups, restores every mode, and skips input that it cannot read."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        errors = sys.__stderr__
        assert errors is not None  # Textual's own driver has taken it already
        self._output = errors.fileno()
        raw = os.fdopen(self._output, "wb", closefd=False)
        self._file = Output(raw, errors.encoding, "replace")
        self._watchdog: Watchdog | None = None
        self._parser = XTermParser(debug)

    def start_application_mode(self) -> None:
        """Take the terminal, ready to give it back."""
        if self._watchdog is None:
            self._watchdog = start_watchdog(self._app, self._restore)
            install_signals(self._watchdog)
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual leaves it so

    def _restore(self) -> None:
        """Restore the terminal without the writer thread, and without ever waiting for anything."""
        with suppress(OSError, ValueError):
            if select.select([], [self._output], [], 0)[1]:
                os.write(self._output, RESTORE.encode("ascii"))
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

    def _disable_mouse_support(self) -> None:
        """Also turn off the pixel mode, which Textual turns on but not off."""
        super()._disable_mouse_support()
        if self._mouse:
            self.write(NO_MOUSE_PIXELS)

    def run_input_thread(self) -> None:
        """Read keys until the app or the terminal ends.

        As in Textual's own, except that a broken byte becomes a replacement character instead of
        ending the app, and that reading stops at the end of the input.
        """
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        while not self.exit_event.is_set():
            data: bytes | None = None
            if select.select([self.fileno], [], [], WAIT_SECONDS)[0]:
                data = self._read()
                if not data:
                    self._input_ended()
                    return
            for message in self._messages(decode(data) if data else ""):
                self.process_message(message)
        # What the terminal still sends must not reach the shell as if it were typed.
        if select.select([self.fileno], [], [], WAIT_SECONDS)[0]:
            self._read()

    def _read(self) -> bytes:
        """Return what was typed; nothing when the terminal is gone."""
        try:
            return os.read(self.fileno, READ_BYTES)
        except OSError:
            return b""

    def _input_ended(self) -> None:
        """End the app when a terminal's input ends; a file or a pipe may simply be short."""
        if self.input_tty and self._watchdog is not None:
            self._watchdog.end(HANGUP_CODE)

    def _messages(self, text: str) -> Iterator[Message]:
        """Yield the keys in the text; skip a sequence that Textual's parser fails on."""
        try:
            if text:
                yield from self._parser.feed(text)
            yield from self._parser.tick()
        except Exception:  # it fails with any kind: ValueError, OverflowError, ZeroDivisionError
            failed, self._parser = self._parser, XTermParser(self._debug)
            self._parser.mouse_pixels = failed.mouse_pixels
            self._parser.terminal_size = failed.terminal_size
            self._parser.terminal_pixel_size = failed.terminal_pixel_size
