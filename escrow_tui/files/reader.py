"""Reads a document table by table into typed values, and collects every fault.

```
reader = Reader(read_document(path))
reader.only("format", "title", "step")
reader.need_format(1)
title = reader.need("title", str, "")
for step in reader.tables("step"):
    days = step.take("days", int, 0)
    if days < 0:
        step.report("days", "days must not be negative")
reader.finish()
```
"""

from typing import TypeVar

import msgspec

from escrow_tui.files.document import Document
from escrow_tui.files.fault import At, Fault, Faults, Place, did_you_mean
from escrow_tui.files.mismatches import describe_value, mismatches

T = TypeVar("T")


class Reader:
    """One table of a document; the readers of its inner tables share its faults.

    For a wrong value a fault is recorded and the default returned, so that reading goes on to the
    next fault. Values may be used only after `finish` has not raised.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.place: Place = ()
        self.values: dict[str, object] = document.data
        self.faults: list[Fault] = []

    def take(self, key: str, kind: type[T], default: T) -> T:
        """Return the value of an optional key; see `mismatches` for the kinds."""
        if key not in self.values:
            return default
        value = self.values[key]
        wrong = False
        for place, message in mismatches(value, kind):
            wrong = True
            subject = f"each item of {key}" if place else key
            self.report((key, *place), f"{subject} {message}")
        return default if wrong else msgspec.convert(value, kind)

    def need(self, key: str, kind: type[T], default: T) -> T:
        """Return the value of a required key; the default stands in for a fault."""
        if key not in self.values:
            self.report(key, f'"{key}" is missing; write {key} = ...')
        return self.take(key, kind, default)

    def need_format(self, number: int) -> None:
        """Require `format = number`; a file of a later format is not read by guessing."""
        found = self.need("format", int, number)
        if found != number:
            self.report("format", f"format {found} is not known here; write format = {number}")

    def table(self, key: str) -> "Reader":
        """Return the table under a key, or an empty one if the key is missing."""
        value = self.values.get(key, {})
        if isinstance(value, dict):
            return self._inner((key,), value)
        self.report(key, f"{key} must be a table, not {describe_value(value)}")
        return self._inner((key,), {})

    def tables(self, key: str) -> tuple["Reader", ...]:
        """Return the tables of a list, written as [[key]] or in brackets; () without the key."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.report(
                key, f"{key} must be a list of tables, [[{key}]], not {describe_value(value)}"
            )
            return ()
        readers = []
        for number, item in enumerate(value):
            if isinstance(item, dict):
                readers.append(self._inner((key, number), item))
            else:
                self.report(
                    (key, number), f"{key} must hold tables only, not {describe_value(item)}"
                )
        return tuple(readers)

    def only(self, *allowed: str) -> None:
        """Report each key that is not allowed."""
        for key in self.values:
            if key not in allowed:
                hint = did_you_mean(key, allowed) or f"; known are {', '.join(allowed)}"
                self.report(key, f'unknown key "{key[:64]}"{hint}', at="key")

    def report(self, place: str | Place, message: str, at: At = "value") -> None:
        """Record a fault at a key or a place in this table; () is the table itself."""
        inner = (place,) if isinstance(place, str) else place
        self.faults.append(self.document.fault((*self.place, *inner), message, at))

    def finish(self) -> None:
        """Raise all faults recorded in the document so far, if there are any."""
        if self.faults:
            raise Faults(self.faults)

    def _inner(self, place: Place, values: dict[str, object]) -> "Reader":
        reader = Reader(self.document)
        reader.place = (*self.place, *place)
        reader.values = values
        reader.faults = self.faults
        return reader
