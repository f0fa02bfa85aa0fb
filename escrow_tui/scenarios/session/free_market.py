"""A market without a task: what its parcels hold, and what each side could show of them."""

from typing import assert_never

from escrow_tui.coach.values import CoachView, Debrief
from escrow_tui.engine.commands import Exhibit
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import EvidenceKind
from escrow_tui.pictures import describe_picture, parse_picture
from escrow_tui.scenarios.invent.goods import found_in
from escrow_tui.scenarios.session.sitting import Sitting, not_handed_in


class FreeMarket(Sitting):
    """What a parcel holds is drawn from the run's seed; nobody coaches, and there is no end."""

    def found(self, order: Order) -> str:
        """What the seed has put into the parcel of an order."""
        listed = order.lines[0].picture
        return found_in(self.run.seed, order.id, listed) if listed else ""

    def exhibits(self, actor: Actor, order_id: str) -> tuple[Exhibit, ...]:
        """What the buyer found and what the seller packed, the tracking record, the weight."""
        order = self.order_state(order_id)
        if order is None:
            return ()
        match actor.role:
            case Role.BUYER:
                own = _photo(order.found)
            case Role.SELLER:
                own = (*_photo(order.lines[0].picture, "Before packing: "), *_weight(order))
            case Role.MEDIATOR | Role.CARRIER | Role.BANK | Role.CLOCK:
                return ()
            case _:
                assert_never(actor.role)
        return not_handed_in(order, actor.role, (*own, *_tracking(order)))

    def coach(self) -> CoachView | None:
        """Nobody coaches free play."""
        return None

    def hint(self) -> str:
        """There is nothing to hint at."""
        return "Free play has no hints."

    def finish(self) -> Debrief | None:
        """Free play has no end."""
        return None


def _photo(picture: str, before: str = "") -> tuple[Exhibit, ...]:
    if not picture:
        return ()
    return (
        Exhibit(EvidenceKind.PHOTO, f"{before}{describe_picture(parse_picture(picture))}", picture),
    )


def _tracking(order: Order) -> tuple[Exhibit, ...]:
    parcel = order.shipment
    if parcel is None:
        return ()
    state = parcel.state.replace("_", " ")
    shows = f"{parcel.tracking}: {len(parcel.scans)} scans, the last one {state}"
    return (Exhibit(EvidenceKind.TRACKING_RECORD, shows),)


def _weight(order: Order) -> tuple[Exhibit, ...]:
    scans = order.shipment.scans if order.shipment else ()
    weighed = next((one for one in scans if one.weight), None)
    if weighed is None:
        return ()
    shows = f"{weighed.weight:,} g where the carrier weighed it first"
    return (Exhibit(EvidenceKind.WEIGHT_RECORD, shows),)
