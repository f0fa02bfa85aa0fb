"""Changes rows behind the journal's back, as a fault or somebody with access to the store would."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import msgspec
from sqlalchemy import Table, select, update

from escrow_tui.store import Address, open_store
from escrow_tui.store.rows.chain import ROOT, digest_of, next_head
from escrow_tui.store.rows.compression import ENTRIES
from escrow_tui.store.rows.link import Link
from escrow_tui.store.rows.pages import rows_of
from escrow_tui.store.rows.seals import seal_of
from escrow_tui.store.schema import ENTRY, MARKET, ORDER
from tests.given.filled_store import FORK
from tests.given.market import MARKET as FIRST

# What an entry says, by column.
Said = dict[str, Any]
_SAID = ("stream", "version", "at", "role", "person", "command_id", "body")


@contextmanager
def writing(where: Address) -> Iterator[Link]:
    """Give a link that may write anything; commit at the end."""
    with closing(open_store(where)) as store, store.backend.writing(FIRST) as link:
        yield link


def do(where: Address, sql: str) -> None:
    """Run one statement of SQL that both kinds of database understand."""
    with writing(where) as link:
        link.plain(sql)


def dump(where: Address, tables: tuple[Table, ...]) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of these tables."""
    with closing(open_store(where)) as store, store.backend.reading() as link:
        return {table.name: [tuple(row) for row in rows_of(link, table)] for table in tables}


def changed(value: object) -> object:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    return f"{value}x" if value is not None else None


def put(link: Link, table: Table, key: dict[str, object], column: str, value: object) -> None:
    """Write one column of one row."""
    statement = update(table).values({column: value})
    for name, held in key.items():
        statement = statement.where(table.c[name] == held)
    link.run(statement, {})


def last_row(link: Link, table: Table, column: str, key: str = "") -> dict[str, Any]:
    """Return the last row by key (or the row with the id `key`) whose column is not null."""
    newest = [one.desc() for one in table.primary_key.columns]
    statement = select(table).where(table.c[column].is_not(None)).order_by(*newest).limit(1)
    if key:
        statement = statement.where(table.c.id == key)
    row = link.first(statement, {})
    assert row is not None
    found: dict[str, Any] = row._asdict()
    return found


def forge(where: Address, market: str, seq: int, change: Callable[[Said], Said]) -> None:
    """Change what an entry says and rebuild the chain after it, as a skilled forger would."""
    with writing(where) as link:
        head = ROOT
        for row in rows_of(link, ENTRY, market, ("seq",)):
            said: Said = {name: getattr(row, name) for name in _SAID}
            if row.seq == seq:
                said = change(said)
            head = next_head(
                head, row.seq, digest_of(**{**said, "command_id": said["command_id"] or ""})
            )
            key = {"market": market, "seq": row.seq}
            for column, value in {**said, "hash": head}.items():
                if value != getattr(row, column):
                    put(link, ENTRY, key, column, value)
        put(link, MARKET, {"id": market}, "head", head)


def reorder(link: Link, row: Said, change: Callable[[list[Any]], list[Any]]) -> None:
    """Change the list of values in which an order is stored."""
    raw = ENTRIES.unpack(row["body"]) if ENTRIES.is_packed(row["body"]) else row["body"]
    body = ENTRIES.pack(msgspec.msgpack.encode(change(msgspec.msgpack.decode(raw))))
    put(link, ORDER, {"market": row["market"], "id": row["id"]}, "body", body)


def part_from_its_parent(where: Address) -> None:
    """Cut the fork off from its parent, so that its journal no longer vouches for the parent's."""
    with writing(where) as link:
        row = {**last_row(link, MARKET, "parent_seq", FORK), "parent_seq": 0}
        for column, value in {"parent_seq": 0, "seal": seal_of(MARKET, row)}.items():
            put(link, MARKET, {"id": FORK}, column, value)


def repacked(texts: dict[bytes, bytes]) -> Callable[[Said], Said]:
    """Return a change that replaces texts in an entry's packed body; each text must occur."""

    def change(said: Said) -> Said:
        raw = ENTRIES.unpack(said["body"])
        for old, new in texts.items():
            assert old in raw
            raw = raw.replace(old, new)
        return {**said, "body": ENTRIES.pack(raw)}

    return change
