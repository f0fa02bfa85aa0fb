"""A command on a server: its round trips, and what happens when the connection breaks."""

from collections.abc import Callable, Iterator

import pytest

from escrow_tui.desk.commit import CommandDecision, commit
from escrow_tui.desk.desk import Desk
from escrow_tui.desk.question import ask_of
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import AnyCommand, ConfirmReceipt, Pay, SendMessage
from escrow_tui.engine.entry import order_stream
from escrow_tui.policy import load_policy
from escrow_tui.store import Batch, PostgresDatabase, Situation, StoreProblem, open_store
from escrow_tui.store.schema import ORDER
from escrow_tui.store.store import Store
from tests.given.store_world import (
    BUYER,
    MARKET,
    PLACE,
    SELLER,
    START,
    act,
    delivered,
    with_market,
)
from tests.store.proxy import Proxy
from tests.store.raw import rows_of, where_of

HELLO = SendMessage("hello")


@pytest.fixture
def near(postgres_url: str) -> Iterator[Store]:
    """A store with an order, connected directly to the server."""
    store = with_market(PostgresDatabase(postgres_url))
    with store.writing(MARKET) as writing:
        act(writing, "A", PLACE, BUYER, START)
    yield store
    store.close()


@pytest.fixture
def proxy(postgres_url: str) -> Iterator[Proxy]:
    """A proxy that counts round trips and can cut the connection."""
    line = Proxy(postgres_url)
    yield line
    line.close()


@pytest.fixture
def far(near: Store, proxy: Proxy) -> Iterator[Store]:
    """The same store through that proxy, after its first command."""
    store = open_store(PostgresDatabase(proxy.url))
    _send(store, "first")
    assert near is not store
    yield store
    store.close()


def _send(store: Store, command_id: str) -> None:
    answer, broken = commit(store, MARKET, BUYER, "A", HELLO, command_id)
    assert isinstance(answer, Done)
    assert broken == ()


def _ids(store: Store) -> list[str]:
    with store.reading() as reading:
        return [entry.command_id for entry in reading.entries(MARKET, order_stream("A"))][1:]


def test_a_command_waits_for_the_server_twice(proxy: Proxy, far: Store) -> None:
    """One round trip reads the state, one writes what was decided.

    Both statements have been prepared on the server after a few commands.
    """
    for number in range(6):
        _send(far, f"prepared-{number}")
    before = proxy.round_trips
    for number in range(10):
        _send(far, f"command-{number}")
    assert proxy.round_trips - before == 20


def test_an_order_that_moves_is_found_among_thousands_without_reading_them(near: Store) -> None:
    """A join of the batch with the orders would read all of them to find one."""
    columns = ", ".join(column.name for column in ORDER.c if column.name != "id")
    many = (
        f"INSERT INTO order_state (id, {columns})"
        f" SELECT 'X-' || n, {columns} FROM order_state, generate_series(1, 5000) AS n"
    )
    for sql in (many, "ANALYZE order_state"):
        rows_of(where_of(near), sql)
    asked = "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'order_state'"
    with near.writing(MARKET) as writing:
        act(writing, "A", Pay(), BUYER, START)
        assert writing._link.plain(asked) == 0


class _Overtaken(CommandDecision):
    """Lets something else happen during its first decision, and calls `held` in later ones."""

    def __init__(
        self,
        meanwhile: Callable[[], object],
        command: AnyCommand = HELLO,
        order: str = "A",
        held: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(BUYER, order, command, "slow")
        self.seen: list[int] = []
        self._meanwhile, self._held = meanwhile, held

    def __call__(self, situation: Situation) -> Batch | None:
        (self._held if self.seen else self._meanwhile)()
        self.seen.append(situation.market.seq)
        return super().__call__(situation)


def test_an_overtaken_command_is_decided_again_while_the_market_is_held(
    proxy: Proxy, far: Store, near: Store
) -> None:
    """It takes four round trips in all, and the next command two."""
    before, slow = proxy.round_trips, _Overtaken(lambda: _send(near, "fast"))
    far.transact(ask_of(MARKET, BUYER, "A", HELLO, "slow"), slow)
    assert slow.seen == [2, 3]
    assert proxy.round_trips - before == 4
    _send(far, "next")
    assert proxy.round_trips - before == 6
    assert _ids(near) == ["first", "fast", "slow", "next"]


@pytest.mark.parametrize(
    ("command", "decided"), [(HELLO, 1), (ConfirmReceipt(), 2)], ids=["a word", "a release"]
)
def test_a_change_of_the_sellers_money_only_overtakes_what_depends_on_it(
    far: Store, near: Store, command: AnyCommand, decided: int
) -> None:
    """A message does not depend on it; a release pays debts first, so it is decided again."""
    with near.writing(MARKET) as writing:
        delivered(writing, "B", START)
    desk = Desk(near, MARKET, load_policy("aliexpress"))
    slow = _Overtaken(lambda: desk.deposit(SELLER.person, 500, "USD"), command, "B")
    far.transact(ask_of(MARKET, BUYER, "B", command, "slow"), slow)
    assert len(slow.seen) == decided
    with near.reading() as reading:
        assert reading.entry_of(MARKET, "slow") is not None


@pytest.mark.parametrize("before", [True, False], ids=["not sent", "not answered"])
def test_a_command_whose_connection_breaks_is_sent_again_and_done_once(
    proxy: Proxy, far: Store, near: Store, before: bool
) -> None:
    """Whether or not the server had done it: the command's id shows which."""
    proxy.before, proxy.cut_at = before, b"escrow_write"
    _send(far, "again")
    assert proxy.cuts == 1
    assert _ids(near).count("again") == 1


@pytest.mark.parametrize("before", [True, False], ids=["not sent", "not answered"])
def test_a_command_whose_connection_breaks_while_it_holds_the_market_is_done_once(
    proxy: Proxy, far: Store, near: Store, before: bool
) -> None:
    """It is decided once more, or found to be done."""

    def cut() -> None:
        proxy.before, proxy.cut_at = before, b"" if proxy.cuts else b"escrow_write"

    slow = _Overtaken(lambda: _send(near, "fast"), held=cut)
    far.transact(ask_of(MARKET, BUYER, "A", HELLO, "slow"), slow)
    assert proxy.cuts == 1
    assert _ids(near).count("slow") == 1


def test_a_command_without_an_id_is_not_sent_again(proxy: Proxy, far: Store, near: Store) -> None:
    """It may have been done, so the person is told; the next command works."""
    proxy.cut_at = b"escrow_write"
    with pytest.raises(StoreProblem, match="does not answer; see that it runs, then try again"):
        _send(far, "")
    assert _ids(near) == ["first", ""]
    _send(far, "next")
    assert _ids(far) == ["first", "", "next"]


@pytest.mark.parametrize("at", [b"BEGIN ISOLATION", b"FROM entry"], ids=["begin", "read"])
def test_a_broken_connection_while_reading_is_one_sentence_and_the_next_read_works(
    proxy: Proxy, far: Store, at: bytes
) -> None:
    """None of the driver's words is in it."""
    proxy.cut_at = at
    with pytest.raises(StoreProblem, match=r"^postgresql://127\.0\.0\.1:\d+/\w+ does not answer;"):
        _ids(far)
    assert _ids(far) == ["first"]


def test_what_was_written_before_the_connection_broke_is_undone_with_the_rest(
    proxy: Proxy, far: Store, near: Store
) -> None:
    """A writing block is kept as a whole or not at all."""
    proxy.before, proxy.cut_at = True, b"COMMIT"
    with pytest.raises(StoreProblem), far.writing(MARKET) as writing:
        act(writing, "A", HELLO, BUYER, START, command_id="half")
    assert proxy.cuts == 1
    assert _ids(near) == ["first"]
    with far.writing(MARKET) as writing:
        act(writing, "A", HELLO, BUYER, START, command_id="whole")
    assert _ids(near) == ["first", "whole"]
