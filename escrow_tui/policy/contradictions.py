"""Rows that are valid one by one but contradict each other."""

from collections.abc import Callable, Iterator, Mapping

import msgspec


class Contradiction(msgspec.Struct, frozen=True):
    """Rows, the test that finds them at odds, and a sentence on how to resolve it."""

    rows: tuple[str, ...]
    at_odds: Callable[..., bool]
    message: str


def _no_way_to_dispute(
    most: int, before_delivery: bool, auto_confirm: int, after_confirm: int, signature: str
) -> bool:
    """Tell whether a buyer can never open a dispute, although the policy allows disputes."""
    return most > 0 and not (before_delivery or auto_confirm or after_confirm or signature)


CONTRADICTIONS = (
    Contradiction(
        ("negotiation_days", "escalate_from_days"),
        lambda negotiation_days, escalate_from_days: escalate_from_days > negotiation_days,
        "escalate_from_days is more than negotiation_days: the negotiation would be over before "
        "a party may call the platform in; make it at most as long",
    ),
    Contradiction(
        ("mediator_silence_days", "evidence_days"),
        lambda mediator_silence_days, evidence_days: evidence_days > mediator_silence_days,
        "evidence_days is more than mediator_silence_days: the case would be over before the "
        "evidence that a mediator asked for is due; make it at most as long",
    ),
    Contradiction(
        ("partial_refunds", "mediator_silence"),
        lambda partial_refunds, silence: not partial_refunds and silence == "split",
        'mediator_silence is "split" and partial_refunds is false: half of the money is a partial '
        'refund; write "refund" or "seller", or allow partial refunds',
    ),
    Contradiction(
        (
            "dispute_before_delivery",
            "protection_days",
            "protection_days_by_country",
            "dispute_earliest_days",
        ),
        lambda before_delivery, days, by_country, earliest: (
            before_delivery and earliest >= min(days, *by_country.values())
        ),
        "dispute_earliest_days is not less than the shortest protection: the seller would be paid "
        "before a parcel on its way may be disputed; make it less, or set dispute_before_delivery "
        "to false",
    ),
    Contradiction(
        (
            "max_disputes",
            "dispute_before_delivery",
            "auto_confirm_days",
            "dispute_after_confirm_days",
            "signature_from",
        ),
        _no_way_to_dispute,
        "max_disputes allows a dispute, and there is no time to open one: not before delivery, and "
        "none until or after the receipt is confirmed; give days, or set max_disputes to 0",
    ),
)


def contradictions(values: Mapping[str, object]) -> Iterator[Contradiction]:
    """Yield the contradictions among the values; those with a missing row are skipped."""
    for each in CONTRADICTIONS:
        if all(row in values for row in each.rows) and each.at_odds(
            *(values[row] for row in each.rows)
        ):
            yield each
