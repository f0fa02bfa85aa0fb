"""When two moments of an order count as the same: what everybody can still do, and when, is alike.

Instants are given by the seconds until their effect, and by what has already become possible.
Texts, pictures, tracking numbers and the contents of evidence do not count.
"""

from collections.abc import Hashable, Iterator

from msgspec.structs import replace

from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.evolving.stops import resumed
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Chargeback, Dispute, Order, Proposal, Return, Shipment
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.policy_switches import EvidenceEdits, Proposals
from escrow_tui.engine.terms import ENDED, DisputePhase, Party, Phase, ShipmentState
from tests.proofs.market import Market

_ARRIVED = (ShipmentState.DELIVERED, ShipmentState.RETURNED_TO_SENDER)


def key_of(market: Market, order_id: str) -> Hashable:
    """Return a key that is equal for two moments that count as the same."""
    order, policy = market.orders[order_id], market.policies[order_id][0]
    money = (order.outstanding, order.held, order.released, order.commission, order.uncleared)
    ended = order.phase_beneath in ENDED
    return (
        order.phase,
        market.account(order.seller, order.currency),
        money,
        tuple((one.name, one.at - market.now) for one in market.due[order_id]),
        _standing_still(order, policy, market.now),
        tuple((one.amount, one.way, one.penalty) for one in order.refunds),
        order.charged_back_once,
        order.review is None,
        _chargeback(order.chargeback),
        None if ended else _living(order, policy, market.now),
    )


def _living(order: Order, policy: Policy, now: int) -> Hashable:
    """Return what matters only until the order ends."""
    passed = tuple(at <= now for at in gates(order, policy))
    answered = order.stage_beneath not in (None, DisputePhase.AWAITING_SELLER)
    # A false shipment can be disputed at once; it only matters while an honest one cannot.
    lie = order.shipment is not None and order.shipment.false and False in passed
    return (
        passed,
        0 if answered else order.dispute_count,
        (order.replacements, order.appealed, order.returned_goods),
        (order.unproven, lie),
        _dispute(order.dispute, order, policy),
        _way(order.return_),
    )


def gates(order: Order, policy: Policy) -> Iterator[int]:
    """Yield every instant at which something becomes possible without a deadline."""
    if order.phase_beneath is Phase.SHIPPED and order.shipment and policy.dispute_before_delivery:
        yield order.shipment.shipped_at + policy.dispute_earliest_days * DAY
    if order.dispute:
        yield order.dispute.opened_at + policy.escalate_from_days * DAY


def _standing_still(order: Order, policy: Policy, now: int) -> Hashable:
    """Return the time left on the stopped timers, of the order and of the part that runs."""
    if order.stage is None and order.phase is not Phase.CANCEL_REQUESTED:
        return ()
    thawed = order
    left = []
    if order.chargeback:
        stops = resumed(order, now, frozen=True)
        thawed = replace(order, phase=order.phase_beneath, chargeback=None, stops=stops)
        left += [(one.name, one.at - now) for one in deadlines(thawed, policy)]
    phase = thawed.phase
    if phase is Phase.CANCEL_REQUESTED:
        phase = Phase.AWAITING_SHIPMENT
    stops = resumed(thawed, now)
    alone = replace(thawed, phase=phase, dispute=None, return_=None, stops=stops)
    left += [(one.name, one.at - now) for one in deadlines(alone, policy)]
    return tuple(left)


def _parcel(parcel: Shipment | None) -> Hashable:
    if parcel is None:
        return None
    return parcel.state in _ARRIVED


def _dispute(case: Dispute | None, order: Order, policy: Policy) -> Hashable:
    """Return what matters of a dispute; after a ruling, neither the claim nor the offers do."""
    if case is None:
        return None
    judged = (case.reason, bool(case.mediator), bool(case.reviewer), case.asked)
    if case.ruling:
        return (case.phase, *judged, case.ruling.resolution, case.ruling.goodwill)
    offers = frozenset(_proposal(one) for one in case.proposals)
    last = [one.by for one in case.proposals if one.by is not Party.PLATFORM]
    in_turns = last[-1:] if policy.proposals is Proposals.IN_TURNS else []
    shot = policy.evidence_edits is EvidenceEdits.ONE_SHOT
    handed_in = {one.owner for one in order.evidence[case.filed_before :] if shot}
    return (case.phase, *judged, case.claim, offers, *in_turns, frozenset(handed_in))


def _proposal(one: Proposal) -> Hashable:
    return (one.by, one.resolution, frozenset(one.accepted_by))


def _way(back: Return | None) -> Hashable:
    if back is None:
        return None
    case = (back.dispute.reason, bool(back.dispute.mediator), back.dispute.ruling is None)
    return (back.phase, back.resolution, case, _parcel(back.parcel))


def _chargeback(back: Chargeback | None) -> Hashable:
    return None if back is None else (back.phase, back.amount, back.debited, back.before)
