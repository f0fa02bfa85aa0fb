"""Every command, one for each verb. Amounts are minor units of the order's currency."""

from typing import get_args

import msgspec

from escrow_tui.engine.terms import (
    EvidenceKind,
    Parcel,
    Party,
    Reason,
    ReturnFault,
    ShipmentState,
    Side,
)


class Line(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """One line of an order: an article with its amount, and the picture of its listing."""

    id: str
    amount: int
    title: str = ""
    picture: str = ""


class Exhibit(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A piece of evidence as it is handed in: what it is and what it shows."""

    kind: EvidenceKind
    shows: str
    picture: str = ""


class Command(msgspec.Struct, frozen=True, gc=False, tag_field="do", forbid_unknown_fields=True):
    """What somebody asks for; `verb_of` gives its word in the step grammar.

    A command is kept with its events, so a field that is added needs a default, as in an event.
    """


class PlaceOrder(Command, frozen=True, tag="place_order", kw_only=True):
    """Order these lines of one seller; `rate` is units of `pay_in` for one of `currency`.

    `card_expires` is the instant (Unix seconds) from which the card is expired, 0 for none.
    """

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
    card_expires: int = 0


class Pay(Command, frozen=True, tag="pay"):
    """Pay the whole order by its method."""


class Cancel(Command, frozen=True, tag="cancel"):
    """Cancel the order: the buyer until it is verified, the seller until it is shipped."""


class RequestCancel(Command, frozen=True, tag="request_cancel"):
    """Ask the seller to cancel a paid order; silence is consent."""


class WithdrawCancel(Command, frozen=True, tag="withdraw_cancel"):
    """Take the request back; the seller's time to ship goes on."""


class AcceptCancel(Command, frozen=True, tag="accept_cancel"):
    """Agree to cancel the order."""


class Refund(Command, frozen=True, tag="refund"):
    """Refund one line or the whole order without a dispute."""

    amount: int
    line: str = ""


class ExtendProcessing(Command, frozen=True, tag="extend_processing"):
    """Give the seller more days to ship."""

    days: int


class OpenParcel(Command, frozen=True, tag="open_parcel"):
    """Open the parcel; `found` is the picture of what lies in it, which the world supplies."""

    found: str = ""


class ConfirmReceipt(Command, frozen=True, tag="confirm_receipt"):
    """Confirm that the goods came as promised; the money goes to the seller."""


class OpenDispute(Command, frozen=True, tag="open_dispute", kw_only=True):
    """Claim money back for a reason, with the evidence that the reason needs."""

    reason: Reason
    claim: int
    evidence: tuple[Exhibit, ...] = ()
    return_goods: bool = False
    replacement: bool = False


class EditClaim(Command, frozen=True, tag="edit_claim"):
    """Change what the dispute asks for."""

    claim: int


class WithdrawDispute(Command, frozen=True, tag="withdraw_dispute"):
    """Withdraw the dispute; the order's timers go on with the time that remained."""


class Propose(Command, frozen=True, tag="propose"):
    """Offer an amount, a return or a replacement; a proposal counts as accepted by its own side."""

    amount: int
    note: str = ""
    return_goods: bool = False
    replacement: bool = False


class AcceptProposal(Command, frozen=True, tag="accept_proposal"):
    """Accept another's proposal; once buyer and seller have accepted, it is executed."""

    of: Party


class Escalate(Command, frozen=True, tag="escalate"):
    """Ask the platform to step in before the negotiation has ended."""


class AddEvidence(Command, frozen=True, tag="add_evidence"):
    """Hand in one more piece of evidence."""

    kind: EvidenceKind
    shows: str
    picture: str = ""


class SendMessage(Command, frozen=True, tag="send_message"):
    """Write to the other side; the message stays with the order."""

    text: str


class Ship(Command, frozen=True, tag="ship"):
    """Hand the parcel to the carrier under a tracking number of valid S10 form."""

    tracking: str


class ExtendProtection(Command, frozen=True, tag="extend_protection"):
    """Extend the buyer's protection; it can only be extended."""

    days: int


class AcceptClaim(Command, frozen=True, tag="accept_claim"):
    """Give the buyer what the dispute asks for."""


class RejectClaim(Command, frozen=True, tag="reject_claim"):
    """Refuse the claim, with evidence against it."""

    evidence: tuple[Exhibit, ...] = ()


class Reship(Command, frozen=True, tag="reship"):
    """Send a parcel that came back once more."""

    tracking: str


class OpenEvidence(Command, frozen=True, tag="open_evidence"):
    """Look at one piece of evidence; the journal keeps that it was opened."""

    evidence: str


class AskEvidence(Command, frozen=True, tag="ask_evidence"):
    """Ask one side for evidence; if it brings none in time, the ruling goes against it."""

    from_: Side = msgspec.field(name="from")


class Decision(Command, frozen=True, kw_only=True):
    """What a mediator decides: what is refunded, why, and by which policy rows.

    `goodwill` is the platform's own money on top.
    """

    refund: int
    reasons: tuple[str, ...]
    policy_rows: tuple[str, ...] = ()
    confidence: int = 0
    note: str = ""
    return_goods: bool = False
    replacement: bool = False
    goodwill: int = 0


class Rule(Decision, frozen=True, tag="rule", kw_only=True):
    """Decide the dispute; the ruling can be appealed."""


class Appeal(Command, frozen=True, tag="appeal"):
    """Ask another mediator to review the ruling, once per order, with new evidence."""

    evidence: tuple[Exhibit, ...]


class DecideAppeal(Decision, frozen=True, tag="decide_appeal", kw_only=True):
    """Decide an appeal for good, as a mediator other than the first."""


class ShipReturn(Command, frozen=True, tag="ship_return"):
    """Hand the goods to the carrier on their way back."""

    tracking: str


class ConfirmReturn(Command, frozen=True, tag="confirm_return"):
    """Confirm that the goods came back as agreed; what was agreed is executed."""


class ContestReturn(Command, frozen=True, tag="contest_return"):
    """Say what is wrong with what came back; a mediator decides."""

    kind: ReturnFault
    evidence: tuple[Exhibit, ...] = ()


class ShipReplacement(Command, frozen=True, tag="ship_replacement"):
    """Send the goods that replace the first ones."""

    tracking: str


class Review(Command, frozen=True, tag="review"):
    """Rate the seller with one to five stars, once."""

    stars: int
    text: str = ""


class Scan(Command, frozen=True, tag="scan", kw_only=True):
    """The carrier saw the parcel, or the one going back; `weight` is in grams."""

    status: ShipmentState
    city: str = ""
    post_code: str = ""
    weight: int = 0
    signature: bool = False
    of: Parcel = Parcel.ORDER


class VerifyPayment(Command, frozen=True, tag="verify_payment"):
    """The bank says that the payment is good."""


class DeclinePayment(Command, frozen=True, tag="decline_payment"):
    """The bank says that the payment is not good, and why."""

    code: str


class SettleRefund(Command, frozen=True, tag="settle_refund"):
    """The bank says that every refund on its way has arrived."""


class OpenChargeback(Command, frozen=True, tag="open_chargeback"):
    """The card's bank takes back an amount up to what was captured; the order is frozen."""

    amount: int


class AnswerChargeback(Command, frozen=True, tag="answer_chargeback"):
    """Defend the charge before the bank, with evidence."""

    evidence: tuple[Exhibit, ...]


class AcceptChargeback(Command, frozen=True, tag="accept_chargeback"):
    """Accept the chargeback; the buyer's bank keeps the money."""


class DecideChargeback(Command, frozen=True, tag="decide_chargeback"):
    """The bank decides for one side."""

    won_by: Side


class WithdrawMoney(Command, frozen=True, tag="withdraw_money"):
    """The seller withdraws available money to their bank."""

    amount: int
    currency: str = "USD"


class WithdrawWallet(Command, frozen=True, tag="withdraw_wallet"):
    """The buyer takes money out of the wallet on the platform."""

    amount: int
    currency: str = "USD"


class SetRate(Command, frozen=True, tag="set_rate"):
    """The bank's rate of the day: units of `currency` for one of the prices' currency."""

    currency: str
    rate: str


# Commands that concern the market and no order.
MarketCommand = WithdrawMoney | WithdrawWallet | SetRate
OrderCommand = (
    Pay
    | Cancel
    | RequestCancel
    | WithdrawCancel
    | AcceptCancel
    | Refund
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
    | AskEvidence
    | Rule
    | Appeal
    | DecideAppeal
    | ShipReturn
    | ConfirmReturn
    | ContestReturn
    | ShipReplacement
    | Review
    | Scan
    | VerifyPayment
    | DeclinePayment
    | SettleRefund
    | OpenChargeback
    | AnswerChargeback
    | AcceptChargeback
    | DecideChargeback
)
AnyCommand = PlaceOrder | OrderCommand | MarketCommand

COMMANDS: dict[str, type[Command]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(AnyCommand)
}
_VERBS = {kind: verb for verb, kind in COMMANDS.items()}


def verb_of(command: Command) -> str:
    """Return the command's word in the step grammar, such as `open_dispute`."""
    return _VERBS[type(command)]
