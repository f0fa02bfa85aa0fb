"""Payment methods as rows: words, capture, cost, the agent and its fee, and the way back."""

from enum import StrEnum

import msgspec

from escrow_tui.engine.money import decimals
from escrow_tui.engine.terms import RefundWay

_CARD_DECLINES = (
    "verification_failed",
    "three_d_secure_failed",
    "wrong_security_code",
    "insufficient_funds",
    "limit_exceeded",
    "card_expired",
    "suspected_fraud",
)


class Capture(StrEnum):
    """When the buyer's money comes into escrow."""

    AT_ONCE = "at_once"
    WHEN_VERIFIED = "when_verified"


class Agent(msgspec.Struct, frozen=True):
    """Who takes in a buyer's money outside of the platform, and charges the buyer a fee for it.

    The ledger posts the fee to `account`, which stands in stores for ever. `fees` are steps of
    (amount up to, fee), both in hundredths of the currency's unit.
    """

    account: str
    title: str
    fees: tuple[tuple[int, int], ...]


class Method(msgspec.Struct, frozen=True, kw_only=True):
    """A way to pay, one row with all that is known of it.

    Its words: `charged` how the buyer pays, at the checkout; `paid_by` how it was paid, in a
    sentence; `held` when escrow has the money; `promised` what is told of a payment that is
    captured only when it is verified.

    `cost_bps` and `cost_cents` are what the processor takes from the platform. A refund goes
    `refund_to`, or `refund_when_expired` once the card has expired. `chargeback` tells whether the
    buyer's bank can take the money back.
    """

    code: str
    title: str
    charged: str
    paid_by: str
    held: str = "held until the order is decided"
    promised: str = ""
    capture: Capture
    cost_bps: int = 0
    cost_cents: int = 0
    decline_codes: tuple[str, ...]
    refund_to: RefundWay
    refund_when_expired: RefundWay
    chargeback: bool
    agent: Agent | None = None


def _card(code: str, title: str, cost_bps: int) -> Method:
    return Method(
        code=code,
        title=title,
        charged="at once",
        paid_by=f"by {title.lower()}",
        capture=Capture.AT_ONCE,
        cost_bps=cost_bps,
        cost_cents=30,
        decline_codes=_CARD_DECLINES,
        # A refund goes to the card that paid, even an expired one (intl.alipay.com, grade O); its
        # bank passes it on to the holder's account, which takes as long as any transfer there.
        refund_to=RefundWay.CARD,
        refund_when_expired=RefundWay.BANK,
        chargeback=True,
    )


# Fees by amount: alifaq.org, undated, grade C.
_WESTERN_UNION = Agent(
    "ext:western_union",
    "Western Union",
    (
        (5_000, 495),
        (10_000, 800),
        (25_000, 1_000),
        (50_000, 1_200),
        (75_000, 1_500),
        (100_000, 1_800),
    ),
)

# Orders keep the code of their method for ever: none is renamed or taken away. One that is added
# changes nothing for orders that were placed before.
METHODS: dict[str, Method] = {
    method.code: method
    for method in (
        _card("credit_card", "Credit card", 290),
        _card("debit_card", "Debit card", 190),
        _card("virtual_card", "Virtual card", 290),
        Method(
            code="western_union",
            title="Western Union",
            charged="in cash, with a fee",
            paid_by="by Western Union",
            held="held once the cash is verified",
            promised="Cash was paid in at an agent.",
            capture=Capture.WHEN_VERIFIED,
            decline_codes=("not_paid_in", "amount_differs"),
            refund_to=RefundWay.WALLET,
            refund_when_expired=RefundWay.WALLET,
            # Completed, it is a guaranteed payment: escrow.aliexpress.com, undated, grade O.
            chargeback=False,
            agent=_WESTERN_UNION,
        ),
    )
}
# The account of each agent, and what a screen calls it.
AGENTS: dict[str, str] = {
    method.agent.account: method.agent.title for method in METHODS.values() if method.agent
}


def way_back(method: Method, card_expires: int, now: int) -> RefundWay:
    """Return how a refund that is booked now goes back; the instants are Unix seconds."""
    expired = card_expires and now >= card_expires
    return method.refund_when_expired if expired else method.refund_to


def cost_of(method: Method, amount: int, currency: str) -> int:
    """Return what the processor takes for `amount`, in minor units, half a unit up."""
    if not method.cost_bps:
        return 0
    return (amount * method.cost_bps + 5_000) // 10_000 + _from_cents(method.cost_cents, currency)


def fee_of(method: Method, amount: int, currency: str) -> int:
    """Return what the agent charges for `amount`, in minor units; the last step is the most."""
    if method.agent is None:
        return 0
    fees = method.agent.fees
    steps = ((_from_cents(up_to, currency), fee) for up_to, fee in fees)
    cents = next((fee for up_to, fee in steps if amount <= up_to), fees[-1][1])
    return _from_cents(cents, currency)


def _from_cents(cents: int, currency: str) -> int:
    places = decimals(currency)
    return cents if places == 2 else cents * int(10**places) // 100
