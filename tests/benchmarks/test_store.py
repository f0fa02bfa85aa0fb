"""What the benchmarks of the store compare is the same: the peers write and read what ours does."""

import socket
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from threading import Thread

from escrow_tui.store import PostgresDatabase
from tests.benchmarks import store_bytes, store_commands, store_pages, store_server, store_writers
from tests.benchmarks.peers import by_rows, by_sqlite3, by_sqlmodel
from tests.benchmarks.store_clients import round_of
from tests.benchmarks.store_story import MARKET, decided, given, made, rows_in
from tests.benchmarks.store_wire import counted
from tests.given.server import database, running
from tests.proofs import hot


def test_sqlite3_writes_the_rows_of_a_desk(tmp_path: Path) -> None:
    """Command by command: bought, received, reviewed, disputed, paid back."""
    commands = given(60)
    rows = store_commands.rows_of(tmp_path / "ours.db", commands)
    assert len(rows) == len(commands)
    made(tmp_path / "peer.db").close()
    with closing(by_sqlite3.opened(tmp_path / "peer.db")) as raw:
        for row in rows:
            by_sqlite3.write(raw, [row])
    assert rows_in(tmp_path / "peer.db") == rows_in(tmp_path / "ours.db")


def test_a_batch_is_the_rows_of_its_commands(tmp_path: Path) -> None:
    """Decided in memory and written at once, or one after the other: the rows are the same."""
    commands, store = given(100), made(tmp_path / "ours.db")
    made(tmp_path / "peer.db").close()
    market = store_commands.market_of(store)
    rows = by_sqlite3.one_by_one(market, decided(commands, market))
    store_commands.write_batch(store, commands, market)
    store.close()
    with closing(by_sqlite3.opened(tmp_path / "peer.db")) as raw:
        by_sqlite3.write(raw, rows)
    assert rows_in(tmp_path / "peer.db") == rows_in(tmp_path / "ours.db")


def test_a_page_by_key_is_the_page_by_offset(tmp_path: Path) -> None:
    """The newest first, from the first to the last; the stored counts agree too."""
    store = store_pages.filled(tmp_path / "store.db", 300)
    for skipped in (0, 50, 250):
        rows = store_pages.by_key(store, 300, skipped)
        assert len(rows) == store_pages.PAGE
        assert rows == store_pages.by_offset(store, skipped)
        assert store_pages.page(store, 300, skipped) == store_pages.PAGE
    counts = store_pages.by_keeping(store)
    assert counts == store_pages.by_counting(store)
    assert sum(counts.values()) == 300
    store.close()


def test_a_row_for_each_event_keeps_every_history(tmp_path: Path) -> None:
    """As many events, lines and orders, and the same balances."""
    appends = store_bytes.histories(40)
    store_bytes.write(tmp_path / "ours.db", appends)
    peer = by_rows.Rows(tmp_path / "peer.db", MARKET)
    peer.write(appends)

    def held(sql: str) -> list[tuple[object, ...]]:
        return peer.connection.execute(sql).fetchall()

    events = Counter(one.at for append in appends for one in [append] * len(append.events))
    assert held("SELECT count(*), count(DISTINCT at) FROM event") == [(events.total(), len(events))]
    lines = sum(len(append.lines) for append in appends)
    assert held("SELECT count(*) FROM transfer_line") == [(lines,)]
    with closing(sqlite3.connect(tmp_path / "ours.db")) as ours:
        asked = "SELECT account, currency, minor FROM balance ORDER BY 1, 2"
        assert held(asked) == ours.execute(asked).fetchall()
        assert (
            held('SELECT number FROM "order" ORDER BY 1')
            == ours.execute("SELECT id FROM order_state ORDER BY 1").fetchall()
        )
    peer.connection.close()
    for name, tables in (("ours.db", store_bytes.TABLES), ("peer.db", by_rows.TABLES)):
        weight = store_bytes.weight(tmp_path / name, tables)
        assert 0 < weight <= (tmp_path / name).stat().st_size


def test_sessions_give_the_same_orders_and_balances() -> None:
    """Given at a desk and in SQLModel sessions, on one server."""
    commands = given(44)
    with running() as server, database(server) as url:
        made(PostgresDatabase(url)).close()
        by_sqlmodel.make_tables(by_sqlmodel.opened(url))
        for at in (store_server.at_desk, store_server.in_session):
            with at(url) as submit:
                for one in commands:
                    submit(one)
        store_server.compare(url)


def test_writers_with_and_without_turns_write_what_they_say(tmp_path: Path) -> None:
    """Each command is in the journal; nothing went wrong."""
    for job in (store_writers.in_turn, store_writers.in_no_turn):
        path = tmp_path / f"{job.__name__}.db"
        market = hot.made(path)
        done = round_of(job, str(path), market, 0.5, clients=2)
        with closing(sqlite3.connect(path)) as connection:
            asked = "SELECT count(*) FROM entry WHERE command_id IS NOT NULL"
            assert connection.execute(asked).fetchone() == (done.commands,)
        assert done.troubles == 0
        assert min(one.commands for one in done.clients) > 0


def test_the_proxy_counts_questions_and_not_packets() -> None:
    """Two packets before an answer are one question."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"postgresql://somebody@127.0.0.1:{server.getsockname()[1]}/name"
        with counted(url) as (by_wire, wire):
            assert by_wire == f"postgresql://somebody@127.0.0.1:{wire.port}/name"
            client = socket.create_connection(("127.0.0.1", wire.port))
            Thread(target=_answer, args=(server,), daemon=True).start()
            with client:
                client.sendall(b"a")
                while wire.trips < 1:
                    time.sleep(0.001)
                client.sendall(b"b.")
                assert client.recv(10) == b"yes"
                client.sendall(b"c.")
                assert client.recv(10) == b"yes"
            assert wire.trips == 2


def _answer(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        while said := connection.recv(10):
            if said.endswith(b"."):
                connection.sendall(b"yes")
