"""Compares what the engine and the second model say of the same orders and the same books."""

from escrow_tui.engine.deadlines import Deadline
from escrow_tui.engine.order import Order
from tests.proofs.market import Market
from tests.proofs.model.life import Life
from tests.proofs.model.market import Model
from tests.proofs.model.timers import Due

NAMES = (
    "phase stage chargeback captured held refunded released commission charged_back settled"
    " paid_back uncleared deadlines parcel counts claim ruling people"
).split()


def differences(market: Market, model: Model, order_ids: set[str]) -> list[str]:
    """Name every difference between the two in these orders, and in any balance."""
    found = []
    for order_id in order_ids:
        one = _of_engine(market.orders[order_id], market.due[order_id])
        two = _of_model(model.lives[order_id], model.due(order_id))
        if one != two:
            found += [
                f"order {order_id}: {name} is {first}, the rules say {second}"
                for name, first, second in zip(NAMES, one, two, strict=True)
                if first != second
            ]
    if market.balances != model.books.accounts:
        found.append(_of_books(market.balances, model.books.accounts))
    return found


def _of_books(one: dict[tuple[str, str], int], two: dict[tuple[str, str], int]) -> str:
    apart = sorted(key for key in one.keys() | two.keys() if one.get(key, 0) != two.get(key, 0))
    shown = [
        f"{' '.join(key)} is {one.get(key, 0)}, the rules say {two.get(key, 0)}" for key in apart
    ]
    return f"balances: {'; '.join(shown)}"


def _of_engine(order: Order, due: tuple[Deadline, ...]) -> tuple[object, ...]:
    return (
        order.phase,
        order.stage_beneath or "",
        order.chargeback.phase if order.chargeback else "",
        order.captured,
        order.held,
        order.refunded,
        order.released,
        order.commission,
        order.charged_back,
        order.settled,
        order.paid_back,
        order.uncleared,
        sorted([(one.at, one.name, one.subject) for one in due]),
        (order.unproven, order.shipment is not None and order.shipment.false),
        (order.dispute_count, order.replacements, order.returned_goods, order.appealed),
        *_case_of_engine(order),
    )


def _case_of_engine(order: Order) -> tuple[object, ...]:
    """Return the claim, the ruling with its goodwill, the mediator and who was asked, or None."""
    case = order.dispute
    if case is None:
        return None, None, None
    claim = (case.claim.amount, case.claim.return_goods, case.claim.replacement)
    ruled = case.ruling
    result = ruled and (
        ruled.resolution.amount,
        ruled.resolution.return_goods,
        ruled.resolution.replacement,
        ruled.goodwill,
    )
    return claim, result, (case.mediator, case.reviewer, case.asked or "")


def _case_of_model(life: Life) -> tuple[object, ...]:
    case = life.quarrel
    if case is None:
        return None, None, None
    result = case.ruled and (*case.ruled, case.gift)
    return tuple(case.claim), result, (case.judge, case.reviewer, case.asked)


def _of_model(life: Life, due: list[Due]) -> tuple[object, ...]:
    return (
        life.phase,
        life.stage,
        life.bank_stage,
        life.paid,
        life.held,
        life.back,
        life.kept,
        life.commission,
        life.lost,
        life.settled,
        life.paid_back,
        life.uncleared,
        due,
        (life.unproven, life.box is not None and life.box.false),
        (life.quarrels, int(life.replaced), life.went_back, life.appealed),
        *_case_of_model(life),
    )
