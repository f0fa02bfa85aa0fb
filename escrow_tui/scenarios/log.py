"""The states of a run, and the kinds of notes in its log."""

import msgspec

# The states of a run.
RUNNING, FINISHING, PASSED, MISSED = "running", "finishing", "passed", "missed"

# Kinds of notes, besides those that screens make.
REFUSED, UNDONE, START = "refused", "undone", "start"
INJECT, REFUSED_INJECT = "inject", "inject_refused"


class Noting(msgspec.Struct, frozen=True):
    """The body of a note: what it is about, and how far the journal went when it was made."""

    about: str
    seq: int
