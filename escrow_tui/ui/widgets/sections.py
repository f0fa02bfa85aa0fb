"""An order's views as sections of a fact sheet: deadlines, parcels, dispute, bank, rules."""

from collections.abc import Iterable

from escrow_tui.ui.widgets.facts import Fact, Section
from escrow_tui.views.choices import FINDINGS
from escrow_tui.views.parts import (
    ChargebackView,
    DeadlineView,
    DisputeView,
    EvidenceView,
    Head,
    LineView,
    MessageView,
    ParcelView,
    ProposalView,
    ReturnView,
    RuleText,
)


def deadline_section(deadlines: Iterable[DeadlineView]) -> Section:
    """Each deadline: how long it runs, what it brings, and the rule that set it."""
    facts: list[Fact] = []
    for one in deadlines:
        mark, look = mark_of(one), "here" if one.soon else "text"
        said = f"{one.title}, {one.date}: when nobody acts, {one.brings}"
        rule = f"{one.rule.row} = {one.rule.value}" if one.rule.value else one.rule.row
        facts += [Fact(f"{mark} {one.left}", said, look), Fact("", f"rule: {rule}", "dim")]
    return Section("Deadlines", tuple(facts))


def mark_of(one: DeadlineView) -> str:
    """One mark from the policy's first warning on, two from its last."""
    return "!!" if one.urgent else "!" if one.soon else "○"


def tracking_section(parcel: ParcelView | None) -> Section:
    """The number with its check, then what the carrier saw, the latest first."""
    if parcel is None:
        return Section("Tracking", (Fact("", "Not shipped yet: there is no number.", "dim"),))
    return Section("Tracking", tuple(parcel_facts(parcel)))


def parcel_facts(parcel: ParcelView) -> list[Fact]:
    """What is wrong with a parcel, its number, when it is expected, the carrier's scans."""
    scans = [
        Fact(
            f"{'●' if nth else '◉'} {one.date[5:]}",
            ", ".join(filter(None, [one.status, one.place, one.detail])),
            "text" if nth else "here",
        )
        for nth, one in enumerate(reversed(parcel.scans))
    ]
    nothing = [Fact("◉ no scans", f"the carrier has seen nothing yet: {parcel.state}", "dim")]
    about = (
        Fact("! Warning", parcel.warning, "here"),
        Fact("Number", f"{parcel.tracking} ({parcel.number_check})"),
        Fact("Expected", parcel.expected),
    )
    return [*(fact for fact in about if fact.text), *(scans or nothing)]


def return_section(back: ReturnView | None) -> Section:
    """What was agreed for the goods, who pays the label, and the parcel on its way back."""
    if back is None:
        return Section("Return", ())
    facts = [
        Fact("Stage", back.stage, "here"),
        Fact("For", f"{back.then}, agreed on {back.agreed}"),
        Fact("Label", back.label),
    ]
    parcel = parcel_facts(back.parcel) if back.parcel else [Fact("Parcel", "not sent yet", "dim")]
    return Section("Return", (*facts, *parcel))


def chargeback_section(back: ChargebackView | None) -> Section:
    """What the bank wants, whether it has it, and how the order goes on if the seller wins."""
    if back is None:
        return Section("Chargeback", ())
    wants = f"{back.amount}{f', {back.paid}' if back.paid else ''}: {back.taken}"
    facts = (
        Fact("Stage", back.stage, "here"),
        Fact("Amount", wants),
        Fact("Opened", back.opened),
        Fact("Answered", back.answered),
        Fact("When won", f"the order goes on: {back.goes_back_to}"),
    )
    return Section("Chargeback", tuple(fact for fact in facts if fact.text))


def sums_section(head: Head) -> Section:
    """The sums beside the price, and the buyer's review."""
    facts = [Fact(one.title, one.amount) for one in head.sums]
    if one := head.review:
        words = f": “{one.text}”" if one.text else ""
        facts.append(Fact("Review", f"{one.stars} of 5 stars{words}"))
    return Section("So far", tuple(facts))


def line_facts(lines: Iterable[LineView]) -> list[Fact]:
    """Each article with its price, and what went back of it."""
    return [
        Fact(
            "Article",
            f"{one.title}, {one.amount}{f', {one.refunded} refunded' if one.refunded else ''}",
        )
        for one in lines
    ]


def dispute_section(dispute: DisputeView | None) -> Section:
    """What is claimed, what was proposed, and the ruling where there is one."""
    if dispute is None:
        return Section("Dispute", ())
    facts = [
        Fact("Stage", dispute.stage, "here"),
        Fact("Reason", dispute.reason),
        Fact("Claim", f"{dispute.wants}, since {dispute.opened}"),
        *asked_facts(dispute),
        *proposal_facts(dispute),
        *ruling_facts(dispute),
    ]
    return Section(f"Dispute {dispute.number}", tuple(facts))


def asked_facts(dispute: DisputeView) -> list[Fact]:
    """Whose evidence is awaited, and who appealed."""
    facts = (
        Fact("! Evidence of", dispute.asked, "here"),
        Fact("Appealed by", dispute.appealed, "here"),
    )
    return [fact for fact in facts if fact.text]


def proposal_facts(dispute: DisputeView, by: str = "") -> list[Fact]:
    """Each standing proposal, or one party's, and who else accepts it."""
    facts: list[Fact] = []
    for one in dispute.proposals:
        if by not in ("", one.by):
            continue
        others = [party for party in one.accepted_by.split(", ") if party not in ("", one.by)]
        if one.by == "buyer" and one.wants == dispute.wants and not (one.note or others):
            continue  # it only repeats the claim
        said = _offer(one)
        said += f", accepted by the {' and the '.join(others)}" if others else ""
        said += f": “{one.note}”" if one.note else ""
        facts.append(Fact("Proposes" if by else f"{one.by.capitalize()} offers", said))
    return facts


def _offer(one: ProposalView) -> str:
    if one.replacement:
        return one.wants
    after = " once the goods are back" if one.return_goods else ""
    return f"{one.amount} back{after} ({one.share})"


def ruling_facts(dispute: DisputeView) -> list[Fact]:
    """What was ruled, and why."""
    ruling = dispute.ruling
    if ruling is None:
        return []
    rest = f"; {ruling.release} to the seller" if ruling.release else ""
    reasons = ", ".join(FINDINGS.get(code, code) for code in ruling.reasons.split(", "))
    facts = [
        Fact("Ruled", f"{ruling.says}{rest}", "here"),
        Fact("Goodwill", ruling.goodwill),
        Fact("Because", reasons),
        Fact("Policy rows", ruling.policy_rows),
        Fact("Note", ruling.note),
    ]
    return [fact for fact in facts if fact.text]


def message_section(messages: Iterable[MessageView], by: str = "") -> Section:
    """The messages, oldest first, of all parties or of one."""
    facts = (
        Fact(
            one.date[5:] if by else f"{one.by}, {one.date[5:]}",
            f"“{one.text}”{' ! asks to settle off the platform' if one.off_platform else ''}",
            "here" if one.off_platform else "text",
        )
        for one in messages
        if by in ("", one.by)
    )
    return Section("Messages", tuple(facts))


def evidence_section(evidence: Iterable[EvidenceView], by: str = "") -> Section:
    """Each piece with its kind, its time, and what its owner says it shows."""
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
