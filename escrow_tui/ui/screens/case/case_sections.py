"""What stands on the case file: each side's story, the parcels, the ruling."""

from escrow_tui.ui.widgets.facts import Fact, Section
from escrow_tui.ui.widgets.sections import (
    asked_facts,
    evidence_section,
    message_section,
    proposal_facts,
    return_section,
    ruling_facts,
    tracking_section,
)
from escrow_tui.views.order_views import MediatorCase
from escrow_tui.views.parts import PersonView


def parcels(case: MediatorCase) -> tuple[Section, ...]:
    """Return the parcel on its way back, if there is one, and the order's own."""
    back, tracking = return_section(case.head.return_), tracking_section(case.parcel)
    return (back, tracking) if back.facts else (Section("", tracking.facts),)


def ruled(case: MediatorCase) -> Section:
    """Return the ruling, with who made it and who reviews it."""
    if case.dispute is None or case.dispute.ruling is None:
        return Section("Ruling", ())
    by = f"mediator {case.mediator}" if case.mediator else case.dispute.ruling.by
    facts = [*ruling_facts(case.dispute), Fact("By", by)]
    facts += [Fact("Reviewed by", f"mediator {case.reviewer}")] if case.reviewer else []
    return Section("Ruling", tuple(facts))


def story(case: MediatorCase, person: PersonView, party: str) -> tuple[Section, ...]:
    """Return one side's story: who it is, what it asks, its evidence, its words."""
    trust = ", ".join(filter(None, [person.place, person.trust]))
    facts = [Fact("Trust", trust)]
    if dispute := case.dispute:
        if party == "buyer":
            claim = f"{dispute.wants}: {dispute.reason}, since {dispute.opened}"
            facts.append(Fact("Claims", claim, "here"))
            facts += asked_facts(dispute)
        proposed = proposal_facts(dispute, party)
        if not proposed and party == "seller":
            proposed = [Fact("Proposes", "nothing yet", "dim")]
        facts += proposed
    facts += evidence_section(case.evidence, party).facts
    facts += message_section(case.head.messages, party).facts
    return (Section("", tuple(facts)),)
