"""Older versions' stores are read, played on and found sound, also by a version with more rows."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import AnyCommand, Escalate, RejectClaim, Ship, VerifyPayment
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.market import Listing
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.files import document_from_text
from escrow_tui.policy import load_policy
from escrow_tui.scenarios.exercise.player import play_steps
from escrow_tui.scenarios.file.scenario_reader import read_scenario
from escrow_tui.scenarios.opening import resume
from escrow_tui.store import Address, PostgresDatabase, SqliteFile, Store, open_store
from escrow_tui.store.care.backup import back_up
from escrow_tui.store.care.examination import examine
from escrow_tui.store.problems import LastingProblem
from escrow_tui.store.rows.codec import policy_from
from escrow_tui.store.rows.content import content_hash
from escrow_tui.store.rows.pages import rows_of
from escrow_tui.store.schema import ALL, MARKET, POLICY
from escrow_tui.store.upgrades.running import upgrade
from tests.given.market import BUYER, DAY, DELIVERED, DISPUTE, SELLER
from tests.given.market import MARKET as FIRST
from tests.given.server import database
from tests.store.care.spoiling import dump
from tests.store.make_content import EXERCISE, FREE_RUN, content_samples, content_store
from tests.store.make_fixture import fixture_of

ROOT = Path(__file__).parents[3]
CONTENT = 1
# A file of each schema, and one kept before the content had a hash of its own.
OLDER = (fixture_of(1), fixture_of(2), content_store(CONTENT))
# Long enough for every timer of every policy to run out.
LONG = 400 * DAY


@pytest.fixture(scope="module")
def content_database(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The URL of older content on a server, copied there once."""
    path = shutil.copy(content_store(CONTENT), tmp_path_factory.mktemp("content"))
    with database(postgres_server) as url:
        back_up(SqliteFile(Path(path)), PostgresDatabase(url))
        yield url


@pytest.fixture(params=[*(path.stem for path in OLDER), "database"])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Address]:
    """A store that an older version wrote, upgraded to today's schema."""
    if request.param == "database":
        like = request.getfixturevalue("content_database")
        with database(request.getfixturevalue("postgres_server"), like=like) as url:
            yield PostgresDatabase(url)
        return
    (path,) = (path for path in OLDER if path.stem == request.param)
    where = SqliteFile(Path(shutil.copy(path, tmp_path / "store.db")))
    upgrade(where)
    yield where


@pytest.fixture
def content(tmp_path: Path) -> Iterator[Store]:
    """The store that holds the most kinds of older content."""
    where = SqliteFile(Path(shutil.copy(content_store(CONTENT), tmp_path / "store.db")))
    with closing(open_store(where)) as store:
        yield store
    assert examine(where) is None


def _markets(store: Store) -> list[str]:
    with store.backend.reading() as link:
        return [row.id for row in rows_of(link, MARKET)]


def test_older_content_is_sound_and_its_copy_too(older: Address, tmp_path: Path) -> None:
    """Every policy keeps the hash it was given, whatever rows have been added since."""
    assert examine(older) is None
    copy = back_up(older, SqliteFile(tmp_path / "copy.db"))
    assert examine(copy) is None
    assert dump(copy, ALL) == dump(older, ALL)
    for given, kept in dump(older, (POLICY,))["policy"]:
        assert content_hash(kept) == given


def test_older_markets_go_on(older: Address) -> None:
    """In each, an act is undone, time passes, and a new order is disputed under its policy."""
    with closing(open_store(older)) as store:
        for market in _markets(store):
            desk = Desk(store, market, load_policy("aliexpress"))
            entries = desk.entries()
            desk.fork(len(entries) // 2)
            assert len(desk.entries()) == len(entries) // 2
            desk.market = market
            desk.advance(desk.now() + LONG, BUYER)
            for actor, command in (*DELIVERED, (BUYER, DISPUTE), (SELLER, RejectClaim())):
                answer = desk.submit(actor, "new", command)
                assert isinstance(answer, Done), (market, command, answer)
            desk.submit(BUYER, "new", Escalate())
            desk.advance(desk.now() + LONG, BUYER)
            with store.reading() as reading:
                held = reading.market(market)
                new = reading.order(market, "new")
            assert held is not None
            assert new is not None
            assert (new.order.policy, new.order.dispute) == (held.policy_hash, None)
    assert examine(older) is None


def test_an_older_free_market_goes_on_where_it_was_left(content: Store) -> None:
    """Undo also works back to before the older version's last act."""
    market = resume(content, FREE_RUN)
    (row,) = market.rows(Actor(Role.BUYER, "buyer-1"))
    bank, seller = Actor(Role.BANK, "bank"), market.chairs[1]
    assert isinstance(market.submit(bank, row.id, VerifyPayment()), Done)
    assert isinstance(market.submit(seller, row.id, Ship("RR473124829CN")), Done)
    said = [market.undo() for _ in range(4)]
    assert [one.partition(":")[0] for one in said] == ["Taken back"] * 4, said
    assert market.undo() == "Nothing to take back yet."


def test_an_older_exercise_is_played_to_its_end(content: Store) -> None:
    """The run keeps the exercise's text, and is played by it."""
    with content.reading() as reading:
        (row,) = (one for one in reading.runs() if one.scenario == EXERCISE and not one.finished)
        kept = reading.run(row.id)
    assert kept is not None
    run = resume(content, row.id)
    scenario = read_scenario(document_from_text(kept.content, f"{EXERCISE}.toml"))
    assert run.undo().startswith("Taken back: open evidence")
    play_steps(run, scenario.solutions[0].steps)
    debrief = run.finish()
    assert debrief is not None
    assert run.record.run.state == "passed"


SAMPLES = json.loads(content_samples(CONTENT).read_bytes())


@pytest.mark.parametrize(("kind", "name"), [("events", AnyEvent), ("commands", AnyCommand)])
def test_all_that_was_ever_kept_in_a_journal_is_read(kind: str, name: object) -> None:
    """A field that was added later has a value for older content."""
    for one in SAMPLES[kind]:
        msgspec.convert(one, name)
    assert len(SAMPLES[kind]) > 40


def test_listings_and_policies_that_were_ever_kept_are_read() -> None:
    """A row that was added later has a value for older policies."""
    msgspec.convert(SAMPLES["listing"], Listing)
    for one in SAMPLES["policies"].values():
        policy_from(json.dumps(one).encode())
    assert len(SAMPLES["policies"]) == 5


# What a developer would add: the file, the line after which it goes, and the new line.
# Content stored earlier takes the values that these lines state.
ADDED = (
    (
        "escrow_tui/engine/policy.py",
        "    review_days: int = days(0)\n",
        "    added_days: int = days(0, older=7)\n",
    ),
    ("escrow_tui/engine/events.py", "    fee: int\n    cost: int\n", "    added: int = 0\n"),
    ("escrow_tui/engine/order.py", "    stops: tuple[Stop, ...] = ()\n", "    added: int = 0\n"),
    (
        "escrow_tui/engine/terms.py",
        '    CHANGE_OF_MIND = "change_of_mind", "change of mind", _CHANGE_OF_MIND\n',
        '    ADDED_REASON = "added_reason", "added reason", _NOT_RECEIVED\n',
    ),
    (
        "escrow_tui/engine/methods.py",
        '        _card("virtual_card", "Virtual card", 290),\n',
        '        _card("added_method", "Added method", 290),\n',
    ),
)
_ROW = '\n[added_days]\nvalue = 9\nmeans = "Added."\nsource = "ours"\n'
_NEWER = """
import sys
from msgspec.structs import replace
from pathlib import Path
from escrow_tui.engine.terms import Reason
from escrow_tui.store import open_store
from tests.given.market import BUYER, DELIVERED, DISPUTE, PLACE, brought, opened

store = open_store(Path(sys.argv[1]))
brought(opened(store, "newer"), (
    (BUYER, replace(PLACE, method="added_method")),
    *DELIVERED[1:],
    (BUYER, replace(DISPUTE, reason=Reason("added_reason"))),
))
store.close()
"""


@pytest.fixture
def richer(tmp_path: Path) -> Path:
    """A copy of the program with one more policy row, two fields, a reason and a payment method."""
    tree = tmp_path / "richer"
    for folder in ("escrow_tui", "seeds", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", "__snapshots__")
        shutil.copytree(ROOT / folder, tree / folder, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tree)
    for file, after, line in ADDED:
        path = tree / file
        text = path.read_text()
        assert text.count(after) == 1, f"{file}: somebody who adds to it goes another way by now"
        path.write_text(text.replace(after, after + line))
    for path in (tree / "seeds" / "policies").glob("*.toml"):
        if "\nbase = " not in path.read_text():
            path.write_text(path.read_text() + _ROW)
    return tree


def _run_in(tree: Path, *words: str) -> None:
    """Run Python in a copy of the program."""
    ran = subprocess.run(
        [sys.executable, *words],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_richer_version_reads_all_of_it(richer: Path) -> None:
    """The tests of this module pass there too."""
    page = str(Path(__file__).relative_to(ROOT))
    _run_in(richer, "-m", "pytest", page, "-k", "not richer and not database")


def test_what_a_richer_version_wrote_is_named_and_the_rest_is_read(
    richer: Path, tmp_path: Path
) -> None:
    """The store is left as it was, and its other markets go on."""
    newer = SqliteFile(Path(shutil.copy(content_store(CONTENT), tmp_path / "newer.db")))
    _run_in(richer, "-c", _NEWER, str(newer.path))
    assert re.fullmatch(
        r"The policy [0-9a-f]{12}: it holds the row 'added_days', which this version does not"
        r" know; upgrade the program\.",
        str(examine(newer)),
    )
    before = dump(newer, ALL)
    with closing(open_store(newer)) as store:
        desk = Desk(store, "newer", load_policy("aliexpress"))
        asked: dict[str, Callable[[], object]] = {
            "Entry 1 of market newer holds the method 'added_method'": desk.entries,
            "An order holds the word 'added_reason'": lambda: desk.facts("A"),
            "Market newer, entry 1: it holds the method 'added_method'": lambda: desk.fork(3),
        }
        for said, ask in asked.items():
            with pytest.raises(LastingProblem) as told:
                ask()
            unknown = "which this version does not know; upgrade the program."
            assert str(told.value) == f"{said}, {unknown}"
        others = Desk(store, FIRST, load_policy("aliexpress"))
        assert others.entries()
        assert others.facts("A").entries
    assert dump(newer, ALL) == before
