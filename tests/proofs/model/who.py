"""Who may ask what where, from the rules told by hand in `tests.engine.rules`."""

from tests.engine.rules import MARKET, OPEN, UNDER_A_CHARGEBACK

# The roles that may ever give a verb.
ROLES: dict[str, tuple[str, ...]] = {
    **{
        verb: tuple(
            sorted({str(role) for cell in OPEN.values() for role in cell if verb in cell[role]})
        )
        for cell in OPEN.values()
        for verbs in cell.values()
        for verb in verbs
    },
    **{verb: (role,) for verb, role in MARKET.items()},
}


def may(cell: str, beneath: str, role: str, verb: str) -> bool:
    """Tell whether a verb is open to a role in a place, or in what a chargeback holds beneath."""
    return verb in open_to(cell, beneath, role)


def open_to(cell: str, beneath: str, role: str) -> tuple[str, ...]:
    """Return the verbs that are open to a role in a place, or beneath a chargeback."""
    here = OPEN[cell].get(role, ())
    if not beneath:
        return here
    held = OPEN[beneath].get(role, ())
    return (*here, *(verb for verb in held if verb in UNDER_A_CHARGEBACK))
