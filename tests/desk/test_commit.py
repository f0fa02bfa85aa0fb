"""What a decision is made on, and what must hold of what it leads to."""

from msgspec.structs import replace

from escrow_tui.desk.commit import CommandDecision, violations
from escrow_tui.desk.desk import Desk
from escrow_tui.desk.question import ask_of
from escrow_tui.engine.commands import AnyCommand, ConfirmReceipt, SendMessage
from escrow_tui.engine.roles import Actor
from escrow_tui.store import Batch, Situation, seller_accounts
from tests.given.market import BUYER, DELIVERED, MARKET, SELLER, brought

OF_SELLER = {(account, "USD") for account in seller_accounts(SELLER.person)}


def _decided(desk: Desk, actor: Actor, command: AnyCommand) -> Batch:
    """Return what a command on order A comes to, without writing it."""
    decision, batches = CommandDecision(actor, "A", command), list[Batch]()

    def noted(situation: Situation) -> None:
        batch = decision(situation)
        assert batch is not None
        batches.append(batch)

    desk.store.transact(ask_of(MARKET, actor, "A", command, ""), noted)
    return batches[0]


def test_a_sellers_money_is_expected_only_where_it_was_looked_at(desk: Desk) -> None:
    """A message does not depend on a seller's balance; a release does, as it pays a debt first."""
    brought(desk, DELIVERED)
    assert _decided(desk, BUYER, SendMessage("Thank you.")).expected == {}
    assert set(_decided(desk, BUYER, ConfirmReceipt()).expected) == OF_SELLER


def test_an_escrow_that_nothing_touched_must_hold_what_the_order_holds(desk: Desk) -> None:
    """An event that takes from an order and moves no line is found without reading a balance."""
    brought(desk, DELIVERED)
    (append,) = _decided(desk, BUYER, SendMessage("Thank you.")).appends
    assert violations((append,), 500, {}) == ()
    assert append.after is not None
    less = replace(append.after.order, held=append.after.order.held - 1)
    wrong = replace(append, after=replace(append.after, order=less))
    assert "10: escrow differs from what the order holds (order A)" in violations((wrong,), 500, {})
