"""Every reason against a command; an engine may name any one of them, and must name one."""

from collections.abc import Iterable

from escrow_tui.engine import commands as c
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor
from tests.proofs.model.life import Life, Quarrel, Result
from tests.proofs.model.numbers import (
    DAY,
    MOST_DAYS_GRANTED,
    MOST_EVIDENCE,
    MOST_TEXT,
    is_s10,
)
from tests.proofs.model.who import ROLES, may

Codes = set[str]
NOT_RECEIVED = (
    "no_scans invalid_tracking delivered_elsewhere stuck_in_customs returned in_transit_late"
).split()


def against(life: Life, command: c.AnyCommand, actor: Actor, now: int) -> Codes:
    """Return the codes of what speaks against a command; empty when it must be done."""
    verb, role = c.verb_of(command), str(actor.role)
    if role not in ROLES[verb]:
        return {"WRONG_ROLE"}
    if code := _of_person(life, verb, role, actor.person):
        return {code}
    if verb == "place_order" or not may(life.cell, life.cell_beneath, role, verb):
        return {"WRONG_PHASE"}
    return set(_against(life, command, role, now))


def _of_person(life: Life, verb: str, role: str, person: str) -> str:
    if role == "mediator":
        return _of_mediator(life.quarrel, verb, person)
    own = {"buyer": life.buyer, "seller": life.seller}.get(role, person)
    return "" if own == person else "NOT_YOURS"


def _of_mediator(quarrel: Quarrel | None, verb: str, person: str) -> str:
    """A case is one mediator's, its appeal another's."""
    if quarrel is None:
        return ""
    if quarrel.stage == "APPEAL_REVIEW":
        if person == quarrel.judge:
            return "SAME_MEDIATOR"
        return "" if quarrel.reviewer in ("", person) else "NOT_YOUR_CASE"
    mine = quarrel.judge in ("", person) or verb == "decide_appeal"
    return "" if mine else "NOT_YOUR_CASE"


def _against(life: Life, command: c.AnyCommand, role: str, now: int) -> Iterable[str]:
    match command:
        case c.ExtendProcessing() | c.ExtendProtection():
            return _if(not 1 <= command.days <= MOST_DAYS_GRANTED, "BAD_DAYS")
        case c.DeclinePayment():
            return _if(command.code not in life.method.declines, "DECLINE_CODE_UNKNOWN")
        case c.Refund():
            return _refund(life, command)
        case c.SettleRefund():
            return _if(not life.refunds, "NOTHING_TO_SETTLE")
        case c.Ship() | c.Reship() | c.ShipReplacement() | c.ShipReturn():
            return _if(not is_s10(command.tracking), "TRACKING_INVALID")
        case c.Scan():
            return _scan(life, command)
        case c.OpenParcel():
            return [
                *_if(not life.delivered_at, "NOT_DELIVERED"),
                *_if(life.opened, "PARCEL_OPEN"),
            ]
        case c.Review():
            return _review(life, command, now)
        case c.OpenChargeback():
            return _chargeback(life, command, now)
        case _:
            return _in_case(life, command, role, now)


def _in_case(life: Life, command: c.AnyCommand, role: str, now: int) -> Iterable[str]:
    match command:
        case c.OpenDispute():
            return _dispute(life, command, now)
        case c.EditClaim():
            assert life.quarrel is not None
            wanted = Result(command.claim, life.quarrel.claim.back)
            return [*_turn(life, role), *_result(life, wanted, 1)]
        case c.Propose():
            wanted = Result(command.amount, command.return_goods, command.replacement)
            note = _text(command.note) if command.note else ()
            return [*_turn(life, role), *_result(life, wanted, 0), *note]
        case c.AcceptProposal():
            return _accept(life, command.of, role)
        case c.Escalate():
            return _escalate(life, now)
        case c.RejectClaim() | c.ContestReturn():
            return _exhibits(life, command.evidence)
        case c.AddEvidence():
            shown = c.Exhibit(command.kind, command.shows)
            return [*_one_shot(life, role), *_exhibits(life, (shown,))]
        case c.SendMessage():
            return _text(command.text)
        case c.OpenEvidence():
            known = command.evidence in {f"E{at + 1}" for at in range(len(life.evidence))}
            seen = life.quarrel is not None and command.evidence in life.quarrel.seen
            return [*_if(not known, "EVIDENCE_UNKNOWN"), *_if(seen, "EVIDENCE_SEEN")]
        case c.AskEvidence():
            asked = life.quarrel is not None and life.quarrel.asked
            return _if(bool(asked), "EVIDENCE_ASKED")
        case c.Rule() | c.DecideAppeal():
            return _ruling(life, command)
        case c.Appeal() | c.AnswerChargeback():
            again = isinstance(command, c.Appeal) and life.appealed
            none = _if(not command.evidence, "EVIDENCE_NEEDED")
            return [*_if(again, "APPEALED_ALREADY"), *none, *_exhibits(life, command.evidence)]
        case _:
            return ()


def _if(holds: bool, code: str) -> tuple[str, ...]:
    return (code,) if holds else ()


def _text(text: str) -> tuple[str, ...]:
    return _if(not text.strip(), "TEXT_EMPTY") + _if(len(text) > MOST_TEXT, "TEXT_TOO_LONG")


def _exhibits(life: Life, exhibits: tuple[c.Exhibit, ...]) -> Iterable[str]:
    if len(life.evidence) + len(exhibits) > MOST_EVIDENCE:
        yield "EVIDENCE_FULL"
    for exhibit in exhibits:
        yield from _text(exhibit.shows)


def _part(life: Life, amount: int) -> tuple[str, ...]:
    part = amount not in (0, life.outstanding) and not life.policy.partial_refunds
    return _if(part, "PARTIAL_REFUND")


def _result(life: Life, wanted: Result, least: int) -> Iterable[str]:
    """What a claim, a proposal and a ruling must keep to."""
    if wanted.back and life.went_back:
        yield "RETURN_USED_UP"
    if wanted.again:
        yield from _if(not life.policy.replacement_allowed, "REPLACEMENT_NOT_ALLOWED")
        yield from _if(life.replaced, "REPLACEMENT_USED_UP")
        yield from _if(wanted.amount != 0, "REPLACEMENT_AMOUNT")
        return
    least = 1 if wanted.back else least
    yield from _if(not least <= wanted.amount <= life.outstanding, "BAD_AMOUNT")
    yield from _part(life, wanted.amount)


def _refund(life: Life, command: c.Refund) -> Iterable[str]:
    most = life.outstanding
    if command.line:
        if command.line not in life.lines:
            return ["LINE_UNKNOWN"]
        most = min(most, life.line_left[list(life.lines).index(command.line)])
    if not most:
        return ["NOTHING_TO_REFUND"]
    outside = _if(not 1 <= command.amount <= most, "BAD_AMOUNT")
    return [*outside, *_part(life, command.amount)]


def _scan(life: Life, command: c.Scan) -> Iterable[str]:
    """The carrier's late and repeated words are refused; a lost parcel may be found."""
    box = life.box
    if command.of == "return":
        moving = life.way is not None and life.way.stage == "RETURN_IN_TRANSIT"
        box = life.way.box if life.way and moving else None
    if box is None:
        return ["NO_RETURN_PARCEL"]
    over = box.state in ("delivered", "returned_to_sender") or command.status == "label"
    late = command.status == "accepted" and box.state != "label"
    # Where the receipt was confirmed on the way, only the parcel that goes back is still seen.
    late |= command.of == "order" and (life.before or life.phase) != "SHIPPED"
    again = box.last == (command.status, command.city, command.post_code)
    return [*_if(over or late, "SCAN_OUT_OF_ORDER"), *_if(again, "SCAN_REPEATED")]


def _review(life: Life, command: c.Review, now: int) -> Iterable[str]:
    until = (life.completed_at or life.ended_at) + life.policy.review_days * DAY
    yield from _if(life.reviewed, "REVIEWED_ALREADY")
    yield from _if(now >= until, "REVIEW_TOO_LATE")
    yield from _if(command.stars not in (1, 2, 3, 4, 5), "BAD_STARS")
    yield from _text(command.text) if command.text else ()


def _chargeback(life: Life, command: c.OpenChargeback, now: int) -> Iterable[str]:
    until = max(life.paid_at, life.delivered_at) + life.policy.chargeback_possible_days * DAY
    yield from _if(life.method.cash, "CHARGEBACK_IMPOSSIBLE")
    yield from _if(life.charged, "CHARGEBACK_USED_UP")
    yield from _if(now >= until, "CHARGEBACK_TOO_LATE")
    yield from _if(not 1 <= command.amount <= life.paid, "BAD_AMOUNT")


def _dispute(life: Life, command: c.OpenDispute, now: int) -> Iterable[str]:
    policy, reason = life.policy, command.reason
    yield from _if(life.quarrels >= policy.max_disputes, "DISPUTES_USED_UP")
    if life.phase == "SHIPPED":
        early = now < life.sent_at + policy.dispute_earliest_days * DAY
        quick = life.promised < policy.dispute_at_once_promised_below_days
        lie = life.box is not None and life.box.false
        yield from _if(early and not quick and not lie, "DISPUTE_TOO_EARLY")
        yield from _if(not policy.dispute_before_delivery, "DISPUTE_BEFORE_DELIVERY")
    claim = Result(command.claim, command.return_goods, command.replacement)
    yield from _result(life, claim, 1)
    if reason == "change_of_mind":
        until = life.delivered_at + policy.return_days * DAY
        yield from _if(not life.delivered_at or now >= until, "CHANGE_OF_MIND_LATE")
    elif reason not in NOT_RECEIVED:
        shown = {exhibit.kind for exhibit in command.evidence} & {"photo", "unboxing_video"}
        yield from _if(not shown, "EVIDENCE_MISSING")
    yield from _exhibits(life, command.evidence)


def _turn(life: Life, role: str) -> tuple[str, ...]:
    """In turns nobody speaks twice in a row; the claim was the buyer's first word."""
    assert life.quarrel is not None
    again = life.policy.proposals == "in_turns" and life.quarrel.last_word == role
    return _if(again, "NOT_YOUR_TURN")


def _accept(life: Life, of: str, role: str) -> tuple[str, ...]:
    assert life.quarrel is not None
    if of == role:
        return ("OWN_PROPOSAL",)
    if of not in life.quarrel.offers:
        return ("NOTHING_PROPOSED",)
    return _if(role in life.quarrel.offers[of][1], "ALREADY_ACCEPTED")


def _escalate(life: Life, now: int) -> Iterable[str]:
    assert life.quarrel is not None
    unanswered = life.quarrel.stage == "AWAITING_SELLER"
    yield from _if(unanswered and life.policy.escalation == "automatic", "ESCALATE_UNANSWERED")
    until = life.quarrel.opened + life.policy.escalate_from_days * DAY
    yield from _if(now < until, "ESCALATE_TOO_EARLY")


def _one_shot(life: Life, role: str) -> tuple[str, ...]:
    """Once a dispute, and in the return that ended it, unless a mediator asked for more."""
    quarrel = life.quarrel or (life.way.of if life.way else None)
    if life.policy.evidence_edits != "one_shot" or quarrel is None or quarrel.asked == role:
        return ()
    return _if((role, quarrel.number) in life.evidence, "EVIDENCE_ONE_SHOT")


def _ruling(life: Life, command: c.Rule | c.DecideAppeal) -> Iterable[str]:
    wanted = Result(command.refund, command.return_goods, command.replacement)
    yield from _result(life, wanted, 0)
    yield from _if(not 0 <= command.goodwill <= life.price, "BAD_AMOUNT")
    yield from _if(not command.reasons, "NO_REASONS")
    for text in (*command.reasons, *([command.note] if command.note else ())):
        yield from _text(text)
    rows = set(command.policy_rows) - set(Policy.__struct_fields__)
    yield from _if(bool(rows), "RULE_UNKNOWN")
    yield from _if(not 0 <= command.confidence <= 100, "BAD_CONFIDENCE")
