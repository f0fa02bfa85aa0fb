"""Movements and balances: which accounts each role may see, and what they are called."""

import pytest

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.methods import AGENTS
from escrow_tui.engine.roles import BANK, Actor
from escrow_tui.views.money_views import (
    ACCOUNT_TITLES,
    account_title,
    account_view,
    balance_changes,
    may_see,
    movements,
    totals,
    wallet_view,
)
from tests.each import for_each
from tests.given.facts import facts_of
from tests.given.orders import BUYER, COMPLETED, MEDIATOR, SELLER, given
from tests.given.view_stories import EVERYTHING

# Written down once more, from the plan's list of accounts.
OUTSIDE = "buyer bank network psp carrier".split()
PLATFORM = (
    "commission psp_fees fx goodwill dispute_fees chargeback_loss carrier_cost withdrawal_fees"
).split()
NOBODYS = {
    *(f"ext:{one}" for one in OUTSIDE),
    *AGENTS,
    *(f"platform:{one}" for one in PLATFORM),
    "refunds_payable",
    "chargeback_receivable",
}


def test_every_account_of_the_plan_has_a_title() -> None:
    """Titles are unique, so that no two accounts are mistaken for one."""
    assert set(ACCOUNT_TITLES) == NOBODYS
    assert len(set(ACCOUNT_TITLES.values())) == len(NOBODYS)
    assert account_title("escrow:A") == "Escrow of A"
    assert account_title("seller:seller-1:pending") == "Seller: pending"
    assert account_title("buyer:buyer-1:wallet") == "Buyer: wallet"


@for_each("name", EVERYTHING)
def test_every_movement_of_every_story_balances_for_the_mediator(name: str) -> None:
    """A mediator sees every line, so each movement sums to zero."""
    moved = movements(EVERYTHING[name].facts(), MEDIATOR)
    sums: dict[str, int] = {}
    for one in totals(moved):
        sums[one.currency] = sums.get(one.currency, 0) + one.minor
    assert set(sums.values()) <= {0}


def test_movements_are_as_wide_as_the_role_may_see() -> None:
    """A mediator sees commission and processing costs; a buyer sees neither."""
    facts = facts_of(given(*COMPLETED))
    seen = {
        actor: {line.account for m in movements(facts, actor) for line in m.lines}
        for actor in (BUYER, SELLER, MEDIATOR)
    }
    assert seen[BUYER] == {"Buyer's bank", "Escrow of A"}
    assert seen[SELLER] == {"Escrow of A", "Seller: pending", "Platform: commission"}
    assert seen[MEDIATOR] > seen[BUYER] | seen[SELLER]


def test_a_seller_sees_no_account_of_a_bank_of_the_buyers() -> None:
    """Wallet, card network and the receivable of a chargeback are hidden."""
    hidden = NOBODYS - {"refunds_payable", "ext:bank", "platform:commission"}
    assert [one for one in (*hidden, "buyer:buyer-1:wallet") if may_see(one, SELLER)] == []
    assert may_see("seller:seller-1:available", SELLER)
    assert not may_see("seller:seller-2:available", SELLER)
    assert not may_see("seller:seller-10:available", SELLER)


def test_a_buyer_sees_no_account_of_a_seller() -> None:
    """Nor what the platform earns by it."""
    hidden = NOBODYS - {"refunds_payable", "ext:buyer", *AGENTS}
    assert [one for one in (*hidden, "seller:seller-1:pending") if may_see(one, BUYER)] == []
    assert may_see("buyer:buyer-1:wallet", BUYER)
    assert not may_see("buyer:buyer-2:wallet", BUYER)
    assert not may_see("buyer:buyer-10:wallet", BUYER)


@pytest.mark.parametrize("actor", [MEDIATOR, BANK], ids=str)
def test_who_settles_between_the_two_sees_every_account(actor: Actor) -> None:
    """Including the accounts of both sides."""
    own = ("escrow:A", "seller:seller-1:debt", "buyer:buyer-1:wallet")
    assert all(may_see(one, actor) for one in (*NOBODYS, *own))


def test_a_movement_that_is_not_told_is_not_shown() -> None:
    """A seller sees a refund leave, but not arrive, and sees no goodwill."""
    settled = movements(EVERYTHING["settled"].facts(), SELLER)
    assert [one.sentence for one in settled][-1].startswith("100.00 USD goes back")
    gifts = movements(EVERYTHING["executed"].facts(), SELLER)
    assert not [one for one in gifts if "13.37" in repr(one)]
    assert [one for one in movements(EVERYTHING["executed"].facts(), BUYER) if "13.37" in repr(one)]


def test_a_sellers_balances_are_ready_to_print() -> None:
    """The frozen amount is part of the pending amount."""
    view = account_view(SellerAccount(9_500, 100, 5_000, 25), "USD", 9_500)
    assert (view.pending, view.frozen, view.available) == ("95.00", "95.00", "1.00")
    assert (view.deposit, view.debt) == ("50.00", "0.25")
    assert account_view(SellerAccount(), "USD").frozen == "0.00"


def test_a_wallet_is_told_currency_by_currency() -> None:
    """Only this buyer's wallet, and only currencies with money in them."""
    balances = {
        ("buyer:buyer-1:wallet", "USD"): 700,
        ("buyer:buyer-1:wallet", "JPY"): 0,
        ("buyer:buyer-2:wallet", "EUR"): 900,
    }
    assert [one.amount for one in wallet_view(balances, "buyer-1")] == ["7.00 USD"]


def test_a_change_is_shown_before_and_after() -> None:
    """Only accounts that the role may see; what comes in and goes out again is no change."""
    lines = (
        TransferLine("escrow:A", "USD", -4_000),
        TransferLine("refunds_payable", "USD", 4_000),
        TransferLine("platform:goodwill", "USD", -5),
        TransferLine("platform:goodwill", "USD", 5),
    )
    before = {("escrow:A", "USD"): 10_000}
    (escrow, refunds) = balance_changes(lines, before, BUYER)
    assert (escrow.before, escrow.after, escrow.change) == ("100.00", "60.00", "-40.00 USD")
    assert (refunds.account, refunds.after) == ("Refunds on the way", "40.00")
