"""Views of the engine's own stories: an order in any cell of the process, as facts."""

from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.market import Person
from escrow_tui.engine.roles import CLOCK, Role
from escrow_tui.views.shared import Facts
from tests.engine.given import POLICY, World, given
from tests.engine.stories import STORIES

PEOPLE = {
    "buyer-1": Person("buyer-1", Role.BUYER, "A*** P.", "DE", "Berlin", 0, 12, 40),
    "seller-1": Person("seller-1", Role.SELLER, "Lumi Store", "CN", "Shenzhen", 964, 5_000, 21),
}


def facts_of(world: World) -> Facts:
    """Return what the views are made from."""
    entries = tuple(
        Entry("m", seq, order_stream(order), seq, at, CLOCK, "", None, (event,))
        for seq, (order, at, event) in enumerate(world.history, 1)
        if order == "A"
    )
    return Facts(world.order, entries, POLICY, {}, PEOPLE, world.now)


def facts_in(cell: str, **placing: str) -> Facts:
    """Return an order that stands in a cell of the process, such as `DELIVERED/MEDIATION`."""
    return facts_of(given(*STORIES[cell], policy=POLICY, **placing))
