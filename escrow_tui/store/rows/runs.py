"""The rows of runs, as plain values: all that the lobby needs before the engine is loaded."""

import msgspec

# The state of a run whose market is still being made: it is not shown, and nobody can go on in it.
MAKING = "making"


class RunHead(msgspec.Struct, frozen=True):
    """A run without its scenario's text; `created` and `finished` are real-world ISO times."""

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
    """A run with the scenario file's text as it was when the run began."""

    content: str


class LogRow(msgspec.Struct, frozen=True):
    """What the journal cannot know; `body` is JSON, `at` the real-world ISO time."""

    run: str
    number: int
    market: str
    at: str
    kind: str
    body: bytes
