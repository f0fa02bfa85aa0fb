"""The engine's stories as facts for views: an order in any cell of the process table."""

from collections.abc import Mapping

import msgspec

from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.market import Person
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import BANK, CARRIER, CLOCK, Actor, Role
from escrow_tui.views.order_facts import OrderFacts
from escrow_tui.views.order_views import backstage_order, buyer_order, mediator_case, seller_order
from escrow_tui.views.parts import RuleText
from tests.given.order_stories import STORIES
from tests.given.orders import BUYER, MEDIATOR, POLICY, SELLER, Step, World, given

PEOPLE = {
    "buyer-1": Person("buyer-1", Role.BUYER, "A*** P.", "DE", "Berlin", 0, 12, 40),
    "seller-1": Person("seller-1", Role.SELLER, "Lumi Store", "CN", "Shenzhen", 964, 5_000, 21),
}
RULES: Mapping[str, RuleText] = {
    row: RuleText(row, str(getattr(POLICY, row)), "", "") for row in Policy.__struct_fields__
}


def facts_of(world: World) -> OrderFacts:
    """Return the facts that views are made from."""
    entries = tuple(
        Entry(
            market="m",
            seq=seq,
            stream=order_stream(order),
            version=seq,
            at=at,
            actor=CLOCK,
            command_id="",
            command=None,
            events=(event,),
        )
        for seq, (order, at, event) in enumerate(world.history, 1)
        if order == "A"
    )
    return OrderFacts(
        order=world.order,
        entries=entries,
        policy=world.policy,
        rules=RULES,
        people=PEOPLE,
        now=world.now,
    )


def facts_in(cell: str, **placing: object) -> OrderFacts:
    """Return an order in a cell of the process table, such as `DELIVERED/MEDIATION`."""
    return facts_of(given(*STORIES[cell], policy=POLICY, **placing))


def told_by(
    *steps: Step, policy: Mapping[str, object] | None = None, **placing: object
) -> OrderFacts:
    """Return the facts of a story under a policy with some rows changed."""
    rules = msgspec.structs.replace(POLICY, **(policy or {}))
    return facts_of(given(*steps, policy=rules, **placing))


def seen_by(actor: Actor, facts: OrderFacts) -> str:
    """Return everything that a role's view of an order contains, as text."""
    match actor.role:
        case Role.BUYER:
            return repr(buyer_order(facts, actor))
        case Role.SELLER:
            return repr(seller_order(facts, actor))
        case Role.MEDIATOR:
            return repr(mediator_case(facts, actor))
        case _:
            return repr(backstage_order(facts, CARRIER, BANK))


VIEWERS = (BUYER, SELLER, MEDIATOR, BANK)
