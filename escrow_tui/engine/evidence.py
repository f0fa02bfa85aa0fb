"""Evidence and messages that the parties add to a case file."""

from hashlib import sha256
from typing import assert_never

from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import AddEvidence, Exhibit, SendMessage
from escrow_tui.engine.context import PARTY, Context, Outcome, refuse, text_fault
from escrow_tui.engine.events import EvidenceAdded, MessageSent
from escrow_tui.engine.messages import settles_off_platform
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy_switches import EvidenceEdits
from escrow_tui.engine.terms import Party

WordCommand = AddEvidence | SendMessage
MOST_EVIDENCE = 40


def decide_words(order: Order, command: WordCommand, context: Context) -> Outcome:
    """Decide a command that adds to the case file and that the process allows now."""
    party = PARTY[context.actor.role]
    match command:
        case AddEvidence():
            if fault := _one_shot_fault(order, party, context):
                return fault
            exhibit = Exhibit(command.kind, command.shows, command.picture)
            return file_evidence(order, party, (exhibit,))
        case SendMessage():
            fault = text_fault(command.text)
            off_platform = settles_off_platform(command.text)
            return fault or (MessageSent(party, command.text, off_platform),)
        case _:
            assert_never(command)


def _one_shot_fault(order: Order, party: Party, context: Context) -> Refused | None:
    """Refuse further evidence where the policy allows it once, unless a mediator asked for it."""
    # The dispute that led to a return has ended; what was handed in there counts.
    dispute = order.dispute or (order.return_.dispute if order.return_ else None)
    if context.policy.evidence_edits is EvidenceEdits.UNTIL_CLOSED or dispute is None:
        return None
    if dispute.asked is not None and dispute.asked.value == party.value:
        return None
    handed_in = any(one.owner is party for one in order.evidence[dispute.filed_before :])
    return refuse("EVIDENCE_ONE_SHOT", "evidence_edits") if handed_in else None


def file_evidence(
    order: Order, owner: Party, exhibits: tuple[Exhibit, ...]
) -> tuple[EvidenceAdded, ...] | Refused:
    """File exhibits, each with the next id and the checksum of its content."""
    if len(order.evidence) + len(exhibits) > MOST_EVIDENCE:
        return refuse("EVIDENCE_FULL", most=MOST_EVIDENCE)
    for exhibit in exhibits:
        if fault := text_fault(exhibit.shows):
            return fault
    first = len(order.evidence) + 1
    return tuple(
        EvidenceAdded(
            id=f"E{number}",
            owner=owner,
            kind=exhibit.kind,
            shows=exhibit.shows,
            picture=exhibit.picture,
            checksum=checksum(exhibit),
        )
        for number, exhibit in enumerate(exhibits, first)
    )


def needed_evidence(
    order: Order, owner: Party, exhibits: tuple[Exhibit, ...]
) -> tuple[EvidenceAdded, ...] | Refused:
    """File exhibits where at least one is required."""
    return file_evidence(order, owner, exhibits) if exhibits else refuse("EVIDENCE_NEEDED")


def checksum(exhibit: Exhibit) -> str:
    """Return the SHA-256 of an exhibit; the same photo handed in twice has the same."""
    content = "\x00".join((exhibit.kind, exhibit.shows, exhibit.picture))
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
