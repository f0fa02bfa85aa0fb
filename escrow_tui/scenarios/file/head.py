"""The head of a scenario's file, read alone because the lobby lists every exercise at once."""

import re
import tomllib
from pathlib import Path

import msgspec

LONGEST_HEAD = 16_384

# The head ends where the first table begins.
_FIRST_TABLE = re.compile(r"^\[", re.MULTILINE)


class ScenarioHead(msgspec.Struct, frozen=True, kw_only=True):
    """What the lobby shows of an exercise; `fault` says why it cannot be played, or is empty."""

    id: str
    family: str
    title: str
    role: str
    difficulty: int
    minutes: int
    objectives: tuple[str, ...]
    preview: str
    fault: str = ""


def read_head(path: Path) -> ScenarioHead | None:
    """Read the head of a file; None if it cannot be read on its own.

    The tables below it are not parsed: that would take the lobby too long.
    """
    try:
        # A pipe or a device may never end, so it is not opened.
        if not path.is_file():
            return None
        with path.open("rb") as file:
            text = file.read(LONGEST_HEAD).decode("utf-8-sig", "replace")
        head = tomllib.loads(_FIRST_TABLE.split(text, maxsplit=1)[0])
        wanted = {name: head.get(name) for name in ScenarioHead.__struct_fields__}
        return msgspec.convert({**wanted, "fault": ""}, ScenarioHead)
    except (OSError, ValueError, RecursionError, msgspec.ValidationError):
        return None
