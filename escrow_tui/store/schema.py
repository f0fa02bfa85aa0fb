"""The tables. The journal (`entry`) is the truth; `balance`, `order_state`, `phase_count` and
`trust` are derived from it in the same transaction and can be rebuilt.

The key of each table of a market begins with the market's id, so that a cluster can keep its rows
together. A `seal` is the checksum of a row that no journal can restore.
"""  # noqa: D205

from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    column,
    text,
    true,
)
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import AutoString

from escrow_tui.store.records import NEVER

# Rows are stored in the primary key's own tree: one index less to write, one page less per commit.
# Orders are not: their rows are long and arrive in any order, so a quarter of each page would stay
# empty.
_CLUSTERED = {"sqlite_with_rowid": False}


def _only(condition: ColumnElement[bool]) -> dict[str, Any]:
    """Restrict an index to these rows: most orders are neither disputed nor due."""
    return {"sqlite_where": condition, "postgresql_where": condition}


class InMarket(SQLModel):
    """Base of every table whose rows belong to a market."""

    market: str = Field(primary_key=True, foreign_key="market.id")


class PolicyTable(SQLModel, table=True):
    """Policies by the hash of their content; an order keeps the one it was placed under."""

    __tablename__ = "policy"
    hash: str = Field(primary_key=True)
    content: bytes


class MarketTable(SQLModel, table=True):
    """Markets, each with its clock and the number and hash of its last entry."""

    __tablename__ = "market"
    id: str = Field(primary_key=True)
    title: str
    started: int
    now: int
    seq: int
    head: bytes
    policy_hash: str = Field(foreign_key="policy.hash")
    parent: str
    parent_seq: int
    seal: bytes


class EntryTable(InMarket, table=True):
    """The journal. `body` holds the packed command, events and ledger lines; `hash` chains it.

    `command_id` is NULL for clocks and deadlines, since NULLs never count as duplicates.
    """

    __tablename__ = "entry"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("market", "stream", "version"),
        Index(
            "entry_of_command",
            "market",
            "command_id",
            unique=True,
            **_only(column("command_id").is_not(None)),
        ),
        _CLUSTERED,
    )
    seq: int = Field(primary_key=True)
    stream: str
    version: int
    at: int
    role: str
    person: str
    command_id: str | None
    body: bytes
    hash: bytes


class BalanceTable(InMarket, table=True):
    """The sum of an account's ledger lines in one currency (minor units)."""

    __tablename__ = "balance"
    __table_args__: ClassVar[Any] = (_CLUSTERED,)
    account: str = Field(primary_key=True)
    currency: str = Field(primary_key=True)
    minor: int


_NEWEST = ("placed_at", "id")
# When an order is due. Without a deadline it counts as due later than any other, because paging by
# key cannot compare NULLs.
DUE = f"coalesce(next_deadline, {NEVER})"


class OrderTable(InMarket, table=True):
    """Orders as their entries leave them; lists and clocks search the columns beside `body`.

    `words` holds the order's id, its parties and its goods, case-folded for searching.
    """

    __tablename__ = "order_state"
    __table_args__: ClassVar[Any] = (
        Index("order_newest", "market", *_NEWEST),
        Index("order_of_buyer", "market", "buyer", *_NEWEST),
        Index("order_of_seller", "market", "seller", *_NEWEST),
        Index(
            "order_disputed",
            "market",
            "dispute_phase",
            text(DUE),
            "id",
            **_only(column("disputed") == true()),
        ),
        Index(
            "order_due",
            "market",
            "next_deadline",
            "id",
            **_only(column("next_deadline").is_not(None)),
        ),
        Index("order_frozen", "market", "seller", "id", **_only(column("phase") == "FROZEN")),
    )
    id: str = Field(primary_key=True)
    version: int
    phase: str
    disputed: bool
    dispute_phase: str
    buyer: str
    seller: str
    mediator: str
    placed_at: int
    next_deadline: int | None
    words: str
    body: bytes


class PhaseCountTable(InMarket, table=True):
    """The number of orders in each phase, updated in the transaction that moves an order."""

    __tablename__ = "phase_count"
    __table_args__: ClassVar[Any] = (_CLUSTERED,)
    phase: str = Field(primary_key=True)
    dispute_phase: str = Field(primary_key=True)
    orders: int


class TrustTable(InMarket, table=True):
    """Counts of what people did in the market that bears on trust, by person and figure."""

    __tablename__ = "trust"
    __table_args__: ClassVar[Any] = (_CLUSTERED,)
    person: str = Field(primary_key=True)
    figure: str = Field(primary_key=True)
    count: int


class PersonTable(InMarket, table=True):
    """People as everybody may see them, with the figures they brought into the market."""

    __tablename__ = "person"
    id: str = Field(primary_key=True)
    role: str
    name: str
    country: str
    city: str
    rating: int
    orders: int
    dispute_rate: int
    rulings_against: int
    false_shipments: int
    seal: bytes


class PrivateTable(InMarket, table=True):
    """Card and personal fields. Only `private_of` reads them, and `address_of` the address."""

    __tablename__ = "private"
    person: str = Field(primary_key=True)
    name: str
    street: str
    phone: str
    card: str
    seal: bytes


class ListingTable(InMarket, table=True):
    """Articles of the catalogue; `words` is an article's text, case-folded for searching."""

    __tablename__ = "listing"
    __table_args__: ClassVar[Any] = (Index("listing_by_title", "market", "title", "id"),)
    id: str = Field(primary_key=True)
    title: str
    category: str
    words: str
    body: bytes
    seal: bytes


class SeatTable(InMarket, table=True):
    """Seats of a market given to people. Codes and keys are stored only as hashes."""

    __tablename__ = "seat"
    id: str = Field(primary_key=True)
    role: str
    person: str
    label: str
    code_hash: str
    key_hash: str
    state: str
    created: str
    joined: str
    seal: bytes


class RunTable(SQLModel, table=True):
    """One person's runs of an exercise or of free play; `market` is the one now played in."""

    __tablename__ = "run"
    id: str = Field(primary_key=True)
    scenario: str
    title: str
    chair: str
    mode: str
    seed: int
    market: str = Field(foreign_key="market.id")
    state: str
    created: str
    finished: str
    score: int | None
    ending: str
    content: str
    seal: bytes


class RunLogTable(SQLModel, table=True):
    """What happened in a run and is not in the journal."""

    __tablename__ = "run_log"
    run: str = Field(primary_key=True, foreign_key="run.id")
    number: int = Field(primary_key=True)
    market: str = Field(foreign_key="market.id")
    at: str
    kind: str
    body: bytes
    seal: bytes


# SQLite takes these types as they are. PostgreSQL's INTEGER would hold no amount above 21 million,
# and its default collation sorts by the rules of a language, which paging by key cannot follow.
_NUMBER = BigInteger()
_TEXT = String().with_variant(String(collation="C"), "postgresql")


def _table(name: str) -> Table:
    table = SQLModel.metadata.tables[name]
    for one in table.columns:
        if isinstance(one.type, Integer) and not isinstance(one.type, Boolean):
            one.type = _NUMBER
        elif isinstance(one.type, AutoString):
            one.type = _TEXT
    return table


POLICY, MARKET, ENTRY = _table("policy"), _table("market"), _table("entry")
BALANCE, ORDER, COUNT = _table("balance"), _table("order_state"), _table("phase_count")
TRUST = _table("trust")
PERSON, PRIVATE, LISTING = _table("person"), _table("private"), _table("listing")
SEAT, RUN, RUN_LOG = _table("seat"), _table("run"), _table("run_log")
ALL = (
    POLICY,
    MARKET,
    ENTRY,
    BALANCE,
    ORDER,
    COUNT,
    TRUST,
    PERSON,
    PRIVATE,
    LISTING,
    SEAT,
    RUN,
    RUN_LOG,
)
