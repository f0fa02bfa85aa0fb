"""Every refusal that the engine can give is reached, with its row, facts and sentence."""

from string import Formatter

import msgspec
import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine.answers import REFUSALS, Refused
from escrow_tui.engine.context import date_of, refuse
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import EvidenceKind, Party, Reason, ShipmentState
from tests.engine.given import (
    BUYER,
    DELIVERED,
    DISPUTE,
    DISPUTED,
    MEDIATED,
    NEGOTIATED,
    OTHER_BUYER,
    OTHER_MEDIATOR,
    PAID,
    PHOTO,
    POLICY,
    SELLER,
    SHIPPED,
    START,
    Step,
    World,
    given,
    place_order,
    then_refused,
)

# The desk gives these: the engine is handed one order, one instant, and no ids.
OF_THE_DESK = {"UNKNOWN_ORDER", "ORDER_EXISTS", "TIME_GOES_BACK", "COMMAND_ID_REUSED"}


class Case(msgspec.Struct, frozen=True):
    """A story, a command that must be refused, and the sentence that is shown."""

    command: c.AnyCommand
    sentence: str
    steps: tuple[Step, ...] | None = ()
    by: Actor | None = None
    rule: str = ""
    policy: Policy = POLICY


LATE = c.OpenDispute(Reason.IN_TRANSIT_LATE, 100)
PLATFORM = c.AcceptProposal(Party.PLATFORM)
FULL = tuple(c.AddEvidence(EvidenceKind.PHOTO, "again") for _ in range(39))

CASES: dict[str, Case] = {
    "WRONG_ROLE": Case(c.Pay(), "A seller may not do this; it is for the buyer.", by=SELLER),
    "NOT_YOURS": Case(
        c.Pay(),
        "This order belongs to another buyer; act on an order of your own.",
        by=OTHER_BUYER,
    ),
    "NOT_YOUR_CASE": Case(
        c.OpenEvidence("E1"),
        "Mediator 1 has this case; choose one that is free or yours.",
        (*MEDIATED, c.OpenEvidence("E1")),
        by=OTHER_MEDIATOR,
    ),
    "WRONG_PHASE": Case(
        c.VerifyPayment(),
        "Not while the order is awaiting payment; it is possible when verifying, with no dispute"
        " running.",
    ),
    "EMPTY_ORDER": Case(
        place_order(lines=()),
        "The order has nothing to pay; put an article into the cart first.",
        None,
    ),
    "METHOD_UNKNOWN": Case(
        place_order(method="cheque"),
        "cheque is no payment method here; choose one of credit_card, debit_card, virtual_card,"
        " western_union.",
        None,
    ),
    "SAME_PERSON": Case(
        place_order(seller="buyer-1"),
        "Buyer and seller are the same person; order from another shop.",
        None,
    ),
    "BAD_RATE": Case(
        place_order(pay_in="EUR"),
        "(none) is no rate of exchange; write a positive decimal number like 0.92.",
        None,
    ),
    "DECLINE_CODE_UNKNOWN": Case(
        c.DeclinePayment("odd"),
        "odd is no reason to decline a credit_card; it is one of verification_failed,"
        " three_d_secure_failed, wrong_security_code, insufficient_funds, limit_exceeded,"
        " card_expired, suspected_fraud.",
        PAID[:1],
    ),
    "BAD_AMOUNT": Case(
        c.OpenDispute(Reason.DAMAGED, 10_001, (PHOTO,)),
        "100.01 USD is not possible; at least 0.01 USD and at most 100.00 USD.",
        DELIVERED,
    ),
    "BAD_DAYS": Case(
        c.ExtendProtection(0), "0 days is not possible; from 1 to 120.", SHIPPED, by=SELLER
    ),
    "TRACKING_INVALID": Case(
        c.Ship("RR473124828CN"),
        "RR473124828CN is no S10 number: its check digit would be 9. One that is right:"
        " RR473124404CN.",
        PAID,
    ),
    "SCAN_OUT_OF_ORDER": Case(
        c.Scan(ShipmentState.LABEL),
        "The parcel is label; a scan label cannot follow it.",
        SHIPPED,
    ),
    "NOT_DELIVERED": Case(
        c.OpenParcel(),
        "The parcel has not been delivered; wait for the scan delivered.",
        (*SHIPPED, c.ConfirmReceipt()),
    ),
    "PARCEL_OPEN": Case(
        c.OpenParcel(),
        "The parcel has been opened already; look at what lay in it.",
        (*DELIVERED, c.OpenParcel()),
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
    "EVIDENCE_MISSING": Case(
        c.OpenDispute(Reason.DAMAGED, 100),
        "A dispute for damaged needs evidence: add one of photo, unboxing_video.",
        DELIVERED,
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
    "ESCALATE_TOO_EARLY": Case(
        c.Escalate(),
        "Ask the platform from day 4 of the dispute on, on 2026-03-06 09:00.",
        NEGOTIATED,
        rule="escalate_from_days",
        policy=replace(POLICY, escalate_from_days=4),
    ),
    "NO_REASONS": Case(c.Rule(1, ()), "A ruling needs at least one reason.", MEDIATED),
    "RULE_UNKNOWN": Case(
        c.Rule(1, ("x",), ("odd_days",)),
        "odd_days is no row of this order's policy; cite one of its rows.",
        MEDIATED,
    ),
    "BAD_CONFIDENCE": Case(
        c.Rule(1, ("x",), confidence=101), "101 is no confidence; from 0 to 100.", MEDIATED
    ),
    "NOTHING_TO_SETTLE": Case(c.SettleRefund(), "No refund of this order is on its way."),
}


def test_every_code_of_the_table_has_a_case() -> None:
    """A new code without a test fails here."""
    assert set(CASES) | OF_THE_DESK == set(REFUSALS)
    assert not set(CASES) & OF_THE_DESK


@pytest.mark.parametrize("code", CASES)
def test_a_refusal_says_why_and_changes_nothing(code: str) -> None:
    """The code, the policy row behind it, and the sentence word for word."""
    case = CASES[code]
    world = World() if case.steps is None else given(*case.steps, policy=case.policy)
    before = (dict(world.orders), dict(world.balances), list(world.history))
    refused = then_refused(world.when(case.command, by=case.by), code)
    assert (refused.rule, refused.sentence) == (case.rule, case.sentence)
    assert (world.orders, world.balances, world.history) == before


@pytest.mark.parametrize("code", CASES)
def test_a_refusal_carries_the_facts_of_its_sentence_and_no_others(code: str) -> None:
    """A fact that is not told would be forgotten; one that is missing would be a KeyError."""
    case = CASES[code]
    world = World() if case.steps is None else given(*case.steps, policy=case.policy)
    refused = then_refused(world.when(case.command, by=case.by), code)
    told = {name for _, name, _, _ in Formatter().parse(REFUSALS[code]) if name}
    assert {name for name, _ in refused.facts} == told
    assert not refused.rule or refused.rule in Policy.__struct_fields__


@pytest.mark.parametrize("code", sorted(OF_THE_DESK))
def test_the_desks_sentences_can_be_told_too(code: str) -> None:
    """With their facts they are whole."""
    names = {name for _, name, _, _ in Formatter().parse(REFUSALS[code]) if name}
    facts = tuple((name, "so") for name in sorted(names))
    sentence = Refused(code, "", facts).sentence
    assert sentence.endswith(".")
    assert "{" not in sentence


@pytest.mark.parametrize("code", REFUSALS)
def test_a_sentence_is_one_line_that_ends(code: str) -> None:
    """It stands on a status line."""
    assert REFUSALS[code].endswith(".")
    assert "\n" not in REFUSALS[code]


def test_facts_are_kept_as_text_in_their_order() -> None:
    """So that a refusal is a plain value in a log."""
    refused = refuse("BAD_DAYS", days=0, most=120)
    assert refused.facts == (("days", "0"), ("most", "120"))
    assert msgspec.json.decode(msgspec.json.encode(refused), type=Refused) == refused


def test_an_instant_is_told_in_utc_to_the_minute() -> None:
    """Whatever zone the machine stands in."""
    assert date_of(START) == "2026-03-02 09:00"


def test_who_may_not_is_told_before_when() -> None:
    """A role that never may hears that, not the phase."""
    world = given()
    then_refused(world.when(c.Rule(1, ()), by=BUYER), "WRONG_ROLE")
    then_refused(world.when(c.ConfirmReceipt(), by=OTHER_BUYER), "NOT_YOURS")
