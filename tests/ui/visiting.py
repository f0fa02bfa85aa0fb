"""A walk through every place that a chair can go to."""

from collections.abc import AsyncIterator, Container

from textual.pilot import Pilot

from escrow_tui.engine.roles import Role
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.messages import Goto
from tests.given.views import buyer_view

# The forms that show what somebody said; the others show amounts alone.
TELLING = "accept_proposal add_evidence open_dispute open_evidence reject_claim rule".split()


def places_of(session: Sitting, chair: int, order_id: str) -> tuple[tuple[str, str], ...]:
    """Every place of a chair about an order, each with what it is about; forms come last."""
    actor = session.chairs[chair]
    places = ["case" if actor.role is Role.MEDIATOR else "order", "why", "money", "timeline"]
    if actor.role in (Role.BUYER, Role.SELLER, Role.MEDIATOR):
        places.append("evidence")
    bought = []
    if actor.role is Role.BUYER:
        view = buyer_view(session, actor, order_id)
        places += ["inspect", "shop"] if view.delivered else ["shop"]
        bought = [one.id for one in session.listings(actor)[:6]]
    coached = [("coach", "")] if session.coach() else []
    due = [("clock", "next")] if session.next_deadline() else []
    acts = session.order(actor, order_id).head.acts
    return (
        *((place, "") for place in ("desk", *places, "help")),
        *([("checkout", ",".join(bought))] if bought else []),
        *coached,
        *due,
        *(("act", act.verb) for act in acts if act.possible and act.verb in TELLING),
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
