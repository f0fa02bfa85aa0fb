"""What a batch comes to in rows: each balance, order, count and figure once, as they end."""

import msgspec

from escrow_tui.store import codec
from escrow_tui.store.batch import Batch
from escrow_tui.store.values import StoredOrder, phases_of

Key = tuple[str, str]


class Rowset(msgspec.Struct, frozen=True):
    """The rows of a batch. Balances, counts and figures are what is added to those that stand.

    The entries have neither number nor hash yet, but the `digest` that the hash is made of.
    """

    entries: list[codec.Params]
    orders: list[codec.Params]
    balances: dict[Key, int]
    counts: dict[Key, int]
    trust: dict[Key, int]


def rowset_of(batch: Batch) -> Rowset:
    """Return the rows that a batch comes to."""
    market = batch.market
    balances: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    trust: dict[Key, int] = {}
    last: dict[str, StoredOrder] = {}
    for append in batch.appends:
        for line in append.lines:
            _add(balances, (line.account, line.currency), line.minor)
        for one in append.trust:
            _add(trust, (one.person, one.figure.value), one.by)
        if append.after is not None:
            last[append.after.order.id] = append.after
            _count(counts, append.before, append.after)
    entries = [codec.entry_row(market, append) for append in batch.appends]
    orders = [codec.order_row(market, stored) for stored in last.values()]
    moved = {phases: by for phases, by in counts.items() if by}
    return Rowset(entries, orders, balances, moved, trust)


def _add(sums: dict[Key, int], key: Key, by: int) -> None:
    sums[key] = sums.get(key, 0) + by


def _count(counts: dict[Key, int], before: StoredOrder | None, after: StoredOrder) -> None:
    if before is not None:
        _add(counts, phases_of(before.order), -1)
    _add(counts, phases_of(after.order), 1)
