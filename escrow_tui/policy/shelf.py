"""The list of shipped policies, and checks of any policy files."""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from escrow_tui.files import Fault, Faults
from escrow_tui.policy.comparison import differing_rows
from escrow_tui.policy.policy_reader import load_policy, preset_names


class Shelved(msgspec.Struct, frozen=True):
    """A shipped policy and the rows in which it differs from its base."""

    name: str
    title: str
    base: str
    differs: tuple[str, ...]


class Checked(msgspec.Struct, frozen=True):
    """A policy file as it was named, with the number of its rows or its faults."""

    file: str
    rows: int
    faults: tuple[Fault, ...]


def shelf() -> tuple[tuple[Shelved, ...], tuple[Fault, ...]]:
    """Return the shipped policies, sorted by name, and the faults of those that cannot be read."""
    good: list[Shelved] = []
    faults: list[Fault] = []
    for name in preset_names():
        try:
            good.append(_shelved(name))
        except Faults as error:
            faults.extend(fault for fault in error.faults if fault not in faults)
    return tuple(good), tuple(faults)


def _shelved(name: str) -> Shelved:
    file = load_policy(name)
    differs = differing_rows(file, load_policy(file.base)) if file.base else ()
    return Shelved(name, file.title, file.base, tuple(each.name for each in differs))


def checked(names: Iterable[str]) -> Iterator[Checked]:
    """Check each file or preset by itself, so that a wrong one does not hide the others."""
    for name in names:
        try:
            file = load_policy(name)
        except Faults as error:
            yield Checked(_utf8(name), 0, tuple(map(_fault, error.faults)))
        else:
            yield Checked(_utf8(name), len(file.rows), ())


def _fault(fault: Fault) -> Fault:
    return replace(fault, file=_utf8(fault.file), message=_utf8(fault.message))


def _utf8(text: str) -> str:
    """Return a text that JSON can hold; a file's name may be any bytes."""
    return text.encode("utf-8", "backslashreplace").decode()
