"""What can go wrong with a store: a problem told in one sentence, or a conflict of writers."""

import sqlite3

from escrow_tui.files.storage_error import StorageError


class StoreProblem(StorageError):  # noqa: N818 - a sentence for a person to read
    """The store cannot be used; the text is one sentence for the user, with what to do."""


class LastingProblem(StoreProblem):
    """Something in the store cannot be used, and trying again does not help."""

    passes = False


class Conflict(Exception):  # noqa: N818 - no error: read and decide again
    """Somebody else wrote first: what was read is out of date, and nothing was written."""


_FULL = "the disk is full; make room, then try again"
_SENTENCES = {
    "SQLITE_FULL": _FULL,
    # There is no room for the file that SQLite keeps beside an open store.
    "SQLITE_IOERR_SHMSIZE": _FULL,
    "SQLITE_READONLY": "it cannot be written; allow writing to the file and its folder",
    "SQLITE_BUSY": "another program holds it; close that program or wait, then try again",
    "SQLITE_LOCKED": "another program holds it; close that program or wait, then try again",
    "SQLITE_CORRUPT": "it is damaged; put it aside and take a copy of yours, or start a new one",
    "SQLITE_NOTADB": "it is not a store; name another file",
    "SQLITE_CANTOPEN": "it cannot be opened; see that the file and its folder may be used",
    "SQLITE_IOERR": "the disk did not answer; see that it is there and sound, then try again",
}


# What SQLite raises. A message that quotes a damaged file may not be valid UTF-8.
SQLITE_ERRORS = (sqlite3.DatabaseError, UnicodeDecodeError)


def sentence_of(error: Exception) -> str:
    """Return a sentence that tells the user what SQLite's error means and what helps."""
    damaged = isinstance(error, UnicodeDecodeError)
    name = "SQLITE_CORRUPT" if damaged else getattr(error, "sqlite_errorname", "")
    for prefix, sentence in _SENTENCES.items():
        if name.startswith(prefix):
            return f"The store failed: {sentence}. What was saved before is still there."
    return f"The store failed: {error}. What was saved before is still there."
