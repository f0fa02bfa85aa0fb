"""What a market is used for, free play or an exercise: what differs between the two."""

from collections.abc import Callable
from typing import Protocol

from escrow_tui.coach.values import CoachView, Debrief
from escrow_tui.desk.session import News
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import AnyCommand, Exhibit, OpenParcel
from escrow_tui.engine.evidence import checksum
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor, Role


class Activity(Protocol):
    """What the parcels hold, what each side could show, what others do, and what the coach says."""

    def over(self) -> Refused | None:
        """Return the answer to every act once it is over; None while it goes on."""

    def found(self, order: Order) -> str:
        """Return the picture of what lies in the parcel of an order."""

    def exhibits(self, role: Role, order: Order) -> tuple[Exhibit, ...]:
        """Return what a role has at hand to show about an order, handed in or not."""

    def settle(self) -> None:
        """Let the others do all that they have to do by now."""

    def advance(self, to: int, by: Actor) -> tuple[News, ...] | Refused:
        """Move the clock to an instant (Unix seconds), with all that comes on the way."""

    def coach(self) -> CoachView | None:
        """Return what the coach says now; None where there is no coach."""

    def hint(self) -> str:
        """Take the next hint."""

    def finish(self) -> Debrief | None:
        """End it and tell how it went; None where there is no end."""


def filled(command: AnyCommand, order: Order | None, found: Callable[[Order], str]) -> AnyCommand:
    """Put into a parcel that is opened what lies in it: nobody may say that themselves."""
    if not isinstance(command, OpenParcel):
        return command
    return OpenParcel(found(order) if order else "")


def not_handed_in(order: Order, role: Role, exhibits: tuple[Exhibit, ...]) -> tuple[Exhibit, ...]:
    """Leave out what the role has handed in: the same content has the same checksum."""
    there = {one.checksum for one in order.evidence if one.owner == role.value}
    return tuple(one for one in exhibits if checksum(one) not in there)
