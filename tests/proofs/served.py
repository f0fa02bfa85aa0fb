"""A PostgreSQL server that is killed during commands, and started again."""

import os
import signal
import time
from pathlib import Path

import msgspec

from escrow_tui.store import address_of
from tests.given.server import PASSWORD, Server
from tests.proofs import hot
from tests.proofs.clients import Client, listen, several, until_begun

_PATIENCE_SECONDS = 120.0
# The store waits some seconds for the server to come back; then it tells its user.
_DOWN_SECONDS = (4.5, 0.4)


class Served(msgspec.Struct):
    """The kills, the commands, the sentences that clients got, and what went wrong."""

    kills: int
    acknowledged: int
    said: list[str]
    wrong: list[str]


def killed(kills: int, clients: int, commands: int) -> Served:
    """Kill the server this many times while clients give their commands."""
    server = Server(durable=True)
    try:
        return _killed(server, kills, clients, commands)
    finally:
        server.close()


def _killed(server: Server, kills: int, writers: int, commands: int) -> Served:
    where = address_of(server.url)
    market = hot.made(where)
    names = [f"w{number}" for number in range(writers)]
    with several(where, market, names, (0, commands)) as clients:
        until_begun(clients)
        for number in range(kills):
            _hear_of(clients, 100)
            kill9(server)
            listen(clients, _DOWN_SECONDS[number % len(_DOWN_SECONDS)])
            server.start()
        while not all(client.gone for client in clients):
            listen(clients, 1.0)
    told = [hot.name_of(name, number) for name in names for number in range(commands)]
    found = hot.judged(where, market, told)
    done = sum(len(client.done) for client in clients)
    said = [sentence for client in clients for sentence in client.troubles]
    return Served(kills, done, said, [*([] if found.sound else [str(found)]), *unclear(said)])


def _hear_of(clients: list[Client], commands: int) -> None:
    """Wait until this many more commands are done."""
    enough = sum(len(client.done) for client in clients) + commands
    while sum(len(client.done) for client in clients) < enough:
        if all(client.gone for client in clients):
            return
        listen(clients, 0.01)


def unclear(said: list[str]) -> list[str]:
    """Name each text that is not one sentence, or that reveals a secret."""
    if not said:
        return ["nobody was told that the server is gone"]
    return [
        f"unclear: {one!r}"
        for one in sorted(set(said))
        if "\n" in one or PASSWORD in one or not one.endswith(".")
    ]


def kill9(server: Server) -> None:
    """End the server's first process with SIGKILL, and wait until all its children are gone."""
    process = server.process
    began = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    until = time.monotonic() + _PATIENCE_SECONDS
    while any(Path(f"/proc/{pid}").exists() for pid in began):
        assert time.monotonic() < until, "a process of the server does not end"
        time.sleep(0.01)
