"""How each place is reached, and a walk through every place that a chair can go to."""

from collections.abc import AsyncIterator, Callable, Container

import msgspec
from textual.pilot import Pilot

from escrow_tui.engine.roles import Actor, Role
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.messages import Goto
from tests.given.views import buyer_view

# The chairs of a free market, in their order.
BUYER, SELLER, MEDIATOR, BACKSTAGE = range(4)
_CHAIRS = {Role.BUYER: BUYER, Role.SELLER: SELLER, Role.MEDIATOR: MEDIATOR}
# The forms that show what somebody said; the others show amounts alone.
TELLING = "accept_proposal add_evidence open_dispute open_evidence reject_claim rule".split()


class Visitor(msgspec.Struct, frozen=True):
    """Who goes to a place, and for which order."""

    session: Sitting
    actor: Actor
    order_id: str


def _verbs(one: Visitor) -> tuple[str, ...]:
    acts = one.session.order(one.actor, one.order_id).head.acts
    return tuple(act.verb for act in acts if act.possible and act.verb in TELLING)


def _articles(one: Visitor) -> tuple[str, ...]:
    return (",".join(listing.id for listing in one.session.listings(one.actor)[:6]),)


def _inspected(one: Visitor) -> tuple[str, ...]:
    return ("",) if buyer_view(one.session, one.actor, one.order_id).delivered else ()


class Way(msgspec.Struct, frozen=True):
    """The chairs from which a place is reached, and what it is opened about; () while it is not."""

    chairs: tuple[int, ...]
    about: Callable[[Visitor], tuple[str, ...]] = lambda _: ("",)


WAYS: dict[str, Way] = {
    "desk": Way((SELLER, BUYER, MEDIATOR, BACKSTAGE)),
    "order": Way((BUYER, SELLER, BACKSTAGE)),
    "case": Way((MEDIATOR,)),
    "why": Way((SELLER, BUYER, MEDIATOR, BACKSTAGE)),
    "money": Way((BACKSTAGE, BUYER, SELLER, MEDIATOR)),
    "timeline": Way((SELLER, BUYER, MEDIATOR, BACKSTAGE)),
    "evidence": Way((MEDIATOR, BUYER, SELLER)),
    "inspect": Way((BUYER,), _inspected),
    "shop": Way((BUYER,)),
    "help": Way((BUYER, SELLER, MEDIATOR, BACKSTAGE)),
    "checkout": Way((BUYER,), _articles),
    "coach": Way(
        (BUYER, SELLER, MEDIATOR, BACKSTAGE), lambda one: ("",) if one.session.coach() else ()
    ),
    "clock": Way(
        (BUYER, SELLER, MEDIATOR, BACKSTAGE),
        lambda one: ("next",) if one.session.next_deadline() else (),
    ),
    "act": Way((MEDIATOR, BUYER, SELLER, BACKSTAGE), _verbs),
}
"""One row a place; the first chair is the one that sees most there."""
# It ends the exercise, so that a walk cannot lead through it.
LAST = frozenset({"debrief"})


def places_of(session: Sitting, chair: int, order_id: str) -> tuple[tuple[str, str], ...]:
    """Every place of a chair about an order, each with what it is about; forms come last."""
    actor = session.chairs[chair]
    seat = _CHAIRS.get(actor.role, BACKSTAGE)
    return tuple(
        (place, about)
        for place, way in WAYS.items()
        if seat in way.chairs
        for about in way.about(Visitor(session, actor, order_id))
    )


async def every_place(
    app: EscrowApp,
    pilot: Pilot[None],
    session: Sitting,
    chair: int,
    order_id: str = "A",
    only: Container[str] | None = None,
) -> AsyncIterator[str]:
    """Go to each place of a chair, or to some; its name comes when it stands, a form's verb too."""
    await app.sit(chair)
    for place, about in places_of(session, chair, order_id):
        if only is not None and (about if place == "act" else place) not in only:
            continue
        while len(app.screen_stack) > 2:
            await app.pop_screen()
        if place != "desk":
            await app.on_goto(Goto(place, order_id, about))
        await pilot.pause()
        yield f"{place} {about}".strip()
