"""Opening a dispute: when, for which reason, with which evidence, and for what."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.answers import Done, Refused
from escrow_tui.engine.evidence import checksum
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.order import Dispute, Proposal, Resolution, Stop
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.terms import (
    DisputePhase,
    EvidenceKind,
    Party,
    Reason,
    ReasonFamily,
)
from tests.given.orders import (
    COMPLETED,
    DELIVERED,
    DISPUTE,
    DISPUTED,
    INVOICE,
    PHOTO,
    POLICY,
    REPLACE,
    SEND_ALL_BACK,
    SHIPPED,
    TO_BE_REPLACED,
    TRACKING,
    Pause,
    Step,
    World,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)

D = DisputePhase
# From the plan, written out again: these need a photo or an unboxing video, the others nothing.
SEEN = "damaged incomplete wrong_item different_from_listing counterfeit not_working empty_parcel"
NOT_SEEN = (
    "no_scans invalid_tracking delivered_elsewhere stuck_in_customs returned in_transit_late"
    " change_of_mind"
)
LATE = c.OpenDispute(reason=Reason.IN_TRANSIT_LATE, claim=10_000)
MIND = c.OpenDispute(reason=Reason.CHANGE_OF_MIND, claim=10_000, return_goods=True)
FULL_ONLY = replace(POLICY, partial_refunds=False)
E1 = e.EvidenceAdded(
    id="E1",
    owner=Party.BUYER,
    kind=EvidenceKind.PHOTO,
    shows="a cracked spout",
    picture="",
    checksum=checksum(PHOTO),
)


def dispute_of(world: World) -> Dispute:
    """Return the story's running dispute."""
    assert world.order.dispute is not None
    return world.order.dispute


@pytest.mark.parametrize("steps", [DELIVERED, COMPLETED, (*SHIPPED, days(10))])
def test_a_dispute_opens_with_a_claim_that_is_the_buyers_proposal(steps: tuple[Step, ...]) -> None:
    """The order keeps its phase, its timers stop, and no money moves."""
    world = given(*steps)
    before = world.order
    then_exactly(
        world.when(DISPUTE),
        e.DisputeOpened(
            number=1, reason=Reason.DAMAGED, claim=4_000, return_goods=False, replacement=False
        ),
        e.ProposalMade(
            by=Party.BUYER, amount=4_000, note="", return_goods=False, replacement=False
        ),
        E1,
    )
    claim = Resolution(4_000)
    assert dispute_of(world) == Dispute(
        number=1,
        phase=D.AWAITING_SELLER,
        reason=Reason.DAMAGED,
        claim=claim,
        opened_at=world.now,
        proposals=(Proposal(Party.BUYER, claim, "", (Party.BUYER,)),),
    )
    assert (world.order.phase, world.order.held) == (before.phase, before.held)
    assert world.order.stops == (Stop(world.now),)
    assert world.order.dispute_count == 1


@pytest.mark.parametrize(
    ("claim", "wanted"),
    [
        (DISPUTE, Resolution(4_000)),
        (SEND_ALL_BACK, Resolution(10_000, return_goods=True)),
        (REPLACE, Resolution(0, replacement=True)),
        (replace(REPLACE, return_goods=True), Resolution(0, True, True)),
    ],
)
def test_a_claim_is_for_money_a_return_or_a_replacement(
    claim: c.OpenDispute, wanted: Resolution
) -> None:
    """Or for a replacement and a return; the buyer's proposal says the same."""
    world = given(*DELIVERED)
    result = {"return_goods": claim.return_goods, "replacement": claim.replacement}
    then_exactly(
        world.when(claim),
        e.DisputeOpened(number=1, reason=Reason.DAMAGED, claim=claim.claim, **result),
        e.ProposalMade(by=Party.BUYER, amount=claim.claim, note="", **result),
        E1,
    )
    assert dispute_of(world).claim == wanted
    proposal = dispute_of(world).proposal(Party.BUYER)
    assert proposal == Proposal(Party.BUYER, wanted, "", (Party.BUYER,))


def test_a_reason_needs_its_evidence() -> None:
    """It needs one piece of a kind in its row; other evidence, or none, is not enough."""
    wrong = []
    for reason in Reason:
        for kind in (None, *EvidenceKind):
            exhibits = (c.Exhibit(kind, "it"),) if kind else ()
            answer = given(*DELIVERED).when(
                c.OpenDispute(reason=reason, claim=1, evidence=exhibits)
            )
            if not reason.evidence or kind in reason.evidence:
                names = ("dispute_opened", "proposal_made", *["evidence_added"] * bool(kind))
                found = tuple(map(e.name_of, answer.events)) if isinstance(answer, Done) else ()
                fits = found == names
            else:
                facts = (("reason", reason), ("kinds", ", ".join(sorted(reason.evidence))))
                fits = answer == Refused("EVIDENCE_MISSING", "", facts)
            if not fits:
                wrong.append(f"{reason} with {kind}: {answer}")
    assert not wrong, "\n".join(wrong)


def test_the_reasons_that_came_first_need_what_they_always_did() -> None:
    """Faulty goods must be shown by a photo or a video; goods that did not come cannot be."""
    seen = {reason for reason in Reason if reason.evidence == {"photo", "unboxing_video"}}
    assert set(SEEN.split()) <= seen
    assert not any(Reason(code).evidence for code in NOT_SEEN.split())


def test_one_piece_of_the_right_kind_is_enough() -> None:
    """Whatever other evidence there is."""
    answer = given(*DELIVERED).when(replace(DISPUTE, evidence=(INVOICE, PHOTO)))
    then(answer, "dispute_opened", "proposal_made", "evidence_added", "evidence_added")


def test_every_reason_has_its_words_and_needs_evidence_where_something_came() -> None:
    """What came can be shown; what did not come cannot, and a change of mind need not be."""
    wrong = []
    for reason in Reason:
        shown = reason.family is ReasonFamily.NOT_AS_DESCRIBED
        if not reason.words:
            wrong.append(f"{reason} has no words: write them into its row in engine/terms.py")
        if bool(reason.evidence) is not shown:
            needs = "needs evidence" if shown else "needs no evidence"
            wrong.append(f"{reason} is {reason.family}, which {needs}: change its row")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("claim", "fits"), [(0, False), (-1, False), (1, True), (10_000, True), (10_001, False)]
)
@pytest.mark.parametrize("steps", [DELIVERED, COMPLETED])
@pytest.mark.parametrize("back", [False, True])
def test_a_claim_is_between_a_unit_and_what_is_outstanding(
    claim: int, fits: bool, steps: tuple[Step, ...], back: bool
) -> None:
    """After the release too; and nobody sends goods back for nothing."""
    answer = given(*steps).when(
        c.OpenDispute(reason=Reason.DAMAGED, claim=claim, evidence=(PHOTO,), return_goods=back)
    )
    if fits:
        then(answer, "dispute_opened", "proposal_made", "evidence_added")
    else:
        then_refused(answer, "BAD_AMOUNT", least="0.01 USD", most="100.00 USD")


def test_what_was_refunded_cannot_be_claimed_again() -> None:
    """60.00 is outstanding."""
    world = given(*DELIVERED, c.Refund(4_000))
    answer = world.when(c.OpenDispute(reason=Reason.DAMAGED, claim=6_001, evidence=(PHOTO,)))
    then_refused(answer, "BAD_AMOUNT", most="60.00 USD")


@pytest.mark.parametrize(("claim", "code"), [(9_999, "PARTIAL_REFUND"), (10_000, "")])
def test_where_only_full_refunds_are_known_a_claim_is_full(claim: int, code: str) -> None:
    """The refusal names what is outstanding and the policy row."""
    answer = given(*DELIVERED, policy=FULL_ONLY).when(replace(DISPUTE, claim=claim))
    if code:
        assert then_refused(answer, code, whole="100.00 USD").rule == "partial_refunds"
    else:
        then(answer, "dispute_opened", "proposal_made", "evidence_added")


def test_a_replacement_is_no_partial_refund() -> None:
    """It involves no money, so a policy without partial refunds allows it."""
    answer = given(*DELIVERED, policy=FULL_ONLY).when(REPLACE)
    then(answer, "dispute_opened", "proposal_made", "evidence_added")


NO_REPLACING = replace(POLICY, replacement_allowed=False)
REPLACED: tuple[Step, ...] = (*TO_BE_REPLACED, c.ShipReplacement(TRACKING), DELIVERED[-1])


@pytest.mark.parametrize(
    ("steps", "policy", "claim", "code", "rule"),
    [
        (DELIVERED, NO_REPLACING, REPLACE, "REPLACEMENT_NOT_ALLOWED", "replacement_allowed"),
        (REPLACED, POLICY, REPLACE, "REPLACEMENT_USED_UP", ""),
        (DELIVERED, POLICY, replace(REPLACE, claim=1), "REPLACEMENT_AMOUNT", ""),
        (DELIVERED, POLICY, replace(REPLACE, claim=-1), "REPLACEMENT_AMOUNT", ""),
        (REPLACED, POLICY, DISPUTE, "", ""),
        (REPLACED, POLICY, SEND_ALL_BACK, "", ""),
    ],
)
def test_a_replacement_has_its_own_refusals(
    steps: tuple[Step, ...], policy: Policy, claim: c.OpenDispute, code: str, rule: str
) -> None:
    """Once per order, without money, and only if the policy allows it."""
    answer = given(*steps, policy=policy).when(claim)
    if code:
        assert then_refused(answer, code).rule == rule
    else:
        then(answer, "dispute_opened", "proposal_made", "evidence_added")


@pytest.mark.parametrize(
    ("seconds", "promised", "code"),
    [
        (10 * DAY - 1, 30, "DISPUTE_TOO_EARLY"),
        (10 * DAY, 30, ""),
        (0, 5, "DISPUTE_TOO_EARLY"),
        (0, 4, ""),
    ],
)
def test_a_parcel_on_its_way_has_ten_full_days(seconds: int, promised: int, code: str) -> None:
    """Or no days, if the promise was less than five days."""
    seen = c.Scan(status=DELIVERED[-1].status.IN_TRANSIT)  # type: ignore[union-attr]
    answer = given(*SHIPPED, seen, Pause(seconds), promised_days=promised).when(LATE)
    if code:
        told = {"days": str(seconds // DAY), "needed": "10", "date": "2026-03-12 09:00"}
        assert then_refused(answer, code, **told).rule == "dispute_earliest_days"
    else:
        then(answer, "dispute_opened", "proposal_made")


def test_a_delivered_parcel_need_not_wait() -> None:
    """The ten days are for a parcel on its way."""
    then(given(*DELIVERED).when(LATE), "dispute_opened", "proposal_made")


@pytest.mark.parametrize(("steps", "code"), [(SHIPPED, "DISPUTE_BEFORE_DELIVERY"), (DELIVERED, "")])
def test_a_policy_may_know_no_dispute_before_delivery(steps: tuple[Step, ...], code: str) -> None:
    """The refusal names the policy row."""
    policy = replace(POLICY, dispute_before_delivery=False)
    answer = given(*steps, days(6), policy=policy, promised_days=1).when(LATE)
    if code:
        assert then_refused(answer, code).rule == "dispute_before_delivery"
    else:
        then(answer, "dispute_opened", "proposal_made")


@pytest.mark.parametrize(
    ("steps", "seconds", "code"),
    [
        (SHIPPED, 10 * DAY, "CHANGE_OF_MIND_LATE"),
        (DELIVERED, 0, ""),
        (COMPLETED, 15 * DAY - 1, ""),
        ((*DELIVERED, days(5), c.ConfirmReceipt()), 10 * DAY - 1, ""),
        ((*DELIVERED, days(5), c.ConfirmReceipt()), 10 * DAY, "CHANGE_OF_MIND_LATE"),
        ((*SHIPPED, c.ConfirmReceipt()), 1, "CHANGE_OF_MIND_LATE"),
    ],
)
def test_a_change_of_mind_counts_within_the_return_days_of_delivery(
    steps: tuple[Step, ...], seconds: int, code: str
) -> None:
    """Neither before the goods have come nor after the days are over."""
    answer = given(*steps, Pause(seconds)).when(MIND)
    if code:
        assert then_refused(answer, code, days="15").rule == "return_days"
    else:
        then(answer, "dispute_opened", "proposal_made")


def test_another_reason_is_not_bound_to_the_return_days() -> None:
    """Faulty goods can be disputed later than that."""
    answer = given(*DELIVERED, days(5), c.ConfirmReceipt(), days(14)).when(DISPUTE)
    then(answer, "dispute_opened", "proposal_made", "evidence_added")


def test_an_order_has_two_disputes_the_withdrawn_ones_counted() -> None:
    """The third is refused, with the policy row."""
    world = given(*DISPUTED, c.WithdrawDispute(), DISPUTE)
    assert (dispute_of(world).number, world.order.dispute_count) == (2, 2)
    world.after(c.WithdrawDispute())
    assert then_refused(world.when(DISPUTE), "DISPUTES_USED_UP", count="2").rule == "max_disputes"
