"""Writes a batch statement by statement, in a transaction that holds the market."""

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.dialects.sqlite import insert as put

from escrow_tui.engine.invariants import Balances
from escrow_tui.store.problems import Conflict
from escrow_tui.store.reads.journal_reads import balances_in
from escrow_tui.store.records import MarketRow
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.batch import Batch
from escrow_tui.store.rows.chain import next_head
from escrow_tui.store.rows.link import Link
from escrow_tui.store.schema import BALANCE, COUNT, ENTRY, MARKET, ORDER, TRUST
from escrow_tui.store.writes.rowset import Rowset, rowset_of

_INSERT_ENTRY = insert(ENTRY)
_MOVE_CLOCK = (
    update(MARKET)
    .where(MARKET.c.id == bindparam("market"))
    .values(seq=bindparam("last"), now=bindparam("instant"), head=bindparam("link"))
)
_balance = put(BALANCE)
_ADD_TO_BALANCE = _balance.on_conflict_do_update(
    index_elements=BALANCE.primary_key.columns,
    set_={"minor": BALANCE.c.minor + _balance.excluded.minor},
)
_INSERT_ORDER = insert(ORDER)
# The other columns never change after the order is placed; if named here, the indexes of lists on
# them would be rewritten. In a row of parameters the key comes last, as in the statement.
_MOVE_ORDER = (
    update(ORDER)
    .where(ORDER.c.market == bindparam("of_market"), ORDER.c.id == bindparam("order_id"))
    .values({name: bindparam(f"new_{name}") for name in codec.MOVED})
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


def check(link: Link, market: MarketRow, batch: Batch) -> None:
    """Check that what the batch was decided on is unchanged.

    Raises:
        Conflict: the clock or a balance has changed.
    """
    if market.now != batch.now:
        raise Conflict(f"the market's clock stands at {market.now}, no longer at {batch.now}")
    if batch.expected:
        held = balances_in(link, batch.market, [account for account, _ in batch.expected])
        for key, minor in batch.expected.items():
            if held.get(key, 0) != minor:
                raise Conflict(f"{key[0]} no longer holds what was read")


def write_batch(link: Link, market: MarketRow, batch: Batch) -> Balances:
    """Write a batch after the market's last entry; return the balances that it touched.

    Raises:
        Conflict: the batch goes back in time.
        Exception: the driver's error if a stream has moved on or a command id is taken.
    """
    if not batch.appends:
        return {}
    rows = rowset_of(batch)
    last = _write_entries(link, market, rows)
    link.run(_MOVE_CLOCK, {"market": market.id, **last})
    _write_sums(link, market.id, rows)
    link.put(_INSERT_ORDER, rows.new)
    link.put(_MOVE_ORDER, rows.moved)
    return balances_in(link, market.id, [account for account, _ in rows.balances])


def _write_entries(link: Link, market: MarketRow, rows: Rowset) -> dict[str, object]:
    """Write the entries, numbered and chained; return the new values of the market's row."""
    seq, now, head = market.seq, market.now, market.head
    linked_rows = []
    for row in rows.entries:
        if row.at < now:
            raise Conflict(f"the market's clock stands at {now}, past {row.at}")
        seq, now = seq + 1, row.at
        head = next_head(head, seq, row.digest)
        linked_rows.append((market.id, seq, *row[:-1], head))
    link.put(_INSERT_ENTRY, linked_rows)
    return {"last": seq, "instant": now, "link": head}


def _write_sums(link: Link, market: str, rows: Rowset) -> None:
    link.put(_ADD_TO_BALANCE, [(market, *key, minor) for key, minor in rows.balances.items()])
    link.put(_ADD_TO_FIGURE, [(market, *key, by) for key, by in rows.trust.items()])
    if rows.counts:
        link.put(_ADD_TO_COUNT, [(market, *key, by) for key, by in rows.counts.items()])
        link.run(_DROP_EMPTY_COUNTS, {"market": market})
