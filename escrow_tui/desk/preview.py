"""What a command would do, without doing it."""

from functools import partial

from escrow_tui.desk.question import answer_in, ask_of, read_account
from escrow_tui.engine.answers import Done, Refused
from escrow_tui.engine.commands import AnyCommand, MarketCommand
from escrow_tui.engine.consequences import consequences_of
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.decide import expire
from escrow_tui.engine.events import AnyEvent, DisputeRuled, MarketEvent
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.invariants import unbalanced
from escrow_tui.engine.ledger import TransferLine, transfer
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import DisputePhase
from escrow_tui.store import MarketRow, Reading
from escrow_tui.views.event_sentences import tell, tell_market
from escrow_tui.views.money_views import Preview, balance_changes, may_see


def preview(
    reading: Reading, market_id: str, actor: Actor, order_id: str, command: AnyCommand
) -> Preview:
    """Return what a command would do: what happens, and the ledger before and after.

    A ruling moves no money until its appeal window has passed; what it moves then is shown.
    """
    situation = reading.situation(ask_of(market_id, actor, order_id, command, ""))
    market, stored = situation.market, situation.order
    answered = answer_in(situation, actor, order_id, command)
    if isinstance(answered, Refused):
        return _refused(answered)
    if isinstance(command, MarketCommand):
        return _of_market(reading, market, actor, answered)
    before = stored.order if stored else None
    events = tuple(answered.events)
    after = consequences_of(before, events, order_id, market.now)
    rules = any(isinstance(event, DisputeRuled) for event in events)
    ruled, later = _when_executed(reading, market_id, after.order) if rules else ((), "")
    lines = (*after.lines, *ruled)
    balances = reading.balances(market_id, sorted({line.account for line in lines}))
    return Preview(
        possible=True,
        why_not="",
        says=_said(before, events, order_id, market.now, actor),
        changes=balance_changes(lines, balances, actor),
        check=_check(lines, actor),
        later=later,
    )


def _refused(refused: Refused) -> Preview:
    return Preview(
        possible=False, why_not=refused.explanation, says=(), changes=(), check="", later=""
    )


def _of_market(reading: Reading, market: MarketRow, actor: Actor, answered: Done) -> Preview:
    """Return what a command on the market itself would do."""
    lines = tuple(line for event in answered.events for line in transfer(event, None))
    balances = reading.balances(market.id, sorted({line.account for line in lines}))
    says = tuple(tell_market(one) for one in answered.events if isinstance(one, MarketEvent))
    changes = balance_changes(lines, balances, actor)
    return Preview(
        possible=True, why_not="", says=says, changes=changes, check=_check(lines, actor), later=""
    )


def _check(lines: tuple[TransferLine, ...], actor: Actor) -> str:
    """Say that the lines balance; a role that sees only some of them cannot add them up."""
    if not lines or unbalanced(lines):
        return "no money moves"
    every = all(may_see(line.account, actor) for line in lines)
    return f"the lines sum to 0{'' if every else ', with those not shown to you'}"


def _said(
    order: Order | None, events: tuple[AnyEvent, ...], order_id: str, at: int, actor: Actor
) -> tuple[str, ...]:
    """Return what happens, in the sentences that the role may read."""
    said: list[str] = []
    for event in events:
        order = evolve(order, event, order_id, at)
        said.append(tell(event, order, actor.role))
    return tuple(filter(None, said))


def _when_executed(
    reading: Reading, market_id: str, order: Order
) -> tuple[tuple[TransferLine, ...], str]:
    if order.dispute is None or order.dispute.phase is not DisputePhase.APPEAL_WINDOW:
        return (), ""
    policy = reading.policy(order.policy)
    window = next(one for one in deadlines(order, policy) if one.name == "appeal_window")
    account = partial(read_account, reading, market_id, order.seller, order.currency)
    events = expire(order, account, window, policy, order.policy)
    lines = consequences_of(order, events, order.id, window.at).lines
    return lines, f"when the appeal window has passed, on {date_of(window.at)}"
