"""What can be chosen in a form: (value, words) pairs, from the tables of the field's words."""

from escrow_tui.engine.terms import EvidenceKind, ShipmentState
from escrow_tui.views.roles import BackstageOrder, BuyerOrder, MediatorCase, SellerOrder
from escrow_tui.views.words import KIND_WORDS, REASON_WORDS, SHIPMENT_WORDS

Choices = tuple[tuple[str, str], ...]
OrderView = BuyerOrder | SellerOrder | MediatorCase | BackstageOrder

# What a mediator can find, beside the reason that the buyer gave.
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
}


def choices_of(verb: str, field: str, view: OrderView) -> Choices:
    """Return what can be chosen for a field of a verb's form, for this order."""
    if field == "reason":
        return tuple((reason.value, words) for reason, words in REASON_WORDS.items())
    if field == "status":
        states = (state for state in ShipmentState if state is not ShipmentState.LABEL)
        return tuple((state.value, SHIPMENT_WORDS[state]) for state in states)
    if field == "reasons":
        return tuple(FINDINGS.items())
    if field == "of":
        return _proposals(view)
    if field == "evidence" and verb == "open_evidence" and isinstance(view, MediatorCase):
        unread = (one for one in view.evidence if not one.opened)
        return tuple((one.id, f"{one.id}: {one.kind} of the {one.owner}") for one in unread)
    if field == "policy_rows" and isinstance(view, MediatorCase):
        return tuple((rule.row, f"{rule.row} = {rule.value}") for rule in view.rules)
    if field == "code" and isinstance(view, BackstageOrder):
        return tuple((code, code.replace("_", " ")) for code in view.decline_codes)
    return ()


def _proposals(view: OrderView) -> Choices:
    if isinstance(view, BackstageOrder) or view.dispute is None:
        return ()
    me = {"BuyerOrder": "buyer", "SellerOrder": "seller"}.get(type(view).__name__, "platform")
    others = (one for one in view.dispute.proposals if one.by != me)
    return tuple((one.by, f"the {one.by}'s: {one.amount} ({one.share})") for one in others)


def kind_choices() -> Choices:
    """Return the kinds of evidence."""
    return tuple((kind.value, KIND_WORDS[kind]) for kind in EvidenceKind)
