"""What each verb asks for: one row per verb, from which form and command are built."""

from escrow_tui.ui.forms.form import Field, FieldKind, Form

_TRACKING = Field(
    name="tracking",
    title="Tracking number",
    kind=FieldKind.TEXT,
    hint="two letters, nine digits, country",
)
_EVIDENCE = Field(
    name="evidence",
    title="Evidence",
    kind=FieldKind.EXHIBITS,
    hint="what you hand in with it",
    required=False,
)
_PROOF = Field(
    name="evidence", title="Evidence", kind=FieldKind.EXHIBITS, hint="at least one piece"
)
_TO_BUYER = "to the buyer: an amount, or 25 %"
# What can be asked for instead of money, or before it.
_GOODS = (
    Field(
        name="return_goods",
        title="Goods go back",
        kind=FieldKind.SWITCH,
        hint="before anything else follows",
        required=False,
    ),
    Field(
        name="replacement",
        title="Replacement",
        kind=FieldKind.SWITCH,
        hint="in place of money",
        required=False,
    ),
)
_NEW = "replacement"
_PROPOSAL = (
    Field(name="amount", title="Refund", kind=FieldKind.AMOUNT, hint=_TO_BUYER, without=_NEW),
    Field(
        name="note",
        title="Note",
        kind=FieldKind.TEXT,
        hint="why (may be left empty)",
        required=False,
    ),
    *_GOODS,
)
_CLAIM = Field(
    name="claim",
    title="Claim",
    kind=FieldKind.AMOUNT,
    hint="to you: an amount, or 25 %",
    without=_NEW,
)
_DECISION = (
    Field(name="refund", title="Refund", kind=FieldKind.AMOUNT, hint=_TO_BUYER, without=_NEW),
    Field(
        name="reasons",
        title="Reasons",
        kind=FieldKind.CHECKS,
        hint="what you found",
        stand_in=("?",),
    ),
    Field(
        name="policy_rows",
        title="Policy rows",
        kind=FieldKind.CHECKS,
        hint="that support it",
        required=False,
    ),
    Field(
        name="confidence",
        title="Confidence",
        kind=FieldKind.NUMBER,
        hint="0 to 100: how sure?",
        stand_in=0,
    ),
    Field(
        name="note",
        title="Note",
        kind=FieldKind.TEXT,
        hint="to both sides (may be left empty)",
        required=False,
    ),
    *_GOODS,
    Field(
        name="goodwill",
        title="Goodwill",
        kind=FieldKind.AMOUNT,
        hint="of the platform, on top",
        required=False,
    ),
)
_MONEY = Field(name="money", title="Amount", kind=FieldKind.MONEY, hint="like 12.50 USD")

FORMS: dict[str, Form] = {
    "pay": Form("Pay", "Pay the whole order; the platform holds the money."),
    "cancel": Form("Cancel the order", "End the order; what was paid goes back to the buyer."),
    "request_cancel": Form(
        "Ask to cancel",
        "The seller agrees or ships; if he says nothing, the order is cancelled and refunded.",
    ),
    "withdraw_cancel": Form(
        "Want it after all", "Take the request to cancel back; the seller's time to ship goes on."
    ),
    "accept_cancel": Form(
        "Agree to cancel", "End the order; what was paid goes back to the buyer."
    ),
    "refund": Form(
        "Refund",
        "Give money back without a dispute, at once; nobody has to agree.",
        (
            Field(name="amount", title="Refund", kind=FieldKind.AMOUNT, hint=_TO_BUYER),
            Field(
                name="line",
                title="Of article",
                kind=FieldKind.CHOICE,
                hint="or of the whole order",
                required=False,
            ),
        ),
    ),
    "extend_processing": Form(
        "Give more time to ship",
        "The seller gets more days before the order is cancelled.",
        (Field(name="days", title="Days", kind=FieldKind.NUMBER, hint="1 to 120"),),
    ),
    "open_parcel": Form("Open the parcel", "Look at what lies in it."),
    "confirm_receipt": Form(
        "Confirm receipt",
        "Say that the goods came as promised: escrow pays the seller.",
    ),
    "open_dispute": Form(
        "Open a dispute",
        "Claim money or a replacement. Timers stop; the seller has to answer.",
        (
            Field(name="reason", title="Reason", kind=FieldKind.CHOICE, hint="what is wrong"),
            _CLAIM,
            _EVIDENCE,
            *_GOODS,
        ),
    ),
    "edit_claim": Form(
        "Change the claim",
        "Ask for another amount; a replacement asked for becomes money.",
        (
            Field(
                name="claim",
                title="Claim",
                kind=FieldKind.AMOUNT,
                hint="to you: an amount, or 25 %",
            ),
        ),
    ),
    "withdraw_dispute": Form(
        "Withdraw the dispute", "The order goes on, with the time that its timers had left."
    ),
    "propose": Form(
        "Propose a result",
        "Money, a return, a replacement. When buyer and seller accept the same, it is executed.",
        _PROPOSAL,
    ),
    "accept_proposal": Form(
        "Accept a proposal",
        "Agree to what another proposed.",
        (
            Field(
                name="of", title="Whose proposal", kind=FieldKind.CHOICE, hint="of those that stand"
            ),
        ),
    ),
    "escalate": Form("Ask the platform to step in", "A mediator decides instead of the two."),
    "add_evidence": Form(
        "Hand in evidence",
        "It stays in the file, with its time and checksum, for all to see.",
        (Field(name="exhibit", title="Evidence", kind=FieldKind.EXHIBIT, hint="one piece"),),
    ),
    "send_message": Form(
        "Write a message",
        "It stays with the order; a mediator can read it.",
        (Field(name="text", title="Message", kind=FieldKind.TEXT, hint="to the other side"),),
    ),
    "ship": Form("Ship", "Hand the parcel to the carrier; protection runs.", (_TRACKING,)),
    "extend_protection": Form(
        "Lengthen the protection",
        "The buyer gets more days before the seller is paid.",
        (Field(name="days", title="Days", kind=FieldKind.NUMBER, hint="1 to 120"),),
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
        (
            Field(
                name="evidence",
                title="Evidence",
                kind=FieldKind.CHOICE,
                hint="of those not opened yet",
            ),
        ),
    ),
    "ask_evidence": Form(
        "Ask for evidence",
        "One side has to bring some; if it brings none in time, it is ruled against it.",
        (Field(name="from", title="Of whom", kind=FieldKind.CHOICE, hint="buyer or seller"),),
    ),
    "rule": Form(
        "Rule",
        "Decide the dispute. Nothing moves until the appeal window has passed.",
        _DECISION,
    ),
    "appeal": Form(
        "Appeal",
        "Ask another mediator to look again, with new evidence; once an order.",
        (_PROOF,),
    ),
    "decide_appeal": Form(
        "Decide the appeal", "Decide for good: it is executed at once.", _DECISION
    ),
    "ship_return": Form(
        "Send the goods back", "Hand them to the carrier on their way back.", (_TRACKING,)
    ),
    "confirm_return": Form(
        "Confirm the return", "The goods came back as they should: what was agreed is executed."
    ),
    "contest_return": Form(
        "Contest the return",
        "Say what is wrong with what came back; a mediator decides.",
        (
            Field(
                name="kind",
                title="What is wrong",
                kind=FieldKind.CHOICE,
                hint="with what came back",
            ),
            _EVIDENCE,
        ),
    ),
    "ship_replacement": Form(
        "Send the replacement", "Protection and inspection start anew.", (_TRACKING,)
    ),
    "review": Form(
        "Review the seller",
        "Say to those who come after you how it was; once an order.",
        (
            Field(name="stars", title="Stars", kind=FieldKind.NUMBER, hint="1 to 5"),
            Field(
                name="text",
                title="In words",
                kind=FieldKind.TEXT,
                hint="(may be left empty)",
                required=False,
            ),
        ),
    ),
    "scan": Form(
        "Scan the parcel",
        "The carrier sees the parcel.",
        (
            Field(
                name="status", title="Status", kind=FieldKind.CHOICE, hint="what the carrier says"
            ),
            Field(
                name="city",
                title="City",
                kind=FieldKind.TEXT,
                hint="where (may be left empty)",
                required=False,
            ),
            Field(
                name="post_code",
                title="Post code",
                kind=FieldKind.TEXT,
                hint="(may be left empty)",
                required=False,
            ),
            Field(
                name="weight",
                title="Weight in grams",
                kind=FieldKind.NUMBER,
                hint="(may be left empty)",
                required=False,
            ),
            Field(
                name="signature",
                title="Signed for",
                kind=FieldKind.SWITCH,
                hint="by who took it in",
                required=False,
            ),
            Field(
                name="of",
                title="Parcel",
                kind=FieldKind.CHOICE,
                hint="the order's or the one going back",
            ),
        ),
    ),
    "verify_payment": Form("Verify the payment", "The bank stands by it; the seller may ship."),
    "decline_payment": Form(
        "Decline the payment",
        "The order is cancelled; what was captured goes back.",
        (Field(name="code", title="Why", kind=FieldKind.CHOICE, hint="the bank's code"),),
    ),
    "settle_refund": Form("Settle the refunds", "Every refund on its way arrives now."),
    "open_chargeback": Form(
        "Open a chargeback",
        "The buyer's bank takes money back; the order is frozen until it is decided.",
        (
            Field(
                name="amount",
                title="Amount",
                kind=FieldKind.AMOUNT,
                hint="up to what was paid, or 25 %",
            ),
        ),
    ),
    "answer_chargeback": Form(
        "Defend the charge",
        "Show the bank what speaks for the charge; then it decides.",
        (_PROOF,),
    ),
    "accept_chargeback": Form(
        "Accept the chargeback", "The buyer's bank keeps the money, and the order ends."
    ),
    "decide_chargeback": Form(
        "Decide the chargeback",
        "The bank decides for good who keeps the money.",
        (Field(name="won_by", title="Won by", kind=FieldKind.CHOICE, hint="buyer or seller"),),
    ),
}

# Commands to the market rather than to an order.
MARKET_FORMS: dict[str, Form] = {
    "withdraw_money": Form(
        "Withdraw money", "Money that has cleared goes from the shop to its bank.", (_MONEY,)
    ),
    "withdraw_wallet": Form(
        "Empty the wallet", "What the platform keeps for you goes to your bank.", (_MONEY,)
    ),
    "set_rate": Form(
        "Set the rate of the day",
        "What one unit of a price is worth; a refund abroad may follow it.",
        (
            Field(
                name="currency",
                title="Currency",
                kind=FieldKind.TEXT,
                hint="of the buyers, like EUR",
            ),
            Field(
                name="rate",
                title="Rate",
                kind=FieldKind.TEXT,
                hint="units of it for one of a price, like 0.92",
            ),
        ),
    ),
}
