"""Connections to a server with the same settings, whatever the server's defaults are."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from escrow_tui.store.address import UNREADABLE, PostgresDatabase
from escrow_tui.store.postgres.server_problems import failed, refused
from escrow_tui.store.problems import StoreProblem

Connection = psycopg.Connection[tuple[object, ...]]

# Failures are told in our sentences; the driver's log lines would appear in the middle of a screen.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

CONNECT_SECONDS = 5
_ASKED: dict[str, str | int] = {
    # A vanished host is noticed after half a minute instead of two hours.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
    "connect_timeout": CONNECT_SECONDS,
    "application_name": "escrow-tui",
}
# Commits are durable before they are acknowledged, even if the role's default is otherwise. The
# other settings make a terminal that was stopped, or whose host vanished, release its locks.
_SETTINGS: LiteralString = """
    SELECT set_config(name, wanted, false) FROM (VALUES
        ('default_transaction_isolation', 'read committed'),
        ('lock_timeout', '10s'),
        ('idle_in_transaction_session_timeout', '60s'),
        ('tcp_keepalives_idle', '10'),
        ('tcp_keepalives_interval', '5'),
        ('tcp_keepalives_count', '4'),
        ('synchronous_commit', CASE current_setting('synchronous_commit')
            WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END)
    ) AS settings (name, wanted)
"""


def connected(where: PostgresDatabase) -> Connection:
    """Return a new connection in autocommit mode.

    Raises:
        StoreProblem: connecting failed; the sentence says why.
    """
    try:
        connection = psycopg.connect(_told_more(where.url), autocommit=True)
    except psycopg.ProgrammingError:
        raise StoreProblem(UNREADABLE) from None
    except psycopg.Error as error:
        raise refused(error, where) from None
    with explain_server_errors(where):
        connection.execute(_SETTINGS)
    return connection


def _told_more(url: str) -> str:
    """Return the URL's settings, with ours for those that it does not name."""
    given = conninfo_to_dict(url)
    own = {name: value for name, value in _ASKED.items() if name not in given}
    return make_conninfo(url, **own, client_encoding="utf8")


@contextmanager
def explain_server_errors(where: PostgresDatabase) -> Iterator[None]:
    """Turn the driver's errors into sentences for the user, without the driver's message.

    Raises:
        StoreProblem: the server failed, or is gone.
        Conflict: somebody else wrote first.
    """
    try:
        yield
    except psycopg.Error as error:
        raise failed(error, where) from None
