"""The order under a chargeback: it is frozen, then goes on or ends."""

from msgspec.structs import replace

from escrow_tui.engine import events as e
from escrow_tui.engine.evolving.rewrite import after
from escrow_tui.engine.evolving.stops import resumed
from escrow_tui.engine.order import Chargeback, Order, Stop
from escrow_tui.engine.terms import ChargebackPhase, Phase


def _opened(order: Order, event: e.ChargebackOpened, at: int) -> Order:
    phase = ChargebackPhase.AWAITING_ANSWER
    back = Chargeback(
        phase=phase,
        amount=event.amount,
        paid=event.paid,
        debited=event.debited,
        opened_at=at,
        before=order.phase,
    )
    return replace(
        order,
        phase=Phase.FROZEN,
        chargeback=back,
        charged_back_once=True,
        stops=(*order.stops, Stop(at, frozen=True)),
    )


def _answered(order: Order, _: e.ChargebackAnswered, at: int) -> Order:
    assert order.chargeback is not None
    phase = ChargebackPhase.AWAITING_BANK
    return replace(order, chargeback=replace(order.chargeback, phase=phase, answered_at=at))


def _won(order: Order, _: e.ChargebackWon, at: int) -> Order:
    stops = resumed(order, at, frozen=True)
    return replace(order, phase=order.phase_beneath, chargeback=None, stops=stops)


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


BANK = (
    after(e.ChargebackOpened, _opened),
    after(e.ChargebackAnswered, _answered),
    after(e.ChargebackWon, _won),
    after(e.ChargebackLost, _lost),
)
