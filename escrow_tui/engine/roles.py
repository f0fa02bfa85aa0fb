"""Who acts: the roles of a marketplace with escrow, and one person in a role."""

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """The part that somebody plays in a market."""

    BUYER = "buyer"
    SELLER = "seller"
    MEDIATOR = "mediator"
    CARRIER = "carrier"
    BANK = "bank"
    CLOCK = "clock"


class Actor(msgspec.Struct, frozen=True, gc=False):
    """A person in a role, such as `mediator:2`; it comes from the seat, never from a command."""

    role: Role
    person: str

    def __str__(self) -> str:
        return f"{self.role}:{self.person}"


CLOCK = Actor(Role.CLOCK, "clock")
CARRIER = Actor(Role.CARRIER, "carrier")
BANK = Actor(Role.BANK, "bank")
FIRST_MEDIATOR = Actor(Role.MEDIATOR, "1")
