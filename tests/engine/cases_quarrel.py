"""Refusals of disputes, evidence, rulings, appeals and returns: a story and a command each."""

from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine.policy_switches import EvidenceEdits, Proposals
from escrow_tui.engine.terms import EvidenceKind, Party, Reason, ReturnFault, Side
from tests.engine.cases_trade import Case
from tests.given.orders import (
    APPEALED,
    BACK,
    DELIVER,
    DELIVERED,
    DISPUTE,
    DISPUTED,
    INVOICE,
    MEDIATED,
    MEDIATOR,
    NEGOTIATED,
    OTHER_MEDIATOR,
    POLICY,
    REPLACE,
    SHIPPED,
    TO_BE_REPLACED,
    TRACKING,
    Step,
    days,
)

LATE = c.OpenDispute(reason=Reason.IN_TRANSIT_LATE, claim=100)
PLATFORM = c.AcceptProposal(Party.PLATFORM)
FULL = tuple(c.AddEvidence(EvidenceKind.PHOTO, "again") for _ in range(39))
REPLACED: tuple[Step, ...] = (*TO_BE_REPLACED, c.ShipReplacement(TRACKING), DELIVER)
CONTESTED: tuple[Step, ...] = (*BACK, c.ContestReturn(ReturnFault.DAMAGED))
MINDED = c.OpenDispute(reason=Reason.CHANGE_OF_MIND, claim=100)

# The appeal is decided with a return that is then contested, so the case is ruled on again.
RULED_AGAIN: tuple[Step, ...] = (
    (OTHER_MEDIATOR, c.DecideAppeal(refund=4_000, reasons=("send it back",), return_goods=True)),
    c.ShipReturn(TRACKING),
    BACK[-1],
    c.ContestReturn(ReturnFault.EMPTY),
    c.Rule(refund=4_000, reasons=("it was there",)),
)

QUARREL: dict[str, Case] = {
    "NOT_YOUR_CASE": Case(
        c.OpenEvidence("E1"),
        "Mediator 1 has this case; choose one that is free or yours.",
        (*MEDIATED, c.OpenEvidence("E1")),
        by=OTHER_MEDIATOR,
    ),
    "DISPUTE_TOO_EARLY": Case(
        LATE,
        "The parcel was shipped 0 days ago; a dispute can be opened after 10 full days, on"
        " 2026-03-12 09:00, or once it has been delivered.",
        SHIPPED,
        rule="dispute_earliest_days",
    ),
    "DISPUTE_BEFORE_DELIVERY": Case(
        LATE,
        "This policy knows no dispute before delivery; wait for the parcel, or for the end of"
        " protection.",
        SHIPPED,
        rule="dispute_before_delivery",
        policy=replace(POLICY, dispute_before_delivery=False),
    ),
    "DISPUTES_USED_UP": Case(
        DISPUTE,
        "This order has had 1 disputes, the most that are allowed.",
        (*DISPUTED, c.WithdrawDispute()),
        rule="max_disputes",
        policy=replace(POLICY, max_disputes=1),
    ),
    "CHANGE_OF_MIND_LATE": Case(
        MINDED,
        "A change of mind counts within 15 days of delivery; choose another reason.",
        (*DELIVERED, days(6), c.ConfirmReceipt(), days(9)),
        rule="return_days",
    ),
    "EVIDENCE_MISSING": Case(
        c.OpenDispute(reason=Reason.DAMAGED, claim=100),
        "A dispute for damaged needs evidence: add one of photo, unboxing_video.",
        DELIVERED,
    ),
    "EVIDENCE_NEEDED": Case(
        c.Appeal(()),
        "This needs evidence; hand in at least one piece with it.",
        APPEALED[:-1],
    ),
    "EVIDENCE_UNKNOWN": Case(
        c.OpenEvidence("E7"),
        "There is no evidence E7 in this case; it holds E1.",
        MEDIATED,
    ),
    "EVIDENCE_SEEN": Case(
        c.OpenEvidence("E1"),
        "Evidence E1 has been opened already.",
        (*MEDIATED, c.OpenEvidence("E1")),
    ),
    "EVIDENCE_FULL": Case(
        c.AddEvidence(EvidenceKind.PHOTO, "one more"),
        "The case holds 40 pieces of evidence, the most that are allowed.",
        (*DISPUTED, *FULL),
    ),
    "EVIDENCE_ONE_SHOT": Case(
        c.AddEvidence(EvidenceKind.PHOTO, "one more"),
        "Each side hands in evidence once, and you have; wait until a mediator asks for more.",
        DISPUTED,
        rule="evidence_edits",
        policy=replace(POLICY, evidence_edits=EvidenceEdits.ONE_SHOT),
    ),
    "EVIDENCE_ASKED": Case(
        c.AskEvidence(Side.BUYER),
        "The seller has been asked and may answer until 2026-03-05 09:00; wait for it.",
        (*MEDIATED, c.AskEvidence(Side.SELLER)),
        rule="evidence_days",
    ),
    "TEXT_EMPTY": Case(
        c.SendMessage(" "), "There is nothing in it; write at least a word.", DELIVERED
    ),
    "TEXT_TOO_LONG": Case(
        c.SendMessage("x" * 2_001), "It has 2001 characters; at most 2000.", DELIVERED
    ),
    "NOTHING_PROPOSED": Case(
        PLATFORM,
        "The platform has proposed nothing yet; wait, or propose something.",
        NEGOTIATED,
    ),
    "OWN_PROPOSAL": Case(
        c.AcceptProposal(Party.BUYER),
        "That is your own proposal, and you stand by it already.",
        NEGOTIATED,
    ),
    "ALREADY_ACCEPTED": Case(
        PLATFORM,
        "You have accepted this proposal already; the other side must too.",
        (*MEDIATED, (OTHER_MEDIATOR, c.Propose(1)), PLATFORM),
    ),
    "NOT_YOUR_TURN": Case(
        c.Propose(1),
        "The seller has to answer your last proposal first.",
        NEGOTIATED,
        rule="proposals",
        policy=replace(POLICY, proposals=Proposals.IN_TURNS),
    ),
    "ESCALATE_TOO_EARLY": Case(
        c.Escalate(),
        "Ask the platform from day 4 of the dispute on, on 2026-03-06 09:00.",
        NEGOTIATED,
        rule="escalate_from_days",
        policy=replace(POLICY, escalate_from_days=4),
    ),
    "ESCALATE_UNANSWERED": Case(
        c.Escalate(),
        "Wait for the seller's answer; silence grants your claim.",
        DISPUTED,
        rule="escalation",
    ),
    "REPLACEMENT_NOT_ALLOWED": Case(
        REPLACE,
        "This policy knows no replacement; ask for money instead.",
        DELIVERED,
        rule="replacement_allowed",
        policy=replace(POLICY, replacement_allowed=False),
    ),
    "REPLACEMENT_USED_UP": Case(
        REPLACE,
        "The goods were replaced once already; it is about money now.",
        REPLACED,
    ),
    "REPLACEMENT_AMOUNT": Case(
        replace(REPLACE, claim=2_500),
        "A replacement goes without money; write 0.00 in place of 25.00 USD, or leave it out.",
        DELIVERED,
    ),
    "RETURN_USED_UP": Case(
        c.Propose(1_000, return_goods=True),
        "The goods went back once already; it is about money now.",
        CONTESTED,
    ),
    "NO_REASONS": Case(
        c.Rule(refund=1, reasons=()), "A ruling needs at least one reason.", MEDIATED
    ),
    "RULE_UNKNOWN": Case(
        c.Rule(refund=1, reasons=("x",), policy_rows=("odd_days",)),
        "odd_days is no row of this order's policy; cite one of its rows.",
        MEDIATED,
    ),
    "BAD_CONFIDENCE": Case(
        c.Rule(refund=1, reasons=("x",), confidence=101),
        "101 is no confidence; from 0 to 100.",
        MEDIATED,
    ),
    "SAME_MEDIATOR": Case(
        c.DecideAppeal(refund=1, reasons=("x",)),
        "Mediator 1 ruled on this case; an appeal is for another.",
        APPEALED,
        by=MEDIATOR,
    ),
    "APPEALED_ALREADY": Case(
        c.Appeal((INVOICE,)),
        "This order has had its appeal; the decision is final.",
        (*APPEALED, *RULED_AGAIN),
    ),
}
