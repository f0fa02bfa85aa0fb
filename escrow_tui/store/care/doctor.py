"""Checks every market's journal, and everything else in a store against it; changes nothing."""

from collections.abc import Callable, Iterator
from functools import cache

from sqlalchemy import func, select

from escrow_tui.store.care.doctor_beside import beside_differences, policy_differences
from escrow_tui.store.care.doctor_journal import journal_differences
from escrow_tui.store.care.doctor_rows import derived_differences
from escrow_tui.store.derived.difference import Harm, StoreDifference, stored_text
from escrow_tui.store.derived.replay import PolicyOf
from escrow_tui.store.progress import OnProgress
from escrow_tui.store.records import MarketRow
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.link import Link
from escrow_tui.store.rows.pages import rows_of
from escrow_tui.store.rows.runs import MAKING
from escrow_tui.store.schema import ENTRY, MARKET, POLICY, RUN

_COUNT = select(func.count().label("entries")).select_from(ENTRY)
_TOLD_EVERY = 100

# The hashes of some entries of a market, by number.
Heads = dict[int, bytes]


def differences(link: Link, progress: OnProgress) -> Iterator[StoreDifference]:
    """Yield every difference. Act on the first: it may explain those after it.

    `progress` is called with the amount done and the total.
    """
    tick = ticking(link, progress, 2)
    yield from policy_differences(link)
    yield from beside_differences(link)
    policy_of = policies_in(link)
    markets = [
        MarketRow(*(getattr(row, name) for name in MarketRow.__struct_fields__))
        for row in rows_of(link, MARKET)
    ]
    yield from _of_journals(link, markets, tick)
    making = being_made(link)
    for market in markets:
        if market.id not in making:
            yield from derived_differences(link, market.id, policy_of, tick)


def policies_in(link: Link) -> PolicyOf:
    """Return a function from hash to policy, which decodes each policy when first needed."""
    contents = {row.hash: row.content for row in rows_of(link, POLICY)}
    return cache(lambda policy_hash: codec.policy_from(contents[policy_hash]))


def being_made(link: Link) -> frozenset[str]:
    """Return the ids of markets still being created: their orders' rows are written last."""
    return frozenset(row.market for row in rows_of(link, RUN) if row.state == MAKING)


def _of_journals(
    link: Link, markets: list[MarketRow], tick: Callable[[], None]
) -> Iterator[StoreDifference]:
    """Check every journal, and that each fork begins with the entries of its parent."""
    heads: dict[str, Heads] = {market.id: {} for market in markets}
    forks = [market for market in markets if market.parent and market.parent_seq]
    for fork in forks:
        for one in (fork.id, fork.parent):
            heads.setdefault(one, {})[fork.parent_seq] = b""
    for market in markets:
        yield from journal_differences(link, market, tick, heads[market.id])
    for fork in forks:
        own, parents = (heads[one][fork.parent_seq] for one in (fork.id, fork.parent))
        if own != parents:
            place, source = f"entry {fork.parent_seq}", f"in its parent {fork.parent} it is"
            yield StoreDifference(
                market=fork.id,
                place=place,
                what="its hash",
                stored=stored_text(own),
                right=stored_text(parents),
                harm=Harm.KEPT,
                source=source,
            )


def ticking(link: Link, progress: OnProgress, times: int) -> Callable[[], None]:
    """Return a function to call for each entry, when all entries are read `times` times."""
    (counted,) = link.all(_COUNT, {})
    of, done = times * counted.entries, 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % _TOLD_EVERY == 0 or done == of:
            progress(done, of)

    return tick
