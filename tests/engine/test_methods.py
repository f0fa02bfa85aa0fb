"""Payment methods as rows: what each costs, whose bank can take money back, where it goes."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.methods import METHODS, cost_of, fee_of, way_back
from escrow_tui.engine.order import BookedRefund
from escrow_tui.engine.terms import RefundWay
from tests.given.orders import PAID, POLICY, START, given

CARDS = ("credit_card", "debit_card", "virtual_card")
CODES = (
    "verification_failed three_d_secure_failed wrong_security_code insufficient_funds"
    " limit_exceeded card_expired suspected_fraud"
)


def test_the_methods_are_the_plans_four() -> None:
    """Each row is found by its own code, and has a title for people."""
    assert [(code, one.code, one.title) for code, one in METHODS.items()] == [
        ("credit_card", "credit_card", "Credit card"),
        ("debit_card", "debit_card", "Debit card"),
        ("virtual_card", "virtual_card", "Virtual card"),
        ("western_union", "western_union", "Western Union"),
    ]


@pytest.mark.parametrize("code", CARDS)
def test_a_card_is_captured_at_once_and_can_be_charged_back(code: str) -> None:
    """Its refund goes back to it, or through its bank once it has expired."""
    method = METHODS[code]
    assert (method.captured, method.chargeback) == ("at_once", True)
    assert method.decline_codes == tuple(CODES.split())
    assert (method.refund_to, method.refund_when_expired) == (RefundWay.CARD, RefundWay.BANK)
    assert fee_of(method, 10_000, "USD") == 0


def test_cash_is_captured_when_it_is_verified_and_is_final() -> None:
    """Its refund goes to the wallet on the platform."""
    method = METHODS["western_union"]
    assert (method.captured, method.chargeback) == ("when_verified", False)
    assert method.decline_codes == ("not_paid_in", "amount_differs")
    assert {method.refund_to, method.refund_when_expired} == {RefundWay.WALLET}


@pytest.mark.parametrize(
    ("code", "expires", "now", "way"),
    [
        ("credit_card", 0, 100, RefundWay.CARD),
        ("credit_card", 100, 99, RefundWay.CARD),
        ("credit_card", 100, 100, RefundWay.BANK),
        ("debit_card", 100, 101, RefundWay.BANK),
        ("western_union", 100, 101, RefundWay.WALLET),
        ("western_union", 0, 0, RefundWay.WALLET),
    ],
)
def test_a_card_is_expired_from_its_instant_on(
    code: str, expires: int, now: int, way: RefundWay
) -> None:
    """Nought is a card without an end."""
    assert way_back(METHODS[code], expires, now) is way


def test_a_refund_waits_by_the_row_of_its_way_and_no_other() -> None:
    """A way back without a row of days would never arrive."""
    found = {}
    for way in RefundWay:
        due = BookedRefund(1, 100, START, way)
        order = replace(given(*PAID).order, refunds=(due,))
        found[way] = [one.rule for one in deadlines(order, POLICY) if one.name == "refund"]
    assert found == {way: [f"refund_{way}_business_days"] for way in RefundWay}


@pytest.mark.parametrize(
    ("method", "amount", "currency", "cost"),
    [
        ("credit_card", 10_000, "USD", 320),
        ("debit_card", 10_000, "USD", 220),
        ("virtual_card", 5_000, "EUR", 175),
        ("credit_card", 50, "USD", 31),
        ("credit_card", 17, "USD", 30),
        ("credit_card", 18, "USD", 31),
        ("credit_card", 10_000, "JPY", 290),
        ("credit_card", 10_000, "KWD", 590),
        ("western_union", 10_000, "USD", 0),
    ],
)
def test_the_processors_cost_is_a_part_and_a_fixed_sum(
    method: str, amount: int, currency: str, cost: int
) -> None:
    """2.9 % or 1.9 %, half a unit up, and 0.30 in the currency's own minor units."""
    assert cost_of(METHODS[method], amount, currency) == cost


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        (1, 495),
        (5_000, 495),
        (5_001, 800),
        (10_000, 800),
        (10_001, 1_000),
        (25_000, 1_000),
        (25_001, 1_200),
        (50_000, 1_200),
        (50_001, 1_500),
        (75_000, 1_500),
        (75_001, 1_800),
        (100_000, 1_800),
        (100_001, 1_800),
        (10**9, 1_800),
    ],
)
def test_western_unions_fee_goes_by_steps(amount: int, fee: int) -> None:
    """A step holds up to and with its amount; the last has no end."""
    assert fee_of(METHODS["western_union"], amount, "USD") == fee


@pytest.mark.parametrize(
    ("amount", "currency", "fee"), [(50, "JPY", 4), (51, "JPY", 8), (50_000, "KWD", 4_950)]
)
def test_the_steps_are_in_the_currencys_own_unit(amount: int, currency: str, fee: int) -> None:
    """Up to 50 yen or dinars, as up to 50 dollars; a broken yen is left out."""
    assert fee_of(METHODS["western_union"], amount, currency) == fee
