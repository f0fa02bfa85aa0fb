"""How the pieces that several roles see are made from an order and its journal."""

from collections.abc import Mapping

import msgspec

from escrow_tui.engine.deadlines import Deadline, deadlines
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.market import Person
from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Dispute, Evidence, Order, Proposal, Shipment
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.tracking import tracking_fault
from escrow_tui.views.acts import acts
from escrow_tui.views.drawn import marks, stages
from escrow_tui.views.parts import (
    DeadlineView,
    DisputeView,
    EventView,
    EvidenceView,
    Head,
    LineView,
    MessageView,
    ParcelView,
    PersonView,
    ProposalView,
    RuleText,
    RulingView,
    ScanView,
)
from escrow_tui.views.telling import tell
from escrow_tui.views.words import (
    AWAITED,
    DEADLINE_WORDS,
    DISPUTE_WORDS,
    KIND_WORDS,
    PARTY_WORDS,
    PHASE_WORDS,
    REASON_WORDS,
    SHIPMENT_WORDS,
    STATUS_WORDS,
    date_of,
    share_of,
    span_of,
)

DAY = 86_400


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
    order, now = facts.order, facts.now
    running = tuple(
        one for one in deadlines(order, facts.policy) if _concerns(one.name, actor.role)
    )
    place = order.dispute.phase if order.dispute else order.phase
    return Head(
        order.id,
        order_title(order),
        STATUS_WORDS[place],
        is_awaited(order, actor.role),
        phase_words(order),
        amount(order.price, order),
        order.currency,
        order.outstanding,
        date_of(now),
        stages(order),
        marks(facts.entries, running, now),
        tuple(_deadline(one, facts) for one in running),
        acts(order, actor, facts.policy, now),
        told(facts, actor.role),
        tuple(
            LineView(line.title or line.id, amount(line.amount, order), line.picture)
            for line in order.lines
        ),
        tuple(MessageView(PARTY_WORDS[m.by], date_of(m.at), m.text) for m in order.messages),
    )


def is_awaited(order: Order, role: Role) -> bool:
    """Tell whether the role is the one who has to act."""
    place = order.dispute.phase if order.dispute else order.phase
    return role in AWAITED.get(place, ())


def _concerns(deadline: str, role: Role) -> bool:
    """A refund's way back tells how the buyer paid; the seller does not see it arrive."""
    return role is not Role.SELLER or deadline != "refund"


def amount(minor: int, order: Order) -> str:
    """Write an amount in the order's currency."""
    return f"{plain(minor, order.currency)} {order.currency}"


def order_title(order: Order) -> str:
    """Return what was ordered, in a few words."""
    first = order.lines[0].title or f"Order {order.id}"
    more = len(order.lines) - 1
    return f"{first} and {more} more" if more else first


def phase_words(order: Order) -> str:
    """Return the order's phase, and its dispute's, in words."""
    words = PHASE_WORDS[order.phase]
    return f"{words}; {DISPUTE_WORDS[order.dispute.phase]}" if order.dispute else words


def _deadline(one: Deadline, facts: Facts) -> DeadlineView:
    title, brings = DEADLINE_WORDS[one.name]
    left = one.at - facts.now
    return DeadlineView(
        one.name,
        title,
        one.at,
        date_of(one.at),
        span_of(left),
        left <= max(facts.policy.warn_days, default=0) * DAY,
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


def parcel(shipment: Shipment | None) -> ParcelView | None:
    """Return the parcel with its tracking record."""
    if shipment is None:
        return None
    fault = tracking_fault(shipment.tracking)
    scans = tuple(
        ScanView(
            date_of(scan.at),
            SHIPMENT_WORDS[scan.status],
            " ".join(filter(None, [scan.post_code, scan.city])),
            _scan_detail(scan.weight, scan.signature),
        )
        for scan in shipment.scans
    )
    check = f"not an S10 number: {fault}" if fault else "S10 form, check digit right"
    return ParcelView(shipment.tracking, check, SHIPMENT_WORDS[shipment.state], scans)


def _scan_detail(weight: int, signature: bool) -> str:
    weighed = f"{weight / 1000:.2f} kg" if weight else ""
    return ", ".join(filter(None, [weighed, "signed for" if signature else ""]))


def evidence_views(order: Order, *, opened: tuple[str, ...] | None) -> tuple[EvidenceView, ...]:
    """Return the evidence; where `opened` is given, the rest does not say what it shows."""
    return tuple(_evidence(one, seen=opened is None or one.id in opened) for one in order.evidence)


def _evidence(one: Evidence, *, seen: bool) -> EvidenceView:
    return EvidenceView(
        one.id,
        PARTY_WORDS[one.owner],
        KIND_WORDS[one.kind],
        date_of(one.at),
        one.shows if seen else "",
        one.picture if seen else "",
        one.checksum[:8],
        seen,
    )


def dispute_view(order: Order) -> DisputeView | None:
    """Return the running dispute."""
    dispute = order.dispute
    if dispute is None:
        return None
    return DisputeView(
        dispute.number,
        DISPUTE_WORDS[dispute.phase],
        REASON_WORDS[dispute.reason],
        amount(dispute.claim, order),
        dispute.claim,
        date_of(dispute.opened_at),
        tuple(_proposal(one, order) for one in dispute.proposals),
        _ruling(dispute, order),
    )


def _proposal(one: Proposal, order: Order) -> ProposalView:
    accepted = ", ".join(PARTY_WORDS[party] for party in one.accepted_by)
    share = share_of(one.amount, order.outstanding)
    return ProposalView(PARTY_WORDS[one.by], amount(one.amount, order), share, one.note, accepted)


def _ruling(dispute: Dispute, order: Order) -> RulingView | None:
    ruling = dispute.ruling
    if ruling is None:
        return None
    return RulingView(
        amount(ruling.refund, order),
        amount(order.outstanding - ruling.refund, order),
        ", ".join(ruling.reasons),
        ", ".join(ruling.policy_rows),
        ruling.note,
        ruling.why,
    )


def person_view(person_id: str, people: Mapping[str, Person]) -> PersonView:
    """Return a party with its trust figures; somebody unknown goes by his id."""
    person = people.get(person_id)
    if person is None:
        return PersonView(person_id, person_id, "", "")
    place = ", ".join(filter(None, [person.city, person.country]))
    positive = f"{person.rating / 10:.1f} % positive, " if person.rating else ""
    trust = (
        f"{positive}{person.orders} orders, {person.dispute_rate / 10:.1f} % disputed"
        if person.orders
        else "no history"
    )
    return PersonView(person.id, person.name, place, trust)
