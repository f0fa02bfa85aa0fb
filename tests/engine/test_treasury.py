"""Commands to the market: withdrawals by sellers and buyers, and the day's exchange rate."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.money import Money
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.process import MARKET_VERBS
from escrow_tui.engine.roles import BANK, Actor
from escrow_tui.engine.treasury import decide_market
from tests.given.orders import (
    ACTORS,
    BUYER,
    COMPLETED,
    OTHER_SELLER,
    PAID,
    POLICY,
    SELLER,
    days,
    given,
    then_exactly,
    then_refused,
)

FEE = replace(POLICY, withdrawal_fee=Money(1_500, "USD"))
ASKED: dict[str, c.MarketCommand] = {
    "withdraw_money": c.WithdrawMoney(1_000),
    "withdraw_wallet": c.WithdrawWallet(1_000),
    "set_rate": c.SetRate("EUR", "0.92"),
}


@pytest.mark.parametrize("verb", MARKET_VERBS)
@pytest.mark.parametrize("actor", ACTORS, ids=str)
def test_each_verb_of_the_market_is_one_roles(verb: str, actor: Actor) -> None:
    """Any person in the role may use it, on their own money."""
    answer = decide_market(ASKED[verb], actor, 5_000, POLICY)
    if actor.role is MARKET_VERBS[verb]:
        assert not isinstance(answer, Refused)
    else:
        then_refused(answer, "WRONG_ROLE", role=actor.role, allowed=MARKET_VERBS[verb])


def ask(command: c.MarketCommand, balance: int, policy: Policy = POLICY) -> Answer:
    """Submit a command as a person whose role has it."""
    by = {c.WithdrawMoney: SELLER, c.WithdrawWallet: BUYER, c.SetRate: BANK}
    return decide_market(command, by[type(command)], balance, policy)


@pytest.mark.parametrize(
    ("amount", "balance", "policy", "currency", "least", "most"),
    [
        (1, 9_500, POLICY, "USD", "", ""),
        (9_500, 9_500, POLICY, "USD", "", ""),
        (1, 1, POLICY, "USD", "", ""),
        (9_501, 9_500, POLICY, "USD", "0.01 USD", "95.00 USD"),
        (0, 9_500, POLICY, "USD", "0.01 USD", "95.00 USD"),
        (-1, 9_500, POLICY, "USD", "0.01 USD", "95.00 USD"),
        (1_501, 9_500, FEE, "USD", "", ""),
        (1_500, 9_500, FEE, "USD", "15.01 USD", "95.00 USD"),
        (1_501, 1_501, FEE, "USD", "", ""),
        (1, 9_500, FEE, "EUR", "", ""),
        (500, 500, FEE, "JPY", "", ""),
        (501, 500, FEE, "JPY", "1 JPY", "500 JPY"),
    ],
)
@pytest.mark.parametrize("kind", [c.WithdrawMoney, c.WithdrawWallet])
def test_one_takes_more_than_the_fee_and_no_more_than_there_is(
    kind: type[c.WithdrawMoney | c.WithdrawWallet],
    amount: int,
    balance: int,
    policy: Policy,
    currency: str,
    least: str,
    most: str,
) -> None:
    """The platform keeps the fee; in another currency than the policy row's there is none."""
    answer = ask(kind(amount, currency), balance, policy)
    if least:
        then_refused(answer, "BAD_AMOUNT", least=least, most=most)
        return
    fee = 1_500 if policy is FEE and currency == "USD" else 0
    if kind is c.WithdrawMoney:
        then_exactly(answer, e.MoneyWithdrawn("seller-1", amount, fee, currency))
    else:
        then_exactly(answer, e.WalletWithdrawn("buyer-1", amount, fee, currency))


@pytest.mark.parametrize(
    ("balance", "policy", "nothing"),
    [
        (0, POLICY, True),
        (-1, POLICY, True),
        (1, POLICY, False),
        (1_500, FEE, True),
        (1_501, FEE, False),
    ],
)
@pytest.mark.parametrize("kind", [c.WithdrawMoney, c.WithdrawWallet])
def test_what_the_fee_would_eat_up_is_nothing(
    kind: type[c.WithdrawMoney | c.WithdrawWallet], balance: int, policy: Policy, nothing: bool
) -> None:
    """The refusal names the currency."""
    answer = ask(kind(10**9), balance, policy)
    if nothing:
        then_refused(answer, "NOTHING_TO_WITHDRAW", currency="USD")
    else:
        then_refused(answer, "BAD_AMOUNT")


@pytest.mark.parametrize(
    "command", [c.WithdrawMoney(1, "XXX"), c.WithdrawWallet(1, ""), c.SetRate("usd", "1")]
)
def test_a_currency_must_be_known(command: c.MarketCommand) -> None:
    """It is checked before anything else."""
    then_refused(ask(command, 0), "CURRENCY_UNKNOWN", currency=command.currency)


@pytest.mark.parametrize("rate", ["0.92", "99999", "0.0001"])
def test_the_bank_says_the_rate_of_the_day(rate: str) -> None:
    """It is kept as written, and moves no money."""
    then_exactly(ask(c.SetRate("EUR", rate), 0), e.RateSet("EUR", rate))


@pytest.mark.parametrize(
    ("rate", "shown"), [("", "(none)"), ("0", "0"), ("-1", "-1"), ("x", "x"), ("100000", "100000")]
)
def test_a_rate_that_is_none_is_refused(rate: str, shown: str) -> None:
    """The refusal quotes what was written."""
    then_refused(ask(c.SetRate("EUR", rate), 0), "BAD_RATE", rate=shown)


def test_a_seller_takes_home_what_has_cleared_and_nothing_else() -> None:
    """Neither pending money nor anybody else's."""
    world = given(*COMPLETED, days(2))
    then_refused(world.when(c.WithdrawMoney(9_500)), "NOTHING_TO_WITHDRAW")
    world.after(days(1))
    then_refused(world.when(c.WithdrawMoney(9_500), by=OTHER_SELLER), "NOTHING_TO_WITHDRAW")
    world.after(c.WithdrawMoney(4_000))
    then_refused(world.when(c.WithdrawMoney(5_501)), "BAD_AMOUNT", most="55.00 USD")
    world.after(c.WithdrawMoney(5_500))
    assert world.balance("ext:bank") == 9_500
    assert world.balance("seller:seller-1:available") == 0


def test_a_buyer_takes_out_what_lies_in_the_wallet() -> None:
    """It came as a refund of cash, in the currency paid."""
    steps = (*PAID, c.Refund(5_000), days(0))
    world = given(*steps, method="western_union", pay_in="EUR", rate="0.92")
    then_refused(world.when(c.WithdrawWallet(1)), "NOTHING_TO_WITHDRAW", currency="USD")
    then_exactly(
        world.when(c.WithdrawWallet(4_600, "EUR")), e.WalletWithdrawn("buyer-1", 4_600, 0, "EUR")
    )
    assert world.balance("buyer:buyer-1:wallet", "EUR") == 0
    assert world.violations == []
