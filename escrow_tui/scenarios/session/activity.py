"""What a market is used for: the differences between free play and an exercise."""

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
    """What parcels contain, what each side can show, what others do, and what the coach says."""

    def over(self) -> Refused | None:
        """Return the refusal of every act once it is over; None until then."""

    def found(self, order: Order) -> str:
        """Return the picture of what the parcel of an order contains, "" for none."""

    def exhibits(self, role: Role, order: Order) -> tuple[Exhibit, ...]:
        """Return the evidence that a role has of an order, handed in or not."""

    def settle(self) -> None:
        """Let the others do everything that they have to do by now."""

    def advance(self, to: int, by: Actor) -> tuple[News, ...] | Refused:
        """Move the clock to an instant (Unix seconds), with everything that happens on the way."""

    def coach(self) -> CoachView | None:
        """Return what the coach says now, None if there is no coach."""

    def hint(self) -> str:
        """Take and return the next hint."""

    def finish(self) -> Debrief | None:
        """End it and return the debrief, None if it has no end."""


def filled(command: AnyCommand, order: Order | None, found: Callable[[Order], str]) -> AnyCommand:
    """Fill a parcel that is opened: the person who opens it cannot choose the contents."""
    if not isinstance(command, OpenParcel):
        return command
    return OpenParcel(found(order) if order else "")


def not_handed_in(order: Order, role: Role, exhibits: tuple[Exhibit, ...]) -> tuple[Exhibit, ...]:
    """Leave out what the role has handed in already, by checksum."""
    there = {one.checksum for one in order.evidence if one.owner == role.value}
    return tuple(one for one in exhibits if checksum(one) not in there)
