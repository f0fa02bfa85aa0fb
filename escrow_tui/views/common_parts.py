"""How the pieces that several roles see are made from an order and its journal."""

from collections.abc import Mapping

import msgspec

from escrow_tui.engine.context import PARTY
from escrow_tui.engine.deadlines import DAY, Deadline, deadlines
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.market import Person
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.settlement import lines_left
from escrow_tui.engine.terms import Party
from escrow_tui.views.acts import acts
from escrow_tui.views.amounts import amount
from escrow_tui.views.disputes import chargeback_view
from escrow_tui.views.event_sentences import tell
from escrow_tui.views.flow import marks
from escrow_tui.views.parcels import return_view
from escrow_tui.views.parts import (
    DeadlineView,
    EventView,
    Head,
    LineView,
    MessageView,
    PersonView,
    ReviewView,
    RuleText,
    SumView,
)
from escrow_tui.views.status import is_awaited, phase_words, status_of
from escrow_tui.views.strip import stages
from escrow_tui.views.words import DEADLINE_WORDS, PARTY_WORDS, date_of, span_of


class Facts(msgspec.Struct, frozen=True):
    """What a view is made from: the order, its journal, its policy, the public people, the time.

    `address` is where the parcel goes, for a seller whose policy shows it; else it is empty.
    """

    order: Order
    entries: tuple[Entry, ...]
    policy: Policy
    rules: Mapping[str, RuleText]
    people: Mapping[str, Person]
    now: int
    address: str = ""


def head(facts: Facts, actor: Actor) -> Head:
    """Return what every role sees of the order."""
    order, now, role = facts.order, facts.now, actor.role
    running = tuple(one for one in deadlines(order, facts.policy) if concerns(one.name, role))
    back = return_view(order, facts.policy, facts.entries)
    return Head(
        order.id,
        order_title(order),
        status_of(order, back.fault if back else ""),
        is_awaited(order, role, actor.person),
        PARTY_WORDS[PARTY.get(role, Party.PLATFORM)],
        phase_words(order),
        amount(order.price, order),
        order.currency,
        order.outstanding,
        date_of(now),
        stages(order, facts.entries),
        marks(facts.entries, running, now),
        tuple(_deadline(one, facts) for one in running),
        acts(order, actor, facts.policy, now),
        told(facts, role),
        _lines(order),
        tuple(
            MessageView(PARTY_WORDS[one.by], date_of(one.at), one.text, one.off_platform)
            for one in order.messages
        ),
        _sums(order, role),
        back,
        chargeback_view(order, role),
        _review(order),
    )


def concerns(deadline: str, role: Role) -> bool:
    """Tell whether a role may know of a deadline.

    A refund's way back tells how the buyer paid; the seller does not see it arrive.
    """
    return role is not Role.SELLER or deadline != "refund"


def order_title(order: Order) -> str:
    """Return what was ordered, in a few words."""
    first = order.lines[0].title or f"Order {order.id}"
    more = len(order.lines) - 1
    return f"{first} and {more} more" if more else first


def _lines(order: Order) -> tuple[LineView, ...]:
    """Return the articles, each with what went back of it and what still could."""
    refunds = order.line_refunds or (0,) * len(order.lines)
    left = lines_left(order) if order.captured else refunds
    most = max(0, order.outstanding)
    return tuple(
        LineView(
            line.title or line.id,
            amount(line.amount, order),
            line.picture,
            line.id,
            amount(back, order) if back else "",
            amount(min(rest, most), order),
            min(rest, most),
        )
        for line, back, rest in zip(order.lines, refunds, left, strict=True)
    )


def _sums(order: Order, role: Role) -> tuple[SumView, ...]:
    """Return the sums beside the price; goodwill goes into the wallet, unseen by the seller."""
    sums = {
        "Refunded": order.refunded,
        "Charged back": order.charged_back,
        "Counterfeit penalty": order.penalty,
        "Goodwill": 0 if role is Role.SELLER else order.goodwill,
    }
    return tuple(SumView(title, amount(minor, order)) for title, minor in sums.items() if minor)


def _review(order: Order) -> ReviewView | None:
    one = order.review
    return ReviewView(one.stars, one.text, date_of(one.at)) if one else None


def _deadline(one: Deadline, facts: Facts) -> DeadlineView:
    title, brings = DEADLINE_WORDS[one.name]
    left, warned = one.at - facts.now, facts.policy.warn_days
    return DeadlineView(
        one.name,
        title,
        one.at,
        date_of(one.at),
        span_of(left),
        left <= max(warned, default=0) * DAY,
        left <= min(warned, default=0) * DAY,
        brings,
        facts.rules.get(one.rule, RuleText(one.rule, "", "", "")),
    )


def told(facts: Facts, role: Role) -> tuple[EventView, ...]:
    """Return what happened to the order, oldest first, in sentences that the role may read."""
    views: list[EventView] = []
    order: Order | None = None
    for entry in facts.entries:
        for event in entry.events:
            order = evolve(order, event, facts.order.id, entry.at)
            name = str(event.__struct_config__.tag)
            said = tell(event, order, role)
            if not said:
                continue
            views.append(EventView(entry.seq, date_of(entry.at), name, said, entry.actor.role))
    return tuple(views)


def person_view(person_id: str, people: Mapping[str, Person]) -> PersonView:
    """Return a party with its trust figures; somebody unknown goes by his id."""
    person = people.get(person_id)
    if person is None:
        return PersonView(person_id, person_id, "", "")
    place = ", ".join(filter(None, [person.city, person.country]))
    return PersonView(person.id, person.name, place, _trust(person))


def _trust(person: Person) -> str:
    if not person.orders:
        return "no history"
    figures = (
        f"{person.rating / 10:.1f} % positive" if person.rating else "",
        f"{person.orders} orders",
        f"{person.dispute_rate / 10:.1f} % disputed",
        _counted(person.rulings_against, "ruling", " against"),
        _counted(person.false_shipments, "false shipment"),
    )
    return ", ".join(filter(None, figures))


def _counted(count: int, what: str, after: str = "") -> str:
    return f"{count} {what}{'' if count == 1 else 's'}{after}" if count else ""
