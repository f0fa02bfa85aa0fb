"""Policy rows that depend on a country, a reason or a currency, and the policy's hash."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine.money import Money
from escrow_tui.engine.policy import amount_in, policy_hash
from escrow_tui.engine.terms import Reason, Side
from tests.given.orders import POLICY


@pytest.mark.parametrize(("country", "days"), [("RU", 90), ("BR", 120), ("DE", 60), ("", 60)])
def test_protection_is_longer_for_some_countries(country: str, days: int) -> None:
    """A country's row takes precedence over the general number."""
    assert POLICY.protection_for(country)[0] == days


@pytest.mark.parametrize("reason", list(Reason))
def test_the_seller_pays_the_label_where_the_row_is_silent(reason: Reason) -> None:
    """Except after a change of mind, where the buyer does."""
    expected = Side.BUYER if reason is Reason.CHANGE_OF_MIND else Side.SELLER
    assert POLICY.label_payer_for(reason) is expected


def test_a_row_may_make_the_buyer_pay_for_another_reason() -> None:
    """And the seller pay after a change of mind."""
    rows = (("damaged", "buyer"), ("change_of_mind", "seller"))
    policy = replace(POLICY, label_payer=rows)
    assert policy.label_payer_for(Reason.DAMAGED) is Side.BUYER
    assert policy.label_payer_for(Reason.CHANGE_OF_MIND) is Side.SELLER


@pytest.mark.parametrize(
    ("row", "currency", "minor"),
    [
        (Money(1_500, "USD"), "USD", 1_500),
        (Money(1_500, "USD"), "EUR", 0),
        (Money(0, "USD"), "USD", 0),
        (None, "USD", 0),
    ],
)
def test_an_amount_counts_in_its_own_currency(row: Money | None, currency: str, minor: int) -> None:
    """Amounts in two currencies are never compared without a quote."""
    assert amount_in(row, currency) == minor


def test_a_policy_is_known_by_what_it_says() -> None:
    """The same rows have the same hash; one different row changes it."""
    assert policy_hash(POLICY) == policy_hash(replace(POLICY))
    assert policy_hash(replace(POLICY, commission_bps=501)) != policy_hash(POLICY)
    assert len(policy_hash(POLICY)) == 64
