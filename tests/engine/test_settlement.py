"""How money leaves escrow: commission, release, refunds, clawback, penalty."""

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from msgspec.structs import replace

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.commands import AcceptClaim, Line, OpenDispute, Refund
from escrow_tui.engine.context import Context
from escrow_tui.engine.events import (
    FundsReleased,
    OrderClosed,
    OrderRefunded,
    PenaltyBooked,
    RefundBooked,
    Sources,
)
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.order import Order
from escrow_tui.engine.settlement import (
    claw,
    commission_on,
    draw,
    line_parts,
    lines_left,
    pay_out,
    penalty,
    refund,
    release,
)
from escrow_tui.engine.terms import Reason, RefundWay
from tests.given.orders import COMPLETED, DELIVERED, PAID, PHOTO, POLICY, SELLER, START, given

HELD = given(*DELIVERED).order
RELEASED = given(*COMPLETED).order
RICH = SellerAccount(pending=50_000, available=50_000, deposit=50_000)
THIRDS = (Line("a", 1_000), Line("b", 1_000), Line("c", 1_000))


# Where a clawback takes from, in this order.
CLAWED = ("pending", "available", "deposit", "debt")


def of(account: SellerAccount = RICH, bps: int = 500, now: int = START) -> Context:
    """Return a decision's context with 5 % commission."""
    return Context(
        actor=SELLER,
        policy=replace(POLICY, commission_bps=bps),
        policy_hash="hash",
        now=now,
        account=lambda: account,
    )


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
        (9_999, 1, 0),
    ],
)
def test_the_commission_is_rounded_down(kept: int, bps: int, commission: int) -> None:
    """The fraction of a unit stays with the seller."""
    assert commission_on(kept, bps) == commission


def test_a_release_pays_the_seller_less_the_commission() -> None:
    """There is no debt, so all of it becomes pending."""
    assert release(HELD, 10_000, of()) == FundsReleased(10_000, 500, 0, 9_500)


@pytest.mark.parametrize(
    ("debt", "repaid", "pending"),
    [(1_000, 1_000, 8_500), (9_499, 9_499, 1), (9_500, 9_500, 0), (20_000, 9_500, 0)],
)
def test_a_release_repays_a_debt_first(debt: int, repaid: int, pending: int) -> None:
    """The platform takes its commission all the same."""
    event = release(HELD, 10_000, of(SellerAccount(debt=debt)))
    assert event == FundsReleased(10_000, 500, repaid, pending)


def test_a_second_release_takes_the_commission_on_all_that_was_kept() -> None:
    """Cumulatively: 3.33 and 96.67 together cost what 100.00 does."""
    first = release(HELD, 333, of())
    order = evolve(HELD, first, "A", START)
    assert (first.commission, release(order, 9_667, of()).commission) == (16, 484)


def test_a_refund_before_the_release_comes_out_of_escrow_alone() -> None:
    """The seller's account is not touched, and no commission has been taken yet."""
    booked = refund(HELD, 4_000, of())
    assert booked == RefundBooked(
        number=1, amount=4_000, sources=Sources(escrow=4_000), way=RefundWay.CARD, lines=(4_000,)
    )


@pytest.mark.parametrize(
    ("account", "sources"),
    [
        (SellerAccount(9_500, 5_000, 5_000, 0), (3_800, 0, 0, 0)),
        (SellerAccount(3_800, 5_000, 5_000, 0), (3_800, 0, 0, 0)),
        (SellerAccount(3_799, 5_000, 5_000, 0), (3_799, 1, 0, 0)),
        (SellerAccount(1_000, 5_000, 5_000, 0), (1_000, 2_800, 0, 0)),
        (SellerAccount(1_000, 1_000, 5_000, 0), (1_000, 1_000, 1_800, 0)),
        (SellerAccount(1_000, 1_000, 1_000, 0), (1_000, 1_000, 1_000, 800)),
        (SellerAccount(0, 0, 3_799, 0), (0, 0, 3_799, 1)),
        (SellerAccount(0, 0, 0, 700), (0, 0, 0, 3_800)),
    ],
)
def test_a_clawback_takes_pending_available_deposit_and_then_debt(
    account: SellerAccount, sources: tuple[int, int, int, int]
) -> None:
    """The buyer is paid in any case; the commission on 40.00 is reversed."""
    assert draw(RELEASED, 4_000, of(account)) == Sources(
        commission=200, **dict(zip(CLAWED, sources, strict=True))
    )


def test_what_is_held_goes_before_what_was_released() -> None:
    """After a release of 60.00, a refund of 50.00 takes 40.00 from escrow and 10.00 clawed back."""
    order = evolve(HELD, release(HELD, 6_000, of()), "A", START)
    assert draw(order, 4_000, of()) == Sources(escrow=4_000)
    assert draw(order, 4_001, of()) == Sources(escrow=4_000, commission=1, pending=0)
    assert draw(order, 5_000, of()) == Sources(escrow=4_000, commission=50, pending=950)


def test_nothing_is_drawn_for_nothing() -> None:
    """Neither from escrow nor from a seller."""
    assert draw(HELD, 0, of()) == draw(RELEASED, 0, of()) == Sources()


def test_a_claw_takes_what_it_is_told_and_names_what_came_before() -> None:
    """A label takes no commission; a refund names what escrow and commission gave."""
    assert claw(SellerAccount(1, 2, 3), 7) == Sources(
        escrow=0, commission=0, pending=1, available=2, deposit=3, debt=1
    )
    assert claw(SellerAccount(9), 7, 5, 4) == Sources(
        escrow=5, commission=4, pending=7, available=0, deposit=0, debt=0
    )
    assert claw(SellerAccount(), 0) == Sources()


@pytest.mark.parametrize(
    ("number", "way", "placing"),
    [(1, RefundWay.CARD, {}), (1, RefundWay.WALLET, {"method": "western_union"})],
)
def test_a_refund_goes_the_way_of_its_method(
    number: int, way: RefundWay, placing: dict[str, str]
) -> None:
    """To the card that paid, or to the wallet for cash."""
    order = given(*DELIVERED, method=placing.get("method", "credit_card")).order
    booked = refund(order, 1, of())
    assert (booked.number, booked.way) == (number, way)


@pytest.mark.parametrize(
    ("now", "way"), [(START + 99, RefundWay.CARD), (START + 100, RefundWay.BANK)]
)
def test_a_card_that_has_expired_is_passed_on_by_its_bank(now: int, way: RefundWay) -> None:
    """The instant of the booking counts."""
    order = given(*DELIVERED, card_expires=START + 100).order
    assert refund(order, 1, of(now=now)).way is way
    assert penalty(order, 0, of(now=now)).way is way


def test_refunds_are_numbered_in_their_order() -> None:
    """So each can be settled on its own."""
    order = given(*PAID, Refund(1), Refund(2)).order
    assert [(one.number, one.amount) for one in order.refunds] == [(1, 1), (2, 2)]
    assert refund(order, 3, of()).number == 3


@pytest.mark.parametrize(
    ("amount", "line", "parts"),
    [
        (1, "", (1, 0, 0)),
        (2_000, "", (667, 667, 666)),
        (3_010, "", (1_004, 1_003, 1_003)),
        (500, "b", (0, 500, 0)),
        (500, "c", (0, 0, 500)),
    ],
)
def test_a_refund_is_split_over_the_lines(amount: int, line: str, parts: tuple[int, ...]) -> None:
    """By largest remainder of what is left of each with shipping, or all to one line."""
    order = given(*DELIVERED, lines=THIRDS, shipping=10).order
    assert order.line_shares == (1_004, 1_003, 1_003)
    assert line_parts(order, amount, line) == parts
    assert refund(order, amount, of(), line).lines == parts


def test_what_is_left_of_a_line_is_what_later_refunds_share() -> None:
    """A fully refunded line has no share of the next refund."""
    order = given(*DELIVERED, Refund(1_004, "a"), Refund(3, "b"), lines=THIRDS, shipping=10).order
    assert lines_left(order) == (0, 1_000, 1_003)
    assert line_parts(order, 2_003, "") == (0, 1_000, 1_003)
    assert line_parts(order, 3, "") == (0, 1, 2)


def test_one_line_has_all_of_it_and_lines_with_nothing_left_have_none() -> None:
    """A refund beyond what the lines have left belongs to no line."""
    assert line_parts(HELD, 77, "") == (77,)
    assert line_parts(HELD, 77, "a") == (77,)
    order = given(*DELIVERED, lines=THIRDS).order
    spent = replace(order, line_refunds=(1_000, 1_000, 1_000))
    assert line_parts(spent, 5, "") == (0, 0, 0)


@pytest.mark.parametrize(
    ("amount", "events"),
    [
        (0, (FundsReleased(10_000, 500, 0, 9_500), OrderClosed())),
        (
            4_000,
            (
                RefundBooked(
                    number=1,
                    amount=4_000,
                    sources=Sources(escrow=4_000),
                    way=RefundWay.CARD,
                    lines=(4_000,),
                ),
                FundsReleased(6_000, 300, 0, 5_700),
                OrderClosed(),
            ),
        ),
        (
            9_999,
            (
                RefundBooked(
                    number=1,
                    amount=9_999,
                    sources=Sources(escrow=9_999),
                    way=RefundWay.CARD,
                    lines=(9_999,),
                ),
                FundsReleased(1, 0, 0, 1),
                OrderClosed(),
            ),
        ),
        (
            10_000,
            (
                RefundBooked(
                    number=1,
                    amount=10_000,
                    sources=Sources(escrow=10_000),
                    way=RefundWay.CARD,
                    lines=(10_000,),
                ),
                OrderRefunded(),
            ),
        ),
    ],
)
def test_a_result_refunds_releases_the_rest_and_ends_the_order(
    amount: int, events: tuple[object, ...]
) -> None:
    """It ends as refunded if nothing is outstanding, and otherwise as closed."""
    assert pay_out(HELD, amount, of(SellerAccount())) == events


@pytest.mark.parametrize(
    ("amount", "events"),
    [
        (0, (OrderClosed(),)),
        (
            4_000,
            (
                RefundBooked(
                    number=1,
                    amount=4_000,
                    sources=Sources(escrow=0, commission=200, pending=3_800),
                    way=RefundWay.CARD,
                    lines=(4_000,),
                ),
                OrderClosed(),
            ),
        ),
        (
            10_000,
            (
                RefundBooked(
                    number=1,
                    amount=10_000,
                    sources=Sources(escrow=0, commission=500, pending=9_500),
                    way=RefundWay.CARD,
                    lines=(10_000,),
                ),
                OrderRefunded(),
            ),
        ),
    ],
)
def test_a_result_after_the_release_releases_nothing_again(
    amount: int, events: tuple[object, ...]
) -> None:
    """There is at most one release."""
    assert pay_out(RELEASED, amount, of()) == events


@pytest.mark.parametrize(
    ("account", "taken"),
    [
        (SellerAccount(50_000, 10_000, 9), (10_000, 0, 0)),
        (SellerAccount(50_000, 4_000, 9_000), (4_000, 6_000, 0)),
        (SellerAccount(50_000, 4_000, 1_000), (4_000, 1_000, 5_000)),
        (SellerAccount(50_000, 0, 0, 300), (0, 0, 10_000)),
    ],
)
def test_a_penalty_spares_pending_money(
    account: SellerAccount, taken: tuple[int, int, int]
) -> None:
    """Available, deposit, then debt: money that a buyer may still dispute is not touched."""
    sources = Sources(**dict(zip(CLAWED[1:], taken, strict=True)))
    booked = penalty(HELD, 10_000, of(account))
    assert booked == PenaltyBooked(2, 10_000, sources, RefundWay.CARD)


def test_a_penalty_takes_what_the_refund_before_it_leaves() -> None:
    """The refund after the release has already taken 95.00 of available and deposit."""
    booked = penalty(RELEASED, 10_000, of(SellerAccount(0, 5_000, 12_000)))
    assert booked.sources == Sources(
        escrow=0, commission=0, pending=0, available=0, deposit=7_500, debt=2_500
    )
    booked = penalty(RELEASED, 10_000, of(SellerAccount(0, 12_000, 500)))
    assert booked.sources == Sources(
        escrow=0, commission=0, pending=0, available=2_500, deposit=500, debt=7_000
    )
    booked = penalty(RELEASED, 10_000, of(SellerAccount(0, 0, 0, 40)))
    assert booked.sources == Sources(debt=10_000)


def test_a_penalty_is_the_price_of_the_goods_without_shipping() -> None:
    """Its number follows that of the refund."""
    order = given(*DELIVERED, Refund(1), price=9_000, shipping=1_000).order
    assert penalty(order, 9_999, of()) == PenaltyBooked(
        3, 9_000, Sources(available=9_000), RefundWay.CARD
    )


@drawn(
    price=st.integers(1, 10**9),
    bps=st.integers(0, 10_000),
    cuts=st.lists(st.integers(1, 10**9), max_size=5),
    released_after=st.integers(0, 5),
)
@settings(max_examples=60, deadline=None)
def test_refunds_before_or_after_the_release_end_in_the_same_balances(
    price: int, bps: int, cuts: list[int], released_after: int
) -> None:
    """In one piece or several, to the unit: the seller keeps the rest less its commission."""
    order = given(*DELIVERED, price=price).order
    seller = SellerAccount()
    for number, cut in enumerate(cuts):
        if number == released_after and order.held:
            order, seller = _apply(order, seller, release(order, order.held, of(seller, bps)))
        if amount := min(cut, order.outstanding):
            order, seller = _apply(order, seller, refund(order, amount, of(seller, bps)))
    if order.held:
        order, seller = _apply(order, seller, release(order, order.held, of(seller, bps)))
    kept = price - order.refunded
    assert order.commission == kept * bps // 10_000
    assert seller == SellerAccount(pending=kept - order.commission)


def _apply(
    order: Order, seller: SellerAccount, event: FundsReleased | RefundBooked
) -> tuple[Order, SellerAccount]:
    if isinstance(event, FundsReleased):
        seller = SellerAccount(seller.pending + event.pending)
    else:
        sources = event.sources
        assert sources.available == sources.deposit == sources.debt == 0
        seller = SellerAccount(seller.pending - sources.pending)
    return evolve(order, event, order.id, START), seller


def test_a_story_with_a_refund_of_everything_leaves_no_commission() -> None:
    """The platform earns only on what the seller keeps, which is nothing."""
    world = given(
        *COMPLETED,
        OpenDispute(reason=Reason.DAMAGED, claim=10_000, evidence=(PHOTO,)),
        AcceptClaim(),
    )
    assert world.balance("platform:commission") == world.balance("seller:seller-1:pending") == 0
