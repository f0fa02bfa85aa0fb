"""A world as one would first write it: Faker for each field, an ORM row for each thing.

The engine decides on both sides: what is compared is how people, words and rows are made.
"""

from pathlib import Path
from typing import ClassVar

import msgspec
from faker import Faker
from sqlalchemy import Engine, MetaData, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlmodel import Field, Session, SQLModel, create_engine

from escrow_tui.engine import commands as c
from escrow_tui.engine.consequences import consequences_of
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.market import Person
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.scenarios.invent.world.creation import World
from escrow_tui.store import Append

_LOCALES = ["es_ES", "pl_PL", "de_DE", "sv_SE", "nl_NL", "pt_PT", "es_CL", "en_US"]
_SAID = c.SendMessage | c.Review | c.OpenDispute | c.RejectClaim | c.Rule


class _Row(SQLModel):
    """The base of the peer's own tables."""

    metadata: ClassVar[MetaData] = MetaData()


class PersonRow(_Row, table=True):
    """A party, with their private details."""

    id: str = Field(primary_key=True)
    role: str
    name: str
    country: str
    city: str
    street: str
    phone: str
    card: str


class MarketRow(_Row, table=True):
    """The market's clock and the number of its last entry."""

    id: int = Field(primary_key=True)
    now: int
    seq: int


class OrderRow(_Row, table=True):
    """An order as it stands."""

    id: str = Field(primary_key=True)
    version: int
    phase: str
    dispute_phase: str
    buyer: str = Field(index=True)
    seller: str = Field(index=True)
    title: str
    placed_at: int = Field(index=True)
    next_deadline: int | None = Field(index=True)
    body: bytes


class EntryRow(_Row, table=True):
    """A command and its events."""

    seq: int = Field(primary_key=True)
    stream: str = Field(index=True)
    version: int
    at: int
    role: str
    person: str
    tracking: str
    city: str
    text: str
    command: bytes
    events: bytes


class LineRow(_Row, table=True):
    """A line of the ledger."""

    id: int | None = Field(default=None, primary_key=True)
    seq: int = Field(index=True)
    account: str
    currency: str
    minor: int


class BalanceRow(_Row, table=True):
    """What an account holds."""

    account: str = Field(primary_key=True)
    currency: str = Field(primary_key=True)
    minor: int


class CountRow(_Row, table=True):
    """How many orders are in a phase."""

    phase: str = Field(primary_key=True)
    dispute_phase: str = Field(primary_key=True)
    orders: int


class TrustRow(_Row, table=True):
    """A figure of trust of a person."""

    person: str = Field(primary_key=True)
    figure: str = Field(primary_key=True)
    count: int


def engine_of(path: Path) -> Engine:
    """Return an engine on a file with the peer's tables, in our store's journal mode."""
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _configure(connection: DBAPIConnection, _record: object) -> None:
        connection.cursor().execute("PRAGMA journal_mode = WAL")

    _Row.metadata.create_all(engine)
    return engine


def make_world(engine: Engine, world: World) -> int:
    """Write a world; return how many entries it has."""
    with Session(engine) as session:
        writer = _Writer(session)
        for one in world.people.people:
            writer.person(one)
        for append in world.appends:
            writer.write(append, world.policy.policy)
        session.commit()
        return writer.market.seq


class _Writer:
    """Keeps what our store keeps: journal, ledger, orders, balances, counts and figures."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._fake = Faker(_LOCALES)
        self._fake.seed_instance(1)
        self.market = MarketRow(id=1, now=0, seq=0)
        session.add(self.market)

    def person(self, person: Person) -> None:
        """Add a person."""
        fake = self._fake
        row = PersonRow(
            id=person.id,
            role=person.role.value,
            name=fake.name(),
            country=fake.country_code(),
            city=fake.city(),
            street=fake.street_address(),
            phone=fake.phone_number(),
            card=fake.credit_card_number(),
        )
        self._add(row)

    def write(self, append: Append, policy: Policy) -> None:
        """Write an entry, and everything that follows from it."""
        self.market.seq, self.market.now = self.market.seq + 1, append.at
        self._add(self._entry(append))
        for line in append.lines:
            self._line(line)
        for one in append.trust:
            self._figure(one.person, one.figure.value, one.by)
        order_id = append.stream.removeprefix("order:")
        if order_id != append.stream:
            self._order(order_id, append, policy)

    def _entry(self, append: Append) -> EntryRow:
        fake, command = self._fake, append.command
        shipped = isinstance(command, c.Ship | c.Reship | c.ShipReturn | c.ShipReplacement)
        scanned = isinstance(command, c.Scan)
        said = isinstance(command, _SAID)
        return EntryRow(
            seq=self.market.seq,
            stream=append.stream,
            version=append.version + 1,
            at=append.at,
            role=append.actor.role.value,
            person=append.actor.person,
            tracking=fake.bothify("RR#########CN") if shipped else "",
            city=f"{fake.postcode()} {fake.city()}" if scanned else "",
            text=fake.sentence() if said else "",
            command=msgspec.json.encode(command),
            events=msgspec.json.encode(append.events),
        )

    def _line(self, line: TransferLine) -> None:
        account, currency, minor = line.account, line.currency, line.minor
        seq = self.market.seq
        self._add(LineRow(seq=seq, account=account, currency=currency, minor=minor))
        row = self._session.get(BalanceRow, (account, currency))
        row = row or BalanceRow(account=account, currency=currency, minor=0)
        row.minor += minor
        self._add(row)

    def _figure(self, person: str, figure: str, by: int) -> None:
        row = self._session.get(TrustRow, (person, figure))
        row = row or TrustRow(person=person, figure=figure, count=0)
        row.count += by
        self._add(row)

    def _order(self, order_id: str, append: Append, policy: Policy) -> None:
        row = self._session.get(OrderRow, order_id)
        before = msgspec.json.decode(row.body, type=Order) if row else None
        order = consequences_of(before, append.events, order_id, append.at).order
        if row is None:
            row = self._placed(order)
        elif before is not None:
            self._count(before, -1)
        running = deadlines(order, policy)
        row.version, row.phase = append.version + 1, order.phase.value
        row.dispute_phase = order.dispute.phase.value if order.dispute else ""
        row.next_deadline = running[0].at if running else None
        row.body = msgspec.json.encode(order)
        self._count(order, 1)
        self._add(row)

    def _placed(self, order: Order) -> OrderRow:
        return OrderRow(
            id=order.id,
            version=0,
            phase="",
            dispute_phase="",
            buyer=order.buyer,
            seller=order.seller,
            title=" ".join(self._fake.words(4)),
            placed_at=order.placed_at,
            next_deadline=None,
            body=b"",
        )

    def _count(self, order: Order, by: int) -> None:
        key = order.phase.value, order.dispute.phase.value if order.dispute else ""
        row = self._session.get(CountRow, key)
        row = row or CountRow(phase=key[0], dispute_phase=key[1], orders=0)
        row.orders += by
        self._add(row)

    def _add(self, row: SQLModel) -> None:
        self._session.add(row)
        self._session.flush()
