"""The list of a chair's orders, a page at a time, and how many orders the market has."""

from collections.abc import Iterator
from itertools import islice

from escrow_tui.desk.news import open_to
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import DisputePhase
from escrow_tui.store import DueKey, Reading, StoredOrder, Word, due_key, order_key
from escrow_tui.store.reads.search import words_in
from escrow_tui.views.order_row import Tally, phases_named, tally

PAGE = 50
# A mediator's queue: cases to decide come before those that the parties may still settle.
QUEUE = (
    DisputePhase.MEDIATION,
    DisputePhase.APPEAL_REVIEW,
    DisputePhase.NEGOTIATING,
    DisputePhase.AWAITING_SELLER,
    DisputePhase.APPEAL_WINDOW,
)


def page_of(
    reading: Reading, market: str, actor: Actor, after_id: str = "", typed: str = ""
) -> tuple[StoredOrder, ...]:
    """Return the page that follows an order in a chair's list; `typed` are words to search for.

    A party's list starts with the newest order, a mediator's with the case that is due first. A
    buyer or seller without a name stands for all of them.
    """
    words = tuple(Word(one, phases_named(one)) for one in words_in(typed))
    last = reading.order(market, after_id) if after_id else None
    if after_id and last is None:
        return ()  # it was taken back, and with it the place where the page would start
    if actor.role is Role.MEDIATOR:
        queue = _queue(reading, market, actor.person, last, words)
        return tuple(islice((one for one in queue if open_to(one.order, actor)), PAGE))
    return reading.orders(
        market,
        buyer=actor.person or None if actor.role is Role.BUYER else None,
        seller=actor.person or None if actor.role is Role.SELLER else None,
        words=words,
        after=order_key(last.order) if last else None,
        limit=PAGE,
    )


def tally_of(reading: Reading, market: str, actor: Actor) -> Tally | None:
    """Return how many orders the market has; None if the list is one person's own."""
    if actor.role in (Role.BUYER, Role.SELLER, Role.MEDIATOR) and actor.person:
        return None
    return tally(reading.phase_counts(market), actor.role)


def _queue(
    reading: Reading,
    market: str,
    mediator: str,
    last: StoredOrder | None,
    words: tuple[Word, ...],
) -> Iterator[StoredOrder]:
    """Yield the disputes that follow one, phase by phase, in each the one due first."""
    phases: tuple[DisputePhase, ...] = QUEUE
    key: DueKey | None = None
    if last is not None and last.order.dispute is not None:
        phases = QUEUE[QUEUE.index(last.order.dispute.phase) :]
        key = due_key(last)
    for phase in phases:
        while found := reading.disputes(
            market, phase, mediator=mediator, words=words, after=key, limit=PAGE
        ):
            yield from found
            key = due_key(found[-1])
        key = None
