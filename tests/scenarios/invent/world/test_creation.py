"""A world in a store: whole or not at all, the same everywhere, and good to play on."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import Cancel, ConfirmReceipt, Ship
from escrow_tui.engine.entry import JournalDigest, journal_sha256
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.roles import CLOCK, FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import DisputePhase, Phase
from escrow_tui.policy import load_policy
from escrow_tui.scenarios.invent.world import creation
from escrow_tui.scenarios.invent.world.creation import (
    PRESENT,
    MadeWorld,
    WantedWorld,
    appended_entry,
    make_world,
    world_of,
)
from escrow_tui.scenarios.invent.world.leftovers import maker, remove_leftovers
from escrow_tui.scenarios.opening import resume
from escrow_tui.scenarios.session import fork
from escrow_tui.scenarios.session.free_play import BUYER, SHOPS, FreePlay
from escrow_tui.store import Store, glance, open_store
from escrow_tui.store.care.doctor import differences
from escrow_tui.store.rows.runs import MAKING

NOW = "2026-03-02T09:00:00+00:00"
WANTED = WantedWorld(500, 7, "A market", NOW)


def _silent(_done: int, _of: int) -> None:
    """Report no progress."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, MadeWorld]]:
    """A store with a world that tests only look at."""
    store = open_store(tmp_path_factory.mktemp("world") / "world.db")
    yield store, make_world(store, WANTED, _silent)
    store.close()


def test_it_tells_what_the_store_holds(world: tuple[Store, MadeWorld]) -> None:
    """Counts, entries and hash are those of the journal that was written."""
    store, made = world
    with store.reading() as reading:
        entries = reading.entries(made.market)
        counted = reading.phase_counts(made.market)
    assert made.entries == len(entries)
    assert made.journal_sha256 == journal_sha256(entries)
    assert sum(made.orders.values()) == sum(counted.values()) == 500
    assert set(made.orders) == set(Phase)
    assert set(made.disputes) == set(DisputePhase)


def test_every_row_is_what_the_journal_says(world: tuple[Store, MadeWorld]) -> None:
    """The doctor folds the journal against orders, balances, counts, figures and the chain."""
    store, _ = world
    with store.backend.reading() as link:
        assert list(differences(link, _silent)) == []


def test_both_databases_hold_the_same_market(store: Store) -> None:
    """The journal is one and the same, and the doctor finds nothing in either."""
    made = make_world(store, replace(WANTED, orders=60), _silent)
    with store.backend.reading() as link:
        assert list(differences(link, _silent)) == []
    with store.reading() as reading:
        assert journal_sha256(reading.entries(made.market)) == made.journal_sha256
    assert digest_of(60, WANTED.seed).startswith(made.journal_sha256)


def test_the_lobby_lists_it_as_a_run(tmp_path: Path) -> None:
    """A run names the market, so that it can be opened."""
    store = open_store(tmp_path / "one.db")
    made = make_world(store, replace(WANTED, orders=3), _silent)
    store.close()
    assert [(one.id, one.title, one.market) for one in glance(tmp_path / "one.db")] == [
        (made.run, "A market", made.market)
    ]


def test_free_play_goes_on_in_it(tmp_path: Path) -> None:
    """Each chair finds its orders, and what it does is done."""
    store = open_store(tmp_path / "play.db")
    made = make_world(store, WANTED, _silent)
    sitting = resume(store, made.run)
    assert isinstance(sitting.activity, FreePlay)
    assert all(sitting.rows(chair) for chair in (BUYER, SHOPS, FIRST_MEDIATOR))
    with store.reading() as reading:
        to_ship = reading.orders(made.market, phase=Phase.AWAITING_SHIPMENT)[0].order.id
        arrived = reading.orders(made.market, phase=Phase.DELIVERED, limit=1_000)
    theirs = next(one.order for one in arrived if one.order.stage is None)
    buyer = replace(BUYER, person=theirs.buyer)
    assert isinstance(sitting.submit(SHOPS, to_ship, Ship("RR473124829CN")), Done)
    assert isinstance(sitting.desk.submit(buyer, theirs.id, ConfirmReceipt()), Done)
    store.close()


def test_a_market_that_is_too_large_to_copy_is_not_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taking an act back copies the journal; for a large one it is refused with a sentence."""
    store = open_store(tmp_path / "large.db")
    made = make_world(store, WANTED, _silent)
    sitting = resume(store, made.run)
    with store.reading() as reading:
        to_pay = reading.orders(made.market, phase=Phase.AWAITING_PAYMENT, limit=1)[0].order
    buyer = Actor(Role.BUYER, to_pay.buyer)
    assert isinstance(sitting.desk.submit(buyer, to_pay.id, Cancel()), Done)
    for most, said in ((made.entries, "would be copied whole"), (made.entries + 1, "Taken back")):
        monkeypatch.setattr(fork, "MOST_COPIED", most)
        assert said in sitting.undo()
    store.close()


def test_time_goes_on_in_it_until_every_order_has_ended(tmp_path: Path) -> None:
    """A year later, nothing was overdue and no invariant is broken."""
    store = open_store(tmp_path / "later.db")
    made = make_world(store, WANTED, _silent)
    desk = Desk(store, made.market, load_policy(creation.POLICY))
    with store.reading() as reading:
        assert reading.next_due(made.market, PRESENT) is None
    desk.advance(PRESENT + 400 * DAY, CLOCK)
    assert desk.violations == []
    assert desk.next_deadline() is None
    store.close()


_ELSEWHERE = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "77", "TZ": "America/Caracas", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR"},
)


@pytest.mark.parametrize("environment", _ELSEWHERE)
def test_a_seed_gives_the_same_digest_everywhere(environment: dict[str, str]) -> None:
    """Hash seed, time zone and locale have no influence."""
    code = (
        "from tests.scenarios.invent.world.test_creation import digest_of; print(digest_of(80, 5))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
        text=True,
    )
    assert run.stdout == f"{digest_of(80, 5)}\n"


def digest_of(orders: int, seed: int) -> str:
    """Return the hash of a world, its people and its goods, without a store."""
    world, digest = world_of(orders, seed), JournalDigest()
    for number, append in enumerate(world.appends, 1):
        digest.add(appended_entry(number, append))
    return f"{digest.hexdigest()} {world.people} {world.goods}"


def test_the_digest_of_a_world_does_not_change_by_itself() -> None:
    """A change of stories, people or goods is found here, and belongs in the changelog."""
    expected = "2ee7671542d361cfe10bbbfee91d4ea6650b8f7b9985fd483edb0a5c50e8d182"
    assert digest_of(500, 1).startswith(expected)


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A world is written in many transactions."""
    monkeypatch.setattr(creation, "PORTION", 300)


def _cut_off(done: int, _of: int) -> None:
    """Press Ctrl-C when a part has been written."""
    if done > 20:
        raise KeyboardInterrupt


@pytest.mark.usefixtures("in_pieces")
def test_cut_off_it_leaves_nothing_and_touches_no_other_market(store: Store) -> None:
    """Ctrl-C in the middle: no row of it is left, and every row of another is."""
    other = make_world(store, replace(WANTED, orders=30), _silent)
    before = _rows(store)
    with pytest.raises(KeyboardInterrupt):
        make_world(store, replace(WANTED, orders=200), _cut_off)
    assert _rows(store) == before
    with store.reading() as reading:
        assert [run.id for run in reading.runs()] == [other.run]


def _rows(store: Store) -> dict[str, int]:
    """Count the rows of every table."""
    from escrow_tui.store import schema

    with store.backend.reading() as link:
        return {one.name: link.plain(f"SELECT count(*) FROM {one.name}") for one in schema.ALL}


@pytest.fixture
def killed(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a store in which the program was killed while it made a world."""
    monkeypatch.setattr(creation, "PORTION", 300)
    with monkeypatch.context() as patched:
        patched.setattr(creation, "remove_market", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            make_world(store, replace(WANTED, orders=200), _cut_off)
    return store


def test_a_world_that_is_not_whole_is_not_shown(killed: Store) -> None:
    """It is not among the runs, and the lobby does not list it."""
    with killed.reading() as reading:
        assert reading.runs() == ()
        assert [run.state for run in reading.unfinished()] == [MAKING]


@pytest.mark.parametrize(
    ("who", "later", "removed"),
    [
        (maker(), "2026-03-09T09:00:00+00:00", 0),
        (f"999999999 {maker().partition(' ')[2]}", NOW, 1),
        ("1 another-machine", "2026-03-02T10:00:00+01:00", 0),
        ("1 another-machine", "2026-03-03T09:00:00+00:00", 1),
    ],
    ids=["it runs", "it ended", "elsewhere, an hour ago", "elsewhere, a day ago"],
)
def test_what_a_killed_program_left_is_removed_when_nobody_makes_it(
    killed: Store, who: str, later: str, removed: int
) -> None:
    """A running process keeps its world; another machine's counts as abandoned after a day."""
    with killed.writing() as writing:
        run = writing.run(writing.unfinished()[0].id)
        assert run is not None
        writing.save_run(replace(run, ending=who))
    assert remove_leftovers(killed, later) == removed
    rows = _rows(killed)
    assert (rows.pop("policy"), bool(sum(rows.values()))) == (1, not removed)


@pytest.mark.usefixtures("in_pieces")
def test_it_tells_how_far_it_has_come(store: Store) -> None:
    """An order counts half when placed and whole at its end; at last all are done."""
    told: list[tuple[int, int]] = []
    make_world(store, replace(WANTED, orders=120), lambda done, of: told.append((done, of)))
    assert len(told) > 3
    assert told == sorted(told)
    assert told[-1] == (240, 240)


def test_every_person_that_an_order_names_is_there(world: tuple[Store, MadeWorld]) -> None:
    """With the private fields of the buyers, and of nobody else."""
    store, made = world
    with store.reading() as reading:
        people = reading.people(made.market)
        orders = reading.orders(made.market, limit=1_000)
        private = {one: reading.private_of(made.market, one) for one in people}
    assert {party for one in orders for party in (one.order.buyer, one.order.seller)} <= set(people)
    for one in people.values():
        assert (private[one.id] is not None) == (one.role is Role.BUYER)
