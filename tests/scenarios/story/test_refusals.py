"""Every refusal that a file can cause, each by a story whose last step is refused."""

from typing import NamedTuple

import pytest

from escrow_tui.engine.answers import REFUSALS
from escrow_tui.scenarios.story.story_player import play_story
from tests.given.story_files import (
    DELIVERED,
    DISPUTED,
    HEAD,
    MEDIATED,
    ORDER,
    PAID,
    PHOTO,
    SHIPPED,
    fault,
    listed,
    told,
)

# No file can cause these: its reader finds the wrong word or name first, and reports the line.
OF_THE_READER = {
    "EMPTY_ORDER",
    "LINE_TWICE",
    "METHOD_UNKNOWN",
    "UNKNOWN_ORDER",
    "CURRENCY_UNKNOWN",
    "RULE_UNKNOWN",
    # A story has no seats.
    "SEAT_REVOKED",
    "OTHER_SEAT",
    "SEAT_CLOCK",
    "SEAT_PRICE",
}


class Case(NamedTuple):
    """A step that is refused with a code, the steps before it, and overridden policy rows."""

    code: str
    before: str
    step: str
    rows: str = ""
    order: str = ORDER


def then(*steps: str) -> str:
    """Steps one after the other, each without its braces."""
    return ", ".join(f"{{ {step} }}" for step in steps)


OPEN = f'by = "buyer", do = "open_dispute", reason = "damaged", {PHOTO}'
CLAIM = f'{OPEN}, claim = "40.00"'
PIECE = '{ kind = "photo", shows = "x" }'
WITHDRAW = 'by = "buyer", do = "withdraw_dispute"'
RULE = 'by = "mediator", do = "rule", reasons = ["x"], refund'
ACCEPT = 'by = "buyer", do = "accept_proposal"'
SCAN = 'by = "carrier", do = "scan"'
REVIEW = 'by = "buyer", do = "review"'
OPEN_PARCEL = 'by = "buyer", do = "open_parcel"'
LOOK = 'by = "mediator", do = "open_evidence"'
BUYERS_APPEAL = f'by = "buyer", do = "appeal", {PHOTO}'
CHARGEBACK = 'by = "bank", do = "open_chargeback", amount'
PLACE = 'by = "buyer:x", do = "place_order", order = "B", price = "1.00 USD"'
CONFIRM = 'by = "buyer", do = "confirm_receipt"'

REFUND = 'by = "seller", do = "refund", amount = "40.00"'
REJECT = 'by = "seller", do = "reject_claim"'
ACCEPT_CLAIM = 'by = "seller", do = "accept_claim"'
WON = 'by = "bank", do = "decide_chargeback", won_by = "seller"'
REPLACEMENT = f'{OPEN}, claim = "0.00", replacement = true'
RETURNED = (
    'by = "buyer", do = "ship_return", tracking = "auto"',
    f'{SCAN}, of = "return", status = "delivered"',
    'by = "seller", do = "contest_return", kind = "empty"',
)

CONFIRMED = ", ".join((DELIVERED, then(CONFIRM)))
REJECTED = ", ".join((DISPUTED, then(REJECT)))
RULED = ", ".join((MEDIATED, then(f'{RULE} = "40.00"')))
APPEALED = ", ".join((RULED, then(BUYERS_APPEAL)))
FROZEN = ", ".join((PAID, then(f'{CHARGEBACK} = "100.00"')))
THAWED = ", ".join((FROZEN, then(WON)))
BACK_AGAIN = ", ".join((DELIVERED, then(f"{CLAIM}, return_goods = true", ACCEPT_CLAIM, *RETURNED)))
REPLACED = ", ".join(
    (
        DELIVERED,
        then(
            REPLACEMENT,
            ACCEPT_CLAIM,
            'by = "seller", do = "ship_replacement", tracking = "auto"',
            f'{SCAN}, status = "delivered"',
        ),
    )
)
# A ruling with a return is appealed and stands; the return is contested, and ruled on again.
APPEALED_ONCE = ", ".join(
    (
        APPEALED,
        then(
            'by = "mediator:2", do = "decide_appeal", reasons = ["x"], refund = "40.00",'
            " return_goods = true",
            *RETURNED,
            f'{RULE} = "40.00"',
        ),
    )
)
TWO_LINES = 'lines = [{ id = "pot", amount = "60.00" }, { id = "mug", amount = "40.00" }]\n'

CASES = (
    Case("WRONG_ROLE", SHIPPED, 'by = "seller", do = "confirm_receipt"'),
    Case("WRONG_ROLE", "", 'by = "clock", do = "pay"'),
    Case("NOT_YOURS", PAID, 'by = "seller:other", do = "ship", tracking = "auto"'),
    Case("NOT_YOURS", "", 'by = "buyer:other", do = "pay"'),
    Case(
        "NOT_YOURS",
        "",
        'by = "buyer:y", do = "place_order", order = "B", price = "1 USD", buyer = "z"',
    ),
    Case("NOT_YOUR_CASE", RULED, f'{RULE.replace("mediator", "mediator:2")} = "0.00"'),
    Case("WRONG_PHASE", "", CONFIRM),
    Case("WRONG_PHASE", PAID, 'by = "seller", do = "accept_chargeback"'),
    Case("WRONG_PHASE", FROZEN, 'by = "seller", do = "ship", tracking = "auto"'),
    Case("WRONG_PHASE", PAID, 'by = "buyer", do = "withdraw_cancel"'),
    Case("ORDER_EXISTS", "", 'by = "buyer", do = "place_order", order = "A", price = "1.00 USD"'),
    Case("SAME_PERSON", "", f'{PLACE}, seller = "x"'),
    Case("BAD_RATE", "", f'{PLACE}, pay_in = "EUR", rate = "nan"'),
    Case("BAD_RATE", "", 'by = "bank", do = "set_rate", currency = "EUR", rate = "-1"'),
    Case("BAD_AMOUNT", DELIVERED, f'{OPEN}, claim = "100.01"'),
    Case("BAD_AMOUNT", DELIVERED, f'{OPEN}, claim = "0.00"'),
    Case("BAD_AMOUNT", f"{DELIVERED}, {then(REFUND)}", f'{OPEN}, claim = "60.01"'),
    Case("BAD_AMOUNT", DISPUTED, 'by = "buyer", do = "edit_claim", claim = "100.01"'),
    Case("BAD_AMOUNT", REJECTED, 'by = "seller", do = "propose", amount = "100.01"'),
    Case("BAD_AMOUNT", PAID, 'by = "seller", do = "refund", amount = "0.00"'),
    Case("BAD_AMOUNT", PAID, f'{CHARGEBACK} = "100.01"'),
    Case("BAD_AMOUNT", MEDIATED, f'{RULE} = "100.01"'),
    Case("BAD_AMOUNT", MEDIATED, f'{RULE} = "0.00", goodwill = "100.01"'),
    Case("BAD_DAYS", PAID, 'by = "buyer", do = "extend_processing", days = 0'),
    Case("BAD_DAYS", SHIPPED, 'by = "seller", do = "extend_protection", days = -5'),
    Case(
        "DECLINE_CODE_UNKNOWN",
        then('by = "buyer", do = "pay"'),
        'by = "bank", do = "decline_payment", code = "moody"',
        'verify = ""',
    ),
    Case("TRACKING_INVALID", PAID, 'by = "seller", do = "ship", tracking = "RR473124828CN"'),
    Case("SCAN_OUT_OF_ORDER", SHIPPED, f'{SCAN}, status = "label"'),
    Case("SCAN_REPEATED", f'{SHIPPED}, {{ {SCAN}, status = "lost" }}', f'{SCAN}, status = "lost"'),
    Case("NO_RETURN_PARCEL", SHIPPED, f'{SCAN}, of = "return", status = "lost"'),
    Case("NOT_DELIVERED", f"{SHIPPED}, {{ {CONFIRM} }}", OPEN_PARCEL),
    Case("PARCEL_OPEN", f"{DELIVERED}, {{ {OPEN_PARCEL} }}", OPEN_PARCEL),
    Case("DISPUTE_TOO_EARLY", SHIPPED, CLAIM),
    Case("DISPUTE_BEFORE_DELIVERY", SHIPPED, CLAIM, "dispute_before_delivery = false"),
    Case("DISPUTES_USED_UP", f"{DELIVERED}, {then(CLAIM, WITHDRAW, CLAIM, WITHDRAW)}", CLAIM),
    Case("EVIDENCE_MISSING", DELIVERED, CLAIM.replace(f", {PHOTO}", "")),
    Case("EVIDENCE_UNKNOWN", MEDIATED, f'{LOOK}, evidence = "E2"'),
    Case("EVIDENCE_SEEN", f'{MEDIATED}, {{ {LOOK}, evidence = "E1" }}', f'{LOOK}, evidence = "E1"'),
    Case("EVIDENCE_NEEDED", RULED, 'by = "buyer", do = "appeal", evidence = []'),
    Case(
        "EVIDENCE_ASKED",
        f'{MEDIATED}, {{ by = "mediator", do = "ask_evidence", from = "buyer" }}',
        'by = "mediator", do = "ask_evidence", from = "seller"',
    ),
    Case(
        "EVIDENCE_FULL",
        DELIVERED,
        CLAIM.replace(PHOTO, f"evidence = [{', '.join([PIECE] * 41)}]"),
    ),
    Case(
        "EVIDENCE_ONE_SHOT",
        DISPUTED,
        'by = "buyer", do = "add_evidence", kind = "photo", shows = "more"',
        'evidence_edits = "one_shot"',
    ),
    Case("TEXT_EMPTY", PAID, 'by = "buyer", do = "send_message", text = " "'),
    Case("TEXT_TOO_LONG", PAID, f'by = "buyer", do = "send_message", text = "{"x" * 2001}"'),
    Case("NOTHING_PROPOSED", REJECTED, f'{ACCEPT}, of = "seller"'),
    Case("OWN_PROPOSAL", REJECTED, f'{ACCEPT}, of = "buyer"'),
    Case(
        "ALREADY_ACCEPTED",
        f'{MEDIATED}, {{ by = "mediator", do = "propose", amount = "9.00" }},'
        f' {{ {ACCEPT}, of = "platform" }}',
        f'{ACCEPT}, of = "platform"',
    ),
    Case(
        "NOT_YOUR_TURN",
        REJECTED,
        'by = "buyer", do = "propose", amount = "50.00"',
        'proposals = "in_turns"',
    ),
    Case("ESCALATE_UNANSWERED", DISPUTED, 'by = "buyer", do = "escalate"'),
    Case("ESCALATE_TOO_EARLY", REJECTED, 'by = "buyer", do = "escalate"', "escalate_from_days = 4"),
    Case("NO_REASONS", MEDIATED, 'by = "mediator", do = "rule", refund = "0.00", reasons = []'),
    Case("BAD_CONFIDENCE", MEDIATED, f'{RULE} = "0.00", confidence = 101'),
    Case("PARTIAL_REFUND", DELIVERED, CLAIM, "partial_refunds = false"),
    Case("REPLACEMENT_NOT_ALLOWED", DELIVERED, REPLACEMENT, "replacement_allowed = false"),
    Case("REPLACEMENT_AMOUNT", DELIVERED, f"{CLAIM}, replacement = true"),
    Case("REPLACEMENT_USED_UP", REPLACED, REPLACEMENT),
    Case("RETURN_USED_UP", BACK_AGAIN, f'{RULE} = "1.00", return_goods = true'),
    Case(
        "CHANGE_OF_MIND_LATE",
        SHIPPED + ', { do = "advance", days = 10 }',
        'by = "buyer", do = "open_dispute", reason = "change_of_mind", claim = "1.00"',
    ),
    Case(
        "SAME_MEDIATOR",
        APPEALED,
        'by = "mediator:1", do = "decide_appeal", refund = "0.00", reasons = ["x"]',
    ),
    Case("APPEALED_ALREADY", APPEALED_ONCE, BUYERS_APPEAL),
    Case("LINE_UNKNOWN", PAID, 'by = "seller", do = "refund", amount = "1.00", line = "mug"'),
    Case(
        "NOTHING_TO_REFUND",
        f'{PAID}, {{ by = "seller", do = "refund", amount = "40.00", line = "mug" }}',
        'by = "seller", do = "refund", amount = "0.01", line = "mug"',
        order=ORDER + TWO_LINES,
    ),
    Case("BAD_STARS", CONFIRMED, f"{REVIEW}, stars = 0"),
    Case("REVIEWED_ALREADY", f"{CONFIRMED}, {{ {REVIEW}, stars = 5 }}", f"{REVIEW}, stars = 1"),
    Case(
        "REVIEW_TOO_LATE", f'{CONFIRMED}, {{ do = "advance", days = 30 }}', f"{REVIEW}, stars = 1"
    ),
    Case(
        "CHARGEBACK_IMPOSSIBLE",
        PAID,
        f'{CHARGEBACK} = "1.00"',
        order=f'{ORDER}method = "western_union"\n',
    ),
    Case("CHARGEBACK_USED_UP", THAWED, f'{CHARGEBACK} = "1.00"'),
    Case(
        "CHARGEBACK_TOO_LATE",
        f'{CONFIRMED}, {{ do = "advance", days = 180 }}',
        f'{CHARGEBACK} = "1.00"',
    ),
    Case("NOTHING_TO_WITHDRAW", CONFIRMED, 'by = "seller", do = "withdraw_money", amount = "1.00"'),
    Case("NOTHING_TO_SETTLE", PAID, 'by = "bank", do = "settle_refund"'),
    Case("TIME_GOES_BACK", '{ do = "advance", days = 2 }', 'do = "advance", days = -1'),
    Case(
        "COMMAND_ID_REUSED",
        '{ by = "buyer", do = "pay", id = "one" }',
        'by = "buyer", do = "cancel", id = "one"',
    ),
)


def story(case: Case) -> str:
    """The story of a case."""
    head = HEAD if case.rows != 'verify = ""' else "format = 1\n"
    rows = f"overrides = {{ {case.rows} }}\n" if case.rows and head == HEAD else ""
    last = f'{{ {case.step}, refused = "{case.code}" }}'
    return listed(*filter(None, [case.before, last])) + head + rows + case.order


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_step_that_is_refused_changes_nothing(case: Case) -> None:
    """It gets its code, the steps before it go well, and the journal gets no entry."""
    result = play_story(told(story(case)))
    assert result.failed == ""
    assert result.outcome.violations == ()


def test_every_refusal_is_reached_from_a_file_or_found_by_its_reader() -> None:
    """A code that no step causes is dead, or has no test yet."""
    assert {case.code for case in CASES} == REFUSALS.keys() - OF_THE_READER


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (f'{PLACE}, method = "cash"', '"cash" is no payment method'),
        ('by = "buyer", do = "pay", order = "Z"', '"Z" is no order; known are A'),
        ('by = "bank", do = "set_rate", currency = "EUX", rate = "1"', '"EUX" is no currency'),
        (f'{RULE} = "1.00", policy_rows = ["x"]', '"x" is no row of the policy'),
        (f"{PLACE}, lines = []", "the lines make 0.00 USD, and the price is 1.00 USD"),
        (
            f'{PLACE}, lines = [{{ id = "a", amount = "0.50" }}, {{ id = "a", amount = "0.50" }}]',
            'line "a" stands here twice',
        ),
    ],
)
def test_what_the_reader_finds_is_a_fault_of_the_file(step: str, sentence: str) -> None:
    """It is reported with its line before anything is played."""
    assert sentence in fault(f"{{ {step} }}")
