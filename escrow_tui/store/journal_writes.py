"""Appending to the journal: the entry, and in its transaction everything that follows from it."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as put
from sqlalchemy.exc import IntegrityError

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.entry import CLOCK_STREAM, Entry
from escrow_tui.engine.events import AnyEvent, ClockAdvanced
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.trust import TrustChange
from escrow_tui.store import codec
from escrow_tui.store.problems import Conflict
from escrow_tui.store.reading import Reading
from escrow_tui.store.tables import BALANCE, COUNT, ENTRY, LINE, MARKET, ORDER, TRUST
from escrow_tui.store.values import MarketRow, StoredLine, StoredOrder, phases_of

_INSERT_ENTRY = insert(ENTRY)
_INSERT_LINE = insert(LINE)
_MOVE_CLOCK = (
    update(MARKET)
    .where(MARKET.c.id == bindparam("market"))
    .values(seq=bindparam("last"), now=bindparam("instant"))
)
_PHASES = select(ORDER.c.phase, ORDER.c.dispute_phase).where(
    ORDER.c.market == bindparam("market"), ORDER.c.id == bindparam("id")
)

_balance = put(BALANCE)
_ADD_TO_BALANCE = _balance.on_conflict_do_update(
    index_elements=BALANCE.primary_key.columns,
    set_={"minor": BALANCE.c.minor + _balance.excluded.minor},
)
_order = put(ORDER)
_PUT_ORDER = _order.on_conflict_do_update(
    index_elements=ORDER.primary_key.columns,
    set_={c.name: c for c in _order.excluded if not ORDER.c[c.name].primary_key},
)
_count = put(COUNT)
_ADD_TO_COUNT = _count.on_conflict_do_update(
    index_elements=COUNT.primary_key.columns,
    set_={"orders": COUNT.c.orders + _count.excluded.orders},
)
_figure = put(TRUST)
_ADD_TO_FIGURE = _figure.on_conflict_do_update(
    index_elements=TRUST.primary_key.columns,
    set_={"count": TRUST.c.count + _figure.excluded.count},
)
_DROP_EMPTY_COUNTS = delete(COUNT).where(COUNT.c.market == bindparam("market"), COUNT.c.orders == 0)


class JournalWrites(Reading):
    """The one way in which something happens in a market."""

    def append(
        self,
        market: str,
        stream: str,
        version: int,
        *,
        at: int,
        actor: Actor,
        events: Sequence[AnyEvent],
        command_id: str = "",
        command: AnyCommand | None = None,
        lines: Sequence[TransferLine] = (),
        trust: Sequence[TrustChange] = (),
        order: Order | None = None,
        next_deadline: int | None = None,
    ) -> Entry:
        """Write what happened at `at` (Unix seconds) after the stream's `version` that was read.

        `lines` are the ledger's for these events, `trust` what they change of a person's figures,
        `order` is the stream's order after them, and `next_deadline` the first of its deadlines.

        Raises:
            Conflict: the stream has moved on, the clock has passed `at`, or the command's id
                is used; nothing is written.
            LookupError: there is no such market.
        """
        held = self._market_at(market, at)
        if self.version(market, stream) != version:
            raise Conflict(f"{stream} is no longer at version {version}")
        entry = Entry(
            market,
            held.seq + 1,
            stream,
            version + 1,
            at,
            actor,
            command_id,
            command,
            tuple(events),
        )
        self._write_entry(entry)
        self._write_lines(entry, lines, order.id if order else "")
        self._write_trust(market, trust)
        if order is not None:
            self._write_order(market, StoredOrder(order, entry.version, next_deadline))
        return entry

    def advance_clock(self, market: str, to: int, actor: Actor, command_id: str = "") -> Entry:
        """Move the market's clock to `to` (Unix seconds); what was due is written before.

        Raises:
            Conflict: the clock has passed `to`, or the command's id is used.
            LookupError: there is no such market.
        """
        version = self.version(market, CLOCK_STREAM)
        events = (ClockAdvanced(to),)
        return self.append(
            market, CLOCK_STREAM, version, at=to, actor=actor, events=events, command_id=command_id
        )

    def _market_at(self, market: str, at: int) -> MarketRow:
        held = self.market(market)
        if held is None:
            raise LookupError(f"there is no market {market}")
        if at < held.now:
            raise Conflict(f"the market's clock stands at {held.now}, past {at}")
        return held

    def _write_entry(self, entry: Entry) -> None:
        try:
            self._connection.execute(_INSERT_ENTRY, codec.entry_row(entry))
        except IntegrityError as error:
            raise Conflict(f"the id {entry.command_id} is used in this market") from error
        clock = {"market": entry.market, "last": entry.seq, "instant": entry.at}
        self._connection.execute(_MOVE_CLOCK, clock)

    def _write_lines(self, entry: Entry, lines: Sequence[TransferLine], order_id: str) -> None:
        if not lines:
            return
        rows = [
            codec.line_row(entry.market, position, StoredLine(entry.seq, order_id, line))
            for position, line in enumerate(lines)
        ]
        self._connection.execute(_INSERT_LINE, rows)
        balances = [
            {name: row[name] for name in ("market", "account", "currency", "minor")} for row in rows
        ]
        self._connection.execute(_ADD_TO_BALANCE, balances)

    def _write_trust(self, market: str, trust: Sequence[TrustChange]) -> None:
        if not trust:
            return
        rows = [
            {"market": market, "person": one.person, "figure": one.figure.value, "count": one.by}
            for one in trust
        ]
        self._connection.execute(_ADD_TO_FIGURE, rows)

    def _write_order(self, market: str, stored: StoredOrder) -> None:
        row = self._first(_PHASES, {"market": market, "id": stored.order.id})
        before = None if row is None else (row.phase, row.dispute_phase)
        self._connection.execute(_PUT_ORDER, codec.order_row(market, stored))
        after = phases_of(stored.order)
        if before != after:
            self._count(market, after, 1)
            if before is not None:
                self._count(market, before, -1)
                self._connection.execute(_DROP_EMPTY_COUNTS, {"market": market})

    def _count(self, market: str, phases: tuple[str, str], orders: int) -> None:
        phase, dispute_phase = phases
        row = {"market": market, "phase": phase, "dispute_phase": dispute_phase, "orders": orders}
        self._connection.execute(_ADD_TO_COUNT, row)
