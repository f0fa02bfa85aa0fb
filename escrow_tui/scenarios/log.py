"""The words of a run: the states that it passes, and the notes of its log."""

import msgspec

# The states of a run.
RUNNING, FINISHING, PASSED, MISSED = "running", "finishing", "passed", "missed"

# Kinds of notes beside those that a screen makes.
REFUSED, UNDONE, START = "refused", "undone", "start"
INJECT, REFUSED_INJECT = "inject", "inject_refused"


class Noting(msgspec.Struct, frozen=True):
    """The body of a note: what it is about, and the last entry of the journal when it was made."""

    about: str
    seq: int
