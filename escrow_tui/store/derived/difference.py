"""A difference between a store and what its journal says, told in one sentence."""

from enum import StrEnum

import msgspec

from escrow_tui.store.rows.content import ContentProblem

LONGEST_SHOWN = 60


class Harm(StrEnum):
    """What is harmed, which decides the remedy."""

    DERIVED = "derived"
    KEPT = "kept"
    NEWER = "newer"


# What follows from the journal can be rebuilt; what is stored nowhere else cannot. What a newer
# version wrote is not harmed at all.
_REMEDIES = {
    Harm.DERIVED: "write what is derived anew with: escrow-tui store doctor --rebuild",
    Harm.KEPT: "restore a backup",
    Harm.NEWER: "upgrade the program",
}


def harm_of(problem: ContentProblem) -> Harm:
    """Return the harm of stored content that cannot be read."""
    return Harm.NEWER if problem.newer else Harm.KEPT


class StoreDifference(msgspec.Struct, frozen=True, kw_only=True):
    """`what` is wrong at `place`: it is `stored`, but according to `source` it should be `right`.

    If the right value is unknown, `right` is "" and `what` says everything. `market` is "" for what
    belongs to no market.
    """

    market: str
    place: str
    what: str
    stored: str = ""
    right: str = ""
    harm: Harm = Harm.DERIVED
    source: str = "the journal says"

    def __str__(self) -> str:
        where = f"Market {self.market}, {self.place}" if self.market else self.place.capitalize()
        apart = f" is stored as {self.stored}, but {self.source} {self.right}" if self.right else ""
        return f"{where}: {self.what}{apart}; {self.remedy}."

    @property
    def can_be_rebuilt(self) -> bool:
        """Whether the right value follows from the journal."""
        return self.harm is Harm.DERIVED

    @property
    def remedy(self) -> str:
        """What the user can do about it."""
        return _REMEDIES[self.harm]


def stored_text(value: object) -> str:
    """Return a stored value as text for a sentence, shortened if it is long."""
    if value is None:
        return "nothing"
    if isinstance(value, bytes):
        return f"{value[:8].hex()}..." if len(value) > 8 else value.hex() or "nothing"
    text = str(value) if isinstance(value, int) else repr(str(value))
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def by_name(value: object) -> object:
    """Return a struct as a dict by field name, and a tuple as a list, recursively."""
    if isinstance(value, msgspec.Struct):
        names = zip(value.__struct_encode_fields__, msgspec.structs.astuple(value), strict=True)
        return {name: by_name(one) for name, one in names}
    return [by_name(one) for one in value] if isinstance(value, tuple) else value


def first_apart(stored: object, right: object, path: str = "") -> tuple[str, object, object]:
    """Return the path where two dicts or lists first differ, and both values there."""
    if isinstance(stored, dict) and isinstance(right, dict):
        keys = [*right, *(key for key in stored if key not in right)]
        pairs = [
            (f"{path}.{key}" if path else key, stored.get(key), right.get(key)) for key in keys
        ]
    elif isinstance(stored, list) and isinstance(right, list) and len(stored) == len(right):
        pairs = [(f"{path}[{n}]", *pair) for n, pair in enumerate(zip(stored, right, strict=True))]
    else:
        return path, stored, right
    apart = (first_apart(one, other, at) for at, one, other in pairs if one != other)
    return next(apart, (path, stored, right))
