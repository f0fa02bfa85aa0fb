"""Processes that give commands to one store and report over a pipe what they ask and what is done.

They are forked by a server that has imported everything, so they start at once. Their caller ends
them.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess

import msgspec

from escrow_tui.desk.desk import Desk
from escrow_tui.store import StoreProblem, Where, open_store
from tests.proofs import hot

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.proofs.hot"])
_ASKED, _DONE, _TROUBLE, _TIMES = b"?", b"!", b"x", b"="
_PAUSE_SECONDS = 0.05
PATIENCE_SECONDS = 120.0


class Times(msgspec.Struct, frozen=True):
    """How long a client's commands took in all, and the longest of them, in seconds."""

    total: float
    longest: float


class Client(msgspec.Struct):
    """A process and what it has reported so far; `asked` is the command in flight."""

    name: str
    process: ForkServerProcess
    wire: Connection
    asked: str = ""
    done: list[str] = msgspec.field(default_factory=list)
    troubles: list[str] = msgspec.field(default_factory=list)
    times: Times | None = None
    gone: bool = False

    def hear(self) -> None:
        """Take in one message from the process."""
        try:
            word = self.wire.recv_bytes()
        except EOFError:
            self.gone = True
            return
        kind, text = word[:1], word[1:]
        if kind == _ASKED:
            self.asked = text.decode()
        elif kind == _DONE:
            self.done.append(text.decode())
            self.asked = ""
        elif kind == _TROUBLE:
            self.troubles.append(text.decode())
        else:
            self.times = msgspec.json.decode(text, type=Times)


def work(where: Where, market: str, name: str, numbers: tuple[int, int], wire: Connection) -> None:
    """Give the commands of these numbers; repeat those that the store refused."""
    store = open_store(where)
    desk = Desk(store, market, hot.rules())
    longest, began = 0.0, time.perf_counter()
    for number in range(*numbers):
        command_id = hot.name_of(name, number)
        wire.send_bytes(_ASKED + command_id.encode())
        asked = time.perf_counter()
        while not _taken(desk, command_id, wire):
            time.sleep(_PAUSE_SECONDS)
        longest = max(longest, time.perf_counter() - asked)
        wire.send_bytes(_DONE + command_id.encode())
    wire.send_bytes(_TIMES + msgspec.json.encode(Times(time.perf_counter() - began, longest)))
    store.close()


def _taken(desk: Desk, command_id: str, wire: Connection) -> bool:
    try:
        hot.submit(desk, command_id)
    except StoreProblem as problem:
        wire.send_bytes(_TROUBLE + str(problem).encode())
        return False
    return True


def started(where: Where, market: str, name: str, numbers: tuple[int, int]) -> Client:
    """Start a process that gives these commands."""
    here, there = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=work, args=(where, market, name, numbers, there), daemon=True)
    process.start()
    there.close()
    return Client(name, process, here)


@contextmanager
def several(
    where: Where, market: str, names: list[str], numbers: tuple[int, int]
) -> Iterator[list[Client]]:
    """Start one process for each name; none of them outlives the block."""
    clients: list[Client] = []
    try:
        clients.extend(started(where, market, name, numbers) for name in names)
        yield clients
    finally:
        for client in clients:
            client.process.kill()
            client.process.join()
            client.wire.close()


def listen(clients: list[Client], seconds: float) -> None:
    """Take in what the processes report, for this long or until all have ended."""
    until = time.monotonic() + seconds
    while living := {client.wire: client for client in clients if not client.gone}:
        left = until - time.monotonic()
        heard = wait(list(living), max(0.0, left))
        for wire in heard:
            assert isinstance(wire, Connection)
            living[wire].hear()
        if left <= 0 or not heard:
            return


def until_begun(clients: list[Client], commands: int = 1) -> None:
    """Wait until each has done its first commands."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not all(len(client.done) >= commands for client in clients):
        listen(clients, 0.005)
        assert time.monotonic() < until, "a writer did not begin"
