"""Stories of money in every account: the same result has the same books, however it came about."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.money import Money
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import Party, Phase, RefundWay, Side
from tests.engine.books import COMMISSION, COST, PAYABLE, WALLET, end, usd
from tests.given.orders import (
    APPEALED,
    BUYER,
    COMPLETED,
    DELIVER_BACK,
    DELIVERED,
    DISPUTE,
    PAID,
    POLICY,
    RULE,
    SELLER,
    SHIPPED,
    START,
    TRACKING,
    Step,
    World,
    days,
    given,
    place_order,
)

CONFIRM = c.ConfirmReceipt()
ESCALATED: tuple[Step, ...] = (DISPUTE, c.RejectClaim(), c.Escalate())
# Every way to get 40.00 of 100.00 back, before or after the seller is paid.
FORTY: dict[str, tuple[Step, ...]] = {
    "the seller's refund before": (*DELIVERED, c.Refund(4_000), CONFIRM),
    "the seller's refund after": (*COMPLETED, c.Refund(4_000)),
    "before it was shipped": (*PAID, c.Refund(4_000), c.Ship(TRACKING), CONFIRM),
    "in pieces before": (*SHIPPED, c.Refund(1_333), c.Refund(1_333), c.Refund(1_334), CONFIRM),
    "in pieces after": (*COMPLETED, c.Refund(1), c.Refund(3_998), c.Refund(1)),
    "half before and half after": (*DELIVERED, c.Refund(1_999), CONFIRM, c.Refund(2_001)),
    "protection that runs out": (*SHIPPED, c.Refund(4_000), days(60)),
    "a claim accepted before": (*DELIVERED, DISPUTE, c.AcceptClaim()),
    "a claim accepted after": (*COMPLETED, DISPUTE, c.AcceptClaim()),
    "the seller's silence before": (*DELIVERED, DISPUTE, days(5)),
    "the seller's silence after": (*COMPLETED, DISPUTE, days(3)),
    "a part before and a claim": (
        *(*DELIVERED, c.Refund(1_000)),
        *(replace(DISPUTE, claim=3_000), c.AcceptClaim()),
    ),
    "an agreement": (*DELIVERED, DISPUTE, c.RejectClaim(), (SELLER, c.AcceptProposal(Party.BUYER))),
    "a ruling before": (*DELIVERED, *ESCALATED, RULE, days(7)),
    "a ruling after": (*COMPLETED, *ESCALATED, RULE, days(7)),
    "an appeal": (*APPEALED, c.DecideAppeal(refund=4_000, reasons=("so",))),
    "a return before": (
        *(*DELIVERED, replace(DISPUTE, return_goods=True), c.AcceptClaim()),
        *(c.ShipReturn(TRACKING), DELIVER_BACK, c.ConfirmReturn()),
    ),
    "a return after": (
        *(*COMPLETED, replace(DISPUTE, return_goods=True), c.AcceptClaim()),
        *(c.ShipReturn(TRACKING), DELIVER_BACK, days(10)),
    ),
    "a chargeback won between": (
        *(*DELIVERED, c.Refund(4_000), c.OpenChargeback(1), c.DecideChargeback(Side.SELLER)),
        CONFIRM,
    ),
}


@pytest.mark.parametrize("way", FORTY)
def test_forty_of_a_hundred_end_in_the_same_books_whichever_way_they_went(way: str) -> None:
    """The buyer has 40.00, the seller 57.00, the platform 3.00, and the processor its fee."""
    world = given(*FORTY[way], days(90))
    books = end(world)
    if "chargeback" in way:
        assert books.pop("platform:dispute_fees USD") == -1_500
        assert books.pop("ext:network USD") == 1_500
    assert books == COST | usd(available=5_700) | {"ext:buyer USD": -6_000, COMMISSION: 300}
    assert (world.order.refunded, world.order.released, world.order.held) == (4_000, 6_000, 0)
    assert world.violations == []


@pytest.mark.parametrize("before", [0, 1, 2, 3])
def test_three_thirds_are_a_whole_whenever_the_seller_is_paid(before: int) -> None:
    """33.33, 33.33 and 33.34 leave no rest, however many of them come before the release."""
    thirds: list[Step] = [c.Refund(3_333), c.Refund(3_333), c.Refund(3_334)]
    steps = (*thirds[:before], *((CONFIRM,) if before < 3 else ()), *thirds[before:])
    world = given(*DELIVERED, *steps, days(30))
    assert end(world) == COST
    assert world.order.phase is Phase.REFUNDED
    assert world.violations == []


@pytest.mark.parametrize("before", [0, 1, 2, 3])
def test_a_buyer_abroad_gets_back_what_they_paid_to_the_cent(before: int) -> None:
    """92.00 EUR in three parts, whatever the day's rate; the exchange account ends at zero."""
    thirds: list[Step] = [c.Refund(3_333), c.Refund(3_333), c.Refund(3_334)]
    steps = (*thirds[:before], *((CONFIRM,) if before < 3 else ()), *thirds[before:])
    world = given(*DELIVERED, *steps, c.SetRate("EUR", "1.5"), days(30), pay_in="EUR", rate="0.92")
    assert end(world) == COST
    assert world.order.paid_back == 9_200


@pytest.mark.parametrize("before", [True, False])
def test_the_exchange_holds_what_a_buyer_abroad_did_not_get_back(before: bool) -> None:
    """40.00 of 100.00 USD is 36.80 of 92.00 EUR."""
    steps: tuple[Step, ...] = (c.Refund(4_000), CONFIRM) if before else (CONFIRM, c.Refund(4_000))
    world = given(*DELIVERED, *steps, days(30), pay_in="EUR", rate="0.92")
    assert end(world) == COST | usd(available=5_700) | {
        "ext:buyer EUR": -5_520,
        "platform:fx EUR": 5_520,
        "platform:fx USD": -6_000,
        COMMISSION: 300,
    }


# -- the order of a clawback, and debt


@pytest.mark.parametrize(
    ("pending", "available", "deposit", "expected"),
    [
        (9_500, 0, 0, usd(pending=5_700)),
        (0, 9_500, 0, usd(available=5_700)),
        (0, 0, 9_500, usd(deposit=5_700)),
        (0, 0, 0, usd(debt=-3_800)),
        (3_799, 9_500, 9_500, usd(available=9_499, deposit=9_500)),
        (1_000, 2_799, 9_500, usd(deposit=9_499)),
        (1_000, 1_000, 1_799, usd(debt=-1)),
    ],
)
def test_a_clawback_takes_the_sellers_accounts_in_order(
    pending: int, available: int, deposit: int, expected: dict[str, int]
) -> None:
    """Pending, available, deposit, and debt for the rest; the buyer is paid in any case."""
    world = given(*COMPLETED).move("seller:seller-1:pending", "ext:bank", 9_500)
    has = {"pending": pending, "available": available, "deposit": deposit}
    for part, minor in has.items():
        world.move("ext:bank", f"seller:seller-1:{part}", minor)
    world.after(c.Refund(4_000))
    left = {account: minor for account, minor in end(world).items() if account.startswith("seller")}
    assert left == expected
    assert world.balance("refunds_payable") == 4_000


def test_a_debt_is_repaid_by_the_sales_that_follow() -> None:
    """95.00 is owed: a sale of 40.00 repays 38.00, one of 100.00 the other 57.00."""
    world = given(*COMPLETED, days(3), c.WithdrawMoney(9_500), c.Refund(10_000))
    assert world.balance("seller:seller-1:debt") == -9_500
    for order_id, price in (("B", 4_000), ("C", 10_000)):
        world.submit(order_id, place_order(price=price), BUYER)
        world.after(*COMPLETED, order=order_id)
    released = [event for _, _, event in world.history if isinstance(event, e.FundsReleased)]
    assert released[1:] == [
        e.FundsReleased(4_000, 200, 3_800, 0),
        e.FundsReleased(10_000, 500, 5_700, 3_800),
    ]
    assert world.balance("seller:seller-1:debt") == 0
    assert world.violations == []


def test_another_sellers_money_is_never_touched() -> None:
    """Nor is the same seller's money in another currency."""
    world = given(*COMPLETED, days(3), c.WithdrawMoney(9_500))
    other = place_order(seller="seller-2")
    yen = place_order(currency="JPY", price=10_000)
    shop = Actor(Role.SELLER, "seller-2")
    world.submit("B", other, BUYER)
    world.after(c.Pay(), c.VerifyPayment(), (shop, c.Ship(TRACKING)), CONFIRM, order="B")
    world.submit("C", yen, BUYER)
    world.after(*COMPLETED, order="C")
    world.after(c.Refund(4_000))
    assert world.balance("seller:seller-2:pending") == 9_500
    assert world.balance("seller:seller-1:pending", "JPY") == 9_500
    assert world.balance("seller:seller-1:debt") == -3_800


def test_a_clawback_may_take_pending_money_of_another_order() -> None:
    """Then only what is left of it clears for that order."""
    world = given(*COMPLETED, days(3), c.WithdrawMoney(9_500))
    world.submit("B", place_order(), BUYER)
    world.after(*COMPLETED, order="B")
    world.after(c.Refund(4_000))
    assert world.balance("seller:seller-1:pending") == 5_700
    world.after(days(5))  # from a Thursday
    assert world.balance("seller:seller-1:available") == 5_700
    assert (world.balance("seller:seller-1:pending"), world.violations) == (0, [])


# -- refund ways


def test_the_refund_to_an_expired_card_takes_the_days_of_its_bank() -> None:
    """Eight business days from Wednesday end before ten from Tuesday."""
    world = given(
        *PAID, days(1), c.Refund(4_000), days(1), c.Refund(1_000), card_expires=START + DAY * 2
    )
    assert [(one.way, one.amount) for one in world.order.refunds] == [
        (RefundWay.CARD, 4_000),
        (RefundWay.BANK, 1_000),
    ]
    world.after(c.Ship(TRACKING), days(12))
    assert world.balance("ext:buyer") == -10_000 + 1_000
    world.after(days(1))
    assert world.balance("ext:buyer") == -10_000 + 5_000
    assert world.balance("refunds_payable") == 0


def test_cash_comes_back_to_the_wallet_and_from_there_to_the_buyer() -> None:
    """Together with goodwill; each withdrawal has its fee."""
    policy = replace(POLICY, withdrawal_fee=Money(100, "USD"))
    rule = c.Rule(refund=2_000, reasons=("half",), goodwill=500)
    world = given(*DELIVERED, *ESCALATED, rule, days(7), method="western_union", policy=policy)
    assert world.balance("buyer:buyer-1:wallet") == 2_500
    world.after(c.WithdrawWallet(1_500), c.WithdrawWallet(1_000), days(10))
    assert end(world) == usd(available=7_600) | {
        "ext:buyer USD": -10_800 + 2_300,
        "ext:western_union USD": 800,
        "platform:goodwill USD": -500,
        "platform:withdrawal_fees USD": 200,
        COMMISSION: 400,
    }
    assert WALLET not in end(world)


# -- an order of several lines

LINES = (c.Line("cup", 3_333), c.Line("pot", 3_333), c.Line("lid", 3_334))


@pytest.mark.parametrize("paid", [False, True])
def test_lines_given_back_one_by_one_are_the_whole_order(paid: bool) -> None:
    """Shipping is shared by the largest remainder and leaves no rest."""
    before = COMPLETED if paid else DELIVERED
    world = given(*before, lines=LINES, shipping=500)
    assert world.order.line_shares == (3_500, 3_499, 3_501)
    steps = (c.Refund(3_501, "lid"), c.Refund(3_499, "cup"), c.Refund(1, "cup"))
    world.after(*steps, c.Refund(3_499, "pot"), days(14))
    assert world.order.line_refunds == world.order.line_shares
    assert world.order.phase is Phase.REFUNDED
    assert world.balance("ext:buyer") == world.balance(PAYABLE.split()[0]) == 0
    assert world.balance("platform:commission") == 0


def test_a_claim_shares_over_the_lines_what_is_left_of_them() -> None:
    """After the cup was refunded, 30.00 is split evenly between pot and lid."""
    claim = replace(DISPUTE, claim=3_000)
    world = given(*DELIVERED, c.Refund(3_333, "cup"), claim, c.AcceptClaim(), lines=LINES)
    assert world.order.line_refunds == (3_333, 1_500, 1_500)
    assert (world.order.released, world.order.commission) == (3_667, 183)


def test_the_books_of_a_market_are_even_after_every_event() -> None:
    """All movements sum to zero in each currency."""
    world: World = given(*DELIVERED, DISPUTE, c.AcceptClaim(), days(30), pay_in="EUR", rate="0.92")
    for currency in ("USD", "EUR"):
        of_it = [minor for (_, code), minor in world.balances.items() if code == currency]
        assert sum(of_it) == 0
    assert all(one <= other for (_, one, _), (_, other, _) in pairwise(world.history))
