"""An order as a role may see it, on its own page and as a row of a list."""

from collections.abc import Mapping
from typing import assert_never

from msgspec.structs import replace

from escrow_tui.desk.question import market_row
from escrow_tui.desk.session import NoSuchOrderError
from escrow_tui.engine.entry import order_stream
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.store import Reading
from escrow_tui.views import order_views
from escrow_tui.views.choices import OrderView
from escrow_tui.views.order_facts import OrderFacts
from escrow_tui.views.order_row import OrderRow, order_row
from escrow_tui.views.parts import RuleText


def read_facts(
    reading: Reading, market_id: str, order_id: str, rules: Mapping[str, RuleText]
) -> OrderFacts:
    """Read everything that a view of an order is made from.

    Raises:
        NoSuchOrderError: there is none of that id.
    """
    market = market_row(reading, market_id)
    stored = reading.order(market_id, order_id)
    if stored is None:
        raise NoSuchOrderError(order_id)
    return OrderFacts(
        order=stored.order,
        entries=reading.entries(market_id, order_stream(order_id)),
        policy=reading.policy(stored.order.policy),
        rules=rules,
        people=reading.some_people(market_id, (stored.order.buyer, stored.order.seller)),
        now=market.now,
    )


def order_view(reading: Reading, market_id: str, facts: OrderFacts, actor: Actor) -> OrderView:
    """Return the view of the actor's role."""
    match actor.role:
        case Role.BUYER:
            return order_views.buyer_order(facts, actor)
        case Role.SELLER:
            return order_views.seller_order(_with_address(reading, market_id, facts, actor), actor)
        case Role.MEDIATOR:
            return order_views.mediator_case(facts, actor)
        case Role.CARRIER | Role.BANK | Role.CLOCK:
            return order_views.backstage_order(facts, CARRIER, BANK)
        case _:
            assert_never(actor.role)


def _with_address(reading: Reading, market_id: str, facts: OrderFacts, seller: Actor) -> OrderFacts:
    """Add the buyer's address where the order's policy shows it to the order's seller."""
    if not facts.policy.seller_sees_address or facts.order.seller != seller.person:
        return facts
    return replace(facts, address=reading.address_of(market_id, facts.order.buyer))


def listed_row(reading: Reading, order: Order, actor: Actor, now: int) -> OrderRow:
    """Return an order's row; backstage is awaited wherever the carrier or the bank is."""
    policy = reading.policy(order.policy)
    row = order_row(order, policy, actor.role, now, actor.person)
    if actor.role not in (Role.CARRIER, Role.BANK):
        return row
    both = (order_row(order, policy, role, now) for role in (Role.CARRIER, Role.BANK))
    return replace(row, mine=any(one.mine for one in both))
