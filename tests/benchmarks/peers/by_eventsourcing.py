"""The disputed order's journal by `eventsourcing`: its mapper reads, its aggregate applies.

The aggregate is written as the library's front page shows it, with `@event`. Nested values have
transcodings of their own; enums stay text in the events.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import (
    DatetimeAsISO,
    JSONTranscoder,
    Mapper,
    StoredEvent,
    Transcoding,
    UUIDAsHex,
)

from escrow_tui.engine import events as e
from escrow_tui.engine.commands import Line
from escrow_tui.engine.order import (
    BookedRefund,
    Dispute,
    Evidence,
    Order,
    Proposal,
    Resolution,
    ScanRecord,
    Shipment,
    Stop,
)
from escrow_tui.engine.terms import (
    DisputePhase,
    EvidenceKind,
    Party,
    Phase,
    Reason,
    RefundWay,
    ShipmentState,
)
from tests.benchmarks.story import Record


class LineAsList(Transcoding):
    """A line of an order."""

    type = Line
    name = "line"

    def encode(self, obj: Line) -> list[Any]:
        """Write its fields."""
        return [obj.id, obj.amount, obj.title, obj.picture]

    def decode(self, data: list[Any]) -> Line:
        """Read its fields."""
        return Line(*data)


class SourcesAsList(Transcoding):
    """Which accounts money was taken from."""

    type = e.Sources
    name = "sources"

    def encode(self, obj: e.Sources) -> list[int]:
        """Write its fields."""
        given = obj.escrow, obj.commission, obj.pending, obj.available, obj.deposit, obj.debt
        return list(given)

    def decode(self, data: list[int]) -> e.Sources:
        """Read its fields."""
        return e.Sources(**dict(zip(e.Sources.__struct_fields__, data, strict=True)))


class Trade(Aggregate):
    """The order as an aggregate: calling a method makes its event, and replaying calls it again."""

    @event("OrderPlaced")
    def __init__(
        self,
        *,
        buyer: str,
        seller: str,
        lines: list[Line],
        currency: str,
        goods: int,
        shipping: int,
        origin: str,
        destination: str,
        promised_days: int,
        method: str,
        policy: str,
        pay_in: str,
        rate: str,
        paid_total: int,
        card_expires: int,
        at: int,
    ) -> None:
        self.phase, self.placed_at = Phase.AWAITING_PAYMENT, at
        self.buyer, self.seller, self.currency = buyer, seller, currency
        self.lines = tuple(lines)
        self.goods, self.shipping, self.origin = goods, shipping, origin
        self.destination, self.promised_days, self.method = destination, promised_days, method
        self.policy, self.pay_in, self.rate, self.paid_total = policy, pay_in, rate, paid_total
        self.card_expires = card_expires
        self.captured = self.held = self.refunded = self.released = self.releases = 0
        self.commission = self.uncleared = self.dispute_count = self.refund_count = 0
        self.extra_processing_days = self.cancel_asked_at = self.extra_protection_days = 0
        self.returned_at = self.opened_at = self.completed_at = self.replacement_at = 0
        self.replacements = self.charged_back = self.penalty = self.goodwill = 0
        self.paid_back = self.settled = 0
        self.unproven = self.appealed = self.returned_goods = self.charged_back_once = False
        self.found, self.messages = "", ()
        self.return_ = self.chargeback = self.review = None
        self.shipment: Shipment | None = None
        self.dispute: Dispute | None = None
        self.evidence: tuple[Evidence, ...] = ()
        self.refunds: tuple[BookedRefund, ...] = ()
        self.line_refunds: tuple[int, ...] = ()
        self.stops: tuple[Stop, ...] = ()

    @event("PaymentCaptured")
    def payment_captured(self, amount: int, paid: int, fee: int, cost: int, at: int) -> None:
        """Hold the money."""
        self.phase, self.paid_at = Phase.VERIFYING, at
        self.captured += amount
        self.held += amount

    @event("PaymentVerified")
    def payment_verified(self, at: int) -> None:
        """Let the seller ship."""
        self.phase, self.verified_at = Phase.AWAITING_SHIPMENT, at

    @event("OrderShipped")
    def order_shipped(self, tracking: str, at: int) -> None:
        """Begin the parcel's record."""
        self.phase = Phase.SHIPPED
        self.shipment = Shipment(tracking=tracking, state=ShipmentState.LABEL, shipped_at=at)

    @event("ParcelScanned")
    def parcel_scanned(
        self,
        status: str,
        city: str,
        post_code: str,
        weight: int,
        signature: bool,
        of: str,
        proven: bool,
        at: int,
    ) -> None:
        """Keep the scan; the story's only scan is the arrival."""
        assert self.shipment is not None
        state = ShipmentState(status)
        scan = ScanRecord(
            status=state, city=city, post_code=post_code, weight=weight, signature=signature, at=at
        )
        scans = (*self.shipment.scans, scan)
        self.shipment = Shipment(
            tracking=self.shipment.tracking,
            state=state,
            shipped_at=self.shipment.shipped_at,
            scans=scans,
        )
        if of == "order" and state is ShipmentState.DELIVERED:
            self.phase, self.delivered_at, self.unproven = Phase.DELIVERED, at, not proven

    @event("DisputeOpened")
    def dispute_opened(
        self,
        number: int,
        reason: str,
        claim: int,
        return_goods: bool,
        replacement: bool,
        at: int,
    ) -> None:
        """Stop the order's time."""
        wanted = Resolution(claim, return_goods, replacement)
        phase = DisputePhase.AWAITING_SELLER
        self.dispute = Dispute(
            number=number, phase=phase, reason=Reason(reason), claim=wanted, opened_at=at
        )
        self.dispute_count = number
        self.stops = (*self.stops, Stop(at))

    @event("ProposalMade")
    def proposal_made(
        self, by: str, amount: int, note: str, return_goods: bool, replacement: bool
    ) -> None:
        """Keep a proposal, and who has accepted it."""
        assert self.dispute is not None
        party, wanted = Party(by), Resolution(amount, return_goods, replacement)
        others = [one for one in self.dispute.proposals if one.by is not party]
        proposals = (*others, Proposal(party, wanted, note, (party,)))
        self.dispute = msgspec.structs.replace(self.dispute, proposals=proposals)

    @event("EvidenceAdded")
    def evidence_added(
        self,
        id: str,
        owner: str,
        kind: str,
        shows: str,
        picture: str,
        checksum: str,
        at: int,
    ) -> None:
        """Add a piece of evidence to the case."""
        whose, what = Party(owner), EvidenceKind(kind)
        filed = Evidence(
            id=id, owner=whose, kind=what, shows=shows, picture=picture, checksum=checksum, at=at
        )
        self.evidence = (*self.evidence, filed)

    @event("ClaimAccepted")
    def claim_accepted(self, why: str) -> None:
        """Nothing yet: the money moves when the claim is executed."""

    @event("DisputeExecuted")
    def dispute_executed(self, refund: int, return_goods: bool, replacement: bool, at: int) -> None:
        """Let the order's time run again."""
        self.dispute = None
        self.stops = (*self.stops[:-1], Stop(self.stops[-1].since, at))

    @event("RefundBooked")
    def refund_booked(
        self,
        number: int,
        amount: int,
        sources: e.Sources,
        way: str,
        lines: list[int],
        at: int,
    ) -> None:
        """Take the money from where it was held."""
        self.held -= sources.escrow
        self.refunded += amount
        self.released -= amount - sources.escrow
        self.commission -= sources.commission
        self.uncleared = max(0, self.uncleared - sources.pending)
        before = self.line_refunds or (0,) * len(lines)
        self.line_refunds = tuple([a + b for a, b in zip(before, lines, strict=True)])
        self.refunds = (
            *self.refunds,
            BookedRefund(number=number, amount=amount, booked_at=at, way=RefundWay(way)),
        )
        self.refund_count = number

    @event("FundsReleased")
    def funds_released(
        self, gross: int, commission: int, debt_repaid: int, pending: int, at: int
    ) -> None:
        """Note what the seller received."""
        self.held -= gross
        self.released += gross
        self.releases += 1
        self.commission += commission
        self.uncleared += pending
        self.released_at = at

    @event("OrderClosed")
    def order_closed(self, at: int) -> None:
        """End the order."""
        self.phase, self.ended_at = Phase.CLOSED, at


# The events whose methods do not take an instant.
_WITHOUT_TIME = frozenset({"proposal_made", "claim_accepted"})


def _mapper() -> Mapper[Any]:
    transcoder = JSONTranscoder()
    for transcoding in (UUIDAsHex(), DatetimeAsISO(), LineAsList(), SourcesAsList()):
        transcoder.register(transcoding)
    return Mapper(transcoder)


_MAPPER = _mapper()


def stored(journal: Iterable[Record]) -> list[StoredEvent]:
    """Write an order's journal as the library keeps it: one row for each event."""
    trade: Any = None
    for record in journal:
        for one in record.events:
            name, fields = e.name_of(one), msgspec.structs.asdict(one)
            if name not in _WITHOUT_TIME:
                fields["at"] = record.at
            if trade is None:
                trade = Trade(**fields)
            else:
                getattr(trade, name)(**fields)
    return [_MAPPER.to_stored_event(one) for one in trade.collect_events()]


def replayed(rows: Iterable[StoredEvent]) -> dict[object, Any]:
    """Read the rows of a market's orders, and rebuild the orders from them."""
    orders: dict[object, Any] = {}
    for row in rows:
        order = row.originator_id
        orders[order] = _MAPPER.to_domain_event(row).mutate(orders.get(order))
    return orders


def holds(trade: Trade, order: Order) -> bool:
    """Tell whether the aggregate holds the same as the engine's order."""
    names = [name for name in order.__struct_fields__ if name != "id"]
    return all(getattr(trade, name) == getattr(order, name) for name in names)
