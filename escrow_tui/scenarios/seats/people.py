"""Chooses the person for a new seat: two seats of one role are two people."""

import msgspec

from escrow_tui.engine.market import Person
from escrow_tui.engine.roles import Role
from escrow_tui.scenarios.invent.cast import cast
from escrow_tui.scenarios.invent.goods import catalogue
from escrow_tui.scenarios.opening import FREE_LISTINGS, FREE_SELLERS
from escrow_tui.store import RunHead, StoreProblem, Writing
from escrow_tui.store.rows.seats import BACKSTAGE, REVOKED

_GOODS_A_SHOP = FREE_LISTINGS // FREE_SELLERS


class SeatProblem(StoreProblem):
    """A seat cannot be given, taken or revoked; the sentence says why and what would help."""


class SeatRequest(msgspec.Struct, frozen=True):
    """What a trainer asks for; person and label may be ""."""

    role: str
    person: str = ""
    label: str = ""


def person_for(writing: Writing, market: RunHead, wanted: SeatRequest) -> tuple[str, str]:
    """Return the id and name of the person for a seat, made if nobody is free.

    Raises:
        SeatProblem: the person asked for does not exist, or has a seat.
    """
    if wanted.role == BACKSTAGE:
        if wanted.person:
            raise SeatProblem("Backstage sits nobody in particular; leave --person out.")
        return "", "the carrier, the bank and the clock"
    seats = writing.seats(market.market)
    open_seats = (one for one in seats if one.role == wanted.role and one.state != REVOKED)
    taken = {one.person: one.id for one in open_seats}
    if wanted.person in taken:
        seat = taken[wanted.person]
        raise SeatProblem(f"{wanted.person} has the seat {seat}; revoke it first.")
    if wanted.role == Role.MEDIATOR:
        return _mediator(wanted.person, taken)
    return _party(writing, market, wanted, taken)


def _mediator(wanted: str, taken: dict[str, str]) -> tuple[str, str]:
    if wanted and not (wanted.isascii() and wanted.isdecimal() and wanted == str(int(wanted))):
        raise SeatProblem(f"{wanted} is no mediator; mediators are 1, 2, 3 and so on.")
    number = wanted or next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)
    return number, f"mediator {number}"


def _party(
    writing: Writing, market: RunHead, wanted: SeatRequest, taken: dict[str, str]
) -> tuple[str, str]:
    """Return a buyer or seller without a seat, a new one if all have theirs."""
    people = writing.people(market.market)
    role = Role(wanted.role)
    there = {one.id: one for one in people.values() if one.role is role}
    if wanted.person:
        if wanted.person not in there:
            raise SeatProblem(
                f"There is no {role} {wanted.person} in this market; leave --person out, and a"
                " free one is chosen."
            )
        return wanted.person, there[wanted.person].name
    free = min((one for one in there if one not in taken), key=_in_order, default=None)
    person = there[free] if free else _newcomer(writing, market, role, set(people))
    return person.id, person.name


def _in_order(person: str) -> tuple[int, str]:
    """Sort buyer-10 after buyer-9."""
    return len(person), person


def _newcomer(writing: Writing, market: RunHead, role: Role, there: set[str]) -> Person:
    """Make one more buyer, or shop with goods, from the market's seed."""
    number = next(n for n in range(1, len(there) + 2) if f"{role}-{n}" not in there)
    try:
        made = cast(
            market.seed,
            buyers=number if role is Role.BUYER else 0,
            sellers=number if role is Role.SELLER else 0,
        )
    except ValueError as error:
        raise SeatProblem("There are no more names for shops; revoke a seller's seat.") from error
    person = made.people[-1]
    writing.put_people(market.market, [person])
    if role is Role.BUYER:
        writing.put_private(market.market, made.privates[-1:])
    else:
        goods = catalogue(market.seed, [person], number * _GOODS_A_SHOP)[-_GOODS_A_SHOP:]
        new = [one for one in goods if writing.listing(market.market, one.id) is None]
        writing.put_listings(market.market, new)
    return person
