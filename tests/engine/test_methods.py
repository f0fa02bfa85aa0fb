"""Payment methods: what each costs, whether it can be charged back, where refunds go."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.methods import METHODS, Agent, Capture, cost_of, fee_of, way_back
from escrow_tui.engine.order import BookedRefund
from escrow_tui.engine.terms import RefundWay
from tests.given.orders import PAID, POLICY, START, given

CARDS = ("credit_card", "debit_card", "virtual_card")
CODES = (
    "verification_failed three_d_secure_failed wrong_security_code insufficient_funds"
    " limit_exceeded card_expired suspected_fraud"
)


def test_the_methods_of_kept_orders_are_there() -> None:
    """Stores contain these codes for ever; each has a title for people."""
    kept = {
        "credit_card": "Credit card",
        "debit_card": "Debit card",
        "virtual_card": "Virtual card",
        "western_union": "Western Union",
    }
    assert {code: METHODS[code].title for code in kept} == kept


def test_every_method_is_whole() -> None:
    """It has words for screens, an account for the ledger, and the steps of the agent's fee."""
    wrong = []
    for code, method in METHODS.items():
        late = method.capture is Capture.WHEN_VERIFIED
        if code != method.code or not method.decline_codes:
            wrong.append(f"{code}: give it its own code, and at least one code of a decline")
        if bool(method.promised) is not late:
            wrong.append(f"{code}: `promised` is told of a method captured when verified, only")
        if not method.paid_by.startswith("by "):
            wrong.append(f"{code}: write paid_by as it ends a sentence, such as 'by credit card'")
        if agent := method.agent:
            steps = [up_to for up_to, _ in agent.fees]
            if not agent.account.startswith("ext:") or not steps or steps != sorted(steps):
                wrong.append(f"{code}: its agent needs an account 'ext:...' and rising fees")
    assert not wrong, "\n".join(wrong)


def test_the_fee_goes_to_the_agent_of_the_method(monkeypatch: pytest.MonkeyPatch) -> None:
    """And to no other agent: each has its own account."""
    agent = Agent("ext:other_agent", "Other agent", ((5_000, 100),))
    other = replace(METHODS["western_union"], code="other", agent=agent)
    monkeypatch.setitem(METHODS, "other", other)
    world = given(*PAID, method="other")
    assert (world.balance("ext:other_agent"), world.balance("ext:western_union")) == (100, 0)


@pytest.mark.parametrize("code", CARDS)
def test_a_card_is_captured_at_once_and_can_be_charged_back(code: str) -> None:
    """A refund goes back to the card, or through its bank once it has expired."""
    method = METHODS[code]
    assert (method.capture, method.chargeback) == (Capture.AT_ONCE, True)
    assert method.decline_codes == tuple(CODES.split())
    assert (method.refund_to, method.refund_when_expired) == (RefundWay.CARD, RefundWay.BANK)
    assert fee_of(method, 10_000, "USD") == 0


def test_cash_is_captured_when_it_is_verified_and_is_final() -> None:
    """A refund goes to the wallet on the platform."""
    method = METHODS["western_union"]
    assert (method.capture, method.chargeback) == (Capture.WHEN_VERIFIED, False)
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
    """Zero means a card that never expires."""
    assert way_back(METHODS[code], expires, now) is way


def test_a_refund_waits_by_the_row_of_its_way_and_no_other() -> None:
    """A way back without a row of days would never arrive."""
    found = {}
    for way in RefundWay:
        due = BookedRefund(number=1, amount=100, booked_at=START, way=way)
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
    """2.9 % or 1.9 %, half a unit rounded up, and 0.30 in the currency's own minor units."""
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
    """A step includes its upper bound; the last one has none."""
    assert fee_of(METHODS["western_union"], amount, "USD") == fee


@pytest.mark.parametrize(
    ("amount", "currency", "fee"), [(50, "JPY", 4), (51, "JPY", 8), (50_000, "KWD", 4_950)]
)
def test_the_steps_are_in_the_currencys_own_unit(amount: int, currency: str, fee: int) -> None:
    """Up to 50 yen or dinars, as up to 50 dollars; fractions of a yen are dropped."""
    assert fee_of(METHODS["western_union"], amount, currency) == fee
