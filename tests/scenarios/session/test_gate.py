"""The gate: what an access does not grant is closed, also for a method that is new."""

from functools import cached_property

import pytest
from msgspec.structs import replace

from escrow_tui.coach.playthrough import Note
from escrow_tui.desk.session import NoSuchOrderError, NotYourSeatError
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Actor
from escrow_tui.scenarios.session.access import Access, Right
from escrow_tui.scenarios.session.gate import needs, needs_order, needs_own
from escrow_tui.scenarios.session.sitting import Sitting
from tests.given.seats import PEOPLE, Seats, bought, escalated, me, seat_of
from tests.scenarios.session.seat_calls import CALLS, NAMELESS, asked, is_closed


class Curious(Sitting):
    """A session with three methods that no other has."""

    @needs(Right.LOG)
    def noted(self) -> tuple[Note, ...]:
        """What the run's log holds."""
        return self.record.notes()

    @needs_own(Right.UNDO)
    def acts(self, actor: Actor) -> int:
        """How many entries of the journal are the actor's."""
        return sum(one.actor == actor for one in self.desk.entries())

    @needs_order()
    def parcel(self, actor: Actor, order_id: str) -> tuple[Actor, Order | None]:
        """An order as the engine keeps it, with the actor who asks."""
        return actor, self.desk.order_state(order_id)


def curious(seat: Sitting, *more: Right) -> Curious:
    """Sit in the same seat, with these rights added to its own."""
    access = replace(seat.access, rights=seat.access.rights | set(more))
    return Curious(seat.desk, seat.record, seat.activity, access)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_new_method_is_closed_to_every_seat_until_it_is_granted(seats: Seats, who: str) -> None:
    """Then it is answered, but only in the seat's own name."""
    seat = seat_of(seats, who)
    plain = curious(seat)
    with pytest.raises(NotYourSeatError, match="Your seat is that of"):
        plain.noted()
    with pytest.raises(NotYourSeatError):
        plain.acts(me(seat))
    wider = curious(seat, Right.LOG, Right.UNDO)
    assert wider.noted() == seat.record.notes()
    assert wider.acts(me(seat)) == 0
    other = me(seats.bob if who == "ann" else seats.ann)
    with pytest.raises(NotYourSeatError):
        wider.acts(other)


def test_a_new_method_about_an_order_is_closed_to_those_who_may_not_see_it(seats: Seats) -> None:
    """For other parties and mediators it does not exist; nobody can ask in Ann's name."""
    order = bought(seats.ann, seats.shop)
    assert curious(seats.ann).parcel(me(seats.ann), order)[0] == me(seats.ann)
    for other in (seats.bob, seats.rival, seats.judge):
        with pytest.raises(NoSuchOrderError, match=f"no order {order}"):
            curious(other).parcel(me(other), order)
        with pytest.raises(NotYourSeatError):
            curious(other).parcel(me(seats.ann), order)


def test_a_method_that_declares_no_right_cannot_be_made() -> None:
    """Whether a method, a property or a cached one: making the class fails."""
    with pytest.raises(TypeError, match="journal does not declare what it needs"):

        class Leaky(Sitting):
            def journal(self) -> object:
                return self.desk.entries()

    with pytest.raises(TypeError, match="length does not declare what it needs"):

        class Long(Sitting):
            @property
            def length(self) -> int:
                return len(self.desk.entries())

    with pytest.raises(TypeError, match="kept does not declare what it needs"):

        class Kept(Sitting):
            @cached_property
            def kept(self) -> object:
                return self.record.rows()


def test_an_access_that_grants_nothing_closes_every_method(seats: Seats) -> None:
    """Also those in one's own name."""
    order = escalated(seats, seats.ann, seats.shop)
    seat = seats.ann
    shut = Sitting(seat.desk, seat.record, seat.activity, Access(chairs=seat.chairs))
    for name, call in {**CALLS, **NAMELESS}.items():
        assert is_closed(asked(call, shut, me(seat), order)), name
    before = seat.desk.point()
    shut.note("screen", "ShopScreen")
    assert (shut.coach(), shut.finish()) == (None, None)
    assert "Nothing can be taken back" in shut.undo()
    assert seat.desk.point() == before


def test_every_right_is_required_by_a_method_or_checked_by_one() -> None:
    """A right that nothing requires could not be refused."""
    members = (one.fget if isinstance(one, property) else one for one in vars(Sitting).values())
    declared = {getattr(one, "needs", None) for one in members} - {None}
    assert declared | {Right.PRICE, Right.WHOLE_MARKET} == set(Right)
