"""What is asked of the market rather than of an order: money taken home, the rate of the day."""

import pytest
from msgspec.structs import replace

from escrow_tui.desk import commit
from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import (
    AnyCommand,
    Cancel,
    ConfirmReceipt,
    DecideChargeback,
    OpenChargeback,
    Pay,
    Refund,
    SetRate,
    SettleRefund,
    Ship,
    VerifyPayment,
    WithdrawMoney,
    WithdrawWallet,
)
from escrow_tui.engine.entry import journal_sha256
from escrow_tui.engine.events import MoneyWithdrawn, RefundSettled, name_of
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.money import Money
from escrow_tui.engine.policy_switches import FxRefund
from escrow_tui.engine.roles import BANK, Actor
from escrow_tui.engine.terms import Side
from escrow_tui.store import Reading
from tests.given.market import (
    BUYER,
    DAY,
    DELIVERED,
    OTHER_BUYER,
    OTHER_SELLER,
    PLACE,
    SELLER,
    START,
    brought,
    opened,
    refused,
)

CASH = replace(PLACE, method="western_union")
ABROAD = replace(PLACE, pay_in="EUR", rate="0.92")
# 95.00 USD is available after this, 100.00 USD in the wallet after that.
SOLD = (*DELIVERED, (BUYER, ConfirmReceipt()))
CAME_BACK: tuple[tuple[Actor, AnyCommand], ...] = (
    (BUYER, CASH),
    (BUYER, Pay()),
    (BANK, VerifyPayment()),
    (SELLER, Cancel()),
)


def balance(desk: Desk, account: str, currency: str = "USD") -> int:
    """An account's balance."""
    with desk.store.reading() as reading:
        return reading.balances(desk.market, [account]).get((account, currency), 0)


def test_a_seller_takes_home_what_has_cleared(desk: Desk) -> None:
    """It is kept in the stream of their account, and only once when its id is sent again."""
    brought(desk, SOLD)
    desk.advance(START + 10 * DAY, SELLER)
    first = desk.submit(SELLER, "", WithdrawMoney(4_000), "home")
    assert first == Done((MoneyWithdrawn("seller-1", 4_000, 0, "USD"),))
    assert desk.submit(SELLER, "A", WithdrawMoney(4_000), "home") == first
    assert balance(desk, "seller:seller-1:available") == 5_500
    assert balance(desk, "ext:bank") == 4_000
    entry = desk.entries()[-1]
    assert (entry.stream, entry.version, entry.at) == ("account:seller-1", 1, START + 10 * DAY)
    assert refused(desk.submit(SELLER, "", WithdrawMoney(1), "home")) == "COMMAND_ID_REUSED"


@pytest.mark.parametrize(
    ("actor", "command", "code"),
    [
        (SELLER, WithdrawMoney(1), "NOTHING_TO_WITHDRAW"),
        (OTHER_SELLER, WithdrawMoney(1), "NOTHING_TO_WITHDRAW"),
        (BUYER, WithdrawMoney(1), "WRONG_ROLE"),
        (BUYER, WithdrawWallet(10_001), "BAD_AMOUNT"),
        (BUYER, WithdrawWallet(0), "BAD_AMOUNT"),
        (BUYER, WithdrawWallet(10_000, "EUR"), "NOTHING_TO_WITHDRAW"),
        (SELLER, WithdrawWallet(1), "WRONG_ROLE"),
        (BANK, SetRate("EUR", "0"), "BAD_RATE"),
        (BANK, SetRate("EUX", "1"), "CURRENCY_UNKNOWN"),
        (BUYER, SetRate("EUR", "0.9"), "WRONG_ROLE"),
    ],
)
def test_what_is_refused_changes_nothing(
    desk: Desk, actor: Actor, command: AnyCommand, code: str
) -> None:
    """There is money in the buyer's wallet, and none of the seller's."""
    brought(desk, CAME_BACK)
    before = journal_sha256(desk.entries())
    assert refused(desk.submit(actor, "A", command)) == code
    assert not desk.preview(actor, "A", command).possible
    assert journal_sha256(desk.entries()) == before


def test_a_wallet_is_emptied_less_the_fee(desk: Desk) -> None:
    """The preview says it before, and nothing happens by asking."""
    dear = opened(desk.store, "market-2", withdrawal_fee=Money(1_500, "USD"))
    brought(dear, CAME_BACK)
    before = dear.entries()
    seen = dear.preview(BUYER, "", WithdrawWallet(10_000))
    (said,) = seen.says
    assert said == "85.00 USD goes from the wallet to the buyer's bank, less a fee of 15.00 USD."
    assert [(one.before, one.after) for one in seen.changes] == [
        ("100.00", "0.00"),
        ("-108.00", "-23.00"),
    ]
    assert dear.entries() == before
    assert isinstance(dear.submit(BUYER, "", WithdrawWallet(10_000)), Done)
    assert balance(dear, "buyer:buyer-1:wallet") == 0
    assert balance(dear, "ext:buyer") == -2_300
    assert balance(dear, "platform:withdrawal_fees") == 1_500
    assert dear.violations == []


def test_a_buyer_reads_what_is_in_his_wallet(desk: Desk) -> None:
    """A line a currency; nobody else's is told."""
    assert desk.wallet(BUYER) == ()
    brought(desk, CAME_BACK)
    assert [(one.amount, one.currency) for one in desk.wallet(BUYER)] == [("100.00 USD", "USD")]
    assert desk.wallet(OTHER_BUYER) == ()


def test_a_seller_reads_what_waits_in_a_frozen_order(desk: Desk) -> None:
    """It is part of what is pending, and does not clear meanwhile."""
    brought(desk, SOLD)
    brought(desk, SOLD, "B")
    assert desk.account(SELLER).frozen == "0.00"
    brought(desk, ((BANK, OpenChargeback(5_000)),), "B")
    assert (desk.account(SELLER).pending, desk.account(SELLER).frozen) == ("190.00", "95.00")
    assert desk.account(OTHER_SELLER).frozen == "0.00"
    desk.advance(START + 5 * DAY, SELLER)
    assert (desk.account(SELLER).pending, desk.account(SELLER).frozen) == ("95.00", "95.00")
    brought(desk, ((BANK, DecideChargeback(Side.SELLER)),), "B")
    assert desk.account(SELLER).frozen == "0.00"


def test_what_waits_is_told_by_seller_and_currency(desk: Desk) -> None:
    """Another shop's frozen order, or one in euro, is no part of it."""
    brought(desk, SOLD)
    euro = replace(PLACE, currency="EUR")
    brought(desk, ((BUYER, euro), *SOLD[1:], (BANK, OpenChargeback(10_000))), "B")
    other = replace(PLACE, seller=OTHER_SELLER.person)
    shipped = (OTHER_SELLER, Ship("RR473124829CN"))
    brought(desk, ((BUYER, other), *SOLD[1:3], shipped, *SOLD[4:]), "C")
    brought(desk, ((BANK, OpenChargeback(10_000)),), "C")
    frozen = [desk.account(SELLER, code).frozen for code in ("USD", "EUR")]
    assert [*frozen, desk.account(OTHER_SELLER).frozen] == ["0.00", "95.00", "95.00"]


def test_no_more_waits_than_is_pending(desk: Desk) -> None:
    """A clawback has taken a part of what the frozen order left."""
    brought(desk, SOLD)
    desk.advance(START + 3 * DAY, SELLER)
    brought(desk, ((SELLER, WithdrawMoney(9_500)),))
    brought(desk, (*SOLD, (BANK, OpenChargeback(10_000))), "B")
    brought(desk, ((SELLER, Refund(4_000)),))
    assert (desk.account(SELLER).pending, desk.account(SELLER).frozen) == ("57.00", "57.00")


def paid_back(desk: Desk) -> int:
    """What a refund of 100.00 USD gives back in euro cents, paid at 0.92 and the day's at 0.95."""
    brought(desk, ((BUYER, ABROAD), (BUYER, Pay()), (BANK, SetRate("EUR", "0.95"))))
    brought(desk, ((BANK, SetRate("GBP", "0.5")), (BANK, VerifyPayment()), (SELLER, Cancel())))
    answer = desk.submit(BANK, "A", SettleRefund())
    assert isinstance(answer, Done)
    (settled,) = answer.events
    assert isinstance(settled, RefundSettled)
    return settled.paid_back


def test_the_rate_of_the_day_counts_where_the_policy_says_so(desk: Desk) -> None:
    """The last one of the buyer's own currency; else the rate that was locked."""
    assert paid_back(desk) == 9_200
    assert paid_back(opened(desk.store, "market-2", fx_refund=FxRefund.CURRENT)) == 9_500


def test_the_rate_is_looked_for_only_where_it_counts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No command reads the bank's rates for a refund at the rate that was locked."""
    asked: list[str] = []

    def note(_reading: Reading, _market: str, currency: str) -> str:
        asked.append(currency)
        return "1"

    monkeypatch.setattr(Reading, "last_rate", note)
    assert paid_back(desk) == 9_200
    current = opened(desk.store, "market-2", fx_refund=FxRefund.CURRENT)
    brought(current, SOLD)
    assert asked == []
    assert paid_back(opened(desk.store, "market-3", fx_refund=FxRefund.CURRENT)) == 10_000
    assert set(asked) == {"EUR"}


def test_a_broken_transfer_is_a_violation(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that leave something over, and an account of a seller below zero."""
    other = opened(desk.store, "market-2")
    line = TransferLine("seller:seller-1:available", "USD", -1)
    monkeypatch.setattr(commit, "transfer", lambda *_: (line,))
    other.submit(BANK, "", SetRate("EUR", "1"))
    assert other.violations == [
        "1: a transfer leaves -1 USD",
        "5: seller:seller-1:available is at -1 USD",
    ]


def test_a_refund_that_time_settles_takes_the_rate_of_its_own_day(desk: Desk) -> None:
    """A rate that is set afterwards changes nothing."""
    today = opened(desk.store, "market-2", fx_refund=FxRefund.CURRENT)
    brought(today, ((BUYER, ABROAD), (BUYER, Pay()), (BANK, VerifyPayment()), (SELLER, Cancel())))
    today.submit(BANK, "", SetRate("EUR", "0.90"))
    today.advance(START + 20 * DAY, BANK)
    today.submit(BANK, "", SetRate("EUR", "0.10"))
    assert balance(today, "ext:buyer", "EUR") == -200
    assert "refund_settled" in [name_of(event) for one in today.entries() for event in one.events]
