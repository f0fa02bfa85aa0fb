"""What the engine answers: events, or a refusal that says why and what would help."""

import msgspec

from escrow_tui.engine.events import AnyEvent


class Done(msgspec.Struct, frozen=True, gc=False):
    """The command led to these events."""

    events: tuple[AnyEvent, ...]


class Refused(msgspec.Struct, frozen=True, gc=False):
    """The command changed nothing: a stable code, the policy row behind it, and the facts."""

    code: str
    rule: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The reason, and what would help."""
        return REFUSALS[self.code].format_map(dict(self.facts))

    @property
    def explanation(self) -> str:
        """The sentence with the policy row behind it, if there is one: what a screen shows."""
        return f"{self.sentence} Policy row: {self.rule}." if self.rule else self.sentence


Answer = Done | Refused

REFUSALS: dict[str, str] = {
    "WRONG_ROLE": "A {role} may not do this; it is for the {allowed}.",
    "NOT_YOURS": "This order belongs to another {role}; act on an order of your own.",
    "NOT_YOUR_CASE": "Mediator {mediator} has this case; choose one that is free or yours.",
    "WRONG_PHASE": "Not while the order is {phase}; it is possible when {possible}.",
    "UNKNOWN_ORDER": "There is no order {order}; choose one from the list.",
    "ORDER_EXISTS": "There is already an order {order}; give the new one another id.",
    "EMPTY_ORDER": "The order has nothing to pay; put an article into the cart first.",
    "METHOD_UNKNOWN": "{method} is no payment method here; choose one of {known}.",
    "SAME_PERSON": "Buyer and seller are the same person; order from another shop.",
    "BAD_RATE": "{rate} is no rate; write a number like 0.92, above 0 and below 100000.",
    "DECLINE_CODE_UNKNOWN": "{code} is no reason to decline a {method}; it is one of {known}.",
    "BAD_AMOUNT": "{amount} is not possible; at least {least} and at most {most}.",
    "BAD_DAYS": "{days} days is not possible; from 1 to {most}.",
    "TRACKING_INVALID": "{tracking} is no S10 number: {fault}. One that is right: {example}.",
    "SCAN_OUT_OF_ORDER": "The parcel is {state}; a scan {status} cannot follow it.",
    "NOT_DELIVERED": "The parcel has not been delivered; wait for the scan delivered.",
    "PARCEL_OPEN": "The parcel has been opened already; look at what lay in it.",
    "DISPUTE_TOO_EARLY": (
        "The parcel was shipped {days} days ago; a dispute can be opened after {needed} full days,"
        " on {date}, or once it has been delivered."
    ),
    "DISPUTE_BEFORE_DELIVERY": (
        "This policy knows no dispute before delivery; wait for the parcel,"
        " or for the end of protection."
    ),
    "DISPUTES_USED_UP": "This order has had {count} disputes, the most that are allowed.",
    "EVIDENCE_MISSING": "A dispute for {reason} needs evidence: add one of {kinds}.",
    "EVIDENCE_UNKNOWN": "There is no evidence {evidence} in this case; it holds {known}.",
    "EVIDENCE_SEEN": "Evidence {evidence} has been opened already.",
    "EVIDENCE_FULL": "The case holds {most} pieces of evidence, the most that are allowed.",
    "TEXT_EMPTY": "There is nothing in it; write at least a word.",
    "TEXT_TOO_LONG": "It has {length} characters; at most {most}.",
    "NOTHING_PROPOSED": "The {party} has proposed nothing yet; wait, or propose something.",
    "OWN_PROPOSAL": "That is your own proposal, and you stand by it already.",
    "ALREADY_ACCEPTED": "You have accepted this proposal already; the other side must too.",
    "ESCALATE_TOO_EARLY": "Ask the platform from day {days} of the dispute on, on {date}.",
    "NO_REASONS": "A ruling needs at least one reason.",
    "RULE_UNKNOWN": "{row} is no row of this order's policy; cite one of its rows.",
    "BAD_CONFIDENCE": "{confidence} is no confidence; from 0 to 100.",
    "PARTIAL_REFUND": "This policy knows full refunds only: nothing, or {whole}.",
    "REPLACEMENT_NOT_ALLOWED": "This policy knows no replacement; ask for money instead.",
    "REPLACEMENT_USED_UP": "The goods were replaced once already; it is about money now.",
    "REPLACEMENT_AMOUNT": (
        "A replacement goes without money; write 0.00 in place of {amount}, or leave it out."
    ),
    "RETURN_USED_UP": "The goods went back once already; it is about money now.",
    "CHANGE_OF_MIND_LATE": (
        "A change of mind counts within {days} days of delivery; choose another reason."
    ),
    "NOT_YOUR_TURN": "The {party} has to answer your last proposal first.",
    "ESCALATE_UNANSWERED": "Wait for the seller's answer; silence grants your claim.",
    "EVIDENCE_ONE_SHOT": (
        "Each side hands in evidence once, and you have; wait until a mediator asks for more."
    ),
    "EVIDENCE_NEEDED": "This needs evidence; hand in at least one piece with it.",
    "EVIDENCE_ASKED": "The {side} has been asked and may answer until {date}; wait for it.",
    "SAME_MEDIATOR": "Mediator {mediator} ruled on this case; an appeal is for another.",
    "APPEALED_ALREADY": "This order has had its appeal; the decision is final.",
    "LINE_TWICE": "Line {line} stands twice in the order; give each line an id of its own.",
    "LINE_UNKNOWN": "{line} is no line of this order; it has {known}.",
    "NOTHING_TO_REFUND": "Nothing of {what} can still be given back.",
    "NO_RETURN_PARCEL": "No parcel is on its way back; scan the one of the order.",
    "SCAN_REPEATED": "The carrier reported the scan {status} already.",
    "BAD_STARS": "{stars} is no number of stars; from 1 to 5.",
    "REVIEWED_ALREADY": "You have given this order {stars} stars already.",
    "REVIEW_TOO_LATE": "The time to review ended on {date}.",
    "CHARGEBACK_IMPOSSIBLE": "A payment by {method} is final; its bank takes nothing back.",
    "CHARGEBACK_USED_UP": "This payment has been charged back once; the bank has decided.",
    "CHARGEBACK_TOO_LATE": "A chargeback was possible until {date}; the bank takes no more.",
    "CURRENCY_UNKNOWN": '{currency} is not a currency known here; write it like "USD".',
    "NOTHING_TO_WITHDRAW": (
        "Nothing in {currency} can be withdrawn; a seller's money can when it has cleared."
    ),
    "NOTHING_TO_SETTLE": "No refund of this order is on its way.",
    "TIME_GOES_BACK": "The market's clock stands at {now}; it cannot go back to {asked}.",
    "COMMAND_ID_REUSED": "The id {id} was used for another command; use a new one.",
    "SEAT_REVOKED": "This seat was revoked by the trainer; ask for a new code, and join again.",
    "OTHER_SEAT": "Your seat is that of {seat}; it acts for nobody else.",
    "SEAT_CLOCK": "In a market with seats the clock is moved by the trainer, or backstage.",
    "SEAT_PRICE": "A seat orders from the shop, at its prices: fill the cart and check out.",
}
