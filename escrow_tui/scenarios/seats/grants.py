"""Gives and revokes the seats of a free market, for a trainer."""

from secrets import randbelow

import msgspec

from escrow_tui.scenarios.log import RUNNING
from escrow_tui.scenarios.opening import open_free_play
from escrow_tui.scenarios.seats.people import SeatProblem, SeatRequest, person_for
from escrow_tui.store import RunHead, RunRow, Store
from escrow_tui.store.rows.seat_codes import hash_of, new_code, new_seat
from escrow_tui.store.rows.seats import INVITED, SeatRow

MOST_LABEL = 80


class Given(msgspec.Struct, frozen=True):
    """A new seat with its code, which is shown once."""

    seat: SeatRow
    code: str
    name: str

    def __repr__(self) -> str:
        return f"Given({self.seat.id})"


# -- the market


def market_named(store: Store, named: str) -> RunHead:
    """Return the free market with this id or title; for "" the newest.

    Raises:
        SeatProblem: there is none, or several have the title.
    """
    with store.reading() as reading:
        free = [run for run in reading.runs() if not run.scenario and run.state == RUNNING]
    found = [run for run in free if not named or named in (run.id, run.market)]
    found = found or [run for run in free if run.title == named]
    if not found:
        known = ", ".join(f"{run.market} ({run.title})" for run in free) or "none"
        raise SeatProblem(f"There is no free market {named}; there are: {known}.")
    if named and len({run.market for run in found}) > 1:
        ids = " or ".join(run.market for run in found)
        raise SeatProblem(f"Several markets are called {named}; name one by its id: {ids}.")
    return found[0]


def market_for(store: Store, named: str, created: str) -> RunHead:
    """Return the named market, or for "" the newest; make one if there is none at all.

    Raises:
        SeatProblem: there is none of that name.
    """
    with store.reading() as reading:
        is_empty = all(run.scenario or run.state != RUNNING for run in reading.runs())
    if is_empty and not named:
        return new_market(store, "", created)
    return market_named(store, named)


def new_market(store: Store, title: str, created: str, seed: int | None = None) -> RunRow:
    """Make a free market with people, shops and a catalogue, to give seats in.

    Raises:
        SeatProblem: the title is not one line of text, or too long.
    """
    if len(title) > MOST_LABEL or not title.isprintable():
        raise SeatProblem(f"A market's title is one line of at most {MOST_LABEL} characters.")
    drawn = randbelow(1 << 31) if seed is None else seed
    return open_free_play(store, drawn, created=created, title=title).record.run


# -- giving


def give(store: Store, market: RunHead, wanted: SeatRequest, created: str) -> Given:
    """Give a seat of a market; it waits for somebody to type its code.

    Raises:
        SeatProblem: the person does not exist or has a seat, or the label is too long.
    """
    if len(wanted.label) > MOST_LABEL or not wanted.label.isprintable():
        raise SeatProblem(f"A label is one line of at most {MOST_LABEL} characters.")
    code = new_code()
    with store.writing(market.market) as writing:
        person, name = person_for(writing, market, wanted)
        ids = {one.id for one in writing.seats()}
        seat = SeatRow(
            market.market,
            next(one for one in iter(new_seat, "") if one not in ids),
            wanted.role,
            person,
            wanted.label,
            hash_of(code.replace("-", "")),
            "",
            INVITED,
            created,
            "",
        )
        writing.add_seat(seat)
    return Given(seat, code, name)


# -- revoking


def seats_of(store: Store, market: str = "") -> tuple[SeatRow, ...]:
    """Return the seats of a market (by its id), or of the whole store."""
    with store.reading() as reading:
        return reading.seats(market or None)


def revoke(store: Store, seat_id: str) -> SeatRow:
    """Revoke a seat: the person there can no longer read or do anything.

    Raises:
        SeatProblem: there is no such seat, or it was revoked already.
    """
    seat = next((one for one in seats_of(store) if one.id == seat_id.lower()), None)
    if seat is None:
        raise SeatProblem(f"There is no seat {seat_id}; escrow-tui seat list shows those there.")
    with store.writing(seat.market) as writing:
        if not writing.revoke_seat(seat.market, seat.id):
            raise SeatProblem(f"The seat {seat.id} was revoked before.")
    return seat
