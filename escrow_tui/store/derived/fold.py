"""Recomputes what follows from a journal; pure, from its entries and the policies."""

from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from escrow_tui.engine.consequences import consequences_of, lines_without_order
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.trust import Figure
from escrow_tui.store.records import StoredLine, StoredOrder, phases_of

_ORDER_PREFIX = order_stream("")


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """The content of one market's derived tables, and `seq` and `now` of the market's row."""

    seq: int
    now: int
    orders: tuple[StoredOrder, ...]
    lines: tuple[StoredLine, ...]
    trust: dict[tuple[str, Figure], int]

    @property
    def balances(self) -> dict[tuple[str, str], int]:
        """Minor units by account and currency."""
        sums: dict[tuple[str, str], int] = {}
        for stored in self.lines:
            key = (stored.line.account, stored.line.currency)
            sums[key] = sums.get(key, 0) + stored.line.minor
        return sums

    @property
    def phases(self) -> Counter[tuple[str, str]]:
        """The number of orders by phase and phase of the dispute ("" for none)."""
        return Counter(phases_of(stored.order) for stored in self.orders)


def fold(entries: Iterable[Entry], started: int, policy_of: Callable[[str], Policy]) -> Derived:
    """Fold a market's journal; `started` is when its clock began (Unix seconds)."""
    orders: dict[str, tuple[Order, int]] = {}
    lines: list[StoredLine] = []
    trust: dict[tuple[str, Figure], int] = {}
    seq, now = 0, started
    for entry in entries:
        seq, now = entry.seq, entry.at
        order_id = entry.stream.removeprefix(_ORDER_PREFIX)
        if order_id == entry.stream:
            moved = lines_without_order(entry)
            order_id = ""
        else:
            before = orders[order_id][0] if order_id in orders else None
            after = consequences_of(before, entry.events, order_id, entry.at)
            orders[order_id] = (after.order, entry.version)
            moved = after.lines
            for one in after.trust:
                key = (one.person, one.figure)
                trust[key] = trust.get(key, 0) + one.by
        lines.extend(StoredLine(seq, order_id, line) for line in moved)
    stored = (stored_order(*one, policy_of) for one in orders.values())
    return Derived(seq=seq, now=now, orders=tuple(stored), lines=tuple(lines), trust=trust)


def stored_order(order: Order, version: int, policy_of: Callable[[str], Policy]) -> StoredOrder:
    """Return an order with its next deadline, under the policy it was placed under."""
    running = deadlines(order, policy_of(order.policy))
    return StoredOrder(order, version, running[0].at if running else None)
