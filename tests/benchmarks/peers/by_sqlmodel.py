"""A command as a user of SQLModel would write it: a session, rows as objects, one commit.

The rows that are read are locked, so that nothing is lost; the engine decides on them. No number or
clock is shared by all commands of a market, and there is no chain: it keeps less than our store.
"""

from functools import partial
from typing import Any

import msgspec
from sqlalchemy import JSON, Column, Engine, UniqueConstraint
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, create_engine, select

from escrow_tui.desk.commit import CommandDecision
from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.events import name_of
from escrow_tui.engine.order import Order
from escrow_tui.store import Append, MarketRow, Situation, StoredOrder, seller_accounts
from escrow_tui.store import account_from_balances as account_in
from escrow_tui.store.records import mediator_of, phases_of
from tests.benchmarks.store_story import MARKET, RULES, Given

# After a conflict, or when two make the same account: as many tries as ours.
_TRIES = 8


class Base(SQLModel, registry=registry()):
    """Keeps the peer's tables apart from the program's own."""


class PeerOrder(Base, table=True):
    """An order as it stands."""

    market: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    version: int
    phase: str = Field(index=True)
    dispute_phase: str
    buyer: str = Field(index=True)
    seller: str = Field(index=True)
    mediator: str
    placed_at: int = Field(index=True)
    next_deadline: int | None = Field(index=True)
    state: list[Any] = Field(sa_column=Column(JSON))


class PeerEntry(Base, table=True):
    """What a command led to."""

    __table_args__ = (UniqueConstraint("market", "order_id", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    market: str
    order_id: str
    version: int
    at: int
    role: str
    person: str
    command_id: str | None = Field(unique=True)
    command: dict[str, Any] | None = Field(sa_column=Column(JSON))
    events: list[Any] = Field(sa_column=Column(JSON))


class PeerLine(Base, table=True):
    """A line of the ledger."""

    id: int | None = Field(default=None, primary_key=True)
    market: str
    order_id: str = Field(index=True)
    version: int
    account: str
    currency: str
    minor: int


class PeerBalance(Base, table=True):
    """The sum of an account's lines."""

    market: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    currency: str = Field(primary_key=True)
    minor: int


def opened(url: str) -> Engine:
    """Make an engine as the documentation does, with the same driver as ours."""
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))


def make_tables(engine: Engine) -> None:
    """Make the tables that are missing."""
    Base.metadata.create_all(engine)


def submit(engine: Engine, market: MarketRow, given: Given) -> None:
    """Decide a command and write the result; try again where another was faster."""
    for _ in range(_TRIES - 1):
        try:
            _submitted(engine, market, given)
        except DBAPIError:
            continue
        return
    _submitted(engine, market, given)


def _submitted(engine: Engine, market: MarketRow, given: Given) -> None:
    with Session(engine) as session:
        asked = select(PeerOrder).where(PeerOrder.market == MARKET, PeerOrder.id == given.order_id)
        row = session.exec(asked.with_for_update()).one_or_none()
        decision = CommandDecision(*given)
        decision(_situation(session, market, row))
        assert decision.appends, decision.answer
        for append in decision.appends:
            _add_entry(session, append)
        _add_up(session, decision.appends)
        _put_order(session, row, decision.appends[-1])
        session.commit()


def _situation(session: Session, market: MarketRow, row: PeerOrder | None) -> Situation:
    if row is None:
        return Situation(market=market, policy=RULES.policy, policy_hash=market.policy_hash)
    order = msgspec.convert(row.state, Order)
    stored = StoredOrder(order, row.version, row.next_deadline)
    account = partial(_account, session, order)
    return Situation(
        market=market,
        policy=RULES.policy,
        policy_hash=market.policy_hash,
        order=stored,
        account=account,
    )


def _account(session: Session, order: Order) -> SellerAccount:
    parts = seller_accounts(order.seller)
    asked = select(PeerBalance).where(PeerBalance.market == MARKET)
    rows = session.exec(asked.where(PeerBalance.account.in_(parts)))  # type: ignore[attr-defined]
    held = {(one.account, one.currency): one.minor for one in rows}
    return account_in(held, order.seller, order.currency)


def _add_entry(session: Session, append: Append) -> None:
    order_id, version = append.stream.removeprefix("order:"), append.version + 1
    session.add(
        PeerEntry(
            market=MARKET,
            order_id=order_id,
            version=version,
            at=append.at,
            role=append.actor.role.value,
            person=append.actor.person,
            command_id=append.command_id or None,
            command=msgspec.to_builtins(append.command),
            events=[{"event": name_of(one), **msgspec.to_builtins(one)} for one in append.events],
        )
    )
    for line in append.lines:
        moved = msgspec.structs.asdict(line)
        session.add(PeerLine(market=MARKET, order_id=order_id, version=version, **moved))


def _add_up(session: Session, appends: tuple[Append, ...]) -> None:
    moved: dict[tuple[str, str], int] = {}
    for line in (line for append in appends for line in append.lines):
        key = (line.account, line.currency)
        moved[key] = moved.get(key, 0) + line.minor
    if not moved:
        return
    asked = select(PeerBalance).where(PeerBalance.market == MARKET)
    named = PeerBalance.account.in_([account for account, _ in moved])  # type: ignore[attr-defined]
    ordered = asked.where(named).order_by(PeerBalance.account).with_for_update()
    held = {(one.account, one.currency): one for one in session.exec(ordered)}
    for key, minor in moved.items():
        if key in held:
            held[key].minor += minor
        else:
            account, currency = key
            row = PeerBalance(market=MARKET, account=account, currency=currency, minor=minor)
            session.add(row)


def _put_order(session: Session, row: PeerOrder | None, last: Append) -> None:
    assert last.after is not None
    order = last.after.order
    if row is None:
        row = _new(order)
    row.version, row.next_deadline = last.after.version, last.after.next_deadline
    row.phase, row.dispute_phase = phases_of(order)
    row.mediator, row.state = mediator_of(order), msgspec.to_builtins(order)
    session.add(row)


def _new(order: Order) -> PeerOrder:
    return PeerOrder(
        market=MARKET,
        id=order.id,
        version=0,
        phase="",
        dispute_phase="",
        buyer=order.buyer,
        seller=order.seller,
        mediator="",
        placed_at=order.placed_at,
        next_deadline=None,
        state=[],
    )


def orders_of(engine: Engine) -> dict[str, Order]:
    """Return every order in its current state."""
    with Session(engine) as session:
        rows = session.exec(select(PeerOrder).where(PeerOrder.market == MARKET))
        return {row.id: msgspec.convert(row.state, Order) for row in rows}


def balances_of(engine: Engine) -> dict[tuple[str, str], int]:
    """Return minor units by account and currency."""
    with Session(engine) as session:
        rows = session.exec(select(PeerBalance).where(PeerBalance.market == MARKET))
        return {(row.account, row.currency): row.minor for row in rows}
