"""Writes a new store file under a temporary name until it is complete, sound and on disk."""

import glob
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from escrow_tui.store.problems import StoreProblem
from escrow_tui.store.sqlite.file_care import explain_file_errors
from escrow_tui.store.sqlite.file_probe import read_file_schema, read_only

_TAKEN = "{to} is there already; name a file that is not."


def beside(path: Path, why: str = "") -> Path:
    """Return a free path beside a file, named by date, time and `why` it is kept."""
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S") + (f"-{why}" if why else "")
    names = (f"{path.stem}-{stamp}{more}" for more in chain([""], (f"-{n}" for n in count(2))))
    files = (path.with_name(f"{name}{path.suffix or '.sqlite'}") for name in names)
    return next(file for file in files if not file.exists())


@contextmanager
def new_file(to: Path, like: Path | None = None) -> Iterator[Path]:
    """Yield a temporary path to write a store to; if it is sound at the end, it is renamed `to`.

    The temporary name ends in `.part`, so that nobody takes it for a finished copy. If the block
    fails, nothing is left behind. The mode is that of `like`, or private to the user.

    Raises:
        StoreProblem: there is already a file `to`, or what was written is not sound.
    """
    part = _begun(to)
    try:
        with explain_file_errors(to):
            yield part
            _check(part)
            part.chmod(like.stat().st_mode & 0o777 if like else 0o600)
            _sync(part)
            _named(part, to)
            _sync(to.parent)
    finally:
        for one in (part, *part.parent.glob(f"{glob.escape(part.name)}-*")):
            one.unlink(missing_ok=True)


def _begun(to: Path) -> Path:
    """Create an empty file beside the future one, readable by nobody else."""
    if to.exists():
        raise StoreProblem(_TAKEN.format(to=to))
    try:
        file, name = tempfile.mkstemp(".part", f"{to.name}-", to.parent)
    except OSError as error:
        raise StoreProblem(f"{to} cannot be made ({error.strerror}); name another place.") from None
    os.close(file)
    return Path(name)


def _named(part: Path, to: Path) -> None:
    """Give the part its final name, unless that was taken meanwhile."""
    try:
        to.hardlink_to(part)
    except FileExistsError:
        raise StoreProblem(_TAKEN.format(to=to)) from None
    except OSError:  # a disk without hard links
        part.rename(to)


def _check(path: Path) -> None:
    """Check that the whole copy can be read."""
    with closing(read_only(path)) as connection:
        said = connection.execute("PRAGMA quick_check(1)").fetchone()
        if said != ("ok",) or not read_file_schema(connection, path):
            raise StoreProblem(
                "The copy is not sound; look at the store with: escrow-tui store doctor"
            )


def _sync(path: Path) -> None:
    """Flush to the disk, which SQLite does not wait for when it writes a copy."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
