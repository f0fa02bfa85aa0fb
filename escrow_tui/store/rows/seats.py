"""Seats of a market as plain values, and the key by which a terminal proves that it has one."""

import msgspec

from escrow_tui.store.problems import StoreProblem

INVITED, JOINED, REVOKED = "invited", "joined", "revoked"
BACKSTAGE = "backstage"
REVOKED_SENTENCE = (
    "This seat was revoked by the trainer: what you did is kept. Ask for a new code, and type"
    " escrow-tui join CODE."
)


class SeatRevokedError(StoreProblem):
    """The seat was revoked and may neither read nor write; the text tells its user so."""

    def __init__(self) -> None:
        super().__init__(REVOKED_SENTENCE)


class SeatRow(msgspec.Struct, frozen=True):
    """A seat of a market given to somebody; `person` is "" backstage.

    `created` and `joined` are real-world ISO times. Of code and key only the SHA-256 is stored.
    """

    market: str
    id: str
    role: str
    person: str
    label: str
    code_hash: str
    key_hash: str
    state: str
    created: str
    joined: str


class SeatKey(msgspec.Struct, frozen=True):
    """What a terminal keeps to prove that it has taken a seat."""

    market: str
    seat: str
    key: str

    def __repr__(self) -> str:
        return f"SeatKey({self.market}, {self.seat})"
