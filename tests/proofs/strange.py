"""Places where no store can be used, and what each command of the program says of them."""

import ctypes
import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec

from tests.proofs import hot

ROOT = Path(__file__).parents[2]
OLDEST = ROOT / "tests" / "store" / "fixtures" / "schema-1.sqlite"
PASSWORD = "canary-7d20"
_NAME = "store.db"
_PATIENCE_SECONDS = 120.0
# Reading the capabilities that let root ignore the permissions of a file (Linux only).
_PR_CAPBSET_DROP, _DAC_OVERRIDE, _DAC_READ_SEARCH = 24, 1, 2

READS = ("store info", "store doctor", "store backup", "store upgrade")
WRITES = ("seat add --as buyer",)
EVERY = (*READS, "seat list", *WRITES)

# Makes a place in a folder, and returns the value for --store.
Make = Callable[[Path], str]


class Case(msgspec.Struct, frozen=True):
    """A strange place, the commands that cannot use it, and words that the sentence must have."""

    what: str
    make: Make
    words: str
    commands: tuple[str, ...] = EVERY


def _store(folder: Path) -> Path:
    path = folder / _NAME
    hot.made(path)
    return path


def _file(content: bytes) -> Make:
    def make(folder: Path) -> str:
        path = folder / _NAME
        path.write_bytes(content)
        return str(path)

    return make


def _changed(change: Callable[[bytes], bytes]) -> Make:
    def make(folder: Path) -> str:
        path = _store(folder)
        path.write_bytes(change(path.read_bytes()))
        return str(path)

    return make


def _told(sql: str) -> Make:
    def make(folder: Path) -> str:
        path = _store(folder)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(sql)
            connection.commit()
        return str(path)

    return make


def _songs(folder: Path) -> str:
    path = folder / _NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title)")
    return str(path)


def _mode(of_file: int, of_folder: int = 0o755) -> Make:
    def make(folder: Path) -> str:
        place = folder / "inner"
        place.mkdir()
        path = _store(place)
        path.chmod(of_file)
        place.chmod(of_folder)
        return str(path)

    return make


def _folder(folder: Path) -> str:
    path = folder / _NAME
    path.mkdir()
    return str(path)


def _pipe(folder: Path) -> str:
    os.mkfifo(folder / _NAME)
    return str(folder / _NAME)


def _socket(folder: Path) -> str:
    with closing(socket.socket(socket.AF_UNIX)) as one:
        one.bind(str(folder / _NAME))
    return str(folder / _NAME)


def _loop(folder: Path) -> str:
    (folder / _NAME).symlink_to(folder / "other")
    (folder / "other").symlink_to(folder / _NAME)
    return str(folder / _NAME)


def _below_a_file(folder: Path) -> str:
    (folder / "file").write_text("")
    return str(folder / "file" / _NAME)


def _oldest(folder: Path) -> str:
    return str(shutil.copy(OLDEST, folder / _NAME))


def _nowhere(folder: Path) -> str:
    return str(folder / _NAME)


def _text(named: str) -> Make:
    return lambda _folder: named


def _garbage(whole: bytes) -> bytes:
    middle = len(whole) // 2
    return whole[:middle] + b"\x5a" * (len(whole) - middle)


CASES: tuple[Case, ...] = (
    Case("a folder", _folder, "is a folder"),
    Case("no store", _nowhere, "no store", (*READS, "seat list")),
    Case("no folder", lambda folder: str(folder / "gone" / _NAME), "", (*READS, "seat list")),
    Case("an empty file", _file(b""), "no store", (*READS, "seat list")),
    Case("a text", _file(b"Dear Anna,\n" * 400), "not a store"),
    Case("one letter", _file(b"x"), "not a store"),
    Case("nothing but SQLite's first words", _file(b"SQLite format 3\0" + bytes(84)), ""),
    Case("another program's database", _songs, "another program's"),
    Case("a newer schema", _told("PRAGMA user_version = 99"), "newer version"),
    Case("an older schema", _oldest, "upgrade", ("store doctor", "seat list", *WRITES)),
    Case("half of a store", _changed(lambda whole: whole[: len(whole) // 2]), "damaged"),
    Case("fifty bytes of a store", _changed(lambda whole: whole[:50]), "damaged"),
    Case("a store with garbage in it", _changed(_garbage), "damaged", (*WRITES, "seat list")),
    Case("a read-only file", _mode(0o444), "read-only", WRITES),
    Case("a read-only folder", _mode(0o644, 0o555), "written", WRITES),
    Case("a file that nobody may read", _mode(0o000), "read"),
    Case("a folder that nobody may enter", _mode(0o644, 0o000), ""),
    Case("a pipe", _pipe, "no ordinary file"),
    Case("a socket", _socket, "no ordinary file"),
    Case("/dev/zero", _text("/dev/zero"), "no ordinary file"),
    Case("/dev/null", _text("/dev/null"), "no ordinary file"),
    Case("/dev/full", _text("/dev/full"), "no ordinary file"),
    Case("a loop of links", _loop, ""),
    Case("a place below a file", _below_a_file, ""),
    Case("a name that is too long", lambda folder: str(folder / ("n" * 300)), "too long"),
    Case("another kind of URL", _text("mysql://anna:secret@host/shop"), "postgresql://"),
    Case(
        "a URL without a database", _text(f"postgresql://anna:{PASSWORD}@127.0.0.1:9"), "names no"
    ),
    Case("a server that is not there", _text(f"postgresql://anna:{PASSWORD}@127.0.0.1:9/shop"), ""),
)


def faults_of(case: Case, command: str, folder: Path) -> list[str]:
    """Run a command on a strange place; name everything that it does wrong."""
    store = case.make(folder)
    before = _prints(folder)
    began = time.monotonic()
    try:
        run = _program(*command.split(), "--store", store)
    except subprocess.TimeoutExpired:
        return ["it does not end"]
    lines = run.stderr.splitlines()
    wrong = {
        f"exit code {run.returncode}": run.returncode != 2,
        f"{len(lines)} lines: {run.stderr!r}": len(lines) != 1,
        f"it also said {run.stdout!r}": bool(run.stdout),
        "a traceback": "Traceback" in run.stderr + run.stdout,
        "a password": PASSWORD in run.stderr + run.stdout or "secret" in run.stderr,
        f"it does not say {case.words!r}: {run.stderr!r}": case.words not in run.stderr,
        "something was changed": _prints(folder) != before,
        f"{time.monotonic() - began:.0f} s": time.monotonic() - began > _PATIENCE_SECONDS / 2,
    }
    return [fault for fault, there in wrong.items() if there]


def _program(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "escrow_tui", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        stdin=subprocess.DEVNULL,
        preexec_fn=_as_anybody,
        check=False,
    )


def _as_anybody() -> None:
    """Let file permissions hold for root too."""
    if sys.platform == "linux":
        for capability in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
            ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


def _prints(folder: Path) -> dict[str, str]:
    """Return what is in a folder: names, kinds, permissions and contents."""
    return {str(path.relative_to(folder)): _print(path) for path in sorted(folder.rglob("*"))}


def _print(path: Path) -> str:
    mode = f"{path.lstat().st_mode:o}"
    if path.is_symlink() or not path.is_file():
        return mode
    return f"{mode} {hashlib.sha256(path.read_bytes()).hexdigest()}"
