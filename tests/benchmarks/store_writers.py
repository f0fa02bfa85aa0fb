"""S3: eight processes write to one file: how long each waits, and whether any gets an error.

The peer is the same store without the turns: BEGIN IMMEDIATE, and SQLite's own busy_timeout.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from escrow_tui.desk.desk import Desk
from escrow_tui.store import Store, address_of, open_store
from escrow_tui.store.sqlite.file_backend import SqliteBackend
from tests.benchmarks.store_clients import CLIENTS, Job, Round, Work, round_of
from tests.benchmarks.store_goals import at_least, at_most, say
from tests.proofs import hot

# Both write for this long in every round; ours has rounds until it has written this much.
SECONDS, COMMANDS, FEWEST_ROUNDS = 5.0, 100_000, 4


class NoTurns:
    """Nobody waits for a turn: SQLite decides who is next."""

    def __enter__(self) -> None:
        """Go on at once."""

    def __exit__(self, *_: object) -> None:
        """Nothing was held."""

    def close(self) -> None:
        """There is nothing to release."""


def main(folder: Path, commands: int = COMMANDS) -> list[bool]:
    """Let ours and the plain ones write in turns; print each figure beside its goal."""
    ours: list[Round] = []
    plain: list[Round] = []
    while sum(one.commands for one in ours) < commands or len(ours) < FEWEST_ROUNDS:
        ours.append(_round(in_turn, folder / f"ours-{len(ours)}.db"))
        if len(plain) < FEWEST_ROUNDS:
            plain.append(_round(in_no_turn, folder / f"plain-{len(plain)}.db"))
    return _told(ours, plain)


def _round(job: Job, path: Path) -> Round:
    return round_of(job, str(path), hot.made(path), SECONDS)


def _told(ours: list[Round], plain: list[Round]) -> list[bool]:
    """Compare medians: rounds are of equal length, but ours may have more of them."""
    for name, rounds in (("in turn", ours), ("BEGIN IMMEDIATE, busy_timeout", plain)):
        commands, seconds = (
            sum(getattr(one, of) for one in rounds) for of in ("commands", "seconds")
        )
        worst = f"{min(one.evenness for one in rounds):.2f}, {_longest(rounds, max) * 1e3:,.0f} ms"
        say(f"S3 {CLIENTS} writers, {name:29} {commands / seconds:6,.0f} commands a second")
        say(f"   the longest wait of a round {_longest(rounds) * 1e3:,.0f} ms; at worst {worst}")
    return [
        at_least("S3", "commands were written", sum(one.commands for one in ours), COMMANDS),
        at_most("S3", "errors among them", sum(one.troubles for one in ours), 0),
        at_least("S3", "slowest/fastest client", median(one.evenness for one in ours), 0.6),
        at_most("S3", "of the plain ones' longest wait", _longest(ours) / _longest(plain), 0.1),
    ]


def _longest(rounds: list[Round], of: Callable[[list[float]], float] = median) -> float:
    return of([one.longest for one in rounds])


@contextmanager
def in_turn(where: str, market: str, number: int) -> Iterator[Work]:
    """Open the store as the program does, and give commands at a desk."""
    store = open_store(address_of(where))
    try:
        yield _at_desk(store, market, number)
    finally:
        store.close()


@contextmanager
def in_no_turn(where: str, market: str, number: int) -> Iterator[Work]:
    """Open the store without the turns."""
    store = open_store(address_of(where))
    assert isinstance(store.backend, SqliteBackend)
    store.backend._turns.close()
    store.backend._turns = NoTurns()  # type: ignore[assignment]
    try:
        yield _at_desk(store, market, number)
    finally:
        store.close()


def _at_desk(store: Store, market: str, number: int) -> Work:
    desk = Desk(store, market, hot.rules())
    return lambda nth: hot.submit(desk, hot.name_of(f"client{number}", nth))
