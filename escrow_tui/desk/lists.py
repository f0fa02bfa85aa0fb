"""Which orders a chair's list holds, a page at a time, and how many there are of them all."""

from collections.abc import Iterator
from itertools import islice

from escrow_tui.desk.news import open_to
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import DisputePhase
from escrow_tui.store import DueKey, Reading, StoredOrder, Word, due_key, order_key
from escrow_tui.store.reads.search import words_in
from escrow_tui.views.order_row import Tally, phases_named, tally

PAGE = 50
# A mediator's queue: what he decides before what the parties still settle among themselves.
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
    """Return the page of a chair's list that follows an order, of those with all words typed.

    A party's is by time of placing, the newest first; a mediator's by what is due first. A buyer
    or seller without a name stands for all of them.
    """
    words = tuple(Word(one, phases_named(one)) for one in words_in(typed))
    last = reading.order(market, after_id) if after_id else None
    if after_id and last is None:
        return ()  # it was taken back, and with it the place where the list would go on
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
    """Return how many orders there are, where the chair's list holds those of the whole market."""
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
    """Give the disputes that follow one, phase by phase, each by what is due first."""
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
