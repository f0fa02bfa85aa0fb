"""The id of a command, made when its form opens: given again, it is the same command."""

from secrets import token_urlsafe

# So many that two are never the same; the journal keeps each twice, so no letter is idle.
_BYTES = 12


def new_command_id() -> str:
    """Return an id that no other command has."""
    return token_urlsafe(_BYTES)
