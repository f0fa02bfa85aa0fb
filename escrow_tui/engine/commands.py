"""Every command, imperative, one a verb. Amounts are minor units of the order's currency."""

import msgspec

from escrow_tui.engine.terms import EvidenceKind, Party, Reason, ShipmentState


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of an order: an article with its amount, and the picture of its listing."""

    id: str
    amount: int
    title: str = ""
    picture: str = ""


class Exhibit(msgspec.Struct, frozen=True, gc=False):
    """A piece of evidence as its owner hands it in: what it is and what it shows."""

    kind: EvidenceKind
    shows: str
    picture: str = ""


class Command(msgspec.Struct, frozen=True, tag_field="do"):
    """What somebody asks for; `verb_of` gives its word in the step grammar."""


class PlaceOrder(Command, frozen=True, tag="place_order"):
    """Order these lines of one seller; `rate` is buyer's units for one of the price's."""

    buyer: str
    seller: str
    lines: tuple[Line, ...]
    currency: str
    shipping: int = 0
    origin: str = "CN"
    destination: str = "DE"
    promised_days: int = 30
    method: str = "credit_card"
    pay_in: str = ""
    rate: str = ""


class Pay(Command, frozen=True, tag="pay"):
    """Pay the whole order by its method."""


class Cancel(Command, frozen=True, tag="cancel"):
    """Call the order off: the buyer until it is verified, the seller until it is shipped."""


class ExtendProcessing(Command, frozen=True, tag="extend_processing"):
    """Give the seller more days to ship."""

    days: int


class OpenParcel(Command, frozen=True, tag="open_parcel"):
    """Open the parcel; `found` is the picture of what lies in it, which the world supplies."""

    found: str = ""


class ConfirmReceipt(Command, frozen=True, tag="confirm_receipt"):
    """Say that the goods came as promised; the money goes to the seller."""


class OpenDispute(Command, frozen=True, tag="open_dispute"):
    """Claim money back for a reason, with the evidence that the reason needs."""

    reason: Reason
    claim: int
    evidence: tuple[Exhibit, ...] = ()


class EditClaim(Command, frozen=True, tag="edit_claim"):
    """Change what the dispute asks for."""

    claim: int


class WithdrawDispute(Command, frozen=True, tag="withdraw_dispute"):
    """Take the dispute back; the order's timers go on with the time that remained."""


class Propose(Command, frozen=True, tag="propose"):
    """Offer an amount to be refunded; proposing is accepting one's own."""

    amount: int
    note: str = ""


class AcceptProposal(Command, frozen=True, tag="accept_proposal"):
    """Accept what another proposed; agreed by buyer and seller, it is executed."""

    of: Party


class Escalate(Command, frozen=True, tag="escalate"):
    """Ask the platform to step in before the negotiation has run out."""


class AddEvidence(Command, frozen=True, tag="add_evidence"):
    """Hand in one more piece of evidence."""

    kind: EvidenceKind
    shows: str
    picture: str = ""


class SendMessage(Command, frozen=True, tag="send_message"):
    """Write to the other side; the words stay with the order."""

    text: str


class Ship(Command, frozen=True, tag="ship"):
    """Hand the parcel to the carrier under a tracking number of valid S10 form."""

    tracking: str


class ExtendProtection(Command, frozen=True, tag="extend_protection"):
    """Lengthen the buyer's protection; the seller may only lengthen it."""

    days: int


class AcceptClaim(Command, frozen=True, tag="accept_claim"):
    """Give the buyer what the dispute asks for."""


class RejectClaim(Command, frozen=True, tag="reject_claim"):
    """Refuse the claim, with what speaks against it."""

    evidence: tuple[Exhibit, ...] = ()


class Reship(Command, frozen=True, tag="reship"):
    """Send a parcel that came back once more."""

    tracking: str


class OpenEvidence(Command, frozen=True, tag="open_evidence"):
    """Look at one piece of evidence; that it was looked at is kept."""

    evidence: str


class Rule(Command, frozen=True, tag="rule"):
    """Decide the dispute: what is refunded, why, and by which policy rows."""

    refund: int
    reasons: tuple[str, ...]
    policy_rows: tuple[str, ...] = ()
    confidence: int = 0
    note: str = ""


class Scan(Command, frozen=True, tag="scan"):
    """The carrier saw the parcel; `weight` is in grams."""

    status: ShipmentState
    city: str = ""
    post_code: str = ""
    weight: int = 0
    signature: bool = False


class VerifyPayment(Command, frozen=True, tag="verify_payment"):
    """The bank says that the payment is good."""


class DeclinePayment(Command, frozen=True, tag="decline_payment"):
    """The bank says that the payment is not good, and why."""

    code: str


class SettleRefund(Command, frozen=True, tag="settle_refund"):
    """The bank says that every refund on its way has arrived."""


AnyCommand = (
    PlaceOrder
    | Pay
    | Cancel
    | ExtendProcessing
    | OpenParcel
    | ConfirmReceipt
    | OpenDispute
    | EditClaim
    | WithdrawDispute
    | Propose
    | AcceptProposal
    | Escalate
    | AddEvidence
    | SendMessage
    | Ship
    | ExtendProtection
    | AcceptClaim
    | RejectClaim
    | Reship
    | OpenEvidence
    | Rule
    | Scan
    | VerifyPayment
    | DeclinePayment
    | SettleRefund
)

COMMANDS: dict[str, type[Command]] = {
    str(kind.__struct_config__.tag): kind for kind in Command.__subclasses__()
}


def verb_of(command: Command) -> str:
    """Return the command's word in the step grammar, such as `open_dispute`."""
    return str(command.__struct_config__.tag)
