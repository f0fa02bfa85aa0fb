"""The preview of a command: what it would do, with the ledger before and after."""

import pytest

from escrow_tui.desk import preview
from escrow_tui.desk.desk import Desk
from escrow_tui.engine.commands import ConfirmReceipt, Rule, SendMessage
from escrow_tui.engine.events import AnyEvent, name_of
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from tests.given.market import (
    BUYER,
    DAY,
    DELIVERED,
    MEDIATED,
    MEDIATOR,
    RULE,
    SELLER,
    START,
    brought,
)


def test_a_preview_shows_each_account_before_and_after_and_changes_nothing(desk: Desk) -> None:
    """What it says is what then happens."""
    brought(desk, DELIVERED)
    before = desk.entries()
    seen = desk.preview(BUYER, "A", ConfirmReceipt())
    assert seen.possible
    assert seen.check == "the lines sum to 0, with those not shown to you"
    escrow = next(one for one in seen.changes if one.before == "100.00")
    assert (escrow.after, escrow.change) == ("0.00", "-100.00 USD")
    assert desk.entries() == before
    desk.submit(BUYER, "A", ConfirmReceipt())
    assert desk.facts("A").order.held == 0


def test_a_preview_of_what_is_refused_says_why(desk: Desk) -> None:
    """In the words of the refusal, and nothing moves."""
    brought(desk, DELIVERED[:4])
    seen = desk.preview(SELLER, "A", ConfirmReceipt())
    assert not seen.possible
    assert seen.why_not.startswith("A seller may not do this")
    assert seen.changes == ()


def test_a_command_that_moves_no_money_says_so(desk: Desk) -> None:
    """There is nothing to sum."""
    brought(desk, DELIVERED)
    seen = desk.preview(BUYER, "A", SendMessage("Thank you."))
    assert (seen.possible, seen.changes, seen.check) == (True, (), "no money moves")


def test_a_preview_leaves_out_what_the_role_may_not_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An event without a sentence for the actor adds no empty line."""
    brought(desk, DELIVERED)

    def told(event: AnyEvent, _order: Order, _role: Role) -> str:
        return "" if name_of(event) == "receipt_confirmed" else name_of(event)

    monkeypatch.setattr(preview, "tell", told)
    assert desk.preview(BUYER, "A", ConfirmReceipt()).says == ("funds_released",)


def test_a_ruling_shows_what_moves_when_its_appeal_window_has_passed(desk: Desk) -> None:
    """And when that is; the ledger then moves by just that."""
    brought(desk, MEDIATED)
    seen = desk.preview(MEDIATOR, "A", RULE)
    assert seen.later == "when the appeal window has passed, on 2026-03-09 09:00"
    escrow = next(one for one in seen.changes if one.before == "100.00")
    assert escrow.after == "0.00"
    assert seen.check == "the lines sum to 0"
    desk.submit(MEDIATOR, "A", RULE)
    assert desk.facts("A").order.held == 10_000
    desk.advance(START + 7 * DAY, MEDIATOR)
    order = desk.facts("A").order
    assert (order.held, order.refunded, order.released) == (0, 4_000, 6_000)


def test_a_ruling_that_refunds_more_moves_more(desk: Desk) -> None:
    """The preview is of this ruling, not of any."""
    brought(desk, MEDIATED)
    part, whole = (
        {one.account: one.change for one in desk.preview(MEDIATOR, "A", rule).changes}
        for rule in (RULE, Rule(refund=10_000, reasons=RULE.reasons))
    )
    assert part["Refunds on the way"] == "+40.00 USD"
    assert whole["Refunds on the way"] == "+100.00 USD"
