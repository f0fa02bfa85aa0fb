"""One view a role: each holds what its role may know, and no field beyond that."""

from zlib import crc32

import msgspec

from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import DisputePhase
from escrow_tui.engine.tracking import tracking_number
from escrow_tui.views.amounts import amount
from escrow_tui.views.common_parts import Facts, head, person_view
from escrow_tui.views.disputes import dispute_view, evidence_views
from escrow_tui.views.flow import flow
from escrow_tui.views.parcels import parcel
from escrow_tui.views.parts import (
    DisputeView,
    EvidenceView,
    Flow,
    Head,
    LineView,
    ParcelView,
    PersonView,
    RuleText,
)
from escrow_tui.views.rules import rows_for


class BuyerOrder(msgspec.Struct, frozen=True):
    """An order as its buyer sees it; `found` is the picture of what the opened parcel held.

    `label_number` is the number that the carrier would give the goods on their way back.
    """

    head: Head
    flow: Flow
    seller: PersonView
    method: str
    paid: str
    goods: str
    shipping: str
    promised: str
    parcel: ParcelView | None
    delivered: bool
    opened: bool
    found: str
    label_number: str
    dispute: DisputeView | None
    evidence: tuple[EvidenceView, ...]


class SellerOrder(msgspec.Struct, frozen=True):
    """An order as its seller sees it: no means of payment, and of the buyer only the label.

    `label_number` is the number that the carrier would give the next parcel. `address` is where it
    goes, under a policy that shows it to the seller; else it is empty.
    """

    head: Head
    flow: Flow
    label: PersonView
    address: str
    label_number: str
    parcel: ParcelView | None
    dispute: DisputeView | None
    evidence: tuple[EvidenceView, ...]


class MediatorCase(msgspec.Struct, frozen=True):
    """A dispute as its mediator sees it: both stories; evidence is silent until it is opened.

    `decides_by` is the verb with which the case is decided: an appeal has its own.
    """

    head: Head
    flow: Flow
    buyer: PersonView
    seller: PersonView
    mediator: str
    reviewer: str
    decides_by: str
    parcel: ParcelView | None
    dispute: DisputeView | None
    evidence: tuple[EvidenceView, ...]
    rules: tuple[RuleText, ...]


class BackstageOrder(msgspec.Struct, frozen=True):
    """An order as the carrier and the bank see it: the parcel, and what has to be verified."""

    head: Head
    flow: Flow
    parcel: ParcelView | None
    payment: str
    decline_codes: tuple[str, ...]


def buyer_order(facts: Facts, actor: Actor) -> BuyerOrder:
    """Return the buyer's view of his order."""
    order = facts.order
    currency = order.pay_in or order.currency
    return BuyerOrder(
        head(facts, actor),
        flow(order, actor.role),
        person_view(order.seller, facts.people),
        METHODS[order.method].title,
        f"{plain(order.paid_total, currency)} {currency}",
        amount(order.goods, order),
        amount(order.shipping, order),
        f"{order.promised_days} days from {order.origin} to {order.destination}",
        parcel(order),
        bool(order.delivered_at),
        bool(order.opened_at),
        order.found,
        _number(order, order.destination, "return"),
        dispute_view(order, facts.policy, actor.role),
        evidence_views(order, opened=None),
    )


def seller_order(facts: Facts, actor: Actor) -> SellerOrder:
    """Return the seller's view; of the buyer the masked name, the country and the city."""
    order = facts.order
    again = f"{order.shipment.shipped_at}" if order.shipment else ""
    return SellerOrder(
        head(facts, actor),
        flow(order, actor.role),
        person_view(order.buyer, facts.people),
        facts.address if facts.policy.seller_sees_address else "",
        _number(order, order.origin, again),
        parcel(order),
        dispute_view(order, facts.policy, actor.role),
        evidence_views(order, opened=None),
    )


def _number(order: Order, country: str, what: str) -> str:
    """Return a tracking number; `what` tells the parcels of one order apart."""
    seed = " ".join(filter(None, [order.id, str(order.placed_at), what]))
    return tracking_number(crc32(seed.encode()), country)


def mediator_case(facts: Facts, actor: Actor) -> MediatorCase:
    """Return the case file, also of a return that a dispute has ended in."""
    order, dispute = facts.order, facts.order.dispute
    ended = order.return_.dispute if order.return_ else None
    about = dispute or ended
    reviewed = dispute is not None and dispute.phase is DisputePhase.APPEAL_REVIEW
    return MediatorCase(
        head(facts, actor),
        flow(order, actor.role),
        person_view(order.buyer, facts.people),
        person_view(order.seller, facts.people),
        about.mediator if about else "",
        about.reviewer if about else "",
        "decide_appeal" if reviewed else "rule",
        parcel(order),
        dispute_view(order, facts.policy, actor.role),
        evidence_views(order, opened=about.opened_evidence if about else ()),
        tuple(facts.rules[row] for row in rows_for(order) if row in facts.rules),
    )


def backstage_order(facts: Facts, carrier: Actor, bank: Actor) -> BackstageOrder:
    """Return what the carrier and the bank may do, in one view for the free play's fourth chair."""
    order = facts.order
    carried, banked = head(facts, carrier), head(facts, bank)
    both = tuple(sorted((*carried.acts, *banked.acts), key=lambda act: not act.possible))
    method = METHODS[order.method]
    return BackstageOrder(
        msgspec.structs.replace(
            banked,
            acts=both,
            mine=carried.mine or banked.mine,
            lines=_unpictured(banked.lines),
        ),
        flow(order, bank.role),
        parcel(order),
        f"{amount(order.price, order)} {method.paid_by}",
        method.decline_codes,
    )


def _unpictured(lines: tuple[LineView, ...]) -> tuple[LineView, ...]:
    return tuple(msgspec.structs.replace(line, picture="") for line in lines)
