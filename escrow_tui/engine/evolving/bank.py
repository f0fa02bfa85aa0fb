"""A chargeback: the order stands still, and goes on or ends."""

from typing import assert_never

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.stops import resumed
from escrow_tui.engine.order import Chargeback, Order, Stop
from escrow_tui.engine.terms import ChargebackPhase, Phase


def of_bank(order: Order, event: e.BankEvent, at: int) -> Order:
    """Return the order after an event of the bank."""
    match event:
        case e.ChargebackOpened():
            back = Chargeback(
                ChargebackPhase.AWAITING_ANSWER,
                event.amount,
                event.paid,
                event.debited,
                at,
                order.phase,
            )
            return replace(
                order,
                phase=Phase.FROZEN,
                chargeback=back,
                charged_back_once=True,
                stops=(*order.stops, Stop(at, frozen=True)),
            )
        case e.ChargebackAnswered():
            assert order.chargeback is not None
            phase = ChargebackPhase.AWAITING_BANK
            return replace(order, chargeback=replace(order.chargeback, phase=phase, answered_at=at))
        case e.ChargebackWon():
            stops = resumed(order, at, frozen=True)
            return replace(order, phase=order.phase_beneath, chargeback=None, stops=stops)
        case e.ChargebackLost():
            return _lost(order, event, at)
        case _:
            assert_never(event)


def _lost(order: Order, event: e.ChargebackLost, at: int) -> Order:
    sources = event.sources
    return replace(
        order,
        phase=Phase.CHARGED_BACK,
        ended_at=at,
        held=order.held - sources.escrow,
        released=order.released - (event.recovered - sources.escrow),
        commission=order.commission - sources.commission,
        charged_back=order.charged_back + event.recovered,
        uncleared=max(0, order.uncleared - sources.pending),
        dispute=None,
        return_=None,
        chargeback=None,
        stops=resumed(order, at, frozen=True),
    )
