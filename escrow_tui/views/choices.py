"""The options that a form offers for a field, as (value, words) pairs."""

from escrow_tui.engine.commands import Exhibit
from escrow_tui.engine.terms import EvidenceKind, Parcel, Reason, ShipmentState, Side
from escrow_tui.views.order_views import BackstageOrder, BuyerOrder, MediatorCase, SellerOrder
from escrow_tui.views.parts import MessageView, ProposalView
from escrow_tui.views.vocabulary import (
    FAULT_WORDS,
    KIND_WORDS,
    SHIPMENT_WORDS,
    SIDE_WORDS,
)

Choices = tuple[tuple[str, str], ...]
OrderView = BuyerOrder | SellerOrder | MediatorCase | BackstageOrder

# What a mediator can find, whatever reason the buyer gave.
FINDINGS: dict[str, str] = {
    "goods_damaged": "the goods arrived damaged",
    "goods_not_as_listed": "the goods are not what was listed",
    "goods_as_listed": "the goods are what was listed",
    "goods_usable": "the goods can still be used",
    "delivery_proven": "delivery to the buyer is proven",
    "delivery_not_proven": "delivery to the buyer is not proven",
    "seller_bears_transit": "the seller bears the risk of the way",
    "evidence_insufficient": "the evidence does not support the claim",
    "evidence_unrelated": "a piece of evidence does not belong to this order",
    "buyer_fault": "the buyer caused it",
    "goods_counterfeit": "the goods are counterfeit",
    "return_as_agreed": "what came back is what was agreed",
    "return_not_as_agreed": "what came back is not what was agreed",
    "off_platform": "a party asked to settle off the platform",
}
_PARCELS: dict[Parcel, str] = {
    Parcel.ORDER: "the order's parcel",
    Parcel.RETURN: "the one going back",
}


def choices_of(verb: str, field: str, view: OrderView) -> Choices:
    """Return the options for one field of a verb's form on this order; () where there are none."""
    match verb, field:
        case "contest_return", "kind":
            return tuple((fault.value, words) for fault, words in FAULT_WORDS.items())
        case "ask_evidence", "from":
            return tuple((side.value, f"the {SIDE_WORDS[side]}") for side in Side)
        case "decide_chargeback", "won_by":
            return tuple((side.value, f"the {SIDE_WORDS[side]}") for side in Side)
        case "scan", "of":
            return tuple((parcel.value, words) for parcel, words in _PARCELS.items())
        case "refund", "line":
            return _lines(view)
        case "accept_proposal", "of":
            return _proposals(view)
        case _, "reason":
            return tuple((reason.value, reason.words) for reason in Reason)
        case _, "status":
            states = (state for state in ShipmentState if state is not ShipmentState.LABEL)
            return tuple((state.value, SHIPMENT_WORDS[state]) for state in states)
        case _, "reasons":
            return tuple(FINDINGS.items())
        case _:
            return _of_the_case(field, view)


def _of_the_case(field: str, view: OrderView) -> Choices:
    """Return the options that come from the case file or from the bank's decline codes."""
    if field == "evidence" and isinstance(view, MediatorCase):
        unread = (one for one in view.evidence if not one.opened)
        return tuple((one.id, f"{one.id}: {one.kind} of the {one.owner}") for one in unread)
    if field == "policy_rows" and isinstance(view, MediatorCase):
        return tuple((rule.row, f"{rule.row} = {rule.value}") for rule in view.rules)
    if field == "code" and isinstance(view, BackstageOrder):
        return tuple((code, code.replace("_", " ")) for code in view.decline_codes)
    return ()


def _lines(view: OrderView) -> Choices:
    """Return the order's lines that can still be refunded, at least in part."""
    lines = (line for line in view.head.lines if line.left_minor)
    return tuple((line.id, f"{line.title}: {line.left} left") for line in lines)


def _proposals(view: OrderView) -> Choices:
    if isinstance(view, BackstageOrder) or view.dispute is None:
        return ()
    others = (one for one in view.dispute.proposals if one.by != view.head.party)
    return tuple((one.by, f"the {one.by}'s: {_offer(one)}") for one in others)


def _offer(one: ProposalView) -> str:
    return one.wants if one.replacement else f"{one.wants} ({one.share})"


_MOST_QUOTED = 1_800  # together with its heading it fits into a piece of evidence (2,000)


def screenshots(view: OrderView) -> tuple[Exhibit, ...]:
    """Return the messages that the viewing party could still hand in as screenshots."""
    if not isinstance(view, BuyerOrder | SellerOrder):
        return ()
    handed_in = {one.shows for one in view.evidence if one.owner == view.head.party}
    shots = (Exhibit(EvidenceKind.SCREENSHOT, _quoted(one)) for one in view.head.messages)
    return tuple(shot for shot in shots if shot.shows not in handed_in)


def _quoted(one: MessageView) -> str:
    asks = ", which asks to settle off the platform" if one.off_platform else ""
    return f"message of the {one.by}, {one.date}{asks}: “{one.text[:_MOST_QUOTED]}”"


def kind_choices() -> Choices:
    """Return the kinds of evidence."""
    return tuple((kind.value, KIND_WORDS[kind]) for kind in EvidenceKind)
