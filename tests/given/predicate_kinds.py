"""Every predicate that the coach knows."""

import msgspec

from escrow_tui.coach import predicates


def predicate_kinds() -> set[type]:
    """Return the classes of coach/predicates.py that can tell whether they hold."""
    found = {one for one in vars(predicates).values() if isinstance(one, type)}
    return {one for one in found if issubclass(one, msgspec.Struct) and hasattr(one, "holds_in")}
