"""Several processes on one store, and processes that are killed."""

from pathlib import Path

import pytest

from escrow_tui.engine.commands import SendMessage
from escrow_tui.engine.entry import order_stream
from escrow_tui.store import Address, open_store
from escrow_tui.store.store import Store
from tests.given.store_world import BUYER, MARKET, PLACE, START, act, python
from tests.store.raw import named
from tests.store.writer import send

WRITER = ("-m", "tests.store.writer")


@pytest.fixture
def at(where: Address) -> Address:
    """The address of a store of either kind, with one order in it."""
    store = open_store(where)
    with store.writing() as writing:
        act(writing, "A", PLACE, BUYER, START)
    store.close()
    return where


def _ids(store: Store) -> list[str]:
    with store.reading() as reading:
        entries = reading.entries(MARKET, order_stream("A"))
        stored = reading.order(MARKET, "A")
    assert [entry.version for entry in entries] == list(range(1, len(entries) + 1))
    assert stored is not None
    assert stored.version == len(entries)
    ids = [entry.command_id for entry in entries[1:]]
    assert [message.text for message in stored.order.messages] == ids
    return ids


def test_what_was_acknowledged_is_there_after_kill_9(at: Address) -> None:
    """Nothing acknowledged is lost; a command in flight is found by its id or sent again, once."""
    acknowledged: list[str] = []
    for name, seen in (("one", 5), ("two", 17), ("three", 40)):
        with python(*WRITER, named(at), name, "100000") as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(seen)]
            process.kill()
            lines += process.stdout.readlines()
        whole = [line.strip() for line in lines if line.endswith("\n")]
        acknowledged += whole
        store = open_store(at)
        in_flight = f"{name}-{len(whole)}"
        with store.writing() as writing:
            if writing.entry_of(MARKET, in_flight) is None:
                act(writing, "A", SendMessage(in_flight), BUYER, START, command_id=in_flight)
        acknowledged.append(in_flight)
        assert _ids(store) == acknowledged
        store.close()
    assert len(acknowledged) >= 65


def test_two_processes_on_one_order_lose_nothing(at: Address) -> None:
    """Each reads, decides and then writes; the slower one decides again."""
    with (
        python(*WRITER, named(at), "left", "60") as left,
        python(*WRITER, named(at), "right", "60") as right,
    ):
        printed = [process.communicate()[0].split() for process in (left, right)]
    assert (left.returncode, right.returncode) == (0, 0)
    store = open_store(at)
    ids = _ids(store)
    store.close()
    assert sorted(ids) == sorted(printed[0] + printed[1])
    assert len(ids) == 120


@pytest.mark.parametrize("kind", ["file", "database"])
def test_processes_that_make_the_store_together_make_one(
    tmp_path: Path, postgres_url: str, kind: str
) -> None:
    """All of them open a missing store, and all find a whole one."""
    code = (
        "import sys; from escrow_tui.store import address_of, open_store;"
        "s = open_store(address_of(sys.argv[1]));\n"
        "with s.reading() as r: print(r.runs())"
    )
    name = postgres_url if kind == "database" else str(tmp_path / "store.db")
    processes = [python("-c", code, name) for _ in range(3)]
    outputs = [process.communicate()[0].strip() for process in processes]
    assert outputs == ["()"] * 3


def test_another_process_changes_the_version_that_the_next_read_sees(at: Address) -> None:
    """The read block that was open before still sees the old one."""
    slow, fast = open_store(at), open_store(at)
    with slow.reading() as reading:
        before = reading.version(MARKET, order_stream("A"))
        assert send(fast, "fast-0")
        assert reading.version(MARKET, order_stream("A")) == before
    with slow.reading() as reading:
        assert reading.version(MARKET, order_stream("A")) == before + 1
    slow.close()
    fast.close()
