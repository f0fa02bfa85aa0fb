"""The desk looks whether a deadline may fire at all, and shows an address to nobody else."""

import pytest

from escrow_tui.desk import commit
from escrow_tui.desk import desk as desk_module
from escrow_tui.desk.desk import Desk
from escrow_tui.engine.commands import AcceptClaim
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import CARRIER, CLOCK
from escrow_tui.views import order_views
from escrow_tui.views.order_facts import OrderFacts
from tests.given.market import (
    BUYER,
    DAY,
    DELIVERED,
    DISPUTE,
    MEDIATOR,
    OTHER_SELLER,
    SELLER,
    START,
    brought,
    opened,
)


def test_a_deadline_that_may_not_fire_is_a_violation(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine's own check is asked about the order as it stood before."""
    asked: list[tuple[str, str]] = []

    def wrong(order: Order, deadline: str) -> str:
        asked.append((order.phase, deadline))
        return f"8: {deadline} fires"

    monkeypatch.setattr(commit, "fires_wrongly", wrong)
    other = opened(desk.store, "market-2")
    brought(other, DELIVERED)
    assert other.violations == []
    other.advance(START + 7 * DAY, CLOCK)
    assert asked == [("DELIVERED", "auto_confirm")]
    assert other.violations == ["8: auto_confirm fires"]


def test_what_may_not_fire_at_once_is_a_violation_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is executed with the command that has made it due."""
    monkeypatch.setattr(commit, "fires_wrongly", lambda _, deadline: f"8: {deadline} fires")
    quick = opened(desk.store, "market-2", refund_card_business_days=0)
    brought(quick, (*DELIVERED, (BUYER, DISPUTE), (SELLER, AcceptClaim())))
    assert quick.violations == ["8: refund fires"]


def test_a_deposit_is_looked_at_like_every_other_transfer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its balances are those afterwards."""
    seen: list[dict[tuple[str, str], int]] = []

    def broken(balances: dict[tuple[str, str], int]) -> tuple[str, ...]:
        seen.append(balances)
        return ("7: broken",)

    monkeypatch.setattr(desk_module, "account_violations", broken)
    other = opened(desk.store, "market-2")
    other.deposit(SELLER.person, 500, "USD")
    assert other.violations == ["7: broken"]
    assert seen[0]["seller:seller-1:deposit", "USD"] == 500


@pytest.mark.parametrize("shown", [True, False])
def test_an_address_is_for_the_orders_own_seller_where_the_policy_shows_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, shown: bool
) -> None:
    """Neither another seller nor any other view is handed it."""
    strict = opened(desk.store, "market-2", seller_sees_address=shown)
    brought(strict, DELIVERED)
    handed: list[str] = []

    def note(facts: OrderFacts, *_: object) -> None:
        handed.append(facts.address)

    for view in ("buyer_order", "seller_order", "mediator_case", "backstage_order"):
        monkeypatch.setattr(order_views, view, note)
    for actor in (SELLER, OTHER_SELLER, BUYER, MEDIATOR, CARRIER):
        strict.order(actor, "A")
    assert handed == ["Anna Peters, Weg 1" if shown else "", "", "", "", ""]
