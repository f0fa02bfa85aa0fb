"""The doctor finds every row that differs from the journal, and every changed journal."""

import hashlib
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Table

from escrow_tui.store import (
    Address,
    PostgresDatabase,
    SqliteFile,
    StoreProblem,
    glance,
    open_store,
)
from escrow_tui.store.care.doctor import differences
from escrow_tui.store.care.examination import examine
from escrow_tui.store.derived.difference import Harm
from escrow_tui.store.progress import unwatched
from escrow_tui.store.rows.codec import order_in
from escrow_tui.store.rows.compression import ENTRIES
from escrow_tui.store.rows.runs import MAKING
from escrow_tui.store.rows.seals import seal_of
from escrow_tui.store.schema import (
    ALL,
    BALANCE,
    COUNT,
    ENTRY,
    LISTING,
    MARKET,
    ORDER,
    PERSON,
    PRIVATE,
    RUN,
    RUN_LOG,
    SEAT,
    TRUST,
)
from tests.given.filled_store import FORK
from tests.given.market import MARKET as FIRST
from tests.given.market import START
from tests.store.care.spoiling import (
    Said,
    changed,
    do,
    forge,
    last_row,
    part_from_its_parent,
    put,
    repacked,
    writing,
)

# Columns that take part in a foreign key: the database itself lets nobody change them.
_REFERRED = {(MARKET, "id"), (RUN, "id")}
DERIVED = (ORDER, BALANCE, COUNT, TRUST)


def _columns() -> list[tuple[Table, str]]:
    return [
        (table, column.name)
        for table in ALL
        for column in table.columns
        if not column.foreign_keys and (table, column.name) not in _REFERRED
        if (table.name, column.name) != ("policy", "hash")
    ]


def test_a_sound_store_is_called_sound_and_is_left_unchanged(where: Address) -> None:
    """What the program wrote agrees with its journals, and looking changes nothing."""
    told: list[tuple[int, int]] = []
    before = _print(where)
    assert examine(where, lambda done, of: told.append((done, of))) is None
    assert told[-1] == (86, 86)
    assert _print(where) == before


def _print(where: Address) -> dict[str, str]:
    if isinstance(where, PostgresDatabase):
        return {}
    files = where.path.parent.iterdir()
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_every_column_of_every_table_is_looked_at(where: Address) -> None:
    """One changed value is noticed wherever it is, and put down to the right kind of harm."""
    wrong = []
    with writing(where) as link:
        for table, column in _columns():
            row = last_row(link, table, column)
            key = {one.name: row[one.name] for one in table.primary_key.columns}
            other = changed(row[column])
            put(link, table, key, column, other)
            found = next(differences(link, unwatched), None)
            derived = table in DERIVED or column == "now"
            if found is None or (found.harm is Harm.DERIVED) is not derived:
                wrong.append(f"{table.name}.{column}: {found}")
            put(link, table, {**key, column: other}, column, row[column])
        assert next(differences(link, unwatched), None) is None
    assert wrong == []


_DERIVED_REMEDY = r"; write what is derived anew with: escrow-tui store doctor --rebuild\.$"
_KEPT_REMEDY = r"; restore a backup\.$"

SPOILT = (
    (
        "UPDATE order_state SET phase = 'CLOSED' WHERE id = 'A'",
        r"^Market fork-1, order A: phase is stored as 'CLOSED', but the journal says"
        r" 'DELIVERED'",
        _DERIVED_REMEDY,
    ),
    (
        "UPDATE balance SET minor = minor + 1 WHERE market = 'market-1' AND account = 'escrow:C'",
        r"^Market market-1, the balance of escrow:C in USD: it is stored as 10001, but the journal"
        r" says 10000",
        _DERIVED_REMEDY,
    ),
    (
        "UPDATE phase_count SET orders = 2 WHERE market = 'market-1' AND phase = 'SHIPPED'",
        r"^Market market-1, the number of orders in SHIPPED: it is stored as 2, but the journal"
        r" says 1",
        _DERIVED_REMEDY,
    ),
    (
        "UPDATE trust SET count = 9 WHERE market = 'market-1' AND figure = 'reviews'",
        r"^Market market-1, of seller-1, the figure reviews: it is stored as 9, but the journal"
        r" says 1",
        _DERIVED_REMEDY,
    ),
    (
        "UPDATE market SET now = now + 1 WHERE id = 'market-1'",
        r"^Market market-1, the market: its clock is stored as 1774170001, but the journal says"
        r" 1774170000",
        _DERIVED_REMEDY,
    ),
    (
        "UPDATE entry SET person = 'buyer-2' WHERE market = 'market-1' AND seq = 5",
        r"^Market market-1, entry 5: its hash is stored as [0-9a-f]{16}\.\.\., but the chain leads"
        r" to [0-9a-f]{16}\.\.\.",
        _KEPT_REMEDY,
    ),
    (
        "UPDATE person SET name = 'B*** P.' WHERE market = 'market-1' AND id = 'buyer-1'",
        r"^Market market-1, the person buyer-1: its seal is stored as [0-9a-f]{16}, but what it"
        r" says gives [0-9a-f]{16}",
        _KEPT_REMEDY,
    ),
)


@pytest.mark.parametrize(("sql", "sentence", "remedy"), SPOILT)
def test_a_difference_is_one_sentence_that_says_what_to_do(
    where: Address, sql: str, sentence: str, remedy: str
) -> None:
    """It names the market, the row, what is stored, what is right, and the remedy."""
    do(where, sql)
    found = examine(where)
    assert found is not None
    assert re.search(sentence + remedy, str(found))
    assert str(found).count("\n") == 0


LOST = (
    ("DELETE FROM order_state WHERE market = 'market-1' AND id = 'B'", "order B", "derived"),
    ("DELETE FROM order_state WHERE market = 'market-1' AND id = 'D'", "order D", "derived"),
    ("DELETE FROM balance WHERE market = 'market-1' AND minor > 0", "the balance of", "derived"),
    ("DELETE FROM phase_count WHERE market = 'market-1'", "the number of orders", "derived"),
    ("DELETE FROM trust WHERE market = 'market-1'", "the figure", "derived"),
    ("DELETE FROM entry WHERE market = 'market-1' AND seq = 31", "the market", "kept"),
    ("DELETE FROM entry WHERE market = 'market-1' AND seq = 3", "entry 3", "kept"),
    (
        "INSERT INTO order_state SELECT market, 'AA', version, phase, disputed, dispute_phase,"
        " buyer, seller, mediator, placed_at, next_deadline, words, body FROM order_state"
        " WHERE market = 'market-1' AND id = 'A'",
        "order AA",
        "derived",
    ),
    (
        "INSERT INTO order_state SELECT market, 'Z', version, phase, disputed, dispute_phase,"
        " buyer, seller, mediator, placed_at, next_deadline, words, body FROM order_state"
        " WHERE market = 'market-1' AND id = 'A'",
        "order Z",
        "derived",
    ),
    ("INSERT INTO balance VALUES ('market-1', 'a', 'USD', 5)", "the balance of a", "derived"),
    ("INSERT INTO trust VALUES ('market-1', 'a', 'orders', 5)", "of a, the figure", "derived"),
)


@pytest.mark.parametrize(("sql", "place", "harm"), LOST)
def test_a_row_too_few_or_too_many_is_noticed(
    where: Address, sql: str, place: str, harm: str
) -> None:
    """Also when it is the last row, with nothing after it."""
    do(where, sql)
    found = examine(where)
    assert found is not None
    assert (found.market, found.harm) == (FIRST, harm)
    assert place in found.place


def test_a_market_still_being_made_is_checked_by_its_journal_alone(where: Address) -> None:
    """Its orders' rows are written at the end; until then it is no fault that they are missing."""
    with writing(where) as link:
        row = {**last_row(link, RUN, "id"), "state": MAKING}
        for column, value in {"state": MAKING, "seal": seal_of(RUN, row)}.items():
            put(link, RUN, {"id": row["id"]}, column, value)
    do(where, f"DELETE FROM order_state WHERE market = '{FIRST}'")
    assert examine(where) is None
    do(where, f"UPDATE entry SET at = at - 1 WHERE market = '{FIRST}' AND seq = 31")
    assert "entry 31: its hash" in str(examine(where))


def test_a_fork_begins_as_its_parent_does(where: Address) -> None:
    """If one of the two journals is forged, the other shows it."""
    forge(where, FORK, 4, lambda said: {**said, "person": "buyer-2"})
    sentence = (
        r"Market fork-1, entry 12: its hash is stored as .*, but in its parent market-1 it is"
    )
    assert re.search(sentence, str(examine(where)))


_CAPTURED = b'{"event":"payment_captured","amount":10000,"paid":10000,"fee":0,"cost":320}'
# The forged entry, the change, and what the doctor says of it.
FORGED: tuple[tuple[int, Callable[[Said], Said], str], ...] = (
    (
        4,
        repacked({b'"escrow:A","USD",10000]': b'"escrow:A","USD",90000]'}),
        r"it breaks rule 1: a transfer leaves 80000 USD",
    ),
    (
        4,
        repacked({b'"escrow:A","USD",10000]': b'"escrow:B","USD",10000]'}),
        r"it moved 'ext:buyer -10000 USD, escrow:B .*, but its events move 'ext:buyer -10000 USD,",
    ),
    (4, lambda said: {**said, "body": said["body"][:-1]}, r"it cannot be read \(it is cut off"),
    (
        4,
        repacked({_CAPTURED: b'{"event":"refund_settled","number":9,"amount":1,"paid_back":1}'}),
        r"it cannot follow what stands before it \(StopIteration\)",
    ),
    (
        26,
        repacked({b"9500": b"9600", b'"commission":500': b'"commission":400', b",500]": b",400]"}),
        r"what it leads to breaks rule 5: the commission is not C\(kept\)",
    ),
    (4, lambda said: {**said, "at": START - 1}, r"its time is stored as \d+, but the clock had"),
    (30, lambda said: {**said, "command_id": ""}, r"no command's id is stored as '', but a row of"),
    (31, lambda said: {**said, "version": 19}, r"it is numbered 19 in order:B, not 9"),
)


@pytest.mark.parametrize(("seq", "change", "sentence"), FORGED)
def test_a_forged_journal_with_a_valid_chain_must_still_keep_the_books(
    where: Address, seq: int, change: Callable[[Said], Said], sentence: str
) -> None:
    """What cannot have happened is reported, even if every hash fits."""
    part_from_its_parent(where)
    forge(where, FIRST, seq, change)
    found = examine(where)
    assert re.search(f"^Market market-1, entry {seq}: {sentence}", str(found))
    assert str(found).endswith("; restore a backup.")


def test_an_account_below_zero_is_reported_for_the_books(where: Address) -> None:
    """Each entry is possible by itself, but not all of them together."""
    part_from_its_parent(where)
    taken = {b'"USD",-50000]': b'"USD",+]', b'"USD",50000]': b'"USD",-50000]', b"+": b"50000"}
    forge(where, FIRST, 1, repacked({**taken, b'"amount":50000': b'"amount":-50000'}))
    assert str(examine(where)) == (
        "Market market-1, the books: they break rule 5: seller:seller-1:deposit is at -50000 USD;"
        " restore a backup."
    )


def test_an_order_names_the_first_value_that_differs(where: Address) -> None:
    """Its body is compared value by value, not byte by byte; an unreadable one is reported."""
    with writing(where) as link:
        row = last_row(link, ORDER, "body")
        key = {"market": row["market"], "id": row["id"]}
        wrong = msgspec.structs.replace(order_in(row["body"]), goods=90_000)
        put(link, ORDER, key, "body", msgspec.msgpack.encode(wrong))
    assert "order D: goods is stored as 90000, but the journal says 10000" in str(examine(where))
    with writing(where) as link:
        put(link, ORDER, key, "body", ENTRIES.pack(row["body"]))
    assert examine(where) is None
    with writing(where) as link:
        put(link, ORDER, key, "body", b"\x07")
    assert "order D: body is stored as what cannot be read" in str(examine(where))


@pytest.mark.parametrize(
    ("table", "column"), [(ENTRY, "person"), (ORDER, "id"), (BALANCE, "account"), (LISTING, "body")]
)
def test_bytes_that_became_text_or_text_that_became_bytes_are_noticed(
    in_file: SqliteFile, table: Table, column: str
) -> None:
    """One flipped bit in SQLite's record turns one into the other, with the same characters."""
    other = "TEXT" if column == "body" else "BLOB"
    with closing(sqlite3.connect(in_file.path)) as file, file:
        file.execute(f"UPDATE {table.name} SET {column} = CAST({column} AS {other})")
    found = examine(in_file)
    assert found is not None
    assert "but its table says" in str(found)


def test_invalid_utf8_is_noticed(in_file: SqliteFile) -> None:
    """The text is read as far as it can be, and its seal no longer fits."""
    with closing(sqlite3.connect(in_file.path)) as file, file:
        file.execute("UPDATE person SET name = CAST(x'41ff' AS TEXT)")
    assert "its seal is stored as" in str(examine(in_file))


@pytest.mark.parametrize(
    "sql",
    [
        "DROP INDEX order_due",
        "DROP INDEX order_due; CREATE INDEX order_due ON order_state (market, id)",
        "ALTER TABLE trust ADD COLUMN more",
    ],
)
def test_a_schema_other_than_ours_is_noticed(in_file: SqliteFile, sql: str) -> None:
    """A missing index makes a list slow, or wrong."""
    with closing(sqlite3.connect(in_file.path)) as file:
        file.executescript(sql)
    assert "it is not as this program makes it; restore a backup." in str(examine(in_file))


def test_a_schema_that_is_no_valid_text_is_reported(in_file: SqliteFile) -> None:
    """SQLite's own SQL is then not UTF-8: everything that opens the file reports damage."""
    whole = in_file.path.read_bytes()
    assert b"CREATE TABLE run_log" in whole
    in_file.path.write_bytes(whole.replace(b"CREATE TABLE run_log", b"CREATE TA\xc2LE run_log"))
    assert str(examine(in_file)).startswith("The file: it is damaged (")
    for look in (glance, open_store):
        with pytest.raises(StoreProblem, match="damaged"):
            look(in_file)


def test_an_overwritten_page_is_reported(in_file: SqliteFile) -> None:
    """The file is checked first, because nothing in a damaged file can be trusted."""
    whole = bytearray(in_file.path.read_bytes())
    whole[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    in_file.path.write_bytes(bytes(whole))
    found = examine(in_file)
    assert found is not None
    assert str(found).startswith("The file: it is damaged (")
    assert found.harm is Harm.KEPT


def test_a_row_that_refers_to_nothing_is_reported(in_file: SqliteFile) -> None:
    """SQLite does not enforce foreign keys for other programs, so the doctor looks for it."""
    with closing(sqlite3.connect(in_file.path)) as file, file:
        file.execute("UPDATE run SET market = 'gone'")
    assert "it is damaged (foreign_key_check: run)" in str(examine(in_file))


def test_there_must_be_a_store_to_examine(tmp_path: Path, postgres_url: str) -> None:
    """Nothing is made as a side effect."""
    with pytest.raises(StoreProblem, match=r"There is no store at .*gone"):
        examine(SqliteFile(tmp_path / "gone.db"))
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreProblem, match=r"There is no store in .*empty"):
        examine(SqliteFile(tmp_path / "empty.db"))
    with pytest.raises(StoreProblem, match="is a folder"):
        examine(SqliteFile(tmp_path))
    with pytest.raises(StoreProblem, match="There is no store in postgresql://"):
        examine(PostgresDatabase(postgres_url))
    assert [file.name for file in tmp_path.iterdir()] == ["empty.db"]


def test_rows_beside_the_journal_all_have_a_seal() -> None:
    """Without a seal, a change in a table that the journal does not cover would go unnoticed."""
    told = {*DERIVED, ENTRY}
    unsealed = {table.name for table in ALL if "seal" not in table.c and table not in told}
    assert unsealed == {"policy"}
    assert {PERSON, PRIVATE, LISTING, SEAT, RUN, RUN_LOG, MARKET} <= set(ALL)
