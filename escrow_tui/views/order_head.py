"""What every role sees of an order, made from the order and its journal."""

from escrow_tui.engine.context import PARTY
from escrow_tui.engine.deadlines import TIMER_WORDS, Deadline, deadlines
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.instant import DAY, date_of
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.settlement import lines_left
from escrow_tui.engine.terms import Party
from escrow_tui.views.acts import act_views
from escrow_tui.views.amounts import amount_text
from escrow_tui.views.disputes import chargeback_view
from escrow_tui.views.event_sentences import tell
from escrow_tui.views.marks import marks
from escrow_tui.views.order_facts import OrderFacts
from escrow_tui.views.parcels import return_view
from escrow_tui.views.parts import (
    DeadlineView,
    EventView,
    Head,
    LineView,
    MessageView,
    ReviewView,
    RuleText,
    SumView,
)
from escrow_tui.views.privacy import knows_deadline, knows_goodwill
from escrow_tui.views.status import is_awaited, phase_words, status_of
from escrow_tui.views.strip import stage_views
from escrow_tui.views.vocabulary import PARTY_WORDS, span_of


def head(facts: OrderFacts, actor: Actor) -> Head:
    """Return the part of an order's view that all roles share, as this actor sees it."""
    order, now, role = facts.order, facts.now, actor.role
    running = tuple(one for one in deadlines(order, facts.policy) if knows_deadline(one.name, role))
    back = return_view(order, facts.policy, facts.entries)
    return Head(
        id=order.id,
        title=order_title(order),
        status=status_of(order, back.fault if back else ""),
        mine=is_awaited(order, role, actor.person),
        party=PARTY_WORDS[PARTY.get(role, Party.PLATFORM)],
        phase=phase_words(order),
        price=amount_text(order.price, order),
        currency=order.currency,
        outstanding_minor=order.outstanding,
        now=date_of(now),
        stages=stage_views(order, facts.entries),
        marks=marks(facts.entries, running, now),
        deadlines=tuple(_deadline(one, facts) for one in running),
        acts=act_views(order, actor, facts.policy, now),
        events=event_views(facts, role),
        lines=_lines(order),
        messages=tuple(
            MessageView(PARTY_WORDS[one.by], date_of(one.at), one.text, one.off_platform)
            for one in order.messages
        ),
        sums=_sums(order, role),
        return_=back,
        chargeback=chargeback_view(order, role),
        review=_review(order),
    )


def order_title(order: Order) -> str:
    """Return a short title: the first article, and how many more there are."""
    first = order.lines[0].title or f"Order {order.id}"
    more = len(order.lines) - 1
    return f"{first} and {more} more" if more else first


def _lines(order: Order) -> tuple[LineView, ...]:
    """Return the articles, each with what was refunded and what still can be."""
    refunds = order.line_refunds or (0,) * len(order.lines)
    left = lines_left(order) if order.captured else refunds
    most = max(0, order.outstanding)
    return tuple(
        LineView(
            title=line.title or line.id,
            amount=amount_text(line.amount, order),
            picture=line.picture,
            id=line.id,
            refunded=amount_text(back, order) if back else "",
            left=amount_text(min(rest, most), order),
            left_minor=min(rest, most),
        )
        for line, back, rest in zip(order.lines, refunds, left, strict=True)
    )


def _sums(order: Order, role: Role) -> tuple[SumView, ...]:
    """Return the sums other than the price; a seller does not see goodwill, paid to the wallet."""
    sums = {
        "Refunded": order.refunded,
        "Charged back": order.charged_back,
        "Counterfeit penalty": order.penalty,
        "Goodwill": order.goodwill if knows_goodwill(role) else 0,
    }
    return tuple(
        SumView(title, amount_text(minor, order)) for title, minor in sums.items() if minor
    )


def _review(order: Order) -> ReviewView | None:
    one = order.review
    return ReviewView(one.stars, one.text, date_of(one.at)) if one else None


def _deadline(one: Deadline, facts: OrderFacts) -> DeadlineView:
    title, brings = TIMER_WORDS[one.name]
    left, warned = one.at - facts.now, facts.policy.warn_days
    return DeadlineView(
        name=one.name,
        title=title,
        at=one.at,
        date=date_of(one.at),
        left=span_of(left),
        soon=left <= max(warned, default=0) * DAY,
        urgent=left <= min(warned, default=0) * DAY,
        brings=brings,
        rule=facts.rules.get(one.rule, RuleText(one.rule, "", "", "")),
    )


def event_views(facts: OrderFacts, role: Role) -> tuple[EventView, ...]:
    """Return the order's events that the role may read about, oldest first, as sentences."""
    views: list[EventView] = []
    order: Order | None = None
    for entry in facts.entries:
        for event in entry.events:
            order = evolve(order, event, facts.order.id, entry.at)
            name = str(event.__struct_config__.tag)
            said = tell(event, order, role)
            if not said:
                continue
            views.append(
                EventView(
                    seq=entry.seq,
                    date=date_of(entry.at),
                    name=name,
                    sentence=said,
                    by=entry.actor.role,
                )
            )
    return tuple(views)
