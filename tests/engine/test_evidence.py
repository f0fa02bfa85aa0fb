"""The evidence of a case: who may hand in what, and when."""

from hashlib import sha256

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.evidence import MOST_EVIDENCE, checksum
from escrow_tui.engine.order import Evidence
from escrow_tui.engine.policy_switches import EvidenceEdits
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import DisputePhase, EvidenceKind, Party, Reason, ReturnFault, Side
from tests.given.orders import (
    ANSWERED,
    APPEALED,
    BACK,
    BUYER,
    DELIVER_BACK,
    DELIVERED,
    DISPUTE,
    DISPUTED,
    FROZEN,
    GOING_BACK,
    INVOICE,
    MEDIATED,
    NEGOTIATED,
    PHOTO,
    POLICY,
    RULED,
    SELLER,
    SEND_ALL_BACK,
    TO_GO_BACK,
    TRACKING,
    Step,
    World,
    days,
    given,
    then,
    then_exactly,
    then_refused,
)

K = EvidenceKind
LOST = Reason.IN_TRANSIT_LATE
ONE_SHOT = replace(POLICY, evidence_edits=EvidenceEdits.ONE_SHOT)
MORE = c.AddEvidence(K.WEIGHT_RECORD, "1.20 kg", "scales")


def filed(number: int, owner: Actor) -> e.EvidenceAdded:
    """Return the event for one more piece of evidence."""
    exhibit = c.Exhibit(MORE.kind, MORE.shows, MORE.picture)
    party = Party(owner.role.value)
    return e.EvidenceAdded(
        id=f"E{number}",
        owner=party,
        kind=K.WEIGHT_RECORD,
        shows="1.20 kg",
        picture="scales",
        checksum=checksum(exhibit),
    )


@pytest.mark.parametrize("owner", [BUYER, SELLER])
@pytest.mark.parametrize(
    ("steps", "number"),
    [
        (DISPUTED, 2),
        (NEGOTIATED, 2),
        (MEDIATED, 2),
        (RULED, 2),
        (APPEALED, 3),
        (TO_GO_BACK, 2),
        (GOING_BACK, 2),
        (BACK, 2),
    ],
)
def test_evidence_is_added_until_the_case_closes(
    steps: tuple[Step, ...], number: int, owner: Actor
) -> None:
    """During a dispute and the return that follows; each piece has owner, id and time."""
    world = given(*steps, days(1))
    added = filed(number, owner)
    then_exactly(world.when(MORE, by=owner), added)
    assert world.order.evidence[-1] == Evidence(
        id=added.id,
        owner=added.owner,
        kind=added.kind,
        shows=added.shows,
        picture=added.picture,
        checksum=added.checksum,
        at=world.now,
    )


@pytest.mark.parametrize("steps", [DELIVERED, FROZEN, (*MEDIATED, c.WithdrawDispute())])
def test_without_a_case_there_is_no_file(steps: tuple[Step, ...]) -> None:
    """Nor while the bank decides: the answer to the bank has its own evidence."""
    then_refused(given(*steps).when(MORE), "WRONG_PHASE")


def test_the_checksum_is_that_of_what_a_piece_is_and_shows() -> None:
    """Anybody can recognise the same photo when it is handed in twice."""
    assert checksum(PHOTO) == checksum(c.Exhibit(K.PHOTO, "a cracked spout"))
    assert checksum(c.Exhibit(K.PHOTO, "a", "b")) == sha256(b"photo\x00a\x00b").hexdigest()
    others = (
        c.Exhibit(K.SCREENSHOT, "a cracked spout"),
        c.Exhibit(K.PHOTO, "a cracked lid"),
        c.Exhibit(K.PHOTO, "a cracked spout", "teapot"),
        c.Exhibit(K.PHOTO, "lone \ud800 surrogate"),
        c.Exhibit(K.PHOTO, "a cracked spoutt", "eapot"),
    )
    assert len({checksum(PHOTO), *map(checksum, others)}) == 6


def test_exhibits_of_one_command_are_numbered_in_their_order() -> None:
    """Ids count up through the whole order."""
    world = given(*DELIVERED, replace(DISPUTE, evidence=(PHOTO, INVOICE)))
    assert [(one.id, one.kind) for one in world.order.evidence] == [
        ("E1", K.PHOTO),
        ("E2", K.INVOICE),
    ]
    world.after(c.WithdrawDispute(), DISPUTE)
    assert [one.id for one in world.order.evidence] == ["E1", "E2", "E3"]


def _full(world: World, but: int) -> None:
    missing = MOST_EVIDENCE - but - len(world.order.evidence)
    world.after(*(c.AddEvidence(K.PHOTO, "again") for _ in range(missing)))


def test_a_case_holds_forty_pieces() -> None:
    """The limit keeps a case readable; anything above it is refused."""
    world = given(*DISPUTED)
    _full(world, but=1)
    then(world.when(MORE), "evidence_added")
    then_refused(world.when(MORE), "EVIDENCE_FULL", most="40")
    assert len(world.order.evidence) == MOST_EVIDENCE == 40


@pytest.mark.parametrize(("free", "code"), [(1, "EVIDENCE_FULL"), (2, "")])
def test_pieces_that_come_together_must_all_find_room(free: int, code: str) -> None:
    """A rejection with two pieces is refused as a whole if there is room for one."""
    world = given(*DISPUTED)
    _full(world, but=free)
    answer = world.when(c.RejectClaim((PHOTO, INVOICE)))
    if code:
        then_refused(answer, code)
        assert world.order.dispute is not None
        assert world.order.dispute.phase is DisputePhase.AWAITING_SELLER
    else:
        then(answer, "claim_rejected", "evidence_added", "evidence_added")


@pytest.mark.parametrize(
    ("text", "code"), [("", "TEXT_EMPTY"), (" \n", "TEXT_EMPTY"), ("x" * 2_001, "TEXT_TOO_LONG")]
)
def test_what_a_piece_shows_is_said(text: str, code: str) -> None:
    """Every piece says it in words, whatever command hands it in."""
    then_refused(given(*DISPUTED).when(c.AddEvidence(K.PHOTO, text)), code)
    two = (PHOTO, c.Exhibit(K.PHOTO, text))
    then_refused(given(*DELIVERED).when(replace(DISPUTE, evidence=two)), code)
    then_refused(given(*DISPUTED).when(c.RejectClaim(two)), code)
    then_refused(given(*RULED).when(c.Appeal(two)), code)
    then_refused(given(*FROZEN).when(c.AnswerChargeback(two)), code)


# -- policies with a single submission


def test_each_side_hands_in_once() -> None:
    """The buyer did with the claim; the seller may do so once."""
    world = given(*DISPUTED, policy=ONE_SHOT)
    assert then_refused(world.when(MORE), "EVIDENCE_ONE_SHOT").rule == "evidence_edits"
    then_exactly(world.when(MORE, by=SELLER), filed(2, SELLER))
    then_refused(world.when(MORE, by=SELLER), "EVIDENCE_ONE_SHOT")


def test_a_claim_without_evidence_does_not_use_up_the_submission() -> None:
    """Only evidence counts as a submission, not the claim itself."""
    late = c.OpenDispute(reason=LOST, claim=100)
    world = given(*DELIVERED, late, policy=ONE_SHOT)
    then_exactly(world.when(MORE), filed(1, BUYER))
    then_refused(world.when(MORE), "EVIDENCE_ONE_SHOT")


@pytest.mark.parametrize("asked", list(Side))
def test_who_is_asked_by_a_mediator_may_hand_in_more(asked: Side) -> None:
    """The side that was asked, once, and not the other side."""
    rejected = c.RejectClaim((INVOICE,))
    world = given(*DISPUTED, rejected, c.Escalate(), c.AskEvidence(asked), policy=ONE_SHOT)
    one, other = (BUYER, SELLER) if asked is Side.BUYER else (SELLER, BUYER)
    then_refused(world.when(MORE, by=other), "EVIDENCE_ONE_SHOT")
    then_exactly(world.when(MORE, by=one), filed(3, one))
    then_refused(world.when(MORE, by=one), "EVIDENCE_ONE_SHOT")


def test_evidence_of_before_the_dispute_does_not_count() -> None:
    """A new dispute allows a new submission, even if it is opened in the same second."""
    late = c.OpenDispute(reason=LOST, claim=100)
    world = given(*DISPUTED, c.WithdrawDispute(), late, policy=ONE_SHOT)
    then_exactly(world.when(MORE), filed(2, BUYER))
    answered = (*ANSWERED, c.DecideChargeback(Side.SELLER), late)
    world = given(*answered, policy=ONE_SHOT)
    then_exactly(world.when(MORE, by=SELLER), filed(2, SELLER))


def test_what_was_handed_in_counts_on_when_the_return_is_contested() -> None:
    """It is still the same case; evidence from before the case still does not count."""
    before = (*DISPUTED, c.WithdrawDispute(), replace(SEND_ALL_BACK, reason=LOST, evidence=()))
    back = (c.AcceptClaim(), c.ShipReturn(TRACKING), DELIVER_BACK)
    contest = c.ContestReturn(ReturnFault.EMPTY, (PHOTO,))
    world = given(*before, *back, contest, policy=ONE_SHOT)
    then_refused(world.when(MORE, by=SELLER), "EVIDENCE_ONE_SHOT")
    then_exactly(world.when(MORE), filed(3, BUYER))


def test_what_was_handed_in_before_the_return_counts_in_it() -> None:
    """It is the same case; the seller, who accepted without evidence, may still submit some."""
    world = given(*GOING_BACK, policy=ONE_SHOT)
    then_refused(world.when(MORE), "EVIDENCE_ONE_SHOT")
    then_exactly(world.when(MORE, by=SELLER), filed(2, SELLER))


def test_a_case_that_is_appealed_takes_the_new_evidence_of_the_appeal() -> None:
    """The evidence in the command for the appeal is allowed; any more is refused."""
    world = given(*APPEALED, policy=ONE_SHOT)
    assert [one.owner for one in world.order.evidence] == [Party.BUYER, Party.BUYER]
    then_refused(world.when(MORE), "EVIDENCE_ONE_SHOT")


# -- evidence that a mediator asked for


@pytest.mark.parametrize(("by", "answered"), [(SELLER, True), (BUYER, False)])
def test_evidence_of_the_side_that_was_asked_answers_the_mediator(
    by: Actor, answered: bool
) -> None:
    """Evidence of the other side does not."""
    world = given(*MEDIATED, c.AskEvidence(Side.SELLER), (by, MORE))
    dispute = world.order.dispute
    assert dispute is not None
    assert (dispute.asked is None) is answered
    assert world.order.evidence_asked is not answered


def test_an_answer_to_the_bank_is_filed_under_the_seller() -> None:
    """It stays with the order afterwards."""
    (one,) = given(*ANSWERED).order.evidence
    assert (one.id, one.owner, one.kind, one.shows) == (
        "E1",
        Party.SELLER,
        K.INVOICE,
        "what was paid",
    )
