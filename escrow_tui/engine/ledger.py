"""The one place where money is written: an event as lines that sum to zero in every currency."""

import msgspec

from escrow_tui.engine.events import (
    DepositMade,
    Event,
    FundsCleared,
    FundsReleased,
    PaymentCaptured,
    RefundBooked,
    RefundSettled,
)
from escrow_tui.engine.methods import METHODS
from escrow_tui.engine.order import Order


class TransferLine(msgspec.Struct, frozen=True, gc=False):
    """One line of a transfer: plus is money that arrives at the account, in minor units."""

    account: str
    currency: str
    minor: int


def transfer(event: Event, order: Order | None) -> tuple[TransferLine, ...]:
    """Return the lines that the event moves, none where it moves nothing.

    `order` is the order as it stood before the event; events of an account need none.
    """
    if isinstance(event, DepositMade):
        deposit = f"seller:{event.seller}:deposit"
        return _lines(event.currency, ("ext:bank", -event.amount), (deposit, event.amount))
    if order is None:
        return ()
    if isinstance(event, PaymentCaptured):
        return _captured(event, order)
    if isinstance(event, FundsReleased):
        return _released(event, order)
    if isinstance(event, RefundBooked):
        return _refunded(event, order)
    if isinstance(event, RefundSettled):
        return _settled(event, order)
    if isinstance(event, FundsCleared):
        pending, available = _seller(order, "pending"), _seller(order, "available")
        return _lines(order.currency, (pending, -event.amount), (available, event.amount))
    return ()


def escrow_account(order: Order) -> str:
    """Name the account that holds the order's money."""
    return f"escrow:{order.id}"


def _seller(order: Order, part: str) -> str:
    return f"seller:{order.seller}:{part}"


def _lines(currency: str, *lines: tuple[str, int]) -> tuple[TransferLine, ...]:
    return tuple(TransferLine(account, currency, minor) for account, minor in lines if minor)


def _captured(event: PaymentCaptured, order: Order) -> tuple[TransferLine, ...]:
    escrow = escrow_account(order)
    if order.pay_in:
        paid = (
            *_lines(order.pay_in, ("ext:buyer", -event.paid), ("platform:fx", event.paid)),
            *_lines(order.currency, ("platform:fx", -event.amount), (escrow, event.amount)),
        )
    else:
        paid = _lines(order.currency, ("ext:buyer", -event.amount), (escrow, event.amount))
    return (
        *paid,
        *_lines(order.currency, ("ext:buyer", -event.fee), ("ext:western_union", event.fee)),
        *_lines(order.currency, ("platform:psp_fees", -event.cost), ("ext:psp", event.cost)),
    )


def _released(event: FundsReleased, order: Order) -> tuple[TransferLine, ...]:
    return _lines(
        order.currency,
        (escrow_account(order), -event.gross),
        (_seller(order, "debt"), event.debt_repaid),
        (_seller(order, "pending"), event.pending),
        ("platform:commission", event.commission),
    )


def _refunded(event: RefundBooked, order: Order) -> tuple[TransferLine, ...]:
    return _lines(
        order.currency,
        (escrow_account(order), -event.from_escrow),
        ("platform:commission", -event.from_commission),
        (_seller(order, "pending"), -event.from_pending),
        (_seller(order, "available"), -event.from_available),
        (_seller(order, "deposit"), -event.from_deposit),
        (_seller(order, "debt"), -event.from_debt),
        ("refunds_payable", event.amount),
    )


def _settled(event: RefundSettled, order: Order) -> tuple[TransferLine, ...]:
    wallet = METHODS[order.method].refund_to == "wallet"
    target = f"buyer:{order.buyer}:wallet" if wallet else "ext:buyer"
    if not order.pay_in:
        return _lines(order.currency, ("refunds_payable", -event.amount), (target, event.amount))
    return (
        *_lines(order.currency, ("refunds_payable", -event.amount), ("platform:fx", event.amount)),
        *_lines(order.pay_in, ("platform:fx", -event.paid_back), (target, event.paid_back)),
    )
