"""Every method of a session, called in somebody's name or in nobody's."""

from collections.abc import Callable

from escrow_tui.desk.session import JournalPoint, NoSuchOrderError, Purchase, Session
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import SendMessage
from escrow_tui.engine.roles import Actor
from escrow_tui.views.money_views import Preview
from escrow_tui.views.shop import Quote

DAY = 86_400
Asked = Callable[[Session, Actor, str], object]

_CART = Purchase(("none",), "credit_card")
# Every method of a session that takes an actor or an order.
CALLS: dict[str, Asked] = {
    "submit": lambda one, actor, order: one.submit(actor, order, SendMessage("hello")),
    "preview": lambda one, actor, order: one.preview(actor, order, SendMessage("hello")),
    "buy": lambda one, actor, _: one.buy(actor, _CART, "cart"),
    "bought": lambda one, actor, _: one.bought(actor, "cart of A", 1),
    "quote": lambda one, actor, _: one.quote(actor, _CART),
    "rows": lambda one, actor, _: one.rows(actor),
    "tally": lambda one, actor, _: one.tally(actor),
    "heard": lambda one, actor, _: one.heard(actor, JournalPoint(one.point().market, 0)),
    "order": lambda one, actor, order: one.order(actor, order),
    "movements": lambda one, actor, order: one.movements(actor, order),
    "account": lambda one, actor, _: one.account(actor),
    "wallet": lambda one, actor, _: one.wallet(actor),
    "private": lambda one, actor, _: one.private(actor),
    "listings": lambda one, actor, _: one.listings(actor),
    "exhibits": lambda one, actor, order: one.exhibits(actor, order),
}
# The methods that take neither, each with a test of its own.
NAMELESS: dict[str, Asked] = {
    "point": lambda one, _, __: one.point(),
    "now": lambda one, _, __: one.now(),
    "next_deadline": lambda one, _, __: one.next_deadline(),
    "person": lambda one, _, __: one.person("buyer-1"),
    "advance": lambda one, _, __: one.advance(one.now() + DAY),
}


def is_closed(seen: object) -> bool:
    """Tell whether an answer is a refusal, or nothing at all."""
    if isinstance(seen, Preview):
        return not seen.possible and not seen.says and not seen.changes
    if isinstance(seen, Quote):
        return not seen.parts and bool(seen.why_not)
    if isinstance(seen, tuple) and seen:
        return all(isinstance(one, Refused) for one in seen)
    return isinstance(seen, Refused) or seen in (None, ())


def asked(call: Asked, session: Session, actor: Actor, order: str) -> object:
    """Ask; an order that the seat may not see gives None."""
    try:
        return call(session, actor, order)
    except NoSuchOrderError:
        return None
