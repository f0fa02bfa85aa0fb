"""The ledger's worked examples, played; the balances at the end are written by hand.

Coupons (L03) and a margin on the exchange (L14) are not built.
"""

from typing import NamedTuple

import pytest

from escrow_tui.scenarios.story.story_player import play_story
from tests.given.story_files import DELIVERED, HEAD, MEDIATED, ORDER, PAID, PHOTO, listed, told

End = dict[tuple[str, str], int]

# Only L02 is about the processor's fees; the other examples leave them out, as on paper.
COST = {("platform:psp_fees", "USD"), ("ext:psp", "USD")}
BUYER, BANK, COMMISSION = ("ext:buyer", "USD"), ("ext:bank", "USD"), ("platform:commission", "USD")
PENDING, WALLET = ("seller:seller-1:pending", "USD"), ("buyer:buyer-1:wallet", "USD")

CONFIRM = '{ by = "buyer", do = "confirm_receipt" }'
COMPLETED = f"{DELIVERED}, {CONFIRM}"
REFUND_40 = '{ by = "seller", do = "refund", amount = "40.00" }'
SETTLE = '{ by = "bank", do = "settle_refund" }'
CLEAR = '{ do = "advance", days = 3 }'
HOME = '{ by = "seller", do = "withdraw_money", amount = "95.00" }'
DAYS_7 = '{ do = "advance", days = 7 }'
CHARGED_BACK = '{ by = "bank", do = "open_chargeback", amount = "100.00" }'
DAY_RATE = '{ by = "bank", do = "set_rate", currency = "EUR", rate = "0.9091" }'
CANCEL = '{ by = "seller", do = "cancel" }'
ABROAD = ORDER + 'pay_in = "EUR"\nrate = "0.92"\n'
THREE_LINES = """\
[[order]]
id = "A"
price = "300.00 USD"
shipping = "10.00 USD"
lines = [
  { id = "a", amount = "100.00" },
  { id = "b", amount = "100.00" },
  { id = "c", amount = "100.00" },
]
"""


def disputed(reason: str, asked: str) -> str:
    """The buyer disputes a parcel that was delivered."""
    return f'{{ by = "buyer", do = "open_dispute", reason = "{reason}", {asked}, {PHOTO} }}'


def ruled(more: str, by: str = "mediator", do: str = "rule") -> str:
    """A mediator decides."""
    return f'{{ by = "{by}", do = "{do}", reasons = ["x"], {more} }}'


def of_order(order: str, steps: str) -> str:
    """Return the same steps, naming the order, for stories with a second order."""
    return steps.replace(" }", f', order = "{order}" }}')


def refunded(amount: str, line: str = "", refused: str = "") -> str:
    """The seller refunds an amount, of one line or of all."""
    more = "".join(
        f', {key} = "{value}"' for key, value in (("line", line), ("refused", refused)) if value
    )
    return f'{{ by = "seller", do = "refund", amount = "{amount}"{more} }}'


def expect(**balances: int) -> str:
    """The seller's pending money and the commission at this point."""
    names = {"pending": PENDING, "commission": COMMISSION}
    held = ", ".join(f'"balances/{names[k][0]}/USD" = {v}' for k, v in balances.items())
    return f'{{ do = "expect", is = {{ {held} }} }}'


class Example(NamedTuple):
    """Steps, and every account that is not empty after them."""

    name: str
    steps: tuple[str, ...]
    end: End
    head: str = ""
    order: str = ORDER


PARTLY: End = {BUYER: -6_000, COMMISSION: 300, PENDING: 5_700}
NETWORK: End = {("ext:network", "USD"): 1_500, ("platform:dispute_fees", "USD"): -1_500}

EXAMPLES = (
    Example(
        "L01 sold, cleared, taken home less a fee",
        (COMPLETED, CLEAR, HOME),
        {
            BUYER: -10_000,
            BANK: 8_000,
            COMMISSION: 500,
            ("platform:withdrawal_fees", "USD"): 1_500,
        },
        'overrides = { withdrawal_fee = "15.00 USD" }\n',
    ),
    Example("L04 refund before the release", (DELIVERED, REFUND_40, CONFIRM, SETTLE), PARTLY),
    Example("L05 refund after the release", (COMPLETED, REFUND_40, SETTLE), PARTLY),
    # Here the deposit comes from the seller's bank; on paper it is there already.
    Example(
        "L06 clawback from deposit and debt, repaid by the next sale",
        (
            of_order("A", COMPLETED),
            CLEAR,
            HOME,
            of_order("A", REFUND_40),
            of_order("A", SETTLE),
            of_order("B", COMPLETED),
        ),
        {BUYER: -11_000, BANK: 9_500 - 1_000, COMMISSION: 550, PENDING: 1_950},
        'deposits = { seller-1 = "10.00 USD" }\n',
        ORDER + ORDER.replace('"A"', '"B"').replace("100.00", "50.00"),
    ),
    # The label is charged to the seller when it is bought, and the release repays the debt.
    Example(
        "L07 return less 10.00 for wear, the seller pays the label",
        (
            DELIVERED,
            disputed("wrong_item", 'claim = "90.00", return_goods = true'),
            '{ by = "seller", do = "accept_claim" }',
            '{ by = "buyer", do = "ship_return", tracking = "auto" }',
            '{ by = "carrier", do = "scan", of = "return", status = "delivered" }',
            '{ by = "seller", do = "confirm_return" }',
            SETTLE,
        ),
        {BUYER: -1_000, ("ext:carrier", "USD"): 600, COMMISSION: 50, PENDING: 350},
        'overrides = { return_label_cost = "6.00 USD" }\n',
    ),
    Example(
        "L08 replacement",
        (
            DELIVERED,
            disputed("damaged", 'claim = "0.00", replacement = true'),
            '{ by = "seller", do = "accept_claim" }',
            '{ by = "seller", do = "ship_replacement", tracking = "auto" }',
            '{ by = "carrier", do = "scan", status = "delivered" }',
            CONFIRM,
        ),
        {BUYER: -10_000, COMMISSION: 500, PENDING: 9_500},
    ),
    Example(
        "L09 chargeback before the release, won",
        (
            DELIVERED,
            CHARGED_BACK,
            '{ by = "bank", do = "decide_chargeback", won_by = "seller" }',
            CONFIRM,
        ),
        {BUYER: -10_000, COMMISSION: 500, PENDING: 9_500, **NETWORK},
    ),
    Example(
        "L10 chargeback before the release, lost",
        (DELIVERED, CHARGED_BACK, '{ by = "bank", do = "decide_chargeback", won_by = "buyer" }'),
        NETWORK,
    ),
    # The network's fee, which the page leaves out here, is taken at every opening.
    Example(
        "L11 chargeback after the release, lost, 40.00 refunded before",
        (
            COMPLETED,
            REFUND_40,
            SETTLE,
            CHARGED_BACK,
            '{ by = "bank", do = "decide_chargeback", won_by = "buyer" }',
        ),
        {BUYER: 4_000, ("platform:chargeback_loss", "USD"): -4_000, **NETWORK},
    ),
    # A refund at the rate that was paid asks for no rate of the day: the exchange ends at nothing.
    Example("L12 refund abroad, original", (PAID, DAY_RATE, CANCEL, SETTLE), {}, order=ABROAD),
    Example(
        "L13 refund abroad, at the current rate of 1.10",
        (PAID, DAY_RATE, CANCEL, SETTLE),
        {("ext:buyer", "EUR"): -109, ("platform:fx", "EUR"): 109},
        'overrides = { fx_refund = "current" }\n',
        ABROAD,
    ),
    # The platform keeps the fee for a withdrawal from the wallet, as for any withdrawal.
    Example(
        "L15 Western Union, cancelled, taken out of the wallet",
        (PAID, CANCEL, '{ by = "buyer", do = "withdraw_wallet", amount = "100.00" }'),
        {
            BUYER: -2_300,
            ("ext:western_union", "USD"): 800,
            ("platform:withdrawal_fees", "USD"): 1_500,
        },
        'overrides = { withdrawal_fee = "15.00 USD" }\n',
        ORDER + 'method = "western_union"\n',
    ),
    Example(
        "L16 counterfeit, paid twice out of the deposit",
        (
            MEDIATED.replace('"damaged"', '"counterfeit"'),
            ruled('refund = "100.00"'),
            DAYS_7,
            SETTLE,
        ),
        {BUYER: 10_000, BANK: -10_000},
        'overrides = { counterfeit_multiple = 2 }\ndeposits = { seller-1 = "100.00 USD" }\n',
    ),
    Example(
        "L17 goodwill",
        (MEDIATED, ruled('refund = "0.00", goodwill = "5.00"'), DAYS_7),
        {
            WALLET: 500,
            BUYER: -10_000,
            COMMISSION: 500,
            ("platform:goodwill", "USD"): -500,
            PENDING: 9_500,
        },
    ),
    Example(
        "L18 a ruling of 40.00, changed to 25.00 by the appeal",
        (
            MEDIATED,
            ruled('refund = "40.00"'),
            f'{{ by = "seller", do = "appeal", {PHOTO} }}',
            ruled('refund = "25.00"', "mediator:2", "decide_appeal"),
        ),
        {BUYER: -10_000, COMMISSION: 375, ("refunds_payable", "USD"): 2_500, PENDING: 7_125},
    ),
    Example(
        "L19 three refunds after the release",
        (
            COMPLETED,
            refunded("33.33"),
            expect(pending=9_500 - 3_166, commission=500 - 167),
            refunded("33.33"),
            expect(pending=9_500 - 2 * 3_166, commission=500 - 2 * 167),
            refunded("33.34"),
            SETTLE,
        ),
        {},
    ),
    # A discount is not built; what has to be shared out over the lines is the shipping.
    Example(
        "L20 three lines refunded one by one",
        (
            PAID,
            refunded("103.35", "a", "BAD_AMOUNT"),
            refunded("103.34", "a"),
            refunded("103.33", "b"),
            refunded("103.34", "c", "BAD_AMOUNT"),
            refunded("103.33", "c"),
            SETTLE,
        ),
        {},
        order=THREE_LINES,
    ),
)


def end_of(example: Example) -> End:
    """Return every account that is not empty after the example."""
    result = play_story(told(listed(*example.steps) + HEAD + example.head + example.order))
    assert result.failed == ""
    return {
        (account, code): minor
        for account, held in result.outcome.balances.items()
        for code, minor in held.items()
        if minor
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_an_example_ends_with_the_balances_of_the_page(example: Example) -> None:
    """Every account that the example does not name is empty."""
    end = end_of(example)
    assert {key: minor for key, minor in end.items() if key not in COST} == example.end


def test_the_processor_keeps_its_cost_when_all_is_refunded() -> None:
    """L02: 2.9 % and 0.30, borne by the platform; the buyer has everything back."""
    refunded_in_full = Example("L02", (PAID, CANCEL, SETTLE), {})
    assert end_of(refunded_in_full) == {
        ("ext:psp", "USD"): 320,
        ("platform:psp_fees", "USD"): -320,
    }
