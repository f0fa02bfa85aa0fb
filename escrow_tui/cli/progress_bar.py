"""A progress bar on standard error, for work that takes longer than a second."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from escrow_tui.store.progress import OnProgress


PATIENCE_SECONDS = 1.0


@contextmanager
def progress_bar(what: str) -> "Iterator[OnProgress]":
    """Yield a function to call with how much is done, and of how much; a terminal shows a bar.

    `what` names the work. During the first second nothing is drawn, and Rich is not imported.
    """
    begun = time.monotonic()
    with ExitStack() as stack:
        drawn: list[OnProgress] = []

        def report(done: int, of: int) -> None:
            if not drawn:
                if not sys.stderr.isatty() or time.monotonic() - begun < PATIENCE_SECONDS:
                    return
                drawn.append(_drawn(what, stack))
            drawn[0](done, of)

        yield report


def _drawn(what: str, stack: ExitStack) -> "OnProgress":
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    progress = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    task = progress.add_task(what, total=None)
    return lambda done, of: progress.update(task, completed=done, total=of)
