"""The tables. The journal (`entry`) is the truth; `line`, `balance`, `order_state`, `phase_count`
and `trust` are derived from it in the same transaction and can be rebuilt.
"""  # noqa: D205

from typing import Any, ClassVar

from sqlalchemy import Index, Table, UniqueConstraint
from sqlmodel import Field, SQLModel


class InMarket(SQLModel):
    """Every row of a market begins with the market's id."""

    market: str = Field(primary_key=True, foreign_key="market.id")


class Policy(SQLModel, table=True):
    """A policy by the hash of its content: an order keeps for life the one it was placed under."""

    hash: str = Field(primary_key=True)
    content: bytes


class Market(SQLModel, table=True):
    """A market, its clock and the number of its last entry."""

    id: str = Field(primary_key=True)
    title: str
    started: int
    now: int
    seq: int
    policy_hash: str = Field(foreign_key="policy.hash")
    parent: str
    parent_seq: int


class Entry(InMarket, table=True):
    """The journal. No command id is NULL, so that those of clock and deadlines do not clash."""

    __table_args__: ClassVar[Any] = (
        UniqueConstraint("market", "stream", "version"),
        UniqueConstraint("market", "command_id"),
    )
    seq: int = Field(primary_key=True)
    stream: str
    version: int
    at: int
    actor_role: str
    actor_person: str
    command_id: str | None
    command: bytes | None
    events: bytes


class Line(InMarket, table=True):
    """A line of the ledger: what the events of an entry moved."""

    __table_args__: ClassVar[Any] = (
        Index("line_of_order", "market", "order_id"),
        {"sqlite_with_rowid": False},
    )
    seq: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    order_id: str
    account: str
    currency: str
    minor: int


class Balance(InMarket, table=True):
    """The sum of an account's lines in one currency."""

    __table_args__: ClassVar[Any] = ({"sqlite_with_rowid": False},)
    account: str = Field(primary_key=True)
    currency: str = Field(primary_key=True)
    minor: int


_NEWEST = ("placed_at", "id")


class OrderState(InMarket, table=True):
    """An order after its entries; the columns beside `body` are what lists and clocks search."""

    __tablename__ = "order_state"
    __table_args__: ClassVar[Any] = (
        Index("order_newest", "market", *_NEWEST),
        Index("order_of_buyer", "market", "buyer", *_NEWEST),
        Index("order_of_seller", "market", "seller", *_NEWEST),
        Index("order_disputed", "market", "disputed", *_NEWEST),
        Index("order_due", "market", "next_deadline", "id"),
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
    body: bytes


class PhaseCount(InMarket, table=True):
    """How many orders stand in each phase; counted in the transaction that moves one."""

    __tablename__ = "phase_count"
    __table_args__: ClassVar[Any] = ({"sqlite_with_rowid": False},)
    phase: str = Field(primary_key=True)
    dispute_phase: str = Field(primary_key=True)
    orders: int


class Trust(InMarket, table=True):
    """What has happened in the market that tells whether to trust a person, by figure."""

    __table_args__: ClassVar[Any] = ({"sqlite_with_rowid": False},)
    person: str = Field(primary_key=True)
    figure: str = Field(primary_key=True)
    count: int


class Person(InMarket, table=True):
    """A party as everybody may see it, with the figures that it brought into the market."""

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


class Private(InMarket, table=True):
    """Card and personal fields; only `private_of` reads them, and `address_of` the address."""

    person: str = Field(primary_key=True)
    name: str
    street: str
    phone: str
    card: str


class Listing(InMarket, table=True):
    """An article of the catalogue; `words` is its text folded for searching."""

    __table_args__: ClassVar[Any] = (Index("listing_by_title", "market", "title", "id"),)
    id: str = Field(primary_key=True)
    title: str
    category: str
    words: str
    body: bytes


class Run(SQLModel, table=True):
    """One person at one exercise, or at free play; `market` is where it goes on."""

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


class RunLog(SQLModel, table=True):
    """What the journal cannot know of a run."""

    __tablename__ = "run_log"
    run: str = Field(primary_key=True, foreign_key="run.id")
    number: int = Field(primary_key=True)
    market: str = Field(foreign_key="market.id")
    at: str
    kind: str
    body: bytes


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


POLICY, MARKET, ENTRY, LINE = _table("policy"), _table("market"), _table("entry"), _table("line")
BALANCE, ORDER, COUNT = _table("balance"), _table("order_state"), _table("phase_count")
TRUST = _table("trust")
PERSON, PRIVATE, LISTING = _table("person"), _table("private"), _table("listing")
RUN, RUN_LOG = _table("run"), _table("run_log")
ALL = (
    POLICY,
    MARKET,
    ENTRY,
    LINE,
    BALANCE,
    ORDER,
    COUNT,
    TRUST,
    PERSON,
    PRIVATE,
    LISTING,
    RUN,
    RUN_LOG,
)
