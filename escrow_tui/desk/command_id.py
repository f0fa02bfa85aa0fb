"""The id of a command, made when its form opens, so that sending it twice acts once."""

from secrets import token_urlsafe

# Enough that two ids are never equal, and no more: the journal keeps each of them twice.
_BYTES = 12


def new_command_id() -> str:
    """Return a random id."""
    return token_urlsafe(_BYTES)
