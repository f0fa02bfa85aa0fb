"""Connections to a server: their settings, their timeouts, and what their failures mean."""

import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest
from msgspec.structs import replace

from escrow_tui.engine.commands import Line, PlaceOrder
from escrow_tui.engine.market import Person
from escrow_tui.engine.roles import Role
from escrow_tui.store import PostgresDatabase, StoreProblem, open_store
from escrow_tui.store.postgres import connection
from escrow_tui.store.postgres.server_problems import ServerLostError, failed, refused
from escrow_tui.store.problems import Conflict
from escrow_tui.store.reads.snapshot import Reading
from escrow_tui.store.store import Store
from tests.given.store_world import BUYER, MARKET, PLACE, POLICY, START, act
from tests.store.raw import rows_of, where_of

WHERE = PostgresDatabase("postgresql://canary-user:canary-pass@db.example/class?canary=1")


def _plain(reading: Reading, setting: str) -> str:
    return str(reading._link.plain(f"SHOW {setting}"))


def test_every_connection_is_durable_whatever_the_servers_defaults_are(
    database_where: PostgresDatabase,
) -> None:
    """It also gives up its locks when its terminal has stopped or vanished."""
    name = urlsplit(database_where.url).path.strip("/")
    for setting in (
        "synchronous_commit = off",
        "default_transaction_isolation = 'serializable'",
        "client_encoding = 'LATIN1'",
    ):
        rows_of(database_where, f"ALTER DATABASE {name} SET {setting}")
    store = open_store(database_where)
    with store.writing() as writing, store.reading() as reading:
        for one in (writing, reading):
            assert _plain(one, "synchronous_commit") == "on"
            assert _plain(one, "client_encoding") == "UTF8"
            assert _plain(one, "lock_timeout") == "10s"
            assert _plain(one, "idle_in_transaction_session_timeout") == "1min"
            assert int(_plain(one, "tcp_keepalives_idle")) == 10
        assert _plain(writing, "transaction_isolation") == "read committed"
        assert _plain(reading, "transaction_isolation") == "repeatable read"
        assert _plain(reading, "transaction_read_only") == "on"
    store.close()


@pytest.mark.parametrize("asked", ["local", "remote_apply"])
def test_a_stricter_server_keeps_its_settings(database_where: PostgresDatabase, asked: str) -> None:
    """Only a setting that would not wait for the disk is changed."""
    name = urlsplit(database_where.url).path.strip("/")
    rows_of(database_where, f"ALTER DATABASE {name} SET synchronous_commit = {asked}")
    store = open_store(database_where)
    with store.reading() as reading:
        assert _plain(reading, "synchronous_commit") == asked
    store.close()


def test_waiting_too_long_is_an_error_and_another_market_does_not_wait(
    database_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only one command at a time holds a market; other markets and readers go on."""
    quick = connection._SETTINGS.replace("'10s'", "'50ms'")
    monkeypatch.setattr(connection, "_SETTINGS", quick)
    with database_store.writing() as writing:
        writing.create_market("market-2", "Another", START, writing.put_policy(POLICY))
    other = open_store(where_of(database_store))
    with database_store.writing(MARKET) as writing:
        act(writing, "A", PLACE, BUYER, START)
        with pytest.raises(StoreProblem, match="held by another program"):
            other.writing(MARKET).__enter__()
        with other.writing("market-2") as elsewhere:
            act(elsewhere, "A", PLACE, BUYER, START, market="market-2")
        with other.reading() as reading:
            assert reading.order(MARKET, "A") is None
    with other.writing(MARKET) as again:
        assert again.order(MARKET, "A") is not None
    other.close()


def test_what_is_read_one_by_one_stays_on_the_server(database_store: Store) -> None:
    """After the first row the rest is not fetched yet, and other queries work meanwhile."""
    with database_store.writing(MARKET) as writing:
        for number in range(3):
            act(writing, f"order-{number}", PLACE, BUYER, START)
    with database_store.reading() as reading:
        held = "SELECT count(*) FROM pg_cursors"
        coming = reading.coming(MARKET)
        first, order_id = next(coming)
        assert reading._link.plain(held) == 1
        assert reading.order(MARKET, order_id) is not None
        assert [at for at, _ in coming] == [first, first]
        assert reading._link.plain(held) == 0


def test_numbers_are_large_and_texts_are_sorted_by_their_code_points(
    database_where: PostgresDatabase,
) -> None:
    """An amount is never too large for its column, and a page's order depends on no language."""
    rows = rows_of(
        database_where,
        "SELECT data_type, collation_name, count(*) FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name <> 'escrow_store' GROUP BY 1, 2",
    )
    assert {(kind, collation) for kind, collation, _ in rows} == {
        ("bigint", None),
        ("boolean", None),
        ("bytea", None),
        ("character varying", "C"),
    }


def test_a_nul_is_refused_with_a_sentence_or_does_no_harm(database_store: Store) -> None:
    """A PostgreSQL text cannot hold one: in a packed order it is kept, in a name refused."""
    goods = PlaceOrder(
        buyer="buyer-1",
        seller="seller-1",
        lines=(Line("teapot-1", 10_000, "Tea\0pot"),),
        currency="USD",
        shipping=599,
    )
    with database_store.writing(MARKET) as writing:
        act(writing, "A", goods, BUYER, START)
        stored = writing.order(MARKET, "A")
    assert stored is not None
    assert stored.order.lines[0].title == "Tea\0pot"
    person = Person("p", Role.BUYER, "A\0nn", "DE", "Berlin")
    with (
        pytest.raises(StoreProblem, match="holds a NUL; take it out"),
        database_store.writing() as writing,
    ):
        writing.put_people(MARKET, [person])
    with database_store.writing() as writing:
        writing.put_people(MARKET, [replace(person, name="Ann")])


STATES = {
    "08006": "does not answer",
    "25006": "takes no changes",
    "28P01": "correct the user and the password",
    "3D000": "make it with createdb",
    "42501": "ask its owner to grant it",
    "42P01": "lacks a table",
    "53100": "has a full disk",
    "53200": "is short of memory",
    "53300": "has no free connection",
    "55P03": "is held by another program",
    "57014": "took too long",
    "57P01": "was shut down",
    "57P02": "was stopped by a crash",
    "57P03": "is starting or stopping",
    "58030": "its disk fails",
    "XX001": "reports damage",
}


@pytest.mark.parametrize(("state", "sentence"), STATES.items())
def test_each_failure_of_a_server_has_its_sentence(state: str, sentence: str) -> None:
    """It repeats nothing of the driver's message, which may hold the URL."""
    told = failed(psycopg.errors.lookup(state)("canary"), WHERE)
    assert isinstance(told, StoreProblem)
    assert str(told).startswith("postgresql://db.example/class ")
    assert str(told).endswith("What was saved before is still there.")
    assert sentence in str(told)
    assert "canary" not in str(told)
    assert isinstance(told, ServerLostError) == state.startswith(("08", "57P"))


def test_the_driver_says_nothing_itself() -> None:
    """Nobody asked for its warnings, and they would show up on a terminal."""
    warned = (
        "import logging; from escrow_tui.store.postgres import connection;"
        " logging.getLogger('psycopg').warning('the connection is lost')"
    )
    said = subprocess.run([sys.executable, "-c", warned], capture_output=True, check=True)
    assert (said.stdout, said.stderr) == (b"", b"")


@pytest.mark.parametrize("state", ["40001", "40P01", "23505"])
def test_an_overtaken_transaction_is_a_conflict(state: str) -> None:
    """A deadlock, or a key that another transaction has just taken."""
    assert isinstance(failed(psycopg.errors.lookup(state)("canary"), WHERE), Conflict)


def test_a_fault_of_the_program_is_raised_as_it_is() -> None:
    """It is a bug, and not for the user to handle."""
    fault = psycopg.errors.SyntaxError("near SELECT")
    assert failed(fault, WHERE) is fault


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('FATAL:  password authentication failed for user "canary"', "correct the user"),
        ('FATAL:  role "canary" does not exist', "correct the user"),
        ('FATAL:  role "canary" is not permitted to log in', "correct the user"),
        ("fe_sendauth: no password supplied", "correct the user"),
        ('FATAL:  no pg_hba.conf entry for host "canary"', "correct the user"),
        ('FATAL:  permission denied for database "canary"', "ask its owner for CONNECT"),
        ('FATAL:  database "canary" does not exist', "make it with createdb"),
        ("FATAL:  the database system is starting up", "try again in a moment"),
        ("FATAL:  sorry, too many clients already", "has no free connection"),
        ("FATAL:  remaining connection slots are reserved", "has no free connection"),
        ("failed to resolve host 'canary'", "a host that nobody knows"),
        ("server does not support SSL, but SSL was required", "as sslmode asks"),
        ("connection timeout expired", "see that it runs, and that host and port are right"),
        ("Connection refused", "see that it runs, and that host and port are right"),
    ],
)
def test_each_refusal_of_a_server_has_its_sentence(said: str, sentence: str) -> None:
    """A server that may come back is told apart from one that refuses the login."""
    told = refused(psycopg.OperationalError(said), WHERE)
    assert sentence in str(told)
    assert "canary" not in str(told)
    coming = ("starting", "too many", "slots", "timeout", "Connection refused")
    assert isinstance(told, ServerLostError) == any(word in said for word in coming)
