"""S4: commands on PostgreSQL, against SQLModel sessions that do the same."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Done
from escrow_tui.store import PostgresDatabase, open_store
from tests.benchmarks.peers import by_sqlmodel
from tests.benchmarks.store_clients import CLIENTS, Job, Round, Work, round_of
from tests.benchmarks.store_goals import at_least, at_most, say
from tests.benchmarks.store_story import MARKET, RULES, Given, endless, given, made
from tests.benchmarks.store_wire import counted

ROUNDS, SECONDS, COUNTED = 5, 4.0, 400

Submit = Callable[[Given], None]


def main(url: str) -> list[bool]:
    """Count the round trips, then let our clients and the peer's write in turns."""
    made(PostgresDatabase(url)).close()
    by_sqlmodel.make_tables(by_sqlmodel.opened(url))
    ours, theirs = (trips(at, url) for at in (at_desk, in_session))
    compare(url)
    say(f"S4 round trips a command: {ours:.2f}; a session of SQLModel {theirs:.2f}")
    # Every round has a name of its own, so its clients' orders are new.
    both = [[_round(job, url, nth) for job in (by_desk, by_session)] for nth in range(ROUNDS)]
    mine, peers = (
        statistics.median(one.commands / one.seconds for one in rounds)
        for rounds in zip(*both, strict=True)
    )
    say(f"   {CLIENTS} clients: {mine:,.0f} commands a second; SQLModel {peers:,.0f}")
    return [
        at_most("S4", "round trips a command", ours, 2),
        at_least("S4", "x SQLModel's commands a second", mine / peers, 6),
    ]


def _round(job: Job, url: str, nth: int) -> Round:
    return round_of(job, url, f"round{nth}", SECONDS)


def trips(at: Callable[[str], AbstractContextManager[Submit]], url: str) -> float:
    """Return how many round trips a command takes, once connected."""
    commands = given(COUNTED + 8, "counted")
    with counted(url) as (by_wire, wire), at(by_wire) as submit:
        for one in commands[:8]:
            submit(one)
        before = wire.trips
        for one in commands[8:]:
            submit(one)
        return (wire.trips - before) / COUNTED


def compare(url: str) -> None:
    """Check that both have done the same: every order and every balance is equal."""
    store, engine = open_store(PostgresDatabase(url)), by_sqlmodel.opened(url)
    with store.reading() as reading:
        orders = reading.orders(MARKET, limit=COUNTED)
        balances = reading.balances(MARKET)
    store.close()
    assert by_sqlmodel.orders_of(engine) == {one.order.id: one.order for one in orders}
    assert by_sqlmodel.balances_of(engine) == balances
    engine.dispose()


@contextmanager
def at_desk(url: str) -> Iterator[Submit]:
    """Give commands at a desk."""
    store = open_store(PostgresDatabase(url))
    desk = Desk(store, MARKET, RULES)

    def submit(one: Given) -> None:
        answer = desk.submit(*one)
        assert isinstance(answer, Done), answer

    try:
        yield submit
    finally:
        store.close()


@contextmanager
def in_session(url: str) -> Iterator[Submit]:
    """Give commands in sessions."""
    store, engine = open_store(PostgresDatabase(url)), by_sqlmodel.opened(url)
    with store.reading() as reading:
        market = reading.market(MARKET)
    store.close()
    assert market is not None
    try:
        yield lambda one: by_sqlmodel.submit(engine, market, one)
    finally:
        engine.dispose()


@contextmanager
def by_desk(url: str, name: str, number: int) -> Iterator[Work]:
    """Be a client that plays its own orders at a desk."""
    with at_desk(url) as submit:
        yield _living(submit, f"{name}d{number}")


@contextmanager
def by_session(url: str, name: str, number: int) -> Iterator[Work]:
    """Be a client that plays its own orders in sessions."""
    with in_session(url) as submit:
        yield _living(submit, f"{name}s{number}")


def _living(submit: Submit, name: str) -> Work:
    commands = endless(name)
    return lambda _: submit(next(commands))
