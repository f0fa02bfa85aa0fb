"""Reads of what a command is decided on: one row, and a seller's balances if needed."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec.structs import asdict
from sqlalchemy import BindParameter, and_, bindparam, func, select

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.policy_switches import FxRefund
from escrow_tui.store.reads.journal_reads import JournalReads
from escrow_tui.store.reads.market_reads import MarketReads
from escrow_tui.store.reads.situation import Ask, Situation, account_from_balances, seller_accounts
from escrow_tui.store.records import MarketRow
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.seats import JOINED
from escrow_tui.store.schema import ENTRY, MARKET, ORDER, SEAT

_MARKET: BindParameter[str] = bindparam("market")


class _OrderRow(NamedTuple):
    body: bytes
    version: int
    next_deadline: int | None


class _EntryRow(NamedTuple):
    market: str
    seq: int
    stream: str
    version: int
    at: int
    role: str
    person: str
    command_id: str
    body: bytes


_OF_MARKET = len(MarketRow.__struct_fields__)
_OF_ORDER = _OF_MARKET + len(_OrderRow._fields)
_OF_ENTRY = _OF_ORDER + len(_EntryRow._fields)

# One row with all that a command needs: market, order, entry, the stream's version, the seat.
ASKED = (
    select(
        *(MARKET.c[name] for name in MarketRow.__struct_fields__),
        *(ORDER.c[name] for name in _OrderRow._fields),
        *(ENTRY.c[name] for name in _EntryRow._fields),
        select(func.max(ENTRY.c.version))
        .where(ENTRY.c.market == _MARKET, ENTRY.c.stream == bindparam("stream"))
        .correlate(None)
        .scalar_subquery(),
        select(SEAT.c.state)
        .where(SEAT.c.market == _MARKET, SEAT.c.id == bindparam("seat"))
        .scalar_subquery(),
    )
    .select_from(MARKET)
    .outerjoin(ORDER, and_(ORDER.c.market == _MARKET, ORDER.c.id == bindparam("order_id")))
    .outerjoin(
        ENTRY, and_(ENTRY.c.market == _MARKET, ENTRY.c.command_id == bindparam("command_id"))
    )
    .where(MARKET.c.id == _MARKET)
)


class SituationReads(MarketReads, JournalReads):
    """The situation that a command is decided on."""

    def situation(self, ask: Ask) -> Situation:
        """Return the situation for what is asked; a seller's account is read only when called for.

        Raises:
            LookupError: there is no such market.
        """
        row = self._asked(ask)
        if row is None:
            raise LookupError(f"there is no market {ask.market}")
        market = MarketRow(*row[:_OF_MARKET])
        version, seat_state = row[_OF_ENTRY : _OF_ENTRY + 2]
        stored, policy_hash = None, market.policy_hash
        if row[_OF_MARKET] is not None:
            stored = codec.order_from(_OrderRow(*row[_OF_MARKET:_OF_ORDER]))
            policy_hash = stored.order.policy
        given = None
        if row[_OF_ORDER] is not None:
            given = codec.entry_from(_EntryRow(*row[_OF_ORDER:_OF_ENTRY]))
        policy = self.policy(policy_hash)
        expected: dict[tuple[str, str], int] = {}
        held = 0
        if ask.account:
            key = (ask.account, ask.currency)
            held = expected[key] = self.balances(market.id, [ask.account]).get(key, 0)
        return Situation(
            market=market,
            policy=policy,
            policy_hash=policy_hash,
            order=stored,
            given=given,
            version=version or 0,
            account=_Account(self, market.id, stored.order, expected) if stored else SellerAccount,
            held=held,
            rate=self.rate_of_day(market.id, stored.order, policy) if stored else "",
            seat_open=not ask.seat or seat_state == JOINED,
            expected=expected,
        )

    def _asked(self, ask: Ask) -> Sequence[Any] | None:
        """Return the row of `ASKED`, None if there is no such market."""
        return self._link.row(ASKED, asdict(ask))

    def rate_of_day(self, market: str, order: Order, policy: Policy) -> str:
        """Return the current rate of an order's payment currency, "" if not needed or not set."""
        if not order.pay_in or policy.fx_refund is not FxRefund.CURRENT:
            return ""
        return self.last_rate(market, order.pay_in)


class _Account:
    """The account of an order's seller: read when first called, and expected from then on."""

    __slots__ = ("_expected", "_market", "_order", "_reading", "_told")

    def __init__(
        self,
        reading: JournalReads,
        market: str,
        order: Order,
        expected: dict[tuple[str, str], int],
    ) -> None:
        self._reading, self._market, self._order = reading, market, order
        self._expected = expected
        self._told: SellerAccount | None = None

    def __call__(self) -> SellerAccount:
        if self._told is None:
            seller, currency = self._order.seller, self._order.currency
            names = seller_accounts(seller)
            held = self._reading.balances(self._market, names)
            self._expected |= {(name, currency): held.get((name, currency), 0) for name in names}
            self._told = account_from_balances(held, seller, currency)
        return self._told
