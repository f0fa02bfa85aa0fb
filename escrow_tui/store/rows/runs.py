"""Rows of runs as plain values, which the lobby needs before the engine is loaded."""

import msgspec

# The state of a run whose market is still being created: it is not shown and cannot be played.
MAKING = "making"


class RunHead(msgspec.Struct, frozen=True):
    """A run without its scenario's text. `created` and `finished` are real-world ISO times."""

    id: str
    scenario: str
    title: str
    chair: str
    mode: str
    seed: int
    market: str
    state: str
    created: str
    finished: str
    score: int | None
    ending: str


class RunRow(RunHead, frozen=True):
    """A run with the text of its scenario file as it was when the run began."""

    content: str


class LogRow(msgspec.Struct, frozen=True):
    """Something in a run that is not in the journal; `body` is JSON, `at` a real-world ISO time."""

    run: str
    number: int
    market: str
    at: str
    kind: str
    body: bytes
