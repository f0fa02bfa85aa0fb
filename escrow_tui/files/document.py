"""A TOML file, read within limits, that knows the position of each of its values."""

import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from escrow_tui.files.fault import At, Fault, Faults, Place, fault_at
from escrow_tui.files.limits import MAX_BYTES, first_breach, refused_values
from escrow_tui.files.syntax import explain_syntax_error

if TYPE_CHECKING:
    from escrow_tui.files.positions import Spot


class Document:
    """The values of a TOML text, and the text itself, to place faults that are found later."""

    def __init__(self, name: str, text: str, data: dict[str, object]) -> None:
        self.name = name
        self.text = text
        self.data = data
        self._spots: Mapping[Place, Spot] | None = None

    def fault(self, place: Place, message: str, at: At = "value") -> Fault:
        """Return a fault at a place's key or value, or at the nearest table that exists."""
        spots = self._all_spots()
        missing = bool(place) and place not in spots
        while place and place not in spots:
            place = place[:-1]
        if not place:
            return fault_at(self.name, self.text, 1, 1, message)
        spot = spots[place]
        row, column = spot.value if at == "value" and not missing else spot.key
        # tree-sitter counts bytes; people count characters.
        before = self.text.split("\n")[row].encode()[:column].decode()
        return fault_at(self.name, self.text, row + 1, len(before) + 1, message)

    def _all_spots(self) -> Mapping[Place, "Spot"]:
        if self._spots is None:
            # Imported here because most files have no fault.
            from escrow_tui.files.positions import find_spots

            self._spots = find_spots(self.text)
        return self._spots


def read_document(path: Path) -> Document:
    """Read a TOML file.

    Raises:
        Faults: it cannot be read, is too large, is not UTF-8 or TOML, or holds a refused value.
    """
    return _document(_bytes_of(path), str(path))


def document_from_text(text: str, name: str) -> Document:
    """Read a TOML text under the same limits as a file; its faults carry `name`."""
    return _document(text.encode("utf-8", "surrogatepass"), name)


def _bytes_of(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        # A pipe or a device may never end, so it is not opened.
        kind = "a folder" if stat.S_ISDIR(mode) else "no ordinary file"
        message = f"this is {kind}; name a TOML file"
    except FileNotFoundError:
        message = "there is no such file; check its name and folder"
    except PermissionError:
        message = "you may not read this file; ask for the right to read it"
    except (OSError, ValueError) as error:
        message = f"this file cannot be read: {getattr(error, 'strerror', None) or error}"
    raise Faults([fault_at(str(path), "", 1, 1, message)])


def _document(raw: bytes, name: str) -> Document:
    text = _decoded(raw, name).replace("\r\n", "\n")
    if found := first_breach(text):
        raise Faults([fault_at(name, text, *found)])
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Faults([fault_at(name, text, *explain_syntax_error(error, text))]) from None
    document = Document(name, text, data)
    if faults := [
        document.fault(place, message, at) for place, at, message in refused_values(data)
    ]:
        raise Faults(faults)
    return document


def _decoded(raw: bytes, name: str) -> str:
    if len(raw) > MAX_BYTES:
        message = f"this file is too large; at most {MAX_BYTES // 1000} kB"
        raise Faults([fault_at(name, "", 1, 1, message)])
    try:
        # Some editors put a byte order mark before the text.
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        message = "this is not UTF-8 text; save the file as UTF-8"
        text = before + "\N{REPLACEMENT CHARACTER}"
        line, column = text.count("\n") + 1, len(text) - text.rfind("\n") - 1
        raise Faults([fault_at(name, text, line, column, message)]) from None
