"""The desk: commands in, views out, each once and in one transaction."""

import pytest
from msgspec.structs import replace

from escrow_tui.desk.desk import Desk
from escrow_tui.desk.session import News, NoSuchOrderError
from escrow_tui.engine.answers import Done, Refused
from escrow_tui.engine.commands import (
    AcceptClaim,
    Appeal,
    ConfirmReceipt,
    DecideAppeal,
    Exhibit,
    ExtendProcessing,
    OpenEvidence,
    Pay,
    Refund,
    SendMessage,
)
from escrow_tui.engine.entry import journal_sha256
from escrow_tui.engine.events import name_of
from escrow_tui.engine.roles import CARRIER, CLOCK, Actor, Role
from escrow_tui.engine.terms import EvidenceKind
from tests.given.market import (
    BUYER,
    DAY,
    DELIVERED,
    DISPUTE,
    MEDIATED,
    MEDIATOR,
    OTHER_BUYER,
    OTHER_MEDIATOR,
    OTHER_SELLER,
    PLACE,
    RULE,
    SELLER,
    START,
    brought,
    opened,
    refused,
)

THIRD_MEDIATOR = Actor(Role.MEDIATOR, "3")
APPEAL = Appeal((Exhibit(EvidenceKind.PHOTO, "the spout before packing"),))


def test_a_command_is_answered_and_kept(desk: Desk) -> None:
    """With its actor, its instant and what followed."""
    answer = desk.submit(BUYER, "A", PLACE, "place")
    assert isinstance(answer, Done)
    (entry,) = desk.entries()
    assert (entry.actor, entry.at, entry.command) == (BUYER, START, PLACE)
    assert entry.events == answer.events


def test_the_same_id_again_gives_the_first_answer_and_no_second_effect(desk: Desk) -> None:
    """However often somebody presses the key."""
    desk.submit(BUYER, "A", PLACE)
    first = desk.submit(BUYER, "A", Pay(), "pay")
    before = desk.entries()
    assert desk.submit(BUYER, "A", Pay(), "pay") == first
    assert desk.entries() == before
    assert refused(desk.submit(BUYER, "A", Pay(), "another")) == "WRONG_PHASE"


@pytest.mark.parametrize(
    ("actor", "order", "command"),
    [
        (BUYER, "A", ConfirmReceipt()),
        (SELLER, "A", Pay()),
        (BUYER, "B", Pay()),
    ],
)
def test_an_id_that_was_used_for_something_else_is_refused(
    desk: Desk, actor: Actor, order: str, command: Pay | ConfirmReceipt
) -> None:
    """For another command, of another person, or about another order."""
    brought(desk, DELIVERED[:1])
    brought(desk, DELIVERED[:1], "B")
    desk.submit(BUYER, "A", Pay(), "pay")
    assert refused(desk.submit(actor, order, command, "pay")) == "COMMAND_ID_REUSED"


def test_a_refusal_writes_nothing(desk: Desk) -> None:
    """The journal is as it was, and the id is free."""
    desk.submit(BUYER, "A", PLACE)
    before = journal_sha256(desk.entries())
    assert refused(desk.submit(SELLER, "A", ConfirmReceipt(), "one")) == "WRONG_ROLE"
    assert refused(desk.submit(BUYER, "Z", Pay(), "two")) == "UNKNOWN_ORDER"
    assert refused(desk.submit(BUYER, "A", PLACE, "three")) == "ORDER_EXISTS"
    assert journal_sha256(desk.entries()) == before
    assert isinstance(desk.submit(BUYER, "A", Pay(), "one"), Done)


def test_time_executes_each_deadline_at_its_own_instant(desk: Desk) -> None:
    """The person who moved the clock hears what happened, as far as they may read it."""
    brought(desk, DELIVERED)
    due = desk.next_deadline()
    assert due is not None
    assert (due.order, due.at) == ("A", START + 7 * DAY)
    news = desk.advance(START + 30 * DAY, BUYER)
    assert isinstance(news, tuple)
    complete = "The order is complete: the deadline passed (auto-confirm)."
    assert news[0] == News("A", "2026-03-09 09:00", complete, Role.CLOCK)
    assert "100.00 USD left escrow for the seller." in [one.sentence for one in news]
    fired = [
        (one.at - START) // DAY
        for one in desk.entries()
        if one.actor == CLOCK and one.stream == "order:A"
    ]
    assert fired == sorted(fired)
    assert fired[0] == 7
    assert desk.now() == START + 30 * DAY
    assert desk.next_deadline() is None


def test_a_seller_is_not_told_when_a_refund_arrives(desk: Desk) -> None:
    """Its length reveals how the buyer paid; a seller's next deadline is another one, or none."""
    slow = opened(desk.store, "market-2", processing_days=30)
    brought(slow, (*DELIVERED, (BUYER, replace(DISPUTE, claim=10_000)), (SELLER, AcceptClaim())))
    assert slow.next_deadline(Role.SELLER) is None
    brought(slow, DELIVERED[:3], "B")
    due = [slow.next_deadline(role) for role in (None, Role.BUYER, Role.SELLER)]
    assert [(one.order, one.at) for one in due if one] == [
        ("A", START + 14 * DAY),
        ("A", START + 14 * DAY),
        ("B", START + 30 * DAY),
    ]


def test_behind_a_refund_another_order_may_be_next(desk: Desk) -> None:
    """What is hidden stands first in A; what the seller may know of it comes after B's."""
    slow = opened(desk.store, "market-2", processing_days=30)
    brought(slow, (*DELIVERED[:3], (BUYER, ExtendProcessing(5)), (SELLER, Refund(4_000))))
    brought(slow, DELIVERED[:3], "B")
    due = [slow.next_deadline(role) for role in (Role.BUYER, Role.SELLER)]
    assert [(one.order, one.at) for one in due if one] == [
        ("A", START + 14 * DAY),
        ("B", START + 30 * DAY),
    ]


def test_the_clock_itself_hears_no_news(desk: Desk) -> None:
    """A year that a story plays in its name is not put into words."""
    brought(desk, DELIVERED)
    assert desk.advance(START + 365 * DAY, CLOCK) == ()
    assert desk.facts("A").order.phase == "CLOSED"


def test_the_clock_does_not_go_back(desk: Desk) -> None:
    """Not by a second."""
    desk.advance(START + DAY, BUYER)
    answer = desk.advance(START + DAY - 1, BUYER)
    assert isinstance(answer, Refused)
    assert answer.code == "TIME_GOES_BACK"
    assert desk.now() == START + DAY


def test_each_hears_of_his_own_orders_alone(desk: Desk) -> None:
    """A buyer nothing of another's, and nothing of the seller's commission."""
    brought(desk, DELIVERED)
    seq = desk.entries()[-1].seq
    desk.submit(BUYER, "A", ConfirmReceipt())
    assert desk.news(seq, OTHER_BUYER) == ()
    assert desk.news(seq, OTHER_SELLER) == ()
    assert "commission" not in str(desk.news(seq, BUYER))
    assert "commission" in str(desk.news(seq, SELLER))
    assert desk.news(desk.entries()[-1].seq, BUYER) == ()


def test_a_list_holds_the_orders_of_its_reader_the_newest_first(desk: Desk) -> None:
    """Page by page; a party without a name stands for all."""
    brought(desk, DELIVERED[:1])
    desk.advance(START + DAY, BUYER)
    brought(desk, DELIVERED[:1], "B")
    other = replace(PLACE, buyer="buyer-2", seller="seller-2")
    desk.submit(OTHER_BUYER, "C", other)
    assert [row.id for row in desk.rows(BUYER)] == ["B", "A"]
    assert [row.id for row in desk.rows(BUYER, "B")] == ["A"]
    assert [row.id for row in desk.rows(BUYER, "A")] == []
    assert [row.id for row in desk.rows(OTHER_SELLER)] == ["C"]
    assert [row.id for row in desk.rows(Actor(Role.SELLER, ""))] == ["C", "B", "A"]
    assert [row.id for row in desk.rows(CARRIER)] == ["C", "B", "A"]
    assert desk.rows(MEDIATOR) == ()


def test_a_mediator_sees_cases_that_are_free_or_his(desk: Desk) -> None:
    """The first who acts on a case has it; another neither sees it nor may act."""
    brought(desk, MEDIATED)
    assert [row.id for row in desk.rows(MEDIATOR)] == ["A"]
    assert [row.id for row in desk.rows(OTHER_MEDIATOR)] == ["A"]
    desk.submit(OTHER_MEDIATOR, "A", OpenEvidence("E1"))
    assert desk.rows(MEDIATOR) == ()
    assert [row.id for row in desk.rows(OTHER_MEDIATOR)] == ["A"]
    assert refused(desk.submit(MEDIATOR, "A", RULE)) == "NOT_YOUR_CASE"
    seq = desk.entries()[-1].seq
    desk.submit(OTHER_MEDIATOR, "A", RULE)
    assert desk.news(seq, MEDIATOR) == ()
    assert desk.news(seq, OTHER_MEDIATOR) != ()


def test_an_appeal_is_for_another_mediator(desk: Desk) -> None:
    """Who ruled sees it no more; the first of the others who acts on it has it."""
    brought(desk, (*MEDIATED, (MEDIATOR, RULE), (SELLER, APPEAL)))
    assert desk.rows(MEDIATOR) == ()
    assert [row.id for row in desk.rows(OTHER_MEDIATOR)] == ["A"]
    assert [row.id for row in desk.rows(THIRD_MEDIATOR)] == ["A"]
    assert [row.id for row in desk.rows(Actor(Role.MEDIATOR, ""))] == ["A"]
    desk.submit(OTHER_MEDIATOR, "A", OpenEvidence("E1"))
    assert desk.rows(THIRD_MEDIATOR) == ()
    assert [row.id for row in desk.rows(OTHER_MEDIATOR)] == ["A"]
    assert [row.id for row in desk.rows(Actor(Role.MEDIATOR, ""))] == ["A"]
    decision = DecideAppeal(refund=0, reasons=("it was whole",))
    assert refused(desk.submit(MEDIATOR, "A", decision)) == "SAME_MEDIATOR"
    assert refused(desk.submit(THIRD_MEDIATOR, "A", decision)) == "NOT_YOUR_CASE"
    assert isinstance(desk.submit(OTHER_MEDIATOR, "A", decision), Done)


def test_private_fields_are_read_by_their_own_question(desk: Desk) -> None:
    """No view of the order holds them."""
    brought(desk, MEDIATED)
    private = desk.private(BUYER)
    assert private is not None
    assert private.card == "4242424242424242"
    assert desk.private(OTHER_BUYER) is None
    views = (
        *(desk.order(actor, "A") for actor in (BUYER, SELLER, MEDIATOR, CARRIER)),
        desk.rows(SELLER),
        desk.movements(SELLER, "A"),
        desk.person("buyer-1"),
    )
    for secret in ("4242", "Anna Peters", "Weg 1", "+49 1"):
        assert secret not in repr(views)


def test_an_order_that_is_not_there_is_told_by_its_id(desk: Desk) -> None:
    """A view cannot be made of nothing."""
    with pytest.raises(NoSuchOrderError, match="Z"):
        desk.order(BUYER, "Z")


def test_a_seller_reads_his_balances(desk: Desk) -> None:
    """What was released less the commission, and the deposit."""
    desk.deposit(SELLER.person, 5_000, "USD")
    brought(desk, (*DELIVERED, (BUYER, ConfirmReceipt())))
    account = desk.account(SELLER)
    assert (account.pending, account.available, account.deposit) == ("95.00", "0.00", "50.00")
    desk.advance(START + 10 * DAY, SELLER)
    assert desk.account(SELLER).available == "95.00"


def test_a_fork_stands_where_the_journal_was_cut(desk: Desk) -> None:
    """The market that was left keeps everything."""
    brought(desk, (*DELIVERED, (BUYER, DISPUTE), (SELLER, AcceptClaim())))
    left, whole = desk.market, desk.entries()
    upto = next(one.seq for one in whole if "dispute_opened" in map(name_of, one.events))
    desk.fork(upto)
    assert journal_sha256(desk.entries()) == journal_sha256(whole[:upto])
    assert desk.facts("A").order.dispute is not None
    desk.submit(BUYER, "A", SendMessage("Please answer."))
    with desk.store.reading() as reading:
        assert reading.entries(left) == whole
        child = reading.market(desk.market)
    assert child is not None
    assert (child.parent, child.parent_seq) == (left, upto)


def test_what_is_due_at_once_is_done_with_the_command(desk: Desk) -> None:
    """Where a refund takes no time it has arrived when the answer comes."""
    quick = opened(desk.store, "market-2", refund_card_business_days=0)
    brought(quick, (*DELIVERED, (BUYER, DISPUTE), (SELLER, AcceptClaim())))
    names = [name_of(event) for one in quick.entries() for event in one.events]
    assert names[-1] == "refund_settled"
    assert quick.now() == START
    assert quick.violations == []
