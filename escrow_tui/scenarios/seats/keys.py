"""The keys of the seats that this terminal has taken, in a folder only the user can read."""

import hashlib
import os
import tempfile
from pathlib import Path

import msgspec

from escrow_tui.store import Address, StoreProblem
from escrow_tui.store.rows.seats import SeatKey


def own_folder() -> Path:
    """Return the folder where the platform keeps a user's program state."""
    from platformdirs import user_state_path

    return user_state_path("escrow-tui", appauthor=False) / "seats"


class Kept(msgspec.Struct, frozen=True):
    """A key with its file, whose time of change says when the seat was used last."""

    path: Path
    key: SeatKey


_DECODER = msgspec.json.Decoder(SeatKey)


class SeatKeys:
    """One folder per store with one file per seat; the newest is of the seat used last."""

    def __init__(self, address: Address, folder: Path | None = None) -> None:
        # The address may name a server; its hash names a folder on any system.
        named = hashlib.sha256(str(address).encode()).hexdigest()[:16]
        self.root = folder or own_folder()
        self.folder = self.root / named

    def keep(self, key: SeatKey) -> Path:
        """Keep a key: readable only by its owner, and written whole or not at all.

        Raises:
            StoreProblem: the folder cannot be written to.
        """
        try:
            # Not with `parents=True`, which would ignore the mode for the folders in between.
            self.root.parent.mkdir(parents=True, exist_ok=True)
            for folder in (self.root, self.folder):
                folder.mkdir(mode=0o700, exist_ok=True)
                folder.chmod(0o700)
            number, name = tempfile.mkstemp(prefix=f"{_plain(key.seat)}-", dir=self.folder)
            with os.fdopen(number, "wb") as file:
                file.write(msgspec.json.encode(key))
                file.flush()
                os.fsync(file.fileno())
            kept = Path(name).rename(f"{name}.json")
        except OSError as error:
            raise StoreProblem(
                f"The seat's key cannot be kept in {self.folder}: {error.strerror or error}; the"
                " code is still good once that is put right."
            ) from error
        return kept

    def drop(self, kept: Path) -> None:
        """Remove a key that opened nothing."""
        kept.unlink(missing_ok=True)

    def newest(self, seat: str = "") -> tuple[Kept, ...]:
        """Return the keys of a seat, or of all, the one used last first.

        Raises:
            StoreProblem: the folder or a file cannot be read.
        """
        if _plain(seat) != seat:
            return ()
        try:
            found = sorted(self.folder.glob(f"{seat or '*'}-*.json"), key=_changed, reverse=True)
            return tuple(Kept(path, _DECODER.decode(path.read_bytes())) for path in found)
        except (OSError, msgspec.MsgspecError) as error:
            raise StoreProblem(
                f"A seat's key in {self.folder} cannot be read; remove it, ask for a new code, and"
                " type: escrow-tui join CODE."
            ) from error


def _plain(seat: str) -> str:
    """Return a seat's id without path separators: the store it comes from is not trusted."""
    return "".join(letter for letter in seat if letter.isalnum())


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns
