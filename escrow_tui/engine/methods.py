"""Payment methods as rows: when each is captured, what it costs, and where a refund goes."""

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


class Method(msgspec.Struct, frozen=True):
    """A way to pay.

    A refund goes `refund_to`, or `refund_when_expired` once the card has expired. `chargeback`
    tells whether the buyer's bank can take the money back.

    `cost_bps` and `cost_cents` are what the processor takes from the platform; `fees` what the
    buyer pays on top, as (up to, fee) in hundredths of the currency's unit.
    """

    code: str
    title: str
    captured: str  # "at_once", or "when_verified" for cash that an agent takes in
    cost_bps: int
    cost_cents: int
    decline_codes: tuple[str, ...]
    refund_to: RefundWay
    refund_when_expired: RefundWay
    chargeback: bool
    fees: tuple[tuple[int, int], ...] = ()


def _card(code: str, title: str, cost_bps: int) -> Method:
    # A refund goes to the card that paid, even an expired one (intl.alipay.com, grade O); its bank
    # passes it on to the holder's account, which takes as long as any transfer there.
    ways = RefundWay.CARD, RefundWay.BANK
    return Method(code, title, "at_once", cost_bps, 30, _CARD_DECLINES, *ways, chargeback=True)


# Western Union's fees by amount: alifaq.org, undated, grade C.
_WESTERN_UNION_FEES = (
    (5_000, 495),
    (10_000, 800),
    (25_000, 1_000),
    (50_000, 1_200),
    (75_000, 1_500),
    (100_000, 1_800),
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
            "western_union",
            "Western Union",
            "when_verified",
            0,
            0,
            ("not_paid_in", "amount_differs"),
            RefundWay.WALLET,
            RefundWay.WALLET,
            # Completed, it is a guaranteed payment: escrow.aliexpress.com, undated, grade O.
            False,
            _WESTERN_UNION_FEES,
        ),
    )
}

# The policy row that tells how long a refund takes, by the way it goes.
REFUND_DAYS_ROW: dict[RefundWay, str] = {
    RefundWay.CARD: "refund_card_business_days",
    RefundWay.BANK: "refund_bank_business_days",
    RefundWay.WALLET: "refund_wallet_business_days",
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
    """Return what the buyer pays on top of `amount`, in minor units; the last step is the most."""
    if not method.fees:
        return 0
    steps = ((_from_cents(up_to, currency), fee) for up_to, fee in method.fees)
    cents = next((fee for up_to, fee in steps if amount <= up_to), method.fees[-1][1])
    return _from_cents(cents, currency)


def _from_cents(cents: int, currency: str) -> int:
    places = decimals(currency)
    return cents if places == 2 else cents * int(10**places) // 100
