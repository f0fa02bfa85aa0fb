"""Commands that concern no order: withdrawals and the exchange rate of the day."""

from typing import assert_never

from escrow_tui.engine.answers import Answer, Done, Refused
from escrow_tui.engine.commands import (
    MarketCommand,
    SetRate,
    WithdrawMoney,
    WithdrawWallet,
    verb_of,
)
from escrow_tui.engine.context import amount_fault, refuse
from escrow_tui.engine.events import AnyEvent, MoneyWithdrawn, RateSet, WalletWithdrawn
from escrow_tui.engine.money import CURRENCIES
from escrow_tui.engine.payment import rate_of
from escrow_tui.engine.policy import Policy, amount_in
from escrow_tui.engine.process import MARKET_VERBS
from escrow_tui.engine.roles import Actor


def decide_market(command: MarketCommand, actor: Actor, balance: int, policy: Policy) -> Answer:
    """Decide a command; `balance` (minor units) is what the actor can withdraw in its currency."""
    verb = verb_of(command)
    if actor.role is not MARKET_VERBS[verb]:
        return refuse("WRONG_ROLE", role=actor.role, allowed=MARKET_VERBS[verb])
    outcome = _decide(command, actor.person, balance, policy)
    return outcome if isinstance(outcome, Refused) else Done((outcome,))


def _decide(
    command: MarketCommand, person: str, balance: int, policy: Policy
) -> AnyEvent | Refused:
    if command.currency not in CURRENCIES:
        return refuse("CURRENCY_UNKNOWN", currency=command.currency)
    match command:
        case WithdrawMoney():
            fee = amount_in(policy.withdrawal_fee, command.currency)
            fault = _withdrawal_fault(command, balance, fee)
            return fault or MoneyWithdrawn(person, command.amount, fee, command.currency)
        case WithdrawWallet():
            fee = amount_in(policy.withdrawal_fee, command.currency)
            fault = _withdrawal_fault(command, balance, fee)
            return fault or WalletWithdrawn(person, command.amount, fee, command.currency)
        case SetRate():
            if rate_of(command.rate) is None:
                return refuse("BAD_RATE", rate=command.rate or "(none)")
            return RateSet(command.currency, command.rate)
        case _:
            assert_never(command)


def _withdrawal_fault(
    command: WithdrawMoney | WithdrawWallet, balance: int, fee: int
) -> Refused | None:
    """Refuse an amount beyond the balance, or one that the fee would use up."""
    if balance <= fee:
        return refuse("NOTHING_TO_WITHDRAW", currency=command.currency)
    return amount_fault(command.amount, fee + 1, balance, command.currency)
