"""One view of an order for each role, with only the fields that the role may know."""

from zlib import crc32

import msgspec

from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import DisputePhase
from escrow_tui.engine.tracking import tracking_number
from escrow_tui.views.amounts import amount_text
from escrow_tui.views.disputes import dispute_view, evidence_views
from escrow_tui.views.flow import flow
from escrow_tui.views.order_facts import OrderFacts
from escrow_tui.views.order_head import head
from escrow_tui.views.parcels import parcel_view
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
from escrow_tui.views.person import person_view
from escrow_tui.views.rules import policy_rows_for


class BuyerOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An order as its buyer sees it; `found` is the picture of what was in the opened parcel.

    `label_number` is the tracking number that a return would get.
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


class SellerOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An order as its seller sees it: not how it was paid, and only `label` about the buyer.

    `label_number` is the tracking number that the next parcel would get. `address` is where it
    goes; it is empty unless the policy row `seller_sees_address` shows it.
    """

    head: Head
    flow: Flow
    label: PersonView
    address: str
    label_number: str
    parcel: ParcelView | None
    dispute: DisputeView | None
    evidence: tuple[EvidenceView, ...]


class MediatorCase(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute as its mediator sees it, with both sides; unopened evidence shows nothing.

    `decides_by` is the verb that decides the case: `rule`, or `decide_appeal` in an appeal.
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


class BackstageOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An order as carrier and bank see it: the parcel, and the payment to verify."""

    head: Head
    flow: Flow
    parcel: ParcelView | None
    payment: str
    decline_codes: tuple[str, ...]


def buyer_order(facts: OrderFacts, actor: Actor) -> BuyerOrder:
    """Return the buyer's view of the order."""
    order = facts.order
    currency = order.pay_in or order.currency
    return BuyerOrder(
        head=head(facts, actor),
        flow=flow(order, actor.role),
        seller=person_view(order.seller, facts.people),
        method=METHODS[order.method].title,
        paid=f"{plain(order.paid_total, currency)} {currency}",
        goods=amount_text(order.goods, order),
        shipping=amount_text(order.shipping, order),
        promised=f"{order.promised_days} days from {order.origin} to {order.destination}",
        parcel=parcel_view(order),
        delivered=bool(order.delivered_at),
        opened=bool(order.opened_at),
        found=order.found,
        label_number=_number(order, order.destination, "return"),
        dispute=dispute_view(order, facts.policy, actor.role),
        evidence=evidence_views(order, opened=None),
    )


def seller_order(facts: OrderFacts, actor: Actor) -> SellerOrder:
    """Return the seller's view; it shows the buyer's masked name, city and country only."""
    order = facts.order
    again = f"{order.shipment.shipped_at}" if order.shipment else ""
    return SellerOrder(
        head=head(facts, actor),
        flow=flow(order, actor.role),
        label=person_view(order.buyer, facts.people),
        address=facts.address if facts.policy.seller_sees_address else "",
        label_number=_number(order, order.origin, again),
        parcel=parcel_view(order),
        dispute=dispute_view(order, facts.policy, actor.role),
        evidence=evidence_views(order, opened=None),
    )


def _number(order: Order, country: str, what: str) -> str:
    """Return a tracking number; `what` keeps the parcels of one order apart."""
    seed = " ".join(filter(None, [order.id, str(order.placed_at), what]))
    return tracking_number(crc32(seed.encode()), country)


def mediator_case(facts: OrderFacts, actor: Actor) -> MediatorCase:
    """Return the case file of a dispute, or of the return that a dispute ended in."""
    order, dispute = facts.order, facts.order.dispute
    ended = order.return_.dispute if order.return_ else None
    about = dispute or ended
    reviewed = dispute is not None and dispute.phase is DisputePhase.APPEAL_REVIEW
    return MediatorCase(
        head=head(facts, actor),
        flow=flow(order, actor.role),
        buyer=person_view(order.buyer, facts.people),
        seller=person_view(order.seller, facts.people),
        mediator=about.mediator if about else "",
        reviewer=about.reviewer if about else "",
        decides_by="decide_appeal" if reviewed else "rule",
        parcel=parcel_view(order),
        dispute=dispute_view(order, facts.policy, actor.role),
        evidence=evidence_views(order, opened=about.opened_evidence if about else ()),
        rules=tuple(facts.rules[row] for row in policy_rows_for(order) if row in facts.rules),
    )


def backstage_order(facts: OrderFacts, carrier: Actor, bank: Actor) -> BackstageOrder:
    """Return one view for carrier and bank together, who share the fourth chair of free play."""
    order = facts.order
    carried, banked = head(facts, carrier), head(facts, bank)
    both = tuple(sorted((*carried.acts, *banked.acts), key=lambda act: not act.possible))
    method = METHODS[order.method]
    return BackstageOrder(
        head=msgspec.structs.replace(
            banked,
            acts=both,
            mine=carried.mine or banked.mine,
            lines=_unpictured(banked.lines),
        ),
        flow=flow(order, bank.role),
        parcel=parcel_view(order),
        payment=f"{amount_text(order.price, order)} {method.paid_by}",
        decline_codes=method.decline_codes,
    )


def _unpictured(lines: tuple[LineView, ...]) -> tuple[LineView, ...]:
    return tuple(msgspec.structs.replace(line, picture="") for line in lines)
