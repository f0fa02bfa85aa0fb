"""How money leaves escrow: commission, refunds before and after the release, clawback."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.commands import AcceptClaim, OpenDispute
from escrow_tui.engine.events import FundsReleased, RefundBooked, name_of
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.order import Order
from escrow_tui.engine.settlement import commission_on, refund, release, result
from escrow_tui.engine.terms import Reason
from tests.engine.given import COMPLETED, DELIVERED, PHOTO, START, given

HELD = given(*DELIVERED).order
RICH = SellerAccount(pending=9_500)


def booked(order: Order, amount: int, account: SellerAccount) -> RefundBooked:
    """Refund from an order at five percent."""
    event = refund(order, amount, account, 500)
    assert isinstance(event, RefundBooked)
    return event


def paid(order: Order, gross: int, account: SellerAccount) -> FundsReleased:
    """Release from an order at five percent."""
    event = release(order, gross, account, 500)
    assert isinstance(event, FundsReleased)
    return event


@pytest.mark.parametrize(
    ("kept", "bps", "commission"),
    [
        (10_000, 500, 500),
        (3_333, 500, 166),
        (19, 500, 0),
        (20, 500, 1),
        (0, 500, 0),
        (10_000, 0, 0),
        (10_000, 10_000, 10_000),
        (10_000, 333, 333),
    ],
)
def test_the_commission_is_rounded_down(kept: int, bps: int, commission: int) -> None:
    """The broken unit is the seller's."""
    assert commission_on(kept, bps) == commission


def test_a_release_pays_the_seller_less_the_commission() -> None:
    """Nothing is owed, so all of it becomes pending."""
    assert paid(HELD, 10_000, SellerAccount()) == FundsReleased(10_000, 500, 0, 9_500)


@pytest.mark.parametrize(
    ("debt", "repaid", "pending"), [(1_000, 1_000, 8_500), (9_500, 9_500, 0), (20_000, 9_500, 0)]
)
def test_a_release_repays_a_debt_first(debt: int, repaid: int, pending: int) -> None:
    """The platform's commission is taken all the same."""
    event = paid(HELD, 10_000, SellerAccount(debt=debt))
    assert event == FundsReleased(10_000, 500, repaid, pending)


def test_a_refund_before_the_release_comes_out_of_escrow_alone() -> None:
    """The seller's account is not touched, and no commission was taken yet."""
    assert booked(HELD, 4_000, RICH) == RefundBooked(1, 4_000, 4_000, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("account", "sources"),
    [
        (SellerAccount(9_500, 5_000, 5_000, 0), (3_800, 0, 0, 0)),
        (SellerAccount(1_000, 5_000, 5_000, 0), (1_000, 2_800, 0, 0)),
        (SellerAccount(1_000, 1_000, 5_000, 0), (1_000, 1_000, 1_800, 0)),
        (SellerAccount(1_000, 1_000, 1_000, 0), (1_000, 1_000, 1_000, 800)),
        (SellerAccount(0, 0, 0, 700), (0, 0, 0, 3_800)),
    ],
)
def test_a_clawback_takes_pending_available_deposit_and_then_debt(
    account: SellerAccount, sources: tuple[int, int, int, int]
) -> None:
    """The buyer is paid regardless; the commission on 40.00 is given back."""
    event = booked(given(*COMPLETED).order, 4_000, account)
    taken = (event.from_pending, event.from_available, event.from_deposit, event.from_debt)
    assert (event.from_escrow, event.from_commission, taken) == (0, 200, sources)


@pytest.mark.parametrize(
    ("amount", "names"),
    [
        (0, "dispute_executed funds_released order_closed"),
        (4_000, "dispute_executed refund_booked funds_released order_closed"),
        (10_000, "dispute_executed refund_booked order_refunded"),
    ],
)
def test_a_result_refunds_releases_the_rest_and_ends_the_order(amount: int, names: str) -> None:
    """Refunded if nothing is outstanding, else closed."""
    events = result(HELD, amount, SellerAccount(), 500)
    assert " ".join(name_of(event) for event in events) == names


@pytest.mark.parametrize(("amount", "end"), [(0, "order_closed"), (10_000, "order_refunded")])
def test_a_result_after_the_release_releases_nothing_again(amount: int, end: str) -> None:
    """At most one release."""
    events = result(given(*COMPLETED).order, amount, RICH, 500)
    assert "funds_released" not in [name_of(event) for event in events]
    assert name_of(events[-1]) == end


@drawn(
    price=st.integers(1, 10**9),
    bps=st.integers(0, 10_000),
    cuts=st.lists(st.integers(1, 10**9), max_size=5),
    released_after=st.integers(0, 5),
)
def test_refunds_before_or_after_the_release_end_in_the_same_balances(
    price: int, bps: int, cuts: list[int], released_after: int
) -> None:
    """At once or in pieces, to the unit: the seller keeps what is left less C(left)."""
    order = given(*DELIVERED, price=price).order
    seller = SellerAccount()
    for number, cut in enumerate(cuts):
        if number == released_after and order.held:
            order, seller = _apply(order, seller, release(order, order.held, seller, bps))
        if amount := min(cut, order.outstanding):
            order, seller = _apply(order, seller, refund(order, amount, seller, bps))
    if order.held:
        order, seller = _apply(order, seller, release(order, order.held, seller, bps))
    kept = price - order.refunded
    assert order.commission == kept * bps // 10_000
    assert seller == SellerAccount(pending=kept - order.commission)


def _apply(order: Order, seller: SellerAccount, event: object) -> tuple[Order, SellerAccount]:
    assert isinstance(event, FundsReleased | RefundBooked)
    if isinstance(event, FundsReleased):
        seller = SellerAccount(seller.pending + event.pending)
    else:
        assert event.from_available == event.from_deposit == event.from_debt == 0
        seller = SellerAccount(seller.pending - event.from_pending)
    return evolve(order, event, order.id, START), seller


def test_a_story_with_a_refund_of_everything_leaves_no_commission() -> None:
    """The platform earns on what the seller keeps, and he keeps nothing."""
    world = given(*COMPLETED, OpenDispute(Reason.DAMAGED, 10_000, (PHOTO,)), AcceptClaim())
    assert world.balance("platform:commission") == world.balance("seller:seller-1:pending") == 0
