"""A server that goes down and comes back: what people are told, and that nothing is lost."""

from collections.abc import Iterator

import pytest

from escrow_tui.desk.commit import commit
from escrow_tui.engine.commands import SendMessage
from escrow_tui.engine.entry import order_stream
from escrow_tui.store import PostgresDatabase, StoreProblem, open_store
from escrow_tui.store.postgres import server_backend
from escrow_tui.store.store import Store
from tests.given.server import Server, database
from tests.given.store_world import BUYER, MARKET, PLACE, START, act, python, with_market


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server of its own, because these tests kill it."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def where(server: Server) -> Iterator[PostgresDatabase]:
    """The address of a store on it, with one order."""
    with database(server.url) as url:
        where = PostgresDatabase(url)
        store = with_market(where)
        with store.writing(MARKET) as writing:
            act(writing, "A", PLACE, BUYER, START)
        store.close()
        yield where


@pytest.fixture
def store(where: PostgresDatabase) -> Iterator[Store]:
    """Open the store, and use its connection once so that it is kept."""
    store = open_store(where)
    assert _ids(store) == []
    yield store
    store.close()


def _send(store: Store, command_id: str) -> None:
    commit(store, MARKET, BUYER, "A", SendMessage(command_id), command_id)


def _ids(store: Store) -> list[str]:
    with store.reading() as reading:
        return [entry.command_id for entry in reading.entries(MARKET, order_stream("A"))][1:]


def test_a_server_that_has_come_back_is_used_as_if_it_had_never_been_away(
    server: Server, store: Store
) -> None:
    """The kept connections are replaced without an error."""
    for end in (server.stop, server.kill):
        end()
        server.start()
        assert _ids(store) == []
        end()
        server.start()
        with store.writing(MARKET) as writing:
            assert writing.market(MARKET) is not None
        end()
        server.start()
        commit(store, MARKET, BUYER, "B", PLACE, "")
        with store.reading() as reading:
            assert reading.order(MARKET, "B") is not None


def test_with_the_server_gone_each_call_is_one_sentence_and_later_it_works_again(
    server: Server, store: Store, where: PostgresDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading, writing, a command, watching and opening each say so, and none has written."""
    monkeypatch.setattr(server_backend, "_RETURN_SECONDS", 0.2)
    watcher = store.watch()
    server.kill()
    gone = f"^{where} does not answer; see that it runs"
    for ask in (
        lambda: _ids(store),
        lambda: store.writing(MARKET).__enter__(),
        lambda: _send(store, "gone"),
        lambda: watcher.changed(60),
        lambda: watcher.changed(60),
        lambda: open_store(where),
        store.watch,
    ):
        with pytest.raises(StoreProblem, match=gone):
            ask()
    server.start()
    assert _ids(store) == []
    _send(store, "back")
    assert _ids(store) == ["back"]
    assert watcher.changed(60)
    assert not watcher.changed(0)
    _send(store, "told")
    assert watcher.changed(60)
    watcher.close()


def test_what_a_block_had_written_when_the_server_went_is_undone(
    server: Server, store: Store
) -> None:
    """The block fails at its end, or at its next statement."""

    def half() -> None:
        with store.writing(MARKET) as writing:
            act(writing, "A", SendMessage("half"), BUYER, START, command_id="half")
            server.kill()
            server.start()

    with pytest.raises(StoreProblem, match="What was saved before is still there"):
        half()
    assert _ids(store) == []


def test_a_connection_that_cannot_be_given_back_is_not_kept(server: Server, store: Store) -> None:
    """The block's own error is raised, and the next call gets another connection."""

    def failed() -> None:
        with store.writing(MARKET):
            server.kill()
            server.start()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failed()
    assert _ids(store) == []


def test_processes_go_on_when_the_server_is_killed_under_them(
    server: Server, store: Store, where: PostgresDatabase
) -> None:
    """Each repeats its commands until they are acknowledged: all are there, each once."""
    writers = [python("-m", "tests.store.writer", where.url, f"w{n}", "40") for n in range(3)]
    printed: list[str] = []
    for _ in range(3):
        for process in writers:
            assert process.stdout is not None
            printed += (process.stdout.readline().strip() for _ in range(8))
        server.kill()
        server.start()
    printed += (line for process in writers for line in process.communicate()[0].split())
    assert [process.returncode for process in writers] == [0, 0, 0]
    assert len(printed) == 120
    assert sorted(_ids(store)) == sorted(printed)
    with store.reading() as reading:
        stored = reading.order(MARKET, "A")
    assert stored is not None
    assert [message.text for message in stored.order.messages] == _ids(store)
