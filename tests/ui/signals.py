"""Signals in a child process of the tests."""

import signal


def hear_signals() -> None:
    """Hear what a test run in the background, or under nohup, ignores and would pass on."""
    for one in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(one, signal.SIG_DFL)
