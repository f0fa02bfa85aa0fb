"""One view a role: each holds what its role may know, and no field beyond that."""

from zlib import crc32

import msgspec

from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.money import plain
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import NOT_RECEIVED, DisputePhase
from escrow_tui.engine.tracking import tracking_number
from escrow_tui.views.drawn import flow
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
from escrow_tui.views.shared import (
    Facts,
    amount,
    dispute_view,
    evidence_views,
    head,
    parcel,
    person_view,
)


class BuyerOrder(msgspec.Struct, frozen=True):
    """An order as its buyer sees it; `found` is the picture of what the opened parcel held."""

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
    dispute: DisputeView | None
    evidence: tuple[EvidenceView, ...]


class SellerOrder(msgspec.Struct, frozen=True):
    """An order as its seller sees it: no means of payment, and of the buyer only the label.

    `label_number` is the number that the carrier would give the parcel.
    """

    head: Head
    flow: Flow
    label: PersonView
    label_number: str
    parcel: ParcelView | None
    dispute: DisputeView | None
    evidence: tuple[EvidenceView, ...]


class MediatorCase(msgspec.Struct, frozen=True):
    """A dispute as its mediator sees it: both stories; evidence is silent until it is opened."""

    head: Head
    flow: Flow
    buyer: PersonView
    seller: PersonView
    mediator: str
    in_mediation: bool
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


# The rows that a mediator needs beside a case, by what the case is about.
_NOT_RECEIVED_RULES = (
    "protection_days",
    "protection_days_by_country",
    "dispute_earliest_days",
    "auto_confirm_days",
)
_AS_DESCRIBED_RULES = ("auto_confirm_days", "dispute_after_confirm_days", "max_disputes")
_EVERY_CASE_RULES = (
    "seller_answer_days",
    "negotiation_days",
    "mediator_silence_days",
    "mediator_silence",
    "appeal_window_days",
    "ruling_executed",
    "commission_bps",
)


def buyer_order(facts: Facts, actor: Actor) -> BuyerOrder:
    """Return the buyer's view of his order."""
    order = facts.order
    currency = order.pay_in or order.currency
    return BuyerOrder(
        head(facts, actor),
        flow(order, net=False),
        person_view(order.seller, facts.people),
        METHODS[order.method].title,
        f"{plain(order.paid_total, currency)} {currency}",
        amount(order.goods, order),
        amount(order.shipping, order),
        f"{order.promised_days} days from {order.origin} to {order.destination}",
        parcel(order.shipment),
        bool(order.delivered_at),
        bool(order.opened_at),
        order.found,
        dispute_view(order),
        evidence_views(order, opened=None),
    )


def seller_order(facts: Facts, actor: Actor) -> SellerOrder:
    """Return the seller's view; of the buyer the masked name, the country and the city."""
    order = facts.order
    return SellerOrder(
        head(facts, actor),
        flow(order, net=True),
        person_view(order.buyer, facts.people),
        tracking_number(crc32(f"{order.id} {order.placed_at}".encode()), order.origin),
        parcel(order.shipment),
        dispute_view(order),
        evidence_views(order, opened=None),
    )


def mediator_case(facts: Facts, actor: Actor) -> MediatorCase:
    """Return the case file; `in_mediation` tells whether the mediator may act."""
    order, dispute = facts.order, facts.order.dispute
    opened = dispute.opened_evidence if dispute else ()
    about: tuple[str, ...] = _AS_DESCRIBED_RULES
    if dispute and dispute.reason in NOT_RECEIVED:
        about = _NOT_RECEIVED_RULES
    rows = (*about, *_EVERY_CASE_RULES)
    return MediatorCase(
        head(facts, actor),
        flow(order, net=True),
        person_view(order.buyer, facts.people),
        person_view(order.seller, facts.people),
        dispute.mediator if dispute else "",
        bool(dispute and dispute.phase is DisputePhase.MEDIATION),
        parcel(order.shipment),
        dispute_view(order),
        evidence_views(order, opened=opened),
        tuple(facts.rules[row] for row in rows if row in facts.rules),
    )


def backstage_order(facts: Facts, carrier: Actor, bank: Actor) -> BackstageOrder:
    """Return what the carrier and the bank may do, in one view for the free play's fourth chair."""
    order = facts.order
    carried, banked = head(facts, carrier), head(facts, bank)
    both = tuple(sorted((*carried.acts, *banked.acts), key=lambda act: not act.possible))
    method = METHODS[order.method]
    return BackstageOrder(
        msgspec.structs.replace(
            carried,
            acts=both,
            mine=carried.mine or banked.mine,
            lines=_unpictured(carried.lines),
        ),
        flow(order, net=True),
        parcel(order.shipment),
        f"{amount(order.price, order)} by {method.title.lower()}",
        method.decline_codes,
    )


def _unpictured(lines: tuple[LineView, ...]) -> tuple[LineView, ...]:
    return tuple(msgspec.structs.replace(line, picture="") for line in lines)
