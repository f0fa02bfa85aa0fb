"""The sentences for events of disputes, returns and replacements."""

from typing import assert_never

from escrow_tui.engine import events as e
from escrow_tui.engine.deadlines import TIMER_WORDS
from escrow_tui.engine.order import Order, Resolution
from escrow_tui.engine.roles import Role
from escrow_tui.views.amounts import amount_text, resolution_clause, resolution_text
from escrow_tui.views.privacy import knows_goodwill
from escrow_tui.views.vocabulary import FAULT_WORDS, PARTY_WORDS, SIDE_WORDS, because


def tell_case(event: e.DisputeEvent | e.ReturnEvent, order: Order, role: Role) -> str:
    """Return the sentence for an event of a dispute, a return or a replacement."""
    if isinstance(event, e.ReturnEvent):
        return _return(event, order)
    match event:
        case e.DisputeOpened():
            asks = resolution_text(_of_claim(event), order)
            return f"Dispute opened ({event.reason.words}): the buyer claims {asks}."
        case e.DisputeWithdrawn():
            return "The buyer withdrew the dispute; the order's timers go on."
        case e.DisputeExecuted():
            return _executed(event, order)
        case _:
            return _argued(event, order, role)


def _of_claim(event: e.DisputeOpened) -> Resolution:
    return Resolution(event.claim, event.return_goods, event.replacement)


def _executed(event: e.DisputeExecuted, order: Order) -> str:
    if event.return_goods:
        then = resolution_text(Resolution(event.refund, replacement=event.replacement), order)
        return f"The dispute ended: the buyer sends the goods back for {then}."
    if event.replacement:
        return "The dispute ended: the seller sends a replacement."
    return f"The dispute ended with a refund of {amount_text(event.refund, order)}."


def _argued(event: e.ArgumentEvent, order: Order, role: Role) -> str:
    match event:
        case e.ClaimEdited():
            return f"The buyer now claims {amount_text(event.claim, order)}."
        case e.ClaimAccepted():
            return f"The claim is granted: {because(event.why)}."
        case e.ClaimRejected():
            return "The seller rejected the claim."
        case e.ProposalMade():
            one = Resolution(event.amount, event.return_goods, event.replacement)
            verb = "proposes" if one.replacement else "proposes to refund"
            return f"The {PARTY_WORDS[event.by]} {verb} {resolution_text(one, order)}."
        case e.ProposalAccepted():
            return f"The {PARTY_WORDS[event.by]} accepts what the {PARTY_WORDS[event.of]} proposed."
        case e.DisputeEscalated():
            return f"The platform steps in: {because(event.why)}."
        case e.CaseAssigned():
            return f"Mediator {event.mediator} took the case."
        case e.ReviewerAssigned():
            return f"Mediator {event.mediator} took the appeal."
        case e.EvidenceAsked():
            return f"The mediator asks the {SIDE_WORDS[event.of]} for evidence."
        case e.EvidenceOpened():
            return f"The mediator opened evidence {event.evidence}."
        case e.DisputeRuled():
            return f"Ruled{_by_silence(event)}: {_decided(event, order, role)}."
        case e.RulingAppealed():
            return f"The {PARTY_WORDS[event.by]} appeals with new evidence."
        case e.AppealDecided():
            silence = event.why in TIMER_WORDS
            how = "The first ruling stands" if silence else "The appeal is decided"
            return f"{how}: {_decided(event, order, role)}."
        case _:
            assert_never(event)


def _by_silence(event: e.Decided) -> str:
    return f" because {because(event.why)}" if event.why in TIMER_WORDS else ""


def _decided(event: e.Decided, order: Order, role: Role) -> str:
    one = Resolution(event.refund, event.return_goods, event.replacement)
    gift = bool(event.goodwill) and knows_goodwill(role)
    adds = f", and the platform adds {amount_text(event.goodwill, order)}" if gift else ""
    return f"{resolution_clause(one, order)}{adds}"


def _return(event: e.ReturnEvent, order: Order) -> str:
    match event:
        case e.ReturnShipped():
            return f"The goods are on their way back under {event.tracking}."
        case e.ReturnContested():
            late = " in time" if event.why in TIMER_WORDS else ""
            return f"The return is contested: {FAULT_WORDS[event.kind]}{late}."
        case e.ReturnClosed():
            then = resolution_text(Resolution(event.refund, replacement=event.replacement), order)
            return f"The return ended with {then} for the buyer: {because(event.why)}."
        case e.ReplacementShipped():
            return f"A replacement was shipped under {event.tracking}; protection starts anew."
        case _:
            assert_never(event)
