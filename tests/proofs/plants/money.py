"""Faults of the money: commission, clawback, refunds, goodwill, labels, exchange."""

from collections.abc import Iterable

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine import methods, payment, settlement, treasury
from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Answer, Done
from escrow_tui.engine.commands import MarketCommand
from escrow_tui.engine.context import Context
from escrow_tui.engine.ledger import TransferLine
from escrow_tui.engine.order import BookedRefund, Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import RefundWay, Side
from tests.proofs.plants.planting import Move, Plant, Planting, Rewrite


def commission_kept_on_clawback(fault: Planting) -> None:
    """The seller pays commission on money that was taken back."""

    def spoil(event: e.AnyEvent) -> Iterable[e.AnyEvent]:
        if isinstance(event, e.RefundBooked):
            taken = event.sources
            owed = taken.debt + taken.commission
            event = replace(event, sources=replace(taken, commission=0, debt=owed))
        yield event

    fault.events(spoil)


def clawback_takes_the_deposit_first(fault: Planting) -> None:
    """The deposit is used before the money on its way to the seller."""

    def claw(account: SellerAccount, owed: int, escrow: int = 0, commission: int = 0) -> e.Sources:
        deposit = min(owed, account.deposit)
        rest = right(replace(account, deposit=0), owed - deposit, escrow, commission)
        return replace(rest, deposit=deposit)

    right = settlement.claw
    fault.function(right, claw)


def a_refund_out_of_nothing(fault: Planting) -> None:
    """The buyer is owed a cent that came from no account."""

    def spoil(event: e.AnyEvent) -> Iterable[e.AnyEvent]:
        if isinstance(event, e.RefundBooked):
            event = replace(event, amount=event.amount + 1)
        yield event

    fault.events(spoil)


def commission_rounded_up(fault: Planting) -> None:
    """The platform takes the fraction of a cent."""
    fault.function(settlement.commission_on, lambda kept, bps: -(-kept * bps // 10_000))


def a_debt_is_forgotten_at_the_next_sale(fault: Planting) -> None:
    """The seller is paid in full despite a debt."""

    def spoil(event: e.AnyEvent) -> Iterable[e.AnyEvent]:
        if isinstance(event, e.FundsReleased):
            paid = event.pending + event.debt_repaid
            event = replace(event, debt_repaid=0, pending=paid)
        yield event

    fault.events(spoil)


def the_rest_is_not_released(fault: Planting) -> None:
    """A partial refund leaves the seller's part in escrow."""
    right = settlement.pay_out

    def pay_out(order: Order, amount: int, context: Context) -> tuple[e.AnyEvent, ...]:
        events = right(order, amount, context)
        booked = isinstance(events[0], e.RefundBooked)
        return tuple(one for one in events if not booked or not isinstance(one, e.FundsReleased))

    fault.function(right, pay_out)


def released_twice(fault: Planting) -> None:
    """A confirmed receipt pays the seller twice."""

    def spoil(event: e.AnyEvent) -> Iterable[e.AnyEvent]:
        return (event, event) if isinstance(event, e.FundsReleased) else (event,)

    fault.events(spoil)


def a_penalty_counts_as_refunded(fault: Planting) -> None:
    """The penalty for a counterfeit is counted as part of the refund."""

    def wrong(right: Rewrite) -> Rewrite:
        def booked(order: Order, event: e.PenaltyBooked, at: int) -> Order:
            after = right(order, event, at)
            return replace(after, refunded=after.refunded + event.amount)

        return booked

    fault.rewriting(e.PenaltyBooked, wrong)


def goodwill_is_the_sellers(fault: Planting) -> None:
    """The seller pays for the platform's goodwill."""

    def wrong(right: Move) -> Move:
        def paid(event: e.GoodwillPaid, order: Order) -> tuple[TransferLine, ...]:
            of, seller = "platform:goodwill", f"seller:{order.seller}:debt"
            return tuple(
                replace(line, account=seller) if line.account == of else line
                for line in right(event, order)
            )

        return paid

    fault.lines(e.GoodwillPaid, wrong)


def the_label_is_the_other_sides(fault: Planting) -> None:
    """The side that should not pay for the return label pays."""

    def spoil(event: e.AnyEvent) -> Iterable[e.AnyEvent]:
        if isinstance(event, e.LabelBought):
            buyer = event.payer is Side.BUYER
            taken = e.Sources(debt=event.amount) if buyer else e.Sources()
            event = replace(event, payer=Side.SELLER if buyer else Side.BUYER, sources=taken)
        yield event

    fault.events(spoil)


def a_foreign_refund_lacks_a_cent(fault: Planting) -> None:
    """The buyer gets less back than they paid."""

    def spoil(event: e.AnyEvent) -> Iterable[e.AnyEvent]:
        if isinstance(event, e.RefundSettled) and event.paid_back != event.amount:
            event = replace(event, paid_back=event.paid_back - 1)
        yield event

    fault.events(spoil)


def each_foreign_piece_is_rounded_alone(fault: Planting) -> None:
    """Three pieces of a foreign refund are together a cent short."""
    right = payment.settle
    fault.function(right, lambda order, due, context, *_: right(order, due, context, 0, 0))


def the_rate_of_the_day_is_ignored(fault: Planting) -> None:
    """A refund uses the rate of the payment although the policy says the current one."""
    right = payment.settle

    def settle(
        order: Order, due: BookedRefund, context: Context, settled: int, paid_back: int
    ) -> e.RefundSettled:
        return right(order, due, replace(context, rate=""), settled, paid_back)

    fault.function(right, settle)


def the_agents_fee_is_lost(fault: Planting) -> None:
    """The agent's fee on a cash payment is not booked."""

    def wrong(right: Move) -> Move:
        return lambda event, order: right(replace(event, fee=0), order)

    fault.lines(e.PaymentCaptured, wrong)


def cash_goes_back_to_a_card(fault: Planting) -> None:
    """The refund of a Western Union payment reaches no wallet."""
    right = methods.way_back

    def way_back(method: methods.Method, card_expires: int, now: int) -> RefundWay:
        way = right(method, card_expires, now)
        return RefundWay.CARD if way is RefundWay.WALLET else way

    fault.function(right, way_back)


def an_expired_card_is_not_noticed(fault: Planting) -> None:
    """A refund to an expired card takes no longer than to any other."""
    right = methods.way_back
    fault.function(right, lambda method, _expires, now: right(method, 0, now))


def taking_money_home_is_free(fault: Planting) -> None:
    """The withdrawal fee is not taken."""
    right = treasury.decide_market

    def decide_market(command: MarketCommand, actor: Actor, balance: int, policy: Policy) -> Answer:
        answer = right(command, actor, balance, policy)
        if not isinstance(answer, Done):
            return answer
        free = (
            replace(one, fee=0) if isinstance(one, e.MoneyWithdrawn | e.WalletWithdrawn) else one
            for one in answer.events
        )
        return Done(tuple(free))

    fault.function(right, decide_market)


def everything_pending_clears_with_one_order(fault: Planting) -> None:
    """When the first order clears, the seller can withdraw the money of all the others."""
    fault.function(
        payment.cleared, lambda _order, context: (e.FundsCleared(context.account.pending),)
    )


def one_lines_refund_is_of_all_lines(fault: Planting) -> None:
    """A line may be refunded a second time."""

    def spoil(event: e.AnyEvent) -> Iterable[e.AnyEvent]:
        if isinstance(event, e.RefundBooked) and len(event.lines) > 1:
            event = replace(event, lines=event.lines[::-1])
        yield event

    fault.events(spoil)


PLANTS: tuple[Plant, ...] = (
    commission_kept_on_clawback,
    clawback_takes_the_deposit_first,
    a_refund_out_of_nothing,
    commission_rounded_up,
    a_debt_is_forgotten_at_the_next_sale,
    the_rest_is_not_released,
    released_twice,
    a_penalty_counts_as_refunded,
    goodwill_is_the_sellers,
    the_label_is_the_other_sides,
    a_foreign_refund_lacks_a_cent,
    each_foreign_piece_is_rounded_alone,
    the_rate_of_the_day_is_ignored,
    the_agents_fee_is_lost,
    cash_goes_back_to_a_card,
    an_expired_card_is_not_noticed,
    taking_money_home_is_free,
    everything_pending_clears_with_one_order,
    one_lines_refund_is_of_all_lines,
)
