"""Takes a seat with its code, which works once; the terminal then keeps a key to the seat."""

from escrow_tui.scenarios.seats.grants import seats_of
from escrow_tui.scenarios.seats.keys import SeatKeys
from escrow_tui.scenarios.seats.people import SeatProblem
from escrow_tui.store import Store
from escrow_tui.store.rows.seat_codes import code_of, hash_of, is_same, new_key
from escrow_tui.store.rows.seats import INVITED, JOINED, REVOKED, REVOKED_SENTENCE, SeatKey, SeatRow

# A used or revoked code gets another sentence than one that never existed. Its owner learns what to
# do, and somebody who guesses learns nothing: a guess hits a code once in 2 to the 76.
MISTYPED = "A join code is four groups of four letters and digits, such as H7KP-3WQA-9DNM-X4TE."
UNKNOWN = (
    "No seat of this store waits for this code; see that it is typed as it was given, and that"
    " --store names the store that it is for."
)
USED = (
    "This code has been used; on the terminal where it was, type escrow-tui join; anywhere else"
    " ask the trainer for another seat."
)
GONE = "This seat was revoked; ask the trainer for a new code."
NO_SEAT = "This terminal has no seat in this store yet; type the code: escrow-tui join CODE."
_WHY_NOT = {JOINED: USED, REVOKED: GONE}


def join(store: Store, typed: str, keys: SeatKeys, now: str) -> SeatKey:
    """Take the seat that waits for a code; of two people at once exactly one gets it.

    Raises:
        SeatProblem: it is not a code, or no seat waits for it.
        StoreProblem: the store failed, or the key cannot be kept; the code still works.
    """
    code = code_of(typed)
    if not code:
        raise SeatProblem(MISTYPED)
    seat = _of_code(seats_of(store), code)
    key = SeatKey(seat.market, seat.id, new_key())
    # Kept before it is valid: after an interruption either the key or still the code works.
    kept = keys.keep(key)
    with store.writing(seat.market) as writing:
        if writing.join_seat(seat.market, seat.id, hash_of(key.key), now):
            return key
        state = writing.seat_state(seat.market, seat.id)
    keys.drop(kept)
    raise SeatProblem(_WHY_NOT[state])


def last_seat(store: Store, keys: SeatKeys, seat: str = "") -> SeatKey:
    """Return the key of the seat that this terminal used last, or of the one named.

    Raises:
        SeatProblem: there is none, or all were revoked.
    """
    kept = keys.newest(seat)
    with store.reading() as reading:
        rows = {one.key.seat: reading.seat(one.key.market, one.key.seat) for one in kept}
    opened = [one for one in kept if _opens(rows[one.key.seat], one.key)]
    for one in opened:
        row = rows[one.key.seat]
        if row is not None and row.state == JOINED:
            one.path.touch()
            return one.key
    raise SeatProblem(REVOKED_SENTENCE if opened else NO_SEAT)


def _opens(row: SeatRow | None, key: SeatKey) -> bool:
    return row is not None and is_same(row.key_hash, key.key)


def _of_code(seats: tuple[SeatRow, ...], code: str) -> SeatRow:
    """Return the seat that waits for a code; all seats are compared, to take the same time."""
    found = [seat for seat in seats if is_same(seat.code_hash, code)]
    if not found:
        raise SeatProblem(UNKNOWN)
    (seat,) = found
    if seat.state != INVITED:
        raise SeatProblem(_WHY_NOT[seat.state])
    return seat
