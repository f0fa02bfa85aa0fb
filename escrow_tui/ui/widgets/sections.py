"""An order's views as sections of a fact sheet: deadlines, tracking, dispute, messages, rules."""

from collections.abc import Iterable

from escrow_tui.ui.widgets.facts import Fact, Section
from escrow_tui.views.choices import FINDINGS
from escrow_tui.views.parts import (
    DeadlineView,
    DisputeView,
    EvidenceView,
    MessageView,
    ParcelView,
    RuleText,
)


def deadline_section(deadlines: Iterable[DeadlineView]) -> Section:
    """Each deadline: how long it runs, what it brings, and the rule that set it."""
    facts: list[Fact] = []
    for one in deadlines:
        mark, look = ("!", "here") if one.soon else ("○", "text")
        said = f"{one.title}, {one.date}: when nobody acts, {one.brings}"
        rule = f"{one.rule.row} = {one.rule.value}" if one.rule.value else one.rule.row
        facts += [Fact(f"{mark} {one.left}", said, look), Fact("", f"rule: {rule}", "dim")]
    return Section("Deadlines", tuple(facts))


def tracking_section(parcel: ParcelView | None) -> Section:
    """The number with its check, then what the carrier saw, the latest first."""
    if parcel is None:
        return Section("Tracking", (Fact("", "Not shipped yet: there is no number.", "dim"),))
    scans = [
        Fact(
            f"{'●' if nth else '◉'} {one.date[5:]}",
            ", ".join(filter(None, [one.status, one.place, one.detail])),
            "text" if nth else "here",
        )
        for nth, one in enumerate(reversed(parcel.scans))
    ]
    number = Fact("Number", f"{parcel.tracking} ({parcel.number_check})")
    nothing = [Fact("◉ no scans", f"the carrier has seen nothing yet: {parcel.state}", "dim")]
    return Section("Tracking", (number, *(scans or nothing)))


def dispute_section(dispute: DisputeView | None) -> Section:
    """What is claimed, what was proposed, and the ruling where there is one."""
    if dispute is None:
        return Section("Dispute", ())
    facts = [
        Fact("Stage", dispute.stage, "here"),
        Fact("Reason", dispute.reason),
        Fact("Claim", f"{dispute.claim}, since {dispute.opened}"),
        *proposal_facts(dispute),
        *ruling_facts(dispute),
    ]
    return Section(f"Dispute {dispute.number}", tuple(facts))


def proposal_facts(dispute: DisputeView, by: str = "") -> list[Fact]:
    """Each proposal that stands, or one party's; with whoever else accepts it."""
    facts: list[Fact] = []
    for one in dispute.proposals:
        if by not in ("", one.by):
            continue
        others = [party for party in one.accepted_by.split(", ") if party not in ("", one.by)]
        if one.by == "buyer" and one.amount == dispute.claim and not (one.note or others):
            continue  # it is the claim, said again
        said = f"{one.amount} back ({one.share})"
        said += f", accepted by the {' and the '.join(others)}" if others else ""
        said += f": “{one.note}”" if one.note else ""
        facts.append(Fact("Proposes" if by else f"{one.by.capitalize()} offers", said))
    return facts


def ruling_facts(dispute: DisputeView) -> list[Fact]:
    """What was ruled, and why."""
    ruling = dispute.ruling
    if ruling is None:
        return []
    reasons = ", ".join(FINDINGS.get(code, code) for code in ruling.reasons.split(", "))
    facts = [
        Fact("Ruled", f"{ruling.refund} to the buyer, {ruling.release} to the seller", "here"),
        Fact("Because", reasons),
        Fact("Policy rows", ruling.policy_rows),
        Fact("Note", ruling.note),
    ]
    return [fact for fact in facts if fact.text]


def message_section(messages: Iterable[MessageView], by: str = "") -> Section:
    """What was written, oldest first; of all or of one party."""
    facts = (
        Fact(one.date[5:] if by else f"{one.by}, {one.date[5:]}", f"“{one.text}”")
        for one in messages
        if by in ("", one.by)
    )
    return Section("Messages", tuple(facts))


def evidence_section(evidence: Iterable[EvidenceView], by: str = "") -> Section:
    """Each piece with its kind, its time and what its owner says that it shows."""
    facts = (
        Fact(
            f"{'■' if one.opened else '□'} {one.id}",
            f"{one.kind}{'' if by else f' of the {one.owner}'}, {one.date[5:]}"
            + (f": {one.shows}" if one.opened else ", not opened yet"),
            "text" if one.opened else "dim",
        )
        for one in evidence
        if by in ("", one.owner)
    )
    return Section("Evidence", tuple(facts))


def rule_section(rules: Iterable[RuleText]) -> Section:
    """The policy rows that apply, each with its value and its meaning."""
    facts: list[Fact] = []
    for one in rules:
        facts += [Fact("▪", f"{one.row} = {one.value}", "here"), Fact("", one.means)]
    return Section("Policy rows", tuple(facts))
