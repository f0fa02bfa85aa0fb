"""How far each row of a policy may go: ranges of numbers, amounts, and the words that it knows."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from escrow_tui.engine.calendar import WEEKDAYS
from escrow_tui.engine.money import parse_money
from escrow_tui.engine.terms import Reason
from escrow_tui.files import At, Place, did_you_mean

MOST_DAYS = 3_650
MOST_HOURS = MOST_DAYS * 24

_FROM_0 = (0, MOST_DAYS)
# With no time at all nobody could do what the row gives time for.
_FROM_1 = (1, MOST_DAYS)

RANGES: dict[str, tuple[int, int]] = {
    "payment_due_days": _FROM_1,
    "verification_hours": (1, MOST_HOURS),
    "processing_days": _FROM_1,
    "cancel_answer_hours": (0, MOST_HOURS),
    "false_shipment_days": _FROM_1,
    "protection_days": _FROM_1,
    "protection_days_by_country": _FROM_1,
    "auto_confirm_days": _FROM_0,
    "reship_days": _FROM_0,
    "dispute_earliest_days": _FROM_0,
    "dispute_at_once_promised_below_days": _FROM_0,
    "dispute_after_confirm_days": _FROM_0,
    "max_disputes": (0, 100),
    "return_days": _FROM_0,
    "seller_answer_days": _FROM_1,
    "seller_answer_after_sales_days": _FROM_1,
    "negotiation_days": _FROM_0,
    "escalate_from_days": _FROM_0,
    "evidence_days": _FROM_1,
    "mediator_silence_days": _FROM_1,
    "appeal_window_days": _FROM_0,
    "appeal_review_days": _FROM_1,
    "return_ship_days": _FROM_1,
    "return_transit_days": _FROM_1,
    "return_confirm_days": _FROM_0,
    "replacement_ship_days": _FROM_1,
    # The price, or the price and as much again.
    "counterfeit_multiple": (1, 2),
    "chargeback_possible_days": _FROM_0,
    "chargeback_answer_days": _FROM_1,
    "chargeback_bank_days": _FROM_1,
    "refund_card_business_days": _FROM_0,
    "refund_wallet_business_days": _FROM_0,
    "refund_bank_business_days": _FROM_0,
    "commission_bps": (0, 10_000),
    "clearance_business_days": _FROM_0,
    "review_days": _FROM_0,
    "warn_days": _FROM_1,
}

# The rows that hold an amount of money; an empty text in one of NEVER switches the row off.
AMOUNTS = frozenset({"signature_from", "return_label_cost", "chargeback_fee", "withdrawal_fee"})
NEVER = frozenset({"signature_from"})

Refusal = tuple[Place, str, At]


def refusals(row: str, value: object) -> Iterator[Refusal]:
    """Each place inside a value of the right kind that the row has no room for, with a sentence."""
    for place, number in _numbers(value):
        low, high = RANGES[row]
        if not low <= number <= high:
            yield place, f"{row} must be from {low:,} to {high:,}, not {number:,}", "value"
    if isinstance(value, tuple):
        yield from _twice(row, value)
    if row in AMOUNTS:
        yield from _wrong_amount(row, str(value))
    if check := WORDS.get(row):
        yield from check(value)


def _numbers(value: object) -> Iterator[tuple[Place, int]]:
    if isinstance(value, Mapping):
        pairs = tuple(value.items())
    elif isinstance(value, tuple):
        pairs = tuple(enumerate(value))
    else:
        pairs = ((None, value),)
    for step, number in pairs:
        if isinstance(number, int) and not isinstance(number, bool):
            yield () if step is None else (step,), number


def _twice(row: str, value: tuple[object, ...]) -> Iterator[Refusal]:
    seen: Counter[object] = Counter()
    for index, item in enumerate(value):
        seen[item] += 1
        if seen[item] == 2:
            yield (index,), f"{row} names {item} twice; once is enough", "value"


def _wrong_amount(row: str, text: str) -> Iterator[Refusal]:
    if row in NEVER and not text:
        return
    try:
        amount = parse_money(text)
    except ValueError as error:
        yield (), f"{row}: {error}", "value"
        return
    if row in NEVER and not amount.minor:
        yield (), f'{row} must be more than {amount}; write "" for never', "value"


def _wrong_countries(value: object) -> Iterator[Refusal]:
    for country in value if isinstance(value, Mapping) else ():
        if not (
            len(country) == 2 and country.isascii() and country.isalpha() and country.isupper()
        ):
            yield (
                (country,),
                f'a country is two capital letters such as "DE", not "{country}"',
                "key",
            )


def _wrong_reasons(value: object) -> Iterator[Refusal]:
    for reason in value if isinstance(value, Mapping) else ():
        if reason not in tuple(Reason):
            near = did_you_mean(reason, Reason) or f"; reasons are {', '.join(Reason)}"
            yield (reason,), f'"{reason[:64]}" is no reason to dispute{near}', "key"


def _wrong_weekdays(value: object) -> Iterator[Refusal]:
    days = value if isinstance(value, tuple) else ()
    for index, day in enumerate(days):
        if day not in WEEKDAYS:
            near = did_you_mean(str(day), WEEKDAYS)
            message = f'"{day}" is no day of the week; write one such as "sunday"{near}'
            yield (index,), message, "value"
    if set(WEEKDAYS) <= set(days):
        yield (), "a week needs a business day; take one day out of weekend", "value"


def _wrong_dates(value: object) -> Iterator[Refusal]:
    for index, text in enumerate(value if isinstance(value, tuple) else ()):
        if not _is_date(str(text)):
            message = f'"{text}" is no date; write one that exists such as "2026-12-25"'
            yield (index,), message, "value"


def _is_date(text: str) -> bool:
    try:
        # Only the form YYYY-MM-DD: the other ISO forms read back as this one.
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


WORDS: dict[str, Callable[[object], Iterator[Refusal]]] = {
    "protection_days_by_country": _wrong_countries,
    "label_payer": _wrong_reasons,
    "weekend": _wrong_weekdays,
    "holidays": _wrong_dates,
}
