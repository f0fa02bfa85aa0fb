"""A seat of a market as plain values: who sits there, and the key by which a terminal proves it."""

import msgspec

from escrow_tui.store.problems import StoreProblem

INVITED, JOINED, REVOKED = "invited", "joined", "revoked"
BACKSTAGE = "backstage"
REVOKED_SENTENCE = (
    "This seat was revoked by the trainer: what you did is kept. Ask for a new code, and type"
    " escrow-tui join CODE."
)


class SeatRevokedError(StoreProblem):
    """The seat may read and do nothing more; the text says so to who sits there."""

    def __init__(self) -> None:
        super().__init__(REVOKED_SENTENCE)


class SeatRow(msgspec.Struct, frozen=True):
    """A chair of a market that was given to somebody; `person` is "" backstage.

    `created` and `joined` are real-world ISO times. Neither code nor key stands here, only the
    SHA-256 of each.
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
    """What a terminal keeps of a seat that it has taken."""

    market: str
    seat: str
    key: str

    def __repr__(self) -> str:
        return f"SeatKey({self.market}, {self.seat})"
