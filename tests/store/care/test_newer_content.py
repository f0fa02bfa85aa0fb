"""What a newer version of the program kept is named in one sentence, and nothing is changed."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import asdict
from sqlalchemy import Table, insert

from escrow_tui import cli
from escrow_tui.cli.console import DIFFERENT, WELL
from escrow_tui.desk.desk import Desk
from escrow_tui.policy import load_policy
from escrow_tui.store import Address, SqliteFile, Store, StoreProblem, open_store
from escrow_tui.store.care.examination import examine
from escrow_tui.store.derived.difference import Harm
from escrow_tui.store.records import MarketRow
from escrow_tui.store.rows.content import ContentProblem, content_hash
from escrow_tui.store.rows.seals import sealed
from escrow_tui.store.schema import ALL, LISTING, MARKET, ORDER, PERSON, POLICY, TRUST
from escrow_tui.store.upgrades.running import upgrade
from tests.given.market import BUYER, PLACE, START
from tests.given.market import MARKET as FIRST
from tests.store.care.spoiling import (
    dump,
    forge,
    last_row,
    part_from_its_parent,
    put,
    reorder,
    repacked,
    writing,
)
from tests.store.make_fixture import fixture_of

UNKNOWN = ", which this version does not know; upgrade the program."
# The forged entry, what a newer version would have written, and how it is named.
JOURNAL: tuple[tuple[int, dict[bytes, bytes], str], ...] = (
    (4, {b'"payment_captured"': b'"payment_tasted"'}, "the event 'payment_tasted'"),
    (4, {b'"cost":320': b'"cost":320,"tax":5'}, "the field 'tax'"),
    (4, {b'"do":"pay"': b'"do":"haggle"'}, "the command 'haggle'"),
    (4, {b'"do":"pay"': b'"do":"pay","tip":1'}, "the field 'tip'"),
    (3, {b'"method":"credit_card"': b'"method":"barter"'}, "the method 'barter'"),
    (8, {b'"reason":"damaged"': b'"reason":"haunted"'}, "the reason 'haunted'"),
    (8, {b'"kind":"photo"': b'"kind":"hologram"'}, "the kind 'hologram'"),
    (8, {b'"evidence":[{': b'"evidence":[{"smell":1,'}, "the field 'smell'"),
)
Ask = Callable[[Desk], object]


def _desk(store: Store, market: str = FIRST) -> Desk:
    return Desk(store, market, load_policy("aliexpress"))


@pytest.mark.parametrize(("seq", "texts", "named"), JOURNAL)
def test_an_entry_of_a_newer_version_is_named(
    where: Address, seq: int, texts: dict[bytes, bytes], named: str
) -> None:
    """The doctor names it, and so do reading the journal and forking it at a later entry."""
    part_from_its_parent(where)
    forge(where, FIRST, seq, repacked(texts))
    before = dump(where, ALL)
    found = examine(where)
    assert str(found) == f"Market {FIRST}, entry {seq}: it holds {named}{UNKNOWN}"
    assert found is not None
    assert (found.harm, found.can_be_rebuilt) == (Harm.NEWER, False)
    with closing(open_store(where)) as store:
        with pytest.raises(ContentProblem) as told:
            _desk(store).entries()
        assert str(told.value) == f"Entry {seq} of market {FIRST} holds {named}{UNKNOWN}"
        with pytest.raises(StoreProblem, match=named):
            _desk(store).fork(20)
    assert dump(where, ALL) == before


def test_a_role_of_a_newer_version_is_named(where: Address) -> None:
    """The role is in a column of its own, outside the entry's packed body."""
    part_from_its_parent(where)
    forge(where, FIRST, 4, lambda said: {**said, "role": "customs"})
    assert str(examine(where)) == f"Market {FIRST}, entry 4: it holds the word 'customs'{UNKNOWN}"
    with (
        closing(open_store(where)) as store,
        pytest.raises(ContentProblem, match=f"The store holds the word 'customs'{UNKNOWN}"),
    ):
        _desk(store).entries()


# What a newer version might keep in a policy, and how it is named.
POLICIES: tuple[tuple[dict[str, object], str], ...] = (
    ({"haggling_days": 3}, "the row 'haggling_days'"),
    ({"escalation": "by_oracle"}, "the escalation 'by_oracle'"),
    ({"label_payer": [["haunted", "buyer"]]}, "the word 'haunted'"),
    ({"chargeback_fee": {"minor": 1, "currency": "USD", "tax": 1}}, "the field 'tax'"),
)


@pytest.mark.parametrize(("rows", "named"), POLICIES)
def test_a_policy_of_a_newer_version_is_named(
    where: Address, rows: dict[str, object], named: str
) -> None:
    """No order can be placed in its market; other markets go on."""
    said = msgspec.to_builtins(load_policy("aliexpress").policy) | rows
    content = msgspec.json.encode(said)
    given = content_hash(content)
    with writing(where) as link:
        link.run(insert(POLICY), {"hash": given, "content": content})
        row = MarketRow("newer", "Newer", START, START, 0, bytes(32), given, "", 0)
        link.run(insert(MARKET), sealed(MARKET, asdict(row)))
    before = dump(where, ALL)
    assert str(examine(where)) == f"The policy {given[:12]}: it holds {named}{UNKNOWN}"
    with closing(open_store(where)) as store:
        with pytest.raises(ContentProblem, match=named):
            _desk(store, "newer").submit(BUYER, "A", PLACE)
        assert _desk(store).entries()
    assert dump(where, ALL) == before


def _with_tax(body: bytes) -> bytes:
    return body[:-1] + b',"tax":1}'


# A table outside the journal, what a newer version might keep there, and who would read it.
BESIDE: tuple[tuple[Table, str, Callable[[Any], object], str, Ask], ...] = (
    (LISTING, "body", _with_tax, "the field 'tax'", lambda desk: desk.listings(BUYER)),
    (
        PERSON,
        "role",
        lambda _: "customs",
        "the word 'customs'",
        lambda desk: desk.person("seller-2"),
    ),
)


@pytest.mark.parametrize(("table", "column", "change", "named", "ask"), BESIDE)
def test_a_row_of_a_newer_version_beside_the_journal_is_named(
    where: Address,
    table: Table,
    column: str,
    change: Callable[[Any], object],
    named: str,
    ask: Ask,
) -> None:
    """Its seal fits, so it is not damage."""
    with writing(where) as link:
        row = last_row(link, table, column)
        row[column] = change(row[column])
        key = {"market": row["market"], "id": row["id"]}
        for name in (column, "seal"):
            put(link, table, key, name, sealed(table, row)[name])
    before = dump(where, ALL)
    place = f"Market {row['market']}, the {table.name} {row['id']}"
    assert str(examine(where)) == f"{place}: it holds {named}{UNKNOWN}"
    with (
        closing(open_store(where)) as store,
        pytest.raises(ContentProblem, match=f"holds {named}{UNKNOWN}"),
    ):
        ask(_desk(store, row["market"]))
    assert dump(where, ALL) == before


# What a newer version might have made of an order's row, and how it is named.
DERIVED: tuple[tuple[Callable[[list[Any]], list[Any]], str], ...] = (
    (lambda order: [*order, 0], "An order holds one field more"),
    (lambda order: [order[0], "HAGGLING", *order[2:]], "An order holds the word 'HAGGLING'"),
    (
        lambda order: ["barter" if part == "credit_card" else part for part in order],
        "Order D holds the method 'barter'",
    ),
)


@pytest.mark.parametrize(("change", "said"), DERIVED)
def test_an_order_of_a_newer_version_takes_no_command(
    where: Address, change: Callable[[list[Any]], list[Any]], said: str
) -> None:
    """Nor is anything written."""
    with writing(where) as link:
        row = last_row(link, ORDER, "body")
        reorder(link, row, change)
    before = dump(where, ALL)
    with closing(open_store(where)) as store:
        desk = _desk(store, row["market"])
        asked: tuple[Callable[[], object], ...] = (
            lambda: desk.submit(BUYER, row["id"], PLACE),
            lambda: desk.facts(row["id"]),
            lambda: desk.rows(BUYER),
        )
        for ask in asked:
            with pytest.raises(ContentProblem) as told:
                ask()
            assert str(told.value) == f"{said}{UNKNOWN}"
    assert dump(where, ALL) == before


def test_figures_and_phases_of_a_newer_version_are_named(where: Address) -> None:
    """Also in figures and counts, which are derived from its entries."""
    with writing(where) as link:
        link.run(insert(TRUST), {"market": FIRST, "person": "a", "figure": "haggles", "count": 1})
        link.plain(f"INSERT INTO phase_count VALUES ('{FIRST}', 'HAGGLING', '', 1)")
    with closing(open_store(where)) as store, store.reading() as reading:
        with pytest.raises(ContentProblem, match="the word 'haggles'"):
            reading.people(FIRST)
        with pytest.raises(ContentProblem, match="the word 'HAGGLING'"):
            reading.phase_counts(FIRST)


# -- on the command line


@pytest.fixture
def newer(in_file: SqliteFile) -> SqliteFile:
    """A store with an event of a newer version."""
    part_from_its_parent(in_file)
    forge(in_file, FIRST, 4, repacked({b'"payment_captured"': b'"payment_tasted"'}))
    return in_file


def test_the_command_line_names_it_and_rebuilds_nothing(
    newer: SqliteFile, capsys: pytest.CaptureFixture[str]
) -> None:
    """The remedy is a newer program, not a rebuilt store."""
    before = dump(newer, ALL)
    for words in (("doctor",), ("doctor", "--rebuild")):
        assert cli.main(["store", *words, "--store", str(newer)]) == DIFFERENT
        out, err = capsys.readouterr()
        assert out == f"Market {FIRST}, entry 4: it holds the event 'payment_tasted'{UNKNOWN}\n"
        assert err == ""
    assert dump(newer, ALL) == before


def test_it_can_still_be_copied(
    newer: SqliteFile, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """So that it can be moved to a machine with the newer program."""
    assert cli.main(["store", "info", "--store", str(newer)]) == WELL
    copy = tmp_path / "copy.db"
    assert cli.main(["store", "backup", str(copy), "--store", str(newer)]) == WELL
    assert dump(SqliteFile(copy), ALL) == dump(newer, ALL)
    capsys.readouterr()


def test_unknown_content_is_named_after_an_upgrade_too(tmp_path: Path) -> None:
    """An upgrade carries over what it does not know."""
    where = SqliteFile(Path(shutil.copy(fixture_of(1), tmp_path / "store.db")))
    with closing(sqlite3.connect(where.path)) as file, file:
        changed = file.execute(
            "UPDATE entry SET events = CAST(replace(CAST(events AS TEXT), 'payment_captured',"
            " 'payment_tasted') AS BLOB) WHERE instr(CAST(events AS TEXT), 'payment_captured')"
        )
        assert changed.rowcount > 0
    upgrade(where)
    assert "it holds the event 'payment_tasted'" in str(examine(where))
