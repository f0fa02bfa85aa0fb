"""Rows that are right one by one and cannot hold together."""

from collections.abc import Callable, Iterator, Mapping

import msgspec


class Contradiction(msgspec.Struct, frozen=True):
    """Rows, the test that finds them at odds, and what to do about it."""

    rows: tuple[str, ...]
    at_odds: Callable[..., bool]
    message: str


CONTRADICTIONS = (
    Contradiction(
        ("negotiation_days", "escalate_from_days"),
        lambda negotiation_days, escalate_from_days: escalate_from_days > negotiation_days,
        "escalate_from_days is more than negotiation_days: the negotiation would be over before "
        "a party may call the platform in; make it at most as long",
    ),
)


def contradictions(values: Mapping[str, object]) -> Iterator[Contradiction]:
    """Each contradiction among the values; one whose rows are not all there is passed over."""
    for each in CONTRADICTIONS:
        if all(row in values for row in each.rows) and each.at_odds(
            *(values[row] for row in each.rows)
        ):
            yield each
