"""What a decision may know beside the order: who asks, when, under which policy."""

from datetime import UTC, datetime

import msgspec

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.money import plain
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor

Outcome = tuple[AnyEvent, ...] | Refused


class Context(msgspec.Struct, frozen=True):
    """`now` is Unix seconds; `account` is the seller's, in the order's currency."""

    actor: Actor
    policy: Policy
    policy_hash: str
    now: int
    account: SellerAccount


def refuse(code: str, rule: str = "", /, **facts: object) -> Refused:
    """Refuse with a code, the policy row behind it, and the facts that its sentence needs."""
    return Refused(code, rule, tuple((name, str(fact)) for name, fact in facts.items()))


def amount_fault(amount: int, least: int, most: int, currency: str) -> Refused | None:
    """Refuse an amount outside of its bounds (minor units)."""
    if least <= amount <= most:
        return None
    shown = {"amount": amount, "least": least, "most": most}
    return refuse("BAD_AMOUNT", **{k: f"{plain(v, currency)} {currency}" for k, v in shown.items()})


def days_fault(days: int, most: int) -> Refused | None:
    """Refuse a number of days that somebody grants, outside of 1 to `most`."""
    return None if 1 <= days <= most else refuse("BAD_DAYS", days=days, most=most)


MOST_TEXT = 2_000


def text_fault(text: str) -> Refused | None:
    """Refuse a text that is empty or too long."""
    if not text.strip():
        return refuse("TEXT_EMPTY")
    if len(text) > MOST_TEXT:
        return refuse("TEXT_TOO_LONG", length=len(text), most=MOST_TEXT)
    return None


def date_of(instant: int) -> str:
    """Write an instant as a UTC date and minute, such as `2026-03-14 09:00`."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%d %H:%M")
