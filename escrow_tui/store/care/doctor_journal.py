"""Checks a market's journal in order: its numbers, its clock and its hash chain."""

from collections.abc import Callable, Iterator

from escrow_tui.store.care.doctor_columns import mistyped
from escrow_tui.store.derived.difference import Harm, StoreDifference, stored_text
from escrow_tui.store.records import MarketRow
from escrow_tui.store.rows.chain import ROOT, digest_of, next_head
from escrow_tui.store.rows.link import AnyRow, Link
from escrow_tui.store.rows.pages import rows_of
from escrow_tui.store.schema import ENTRY

_Step = Callable[[], None]

_CHAIN = "the chain leads to"
_ROW = "a row of the table holds"


def journal_differences(
    link: Link, market: MarketRow, step: _Step, heads: dict[int, bytes]
) -> Iterator[StoreDifference]:
    """Yield what is wrong with a market's journal, in order.

    `heads` is filled with the hashes of the entries whose numbers are its keys: where forks begin.
    """
    seq, at, head = 0, market.started, ROOT
    for row in rows_of(link, ENTRY, market.id, ("seq",)):
        step()
        yield from _of_entry(market.id, row, seq, at, head)
        seq, at, head = row.seq, row.at, row.hash
        if seq in heads:
            heads[seq] = head
    yield from _of_market(market, seq, at, head)


def _of_entry(
    market: str, row: AnyRow, seq: int, at: int, head: bytes
) -> Iterator[StoreDifference]:
    if row.seq != seq + 1:
        yield _kept(market, f"entry {seq + 1}", "the next number", row.seq, seq + 1)
    place = f"entry {row.seq}"
    yield from mistyped(ENTRY, row, market, place)
    if row.command_id == "":
        yield _kept(market, place, "no command's id", "", None, _ROW)
    digest = digest_of(
        row.stream, row.version, row.at, row.role, row.person, row.command_id or "", row.body
    )
    right = next_head(head, row.seq, digest)
    if row.hash != right:
        yield _kept(market, place, "its hash", row.hash, right, _CHAIN)
    if row.at < at:
        yield _kept(market, place, "its time", row.at, at, "the clock had come to")


def _of_market(market: MarketRow, seq: int, at: int, head: bytes) -> Iterator[StoreDifference]:
    if market.seq != seq:
        yield _kept(market.id, "the market", "its last entry's number", market.seq, seq)
    if market.head != head:
        yield _kept(market.id, "the market", "its last entry's hash", market.head, head, _CHAIN)
    if market.now != at:
        yield StoreDifference(
            market=market.id,
            place="the market",
            what="its clock",
            stored=stored_text(market.now),
            right=stored_text(at),
        )


def _kept(
    market: str,
    place: str,
    what: str,
    stored: object,
    right: object,
    source: str = "its entries lead to",
) -> StoreDifference:
    return StoreDifference(
        market=market,
        place=place,
        what=what,
        stored=stored_text(stored),
        right=stored_text(right),
        harm=Harm.KEPT,
        source=source,
    )
