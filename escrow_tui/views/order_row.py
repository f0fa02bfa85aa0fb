"""An order as one row of a list, and the counts above the list."""

from collections.abc import Mapping

import msgspec

from escrow_tui.engine.deadlines import TIMER_WORDS, deadlines
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import DisputePhase, Phase
from escrow_tui.views.amounts import amount_text
from escrow_tui.views.disputes import claim_words
from escrow_tui.views.order_head import order_title
from escrow_tui.views.privacy import knows_deadline
from escrow_tui.views.status import is_awaited, stage_words
from escrow_tui.views.vocabulary import PHASE_WORDS, STAGE_WORDS, span_of

_IN_DISPUTE = "In dispute"


class OrderRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a list of orders; `mine` tells whether the order waits for the role to act.

    `reason` and `claim` belong to a running dispute and are empty otherwise.
    """

    id: str
    title: str
    stage: str
    price: str
    held: str
    due: str
    soon: bool
    mine: bool
    reason: str = ""
    claim: str = ""


class Tally(msgspec.Struct, frozen=True):
    """How many orders a list holds, and in words how many there are in each phase."""

    total: int
    said: str


def tally(counts: Mapping[tuple[Phase, DisputePhase | None], int], role: Role) -> Tally:
    """Count the orders of a market by phase; for a mediator, only those in dispute, by stage."""
    found: dict[str, int] = {}
    for (phase, dispute), orders in counts.items():
        if role is Role.MEDIATOR and dispute is None:
            continue
        name = PHASE_WORDS[phase] if dispute is None else _IN_DISPUTE
        name = STAGE_WORDS[dispute] if role is Role.MEDIATOR and dispute else name
        found[name] = found.get(name, 0) + orders
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    said = " · ".join(f"{name.lower()} {orders:,}" for name, orders in ranked)
    return Tally(sum(found.values()), said)


def phases_named(word: str) -> tuple[str, ...]:
    """Return the values of order and dispute phases whose words contain `word` (in lower case)."""
    of_orders = (phase for phase in Phase if word in PHASE_WORDS[phase].casefold())
    of_disputes = (
        one for one in DisputePhase if word in f"{_IN_DISPUTE}: {STAGE_WORDS[one]}".casefold()
    )
    return tuple(one.value for one in (*of_orders, *of_disputes))


def order_row(order: Order, policy: Policy, role: Role, now: int, person: str = "") -> OrderRow:
    """Return the order as one row of the role's list, with the next deadline the role may know."""
    running = (one for one in deadlines(order, policy) if knows_deadline(one.name, role))
    first = next(running, None)
    due = f"{TIMER_WORDS[first.name][0]} in {span_of(first.at - now)}" if first else ""
    dispute = order.dispute
    warned = first is not None and first.at - now <= max(policy.warn_days, default=0) * DAY
    return OrderRow(
        id=order.id,
        title=order_title(order),
        stage=stage_words(order),
        price=amount_text(order.price, order),
        held=amount_text(order.held, order),
        due=due,
        soon=warned,
        mine=is_awaited(order, role, person),
        reason=dispute.reason.words if dispute else "",
        claim=claim_words(dispute.claim, order) if dispute else "",
    )
