"""The rows of a batch: each balance, order, count and figure once, as the batch leaves it."""

import msgspec

from escrow_tui.store.records import StoredOrder, phases_of
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.batch import Batch

Key = tuple[str, str]


class Rowset(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a batch. Balances, counts and trust are amounts to add to the stored ones.

    `new` holds whole rows of new orders, `moved` the changed values of other orders and their key.
    """

    entries: list[codec.EntryRow]
    new: list[codec.Values]
    moved: list[codec.Values]
    balances: dict[Key, int]
    counts: dict[Key, int]
    trust: dict[Key, int]


def rowset_of(batch: Batch) -> Rowset:
    """Return the rows of a batch."""
    market = batch.market
    balances: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    trust: dict[Key, int] = {}
    first: dict[str, StoredOrder | None] = {}
    last: dict[str, StoredOrder] = {}
    for append in batch.appends:
        for line in append.lines:
            _add(balances, (line.account, line.currency), line.minor)
        for one in append.trust:
            _add(trust, (one.person, one.figure.value), one.by)
        if append.after is not None:
            order_id = append.after.order.id
            first.setdefault(order_id, append.before)
            last[order_id] = append.after
    for order_id, after in last.items():
        _count(counts, first[order_id], after)
    return Rowset(
        entries=[codec.entry_row(append) for append in batch.appends],
        new=[
            codec.stored_order_row(market, one) for key, one in last.items() if first[key] is None
        ],
        moved=[
            (*codec.moved(one), market, key) for key, one in last.items() if first[key] is not None
        ],
        balances=balances,
        counts={phases: by for phases, by in counts.items() if by},
        trust=trust,
    )


def _add(sums: dict[Key, int], key: Key, by: int) -> None:
    sums[key] = sums.get(key, 0) + by


def _count(counts: dict[Key, int], before: StoredOrder | None, after: StoredOrder) -> None:
    if before is not None:
        _add(counts, phases_of(before.order), -1)
    _add(counts, phases_of(after.order), 1)
