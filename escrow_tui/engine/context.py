"""What a decision knows besides the order: who asks, when, and under which policy."""

import msgspec

from escrow_tui.engine.account import AskAccount
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.events import AnyEvent
from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Order, Resolution
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import Party

# The party that each role speaks for in a case.
PARTY: dict[Role, Party] = {
    Role.BUYER: Party.BUYER,
    Role.SELLER: Party.SELLER,
    Role.MEDIATOR: Party.PLATFORM,
}

Outcome = tuple[AnyEvent, ...] | Refused


class Context(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Who asks, when (`now` in Unix seconds), and under which policy.

    `account` returns the seller's account in the order's currency. `rate` is the bank's rate of the
    day for the currency that the order is paid in, "" for none.
    """

    actor: Actor
    policy: Policy
    policy_hash: str
    now: int
    account: AskAccount
    rate: str = ""


def refuse(code: str, rule: str = "", /, **facts: object) -> Refused:
    """Refuse with a code, the policy row behind it, and the facts that its sentence needs."""
    return Refused(code, rule, tuple([(name, str(fact)) for name, fact in facts.items()]))


def amount_fault(amount: int, least: int, most: int, currency: str) -> Refused | None:
    """Refuse an amount (minor units) that is outside its bounds."""
    if least <= amount <= most:
        return None
    shown = {"amount": amount, "least": least, "most": most}
    return refuse("BAD_AMOUNT", **{k: f"{plain(v, currency)} {currency}" for k, v in shown.items()})


def resolution_fault(
    order: Order, wanted: Resolution, least: int, policy: Policy
) -> Refused | None:
    """Refuse a claim, a proposal or a ruling that the policy or the order does not allow.

    `least` is the smallest amount (minor units) if only money is asked for.
    """
    if wanted.replacement:
        if not policy.replacement_allowed:
            return refuse("REPLACEMENT_NOT_ALLOWED", "replacement_allowed")
        if order.replacements:
            return refuse("REPLACEMENT_USED_UP")
        if wanted.amount:
            amount = f"{plain(wanted.amount, order.currency)} {order.currency}"
            return refuse("REPLACEMENT_AMOUNT", amount=amount)
    if wanted.return_goods and order.returned_goods:
        return refuse("RETURN_USED_UP")
    if wanted.replacement:
        return None
    # Goods are never sent back for nothing.
    least = max(least, 1) if wanted.return_goods else least
    if fault := amount_fault(wanted.amount, least, order.outstanding, order.currency):
        return fault
    return partial_fault(order, wanted.amount, policy)


def partial_fault(order: Order, amount: int, policy: Policy) -> Refused | None:
    """Refuse a partial refund where the policy allows full refunds only."""
    if policy.partial_refunds or amount in (0, order.outstanding):
        return None
    whole = f"{plain(order.outstanding, order.currency)} {order.currency}"
    return refuse("PARTIAL_REFUND", "partial_refunds", whole=whole)


def days_fault(days: int, most: int) -> Refused | None:
    """Refuse to grant fewer days than 1 or more than `most`."""
    return None if 1 <= days <= most else refuse("BAD_DAYS", days=days, most=most)


MOST_TEXT = 2_000


def text_fault(text: str) -> Refused | None:
    """Refuse a text that is empty or too long."""
    if not text.strip():
        return refuse("TEXT_EMPTY")
    if len(text) > MOST_TEXT:
        return refuse("TEXT_TOO_LONG", length=len(text), most=MOST_TEXT)
    return None
