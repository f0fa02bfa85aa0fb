"""The only place that writes money: an event as lines that sum to zero in every currency."""

from collections.abc import Callable
from typing import cast

import msgspec

from escrow_tui.engine.events import (
    ChargebackLost,
    ChargebackOpened,
    ChargebackWon,
    DepositMade,
    Event,
    FundsCleared,
    FundsReleased,
    GoodwillPaid,
    LabelBought,
    MoneyWithdrawn,
    PaymentCaptured,
    PenaltyBooked,
    RefundBooked,
    RefundSettled,
    Sources,
    WalletWithdrawn,
)
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import RefundWay, Side

RECEIVABLE = "chargeback_receivable"


class TransferLine(msgspec.Struct, frozen=True, gc=False):
    """One line of a transfer, in minor units: plus is money that arrives at the account."""

    account: str
    currency: str
    minor: int


Lines = tuple[TransferLine, ...]


def transfer(event: Event, order: Order | None) -> Lines:
    """Return the ledger lines of an event; none if it moves no money.

    `order` is the order as it stood before the event, None for events of an account.
    """
    if order is not None and (moved := _OF_ORDER.get(type(event))):
        return moved(event, order)
    if of_market := _OF_MARKET.get(type(event)):
        return of_market(event)
    return ()


def escrow_account(order: Order) -> str:
    """Name the account that holds the order's money."""
    return f"escrow:{order.id}"


def _seller(order: Order, part: str) -> str:
    return f"seller:{order.seller}:{part}"


def _wallet(order: Order) -> str:
    return f"buyer:{order.buyer}:wallet"


def _lines(currency: str, *lines: tuple[str, int]) -> Lines:
    return tuple([TransferLine(account, currency, minor) for account, minor in lines if minor])


def _paid_in(event: PaymentCaptured, order: Order) -> Lines:
    agent = METHODS[order.method].agent
    fee = (("ext:buyer", -event.fee), (agent.account, event.fee)) if agent else ()
    return (
        *_exchange(order, "ext:buyer", -event.paid, escrow_account(order), event.amount),
        *_lines(order.currency, *fee),
        *_lines(order.currency, ("platform:psp_fees", -event.cost), ("ext:psp", event.cost)),
    )


def _exchange(order: Order, outside: str, paid: int, account: str, amount: int) -> Lines:
    """Move money between the buyer, in the currency paid, and an account in the order's.

    `paid` and `amount` have opposite signs. The platform's exchange stands between two currencies.
    """
    if not order.pay_in:
        return _lines(order.currency, (outside, -amount), (account, amount))
    return (
        *_lines(order.pay_in, (outside, paid), ("platform:fx", -paid)),
        *_lines(order.currency, ("platform:fx", -amount), (account, amount)),
    )


def _released(event: FundsReleased, order: Order) -> Lines:
    return _lines(
        order.currency,
        (escrow_account(order), -event.gross),
        (_seller(order, "debt"), event.debt_repaid),
        (_seller(order, "pending"), event.pending),
        ("platform:commission", event.commission),
    )


def _drawn(sources: Sources, order: Order) -> tuple[tuple[str, int], ...]:
    return (
        (escrow_account(order), -sources.escrow),
        ("platform:commission", -sources.commission),
        (_seller(order, "pending"), -sources.pending),
        (_seller(order, "available"), -sources.available),
        (_seller(order, "deposit"), -sources.deposit),
        (_seller(order, "debt"), -sources.debt),
    )


def _booked(event: RefundBooked | PenaltyBooked, order: Order) -> Lines:
    drawn = _drawn(event.sources, order)
    return _lines(order.currency, *drawn, ("refunds_payable", event.amount))


def _settled(event: RefundSettled, order: Order) -> Lines:
    due = next(one for one in order.refunds if one.number == event.number)
    target = _wallet(order) if due.way is RefundWay.WALLET else "ext:buyer"
    return _exchange(order, target, event.paid_back, "refunds_payable", -event.amount)


def _cleared(event: FundsCleared, order: Order) -> Lines:
    pending, available = _seller(order, "pending"), _seller(order, "available")
    return _lines(order.currency, (pending, -event.amount), (available, event.amount))


def _gift(event: GoodwillPaid, order: Order) -> Lines:
    wallet = _wallet(order)
    return _lines(order.currency, ("platform:goodwill", -event.amount), (wallet, event.amount))


def _label(event: LabelBought, order: Order) -> Lines:
    """Buy the label and charge the payer: the seller by clawback, the buyer directly."""
    charged = _drawn(event.sources, order)
    if event.payer is Side.BUYER:
        charged = (("ext:buyer", -event.amount),)
    cost = "platform:carrier_cost"
    bought = _lines(order.currency, (cost, -event.amount), ("ext:carrier", event.amount))
    return (*bought, *_lines(order.currency, *charged, (cost, event.amount)))


def _charged_back(event: ChargebackOpened, order: Order) -> Lines:
    if not event.debited:
        return ()
    fee = ("platform:dispute_fees", -event.fee), ("ext:network", event.fee)
    moved = _exchange(order, "ext:buyer", event.paid, RECEIVABLE, -event.amount)
    return (*moved, *_lines(event.fee_currency, *fee))


def _won(_event: ChargebackWon, order: Order) -> Lines:
    back = order.chargeback
    if back is None or not back.debited:
        return ()
    return _exchange(order, "ext:buyer", -back.paid, RECEIVABLE, back.amount)


def _lost(event: ChargebackLost, order: Order) -> Lines:
    """Cover what the bank took; it is paid out only now if nothing was debited before."""
    back = order.chargeback
    assert back is not None
    given = (*_drawn(event.sources, order), ("platform:chargeback_loss", -event.loss))
    covered = _lines(order.currency, *given, (RECEIVABLE, event.recovered + event.loss))
    if back.debited:
        return covered
    return (*covered, *_exchange(order, "ext:buyer", back.paid, RECEIVABLE, -back.amount))


def _deposited(event: DepositMade) -> Lines:
    deposit = f"seller:{event.seller}:deposit"
    return _lines(event.currency, ("ext:bank", -event.amount), (deposit, event.amount))


def _home(event: MoneyWithdrawn) -> Lines:
    return _withdrawn(f"seller:{event.seller}:available", "ext:bank", event)


def _from_wallet(event: WalletWithdrawn) -> Lines:
    return _withdrawn(f"buyer:{event.buyer}:wallet", "ext:buyer", event)


def _withdrawn(account: str, outside: str, event: MoneyWithdrawn | WalletWithdrawn) -> Lines:
    return _lines(
        event.currency,
        (account, -event.amount),
        (outside, event.amount - event.fee),
        ("platform:withdrawal_fees", event.fee),
    )


_Move = Callable[[Event, Order], Lines]
# Each function is only ever given events of the kind it stands beside.
_OF_ORDER: dict[type[Event], _Move] = {
    PaymentCaptured: cast(_Move, _paid_in),
    FundsReleased: cast(_Move, _released),
    RefundBooked: cast(_Move, _booked),
    PenaltyBooked: cast(_Move, _booked),
    RefundSettled: cast(_Move, _settled),
    FundsCleared: cast(_Move, _cleared),
    GoodwillPaid: cast(_Move, _gift),
    LabelBought: cast(_Move, _label),
    ChargebackOpened: cast(_Move, _charged_back),
    ChargebackWon: cast(_Move, _won),
    ChargebackLost: cast(_Move, _lost),
}
_OF_MARKET: dict[type[Event], Callable[[Event], Lines]] = {
    DepositMade: cast(Callable[[Event], Lines], _deposited),
    MoneyWithdrawn: cast(Callable[[Event], Lines], _home),
    WalletWithdrawn: cast(Callable[[Event], Lines], _from_wallet),
}
