"""What PostgreSQL's failures mean to the user: one sentence each that says what to do.

The driver's messages may contain the user, the password or the whole URL, so none is passed on.
"""

import re

from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.problems import Conflict, StoreProblem


class ServerLostError(StoreProblem):
    """The server is gone or not yet up, and may come back."""


_LET_IN = "did not let us in; correct the user and the password in its URL"
_UNKNOWN = "has no such database; make it with createdb, or name another one"
_FULL_HOUSE = "has no free connection; close another program that uses it, then try again"
_STARTING = "is starting or stopping; try again in a moment"
_GONE = "does not answer; see that it runs, then try again"

_NUL = "cannot keep a text that holds a NUL; take it out of the text"

# By the prefix of the SQLSTATE, longer prefixes first.
_SENTENCES = (
    ("22021", _NUL),
    ("22P05", _NUL),
    ("25006", "takes no changes; name the server that it copies from, or ask for write access"),
    ("28", _LET_IN),
    ("3D000", _UNKNOWN),
    ("42501", "does not allow this role to do that; ask its owner to grant it"),
    ("42P01", "lacks a table of the store; bring back a copy of yours, or name an empty one"),
    ("42883", "lacks a function of the store; bring back a copy of yours, or name an empty one"),
    ("53100", "has a full disk; make room there, then try again"),
    ("53300", _FULL_HOUSE),
    ("53", "is short of memory or room; free some there, then try again"),
    ("55P03", "is held by another program; close that program or wait, then try again"),
    ("57014", "gave up because it took too long; try again, or raise its statement_timeout"),
    ("57P01", "was shut down; try again when it runs"),
    ("57P02", "was stopped by a crash; try again when it runs"),
    ("57P03", _STARTING),
    ("58", "reports that its disk fails; see to the server, then try again"),
    ("XX", "reports damage or a fault of its own; see its log"),
    ("08", _GONE),
)
# After these the connection is unusable, but the server may come back.
_LOST = ("08", "57P01", "57P02", "57P03")
# Serialization failure, deadlock, unique violation, and our write function's own state.
_OVERTAKEN = frozenset({"40001", "40P01", "23505", "ES001"})

_OWN = {"OperationalError": "08", "DataError": "22021"}

# A refused connection has no SQLSTATE, only a message.
_REFUSED = (
    ("(resolve|translate) host", "names a host that nobody knows; correct it"),
    ("for database", "does not let this role into the database; ask its owner for CONNECT"),
    ("database .* does not exist", _UNKNOWN),
    ("starting up|shutting down|recovery|not yet accepting", _STARTING),
    ("too many (clients|connections)|connection slots", _FULL_HOUSE),
    ("password|authentication|role .* does not exist|log in|pg_hba", _LET_IN),
    ("ssl|certificate", "cannot be reached as sslmode asks; correct its URL, or ask its owner"),
)
_REACHED = "did not let us in; correct the user, the password and the database's name in its URL"
_SILENT = "does not answer; see that it runs, and that host and port are right"
_NOT_INSTALLED = (
    "A store on a server needs a driver that is not installed; run"
    " pip install 'escrow-tui[postgres]'."
)
_KEPT = "What was saved before is still there."


def need_driver() -> None:
    """Check that the driver is installed.

    Raises:
        StoreProblem: it is not.
    """
    try:
        import psycopg  # noqa: F401 - whether it can be imported is the question
    except ImportError:
        raise StoreProblem(_NOT_INSTALLED) from None


def refused(error: Exception, where: PostgresDatabase) -> StoreProblem:
    """Return the problem that explains why connecting failed."""
    said = str(error)
    for words, sentence in _REFUSED:
        if re.search(words, said, re.IGNORECASE):
            kind = ServerLostError if sentence in (_STARTING, _FULL_HOUSE) else StoreProblem
            return kind(f"{where} {sentence}.")
    # The message may be in another language; that a password was used shows how far we got.
    if getattr(getattr(error, "pgconn", None), "used_password", False):
        return StoreProblem(f"{where} {_REACHED}.")
    return ServerLostError(f"{where} {_SILENT}.")


def failed(error: Exception, where: PostgresDatabase) -> Exception:
    """Return what an error on an open connection means; a bug of ours is returned as it is."""
    state = str(getattr(error, "sqlstate", None) or "")
    if state in _OVERTAKEN:
        return Conflict("somebody else was faster")
    # Errors the driver itself detects have no SQLSTATE: a broken connection, a NUL in a text.
    state = state or _OWN.get(type(error).__name__, "")
    for prefix, sentence in _SENTENCES:
        if state.startswith(prefix):
            kind = ServerLostError if state.startswith(_LOST) else StoreProblem
            return kind(f"{where} {sentence}. {_KEPT}")
    return error
