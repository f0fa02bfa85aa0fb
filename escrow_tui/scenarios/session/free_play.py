"""Free play: one person in every chair of a market, whose parcels are drawn from the run's seed."""

from typing import assert_never

from msgspec.structs import replace

from escrow_tui.coach.values import CoachView, Debrief
from escrow_tui.desk.desk import Desk
from escrow_tui.desk.session import News
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import Exhibit
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import CARRIER, FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import DisputePhase, EvidenceKind
from escrow_tui.pictures import describe_picture, parse_picture
from escrow_tui.scenarios.invent.goods import found_in
from escrow_tui.scenarios.session.access import Access, Right, sees_everything
from escrow_tui.views.parts import PersonView

BUYER = Actor(Role.BUYER, "buyer-1")
# One chair for all the shops: it lists the orders of every shop and sums up their accounts; what
# it does to an order is done by the shop that sold it.
SHOPS = Actor(Role.SELLER, "shops")
# An appeal is decided by another mediator than the one who ruled.
COLLEAGUE = Actor(Role.MEDIATOR, "2")


class FreePlay:
    """The activity of a market without a task: nobody coaches, and there is no end."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.seed = seed

    def over(self) -> Refused | None:
        """Refuse nothing: free play has no end."""
        return None

    def found(self, order: Order) -> str:
        """Return the picture of what a parcel contains, drawn from the seed."""
        listed = order.lines[0].picture
        return found_in(self.seed, order.id, listed) if listed else ""

    def exhibits(self, role: Role, order: Order) -> tuple[Exhibit, ...]:
        """Return what the buyer found or the seller packed and weighed, and the tracking record."""
        match role:
            case Role.BUYER:
                at_hand = _photo(order.found)
            case Role.SELLER:
                at_hand = (*_photo(order.lines[0].picture, "Before packing: "), *_weight(order))
            case Role.MEDIATOR | Role.CARRIER | Role.BANK | Role.CLOCK:
                return ()
            case _:
                assert_never(role)
        return (*at_hand, *_tracking(order))

    def settle(self) -> None:
        """Do nothing: only people act in free play."""

    def advance(self, to: int, by: Actor) -> tuple[News, ...] | Refused:
        """Move the clock, executing each deadline on the way."""
        return self.desk.advance(to, by)

    def coach(self) -> CoachView | None:
        """Return nothing: free play has no coach."""
        return None

    def hint(self) -> str:
        """Say that there are no hints."""
        return "Free play has no hints."

    def finish(self) -> Debrief | None:
        """Return nothing: free play has no end."""
        return None


def _photo(picture: str, before: str = "") -> tuple[Exhibit, ...]:
    if not picture:
        return ()
    shows = f"{before}{describe_picture(parse_picture(picture))}"
    return (Exhibit(EvidenceKind.PHOTO, shows, picture),)


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


def _on_its_list(chair: Actor, order: Order) -> bool:
    if chair.role is Role.BUYER:
        return order.buyer == chair.person
    return chair.role is not Role.MEDIATOR or order.dispute is not None


def _everybody(actor: Actor) -> bool:
    return actor.role is not Role.CLOCK


def _party(chair: Actor, order: Order) -> Actor:
    """Return the actor a chair is for an order: its seller, or the mediator of its appeal."""
    if chair == SHOPS:
        return replace(chair, person=order.seller)
    dispute = order.dispute
    appealed = dispute is not None and dispute.phase is DisputePhase.APPEAL_REVIEW
    return COLLEAGUE if chair == FIRST_MEDIATOR and appealed else chair


ACCESS = Access(
    chairs=(BUYER, SHOPS, FIRST_MEDIATOR, CARRIER),
    rights=frozenset(Right),
    sees=sees_everything,
    hears=_on_its_list,
    undoes=_everybody,
    acts_as=_party,
    lists={SHOPS: Actor(Role.SELLER, ""), FIRST_MEDIATOR: Actor(Role.MEDIATOR, "")},
    people={
        SHOPS.person: PersonView(SHOPS.person, "All the shops", "", "each acts on its own orders")
    },
)
