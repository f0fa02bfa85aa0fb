"""What each verb asks for: one row a verb, from which its form is drawn and its command built."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from escrow_tui.engine.commands import AnyCommand


class Kind(StrEnum):
    """How a field is asked for."""

    AMOUNT = "amount"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    CHECKS = "checks"
    SWITCH = "switch"
    EXHIBITS = "exhibits"
    EXHIBIT = "exhibit"


class Field(msgspec.Struct, frozen=True):
    """One field of a form; `name` is the command's, `hint` says what is expected.

    `stand_in` lets the ledger be shown before the field is filled in: it moves no money.
    """

    name: str
    title: str
    kind: Kind
    hint: str = ""
    required: bool = True
    stand_in: object = None


class Form(msgspec.Struct, frozen=True):
    """A verb's title, what it means, and its fields."""

    title: str
    means: str
    fields: tuple[Field, ...] = ()


_TRACKING = Field("tracking", "Tracking number", Kind.TEXT, "two letters, nine digits, country")
_EVIDENCE = Field("evidence", "Evidence", Kind.EXHIBITS, "what you hand in with it", required=False)
_PROPOSAL = (
    Field("amount", "Refund", Kind.AMOUNT, "to the buyer: an amount, or 25 %"),
    Field("note", "Note", Kind.TEXT, "why (may be left empty)", required=False),
)
_CLAIM = Field("claim", "Claim", Kind.AMOUNT, "to you: an amount, or 25 %")

FORMS: dict[str, Form] = {
    "pay": Form("Pay", "Pay the whole order; the platform holds the money."),
    "cancel": Form("Cancel the order", "End the order; what was paid goes back to the buyer."),
    "extend_processing": Form(
        "Give more time to ship",
        "The seller gets more days before the order is cancelled.",
        (Field("days", "Days", Kind.NUMBER, "1 to 120"),),
    ),
    "open_parcel": Form("Open the parcel", "Look at what lies in it."),
    "confirm_receipt": Form(
        "Confirm receipt",
        "Say that the goods came as promised: escrow pays the seller.",
    ),
    "open_dispute": Form(
        "Open a dispute",
        "Claim money back. The order's timers stop; the seller has to answer.",
        (
            Field("reason", "Reason", Kind.CHOICE, "what is wrong"),
            _CLAIM,
            _EVIDENCE,
        ),
    ),
    "edit_claim": Form("Change the claim", "Ask for another amount.", (_CLAIM,)),
    "withdraw_dispute": Form(
        "Withdraw the dispute", "The order goes on, with the time that its timers had left."
    ),
    "propose": Form(
        "Propose a refund",
        "Offer an amount. When buyer and seller accept the same one, it is executed.",
        _PROPOSAL,
    ),
    "accept_proposal": Form(
        "Accept a proposal",
        "Agree to what another proposed.",
        (Field("of", "Whose proposal", Kind.CHOICE, "of those that stand"),),
    ),
    "escalate": Form("Ask the platform to step in", "A mediator decides instead of the two."),
    "add_evidence": Form(
        "Hand in evidence",
        "It stays in the file, with its time and checksum, for all to see.",
        (Field("exhibit", "Evidence", Kind.EXHIBIT, "one piece"),),
    ),
    "send_message": Form(
        "Write a message",
        "It stays with the order; a mediator can read it.",
        (Field("text", "Message", Kind.TEXT, "to the other side"),),
    ),
    "ship": Form("Ship", "Hand the parcel to the carrier; protection runs.", (_TRACKING,)),
    "extend_protection": Form(
        "Lengthen the protection",
        "The buyer gets more days before the seller is paid.",
        (Field("days", "Days", Kind.NUMBER, "1 to 120"),),
    ),
    "accept_claim": Form("Accept the claim", "The buyer gets what the dispute asks for."),
    "reject_claim": Form(
        "Reject the claim",
        "Say no, with what speaks against it; then the two negotiate.",
        (_EVIDENCE,),
    ),
    "reship": Form("Send again", "Send the parcel that came back once more.", (_TRACKING,)),
    "open_evidence": Form(
        "Open evidence",
        "Look at one piece; that you looked is kept.",
        (Field("evidence", "Evidence", Kind.CHOICE, "of those not opened yet"),),
    ),
    "rule": Form(
        "Rule",
        "Decide the dispute. Nothing moves until the appeal window has passed.",
        (
            Field("refund", "Refund", Kind.AMOUNT, "to the buyer: an amount, or 25 %"),
            Field("reasons", "Reasons", Kind.CHECKS, "what you found", stand_in=("?",)),
            Field("policy_rows", "Policy rows", Kind.CHECKS, "that support it", required=False),
            Field("confidence", "Confidence", Kind.NUMBER, "0 to 100: how sure?", stand_in=0),
            Field("note", "Note", Kind.TEXT, "to both sides (may be left empty)", required=False),
        ),
    ),
    "scan": Form(
        "Scan the parcel",
        "The carrier sees the parcel.",
        (
            Field("status", "Status", Kind.CHOICE, "what the carrier says"),
            Field("city", "City", Kind.TEXT, "where (may be left empty)", required=False),
            Field("post_code", "Post code", Kind.TEXT, "(may be left empty)", required=False),
            Field("weight", "Weight in grams", Kind.NUMBER, "(may be left empty)", required=False),
            Field("signature", "Signed for", Kind.SWITCH, "", required=False),
        ),
    ),
    "verify_payment": Form("Verify the payment", "The bank stands by it; the seller may ship."),
    "decline_payment": Form(
        "Decline the payment",
        "The order is cancelled; what was captured goes back.",
        (Field("code", "Why", Kind.CHOICE, "the bank's code"),),
    ),
    "settle_refund": Form("Settle the refunds", "Every refund on its way arrives now."),
}


def build(verb: str, values: Mapping[str, object]) -> AnyCommand:
    """Return the command of a verb from plain values.

    Raises:
        ValueError: a value does not fit, with a sentence that says which.
    """
    given = dict(values)
    if isinstance(exhibit := given.pop("exhibit", None), Mapping):
        given |= exhibit
    try:
        command: AnyCommand = msgspec.convert({"do": verb, **given}, AnyCommand)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None
    return command
