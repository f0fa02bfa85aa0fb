"""Faults of the bank: payments, chargebacks, and refunds on their way."""

from collections.abc import Iterable

from msgspec.structs import replace

from escrow_tui.engine import chargeback, payment
from escrow_tui.engine import events as e
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import Phase
from tests.proofs.plants.planting import Move, Plant, Planting, Rewrite


def a_chargeback_recovers_the_whole_price(fault: Planting) -> None:
    """What was refunded before is taken from the seller a second time."""

    def spoil(event: e.AnyEvent) -> Iterable[e.AnyEvent]:
        if isinstance(event, e.ChargebackLost):
            taken = event.sources
            owed = replace(taken, debt=taken.debt + event.loss)
            event = replace(event, recovered=event.recovered + event.loss, loss=0, sources=owed)
        yield event

    fault.events(spoil)


def the_networks_fee_comes_back(fault: Planting) -> None:
    """A won chargeback costs the platform nothing."""

    def wrong(right: Move) -> Move:
        def won(event: e.ChargebackWon, order: Order) -> tuple[TransferLine, ...]:
            fee = TransferLine("platform:dispute_fees", "USD", 1_500)
            return (*right(event, order), fee, TransferLine("ext:network", "USD", -1_500))

        return won

    fault.lines(e.ChargebackWon, wrong)


def frozen_money_is_taken_at_once(fault: Planting) -> None:
    """The bank takes the money before it has decided, whatever the policy says."""

    def spoil(event: e.AnyEvent) -> Iterable[e.AnyEvent]:
        yield replace(event, debited=True) if isinstance(event, e.ChargebackOpened) else event

    fault.events(spoil)


def what_a_lost_chargeback_leaves_is_held_for_ever(fault: Planting) -> None:
    """After a partial chargeback the rest of the money stays in escrow."""
    right = chargeback.lost
    fault.function(right, lambda order, why, context: right(order, why, context)[:1])


def a_won_chargeback_ends_the_order(fault: Planting) -> None:
    """The order does not go on from where it stood."""

    def wrong(right: Rewrite) -> Rewrite:
        return lambda order, event, at: replace(right(order, event, at), phase=Phase.COMPLETED)

    fault.rewriting(e.ChargebackWon, wrong)


def a_payment_is_charged_back_again(fault: Planting) -> None:
    """The bank takes the same money a second time."""

    def wrong(right: Rewrite) -> Rewrite:
        return lambda order, event, at: replace(right(order, event, at), charged_back_once=False)

    fault.rewriting(e.ChargebackWon, wrong)


def a_declined_payment_is_kept(fault: Planting) -> None:
    """What was captured is not returned when the order is called off."""
    right = payment.cancelled
    fault.function(right, lambda *given: right(*given)[:1])


def a_settled_penalty_counts_as_a_refund(fault: Planting) -> None:
    """The penalty for a counterfeit reduces what is refunded in a foreign currency."""

    def wrong(right: Rewrite) -> Rewrite:
        def settled(order: Order, event: e.RefundSettled, at: int) -> Order:
            open_ = tuple(replace(one, penalty=False) for one in order.refunds)
            return right(replace(order, refunds=open_), event, at)

        return settled

    fault.rewriting(e.RefundSettled, wrong)


PLANTS: tuple[Plant, ...] = (
    a_chargeback_recovers_the_whole_price,
    the_networks_fee_comes_back,
    frozen_money_is_taken_at_once,
    what_a_lost_chargeback_leaves_is_held_for_ever,
    a_won_chargeback_ends_the_order,
    a_payment_is_charged_back_again,
    a_declined_payment_is_kept,
    a_settled_penalty_counts_as_a_refund,
)
