"""The worked examples of the ledger, posting by posting."""

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.ledger import TransferLine, escrow_account, transfer
from escrow_tui.engine.money import Money
from escrow_tui.engine.policy_switches import FxRefund
from escrow_tui.engine.terms import EvidenceKind, Reason, RefundWay, ShipmentState, Side
from tests.each import for_each
from tests.engine.books import (
    CAPTURE,
    COMMISSION,
    COST,
    DEPOSIT,
    FEE,
    LOSS,
    PAYABLE,
    RECEIVABLE,
    WALLET,
    end,
    postings,
    usd,
    written,
)
from tests.engine.reached import REACHED
from tests.given.orders import (
    BACK,
    BUYER,
    CHARGE_BACK,
    COMPLETED,
    DELIVER,
    DELIVERED,
    DISPUTE,
    FROZEN,
    MEDIATED,
    OTHER_MEDIATOR,
    PAID,
    PHOTO,
    POLICY,
    RULE,
    SELLER,
    SHIPPED,
    TO_BE_REPLACED,
    TRACKING,
    World,
    days,
    given,
    place_order,
)

ACCEPTED = (DISPUTE, c.AcceptClaim(), c.SettleRefund())


def test_l01_happy_path() -> None:
    """Captured, released at 5 % commission, cleared after three days, withdrawn for 15.00."""
    policy = replace(POLICY, withdrawal_fee=Money(1_500, "USD"))
    world = given(*COMPLETED, days(3), c.WithdrawMoney(9_500), policy=policy)
    home = {"ext:bank USD": 8_000, "platform:withdrawal_fees USD": 1_500}
    assert postings(world) == [
        ("payment_captured", CAPTURE | COST),
        ("funds_released", {"escrow:A USD": -10_000, COMMISSION: 500} | usd(pending=9_500)),
        ("funds_cleared", usd(pending=-9_500, available=9_500)),
        ("money_withdrawn", usd(available=-9_500) | home),
    ]
    assert end(world) == {"ext:buyer USD": -10_000, COMMISSION: 500} | home | COST


def test_l02_the_processor_keeps_its_cost_of_a_refunded_order() -> None:
    """2.9 % and 0.30; escrow still holds 100.00, because the platform bears the cost."""
    world = given(*PAID)
    assert end(world) == CAPTURE | COST
    world.after((SELLER, c.Cancel()))
    assert postings(world)[1:] == [("refund_booked", {"escrow:A USD": -10_000, PAYABLE: 10_000})]
    world.after(days(14))
    assert postings(world)[2:] == [("refund_settled", {PAYABLE: -10_000, "ext:buyer USD": 10_000})]
    assert end(world) == COST


def test_l04_partial_refund_before_the_release() -> None:
    """Commission is taken only on what the seller keeps."""
    world = given(*DELIVERED, *ACCEPTED)
    assert postings(world)[1:] == [
        ("refund_booked", {"escrow:A USD": -4_000, PAYABLE: 4_000}),
        ("funds_released", {"escrow:A USD": -6_000, COMMISSION: 300} | usd(pending=5_700)),
        ("refund_settled", {PAYABLE: -4_000, "ext:buyer USD": 4_000}),
    ]
    assert end(world) == {"ext:buyer USD": -6_000, COMMISSION: 300} | usd(pending=5_700) | COST


def test_l05_the_same_after_the_release_ends_in_the_same_balances() -> None:
    """2.00 of commission and 38.00 of the seller's money are clawed back."""
    world = given(*COMPLETED, *ACCEPTED)
    assert postings(world)[2:] == [
        ("refund_booked", usd(pending=-3_800) | {COMMISSION: -200, PAYABLE: 4_000}),
        ("refund_settled", {PAYABLE: -4_000, "ext:buyer USD": 4_000}),
    ]
    assert end(world) == end(given(*DELIVERED, *ACCEPTED))


def test_l06_clawback_when_the_seller_has_taken_everything_home() -> None:
    """The deposit is taken, then debt is booked, which the next sale repays first."""
    world = World().move("ext:bank", DEPOSIT, 1_000)
    world.submit("A", place_order(), BUYER)
    world.after(*COMPLETED, days(3), c.WithdrawMoney(9_500), *ACCEPTED)
    booked = dict(postings(world))["refund_booked"]
    assert booked == usd(deposit=-1_000, debt=-2_800) | {COMMISSION: -200, PAYABLE: 4_000}
    world.submit("B", place_order(price=5_000), BUYER)
    world.after(*COMPLETED, order="B")
    assert postings(world)[-1] == (
        "funds_released",
        {"escrow:B USD": -5_000, COMMISSION: 250} | usd(debt=2_800, pending=1_950),
    )
    costs = {"platform:psp_fees USD": -320 - 175, "ext:psp USD": 320 + 175}
    # Here the deposit came from the bank, so only 85.00 net was paid out to it.
    assert end(world) == costs | usd(pending=1_950) | {
        "ext:buyer USD": -11_000,
        "ext:bank USD": 8_500,
        COMMISSION: 550,
    }
    assert world.violations == []


def test_l07_a_return_with_a_deduction_and_a_label_that_the_seller_pays() -> None:
    """The label costs 6.00; the seller owes it until the rest is released."""
    policy = replace(POLICY, return_label_cost=Money(600, "USD"))
    back = c.OpenDispute(reason=Reason.DAMAGED, claim=9_000, evidence=(PHOTO,), return_goods=True)
    world = given(*DELIVERED, back, *BACK[len(DELIVERED) + 1 :], policy=policy)
    world.after(c.ConfirmReturn(), c.SettleRefund())
    # The label's cost goes out and comes back in one transfer: the platform only advances it.
    assert postings(world)[1:] == [
        (
            "label_bought",
            {"platform:carrier_cost USD": 0, "ext:carrier USD": 600} | usd(debt=-600),
        ),
        ("refund_booked", {"escrow:A USD": -9_000, PAYABLE: 9_000}),
        (
            "funds_released",
            {"escrow:A USD": -1_000, COMMISSION: 50} | usd(debt=600, pending=350),
        ),
        ("refund_settled", {PAYABLE: -9_000, "ext:buyer USD": 9_000}),
    ]
    assert end(world) == COST | usd(pending=350) | {
        "ext:buyer USD": -1_000,
        "ext:carrier USD": 600,
        COMMISSION: 50,
    }


def test_l07_a_label_that_the_buyer_pays_is_none_of_the_seller() -> None:
    """After a change of mind the buyer pays the carrier, through the platform."""
    policy = replace(POLICY, return_label_cost=Money(600, "USD"))
    mind = c.OpenDispute(reason=Reason.CHANGE_OF_MIND, claim=10_000, return_goods=True)
    world = given(*DELIVERED, mind, c.AcceptClaim(), c.ShipReturn(TRACKING), policy=policy)
    assert postings(world)[1:] == [
        (
            "label_bought",
            {"platform:carrier_cost USD": 0, "ext:carrier USD": 600, "ext:buyer USD": -600},
        )
    ]


def test_l08_no_money_moves_when_goods_are_replaced() -> None:
    """After agreement, shipping and delivery there is one release."""
    world = given(*TO_BE_REPLACED, c.ShipReplacement(TRACKING), DELIVER, c.ConfirmReceipt())
    assert postings(world) == [
        ("payment_captured", CAPTURE | COST),
        ("funds_released", {"escrow:A USD": -10_000, COMMISSION: 500} | usd(pending=9_500)),
    ]


def test_l09_a_chargeback_before_the_release_won() -> None:
    """The bank returns the money, and the network keeps its fee."""
    world = given(*FROZEN, c.DecideChargeback(Side.SELLER), c.ConfirmReceipt())
    assert postings(world)[1:] == [
        ("chargeback_opened", {RECEIVABLE: -10_000, "ext:buyer USD": 10_000} | FEE),
        ("chargeback_won", {RECEIVABLE: 10_000, "ext:buyer USD": -10_000}),
        ("funds_released", {"escrow:A USD": -10_000, COMMISSION: 500} | usd(pending=9_500)),
    ]
    expected = {"ext:buyer USD": -10_000, COMMISSION: 500} | usd(pending=9_500)
    assert end(world) == expected | COST | FEE


def test_l10_a_chargeback_before_the_release_lost() -> None:
    """Escrow covers the receivable, and nothing is left to refund."""
    world = given(*FROZEN, c.DecideChargeback(Side.BUYER))
    assert postings(world)[2:] == [
        ("chargeback_lost", {"escrow:A USD": -10_000, RECEIVABLE: 10_000})
    ]
    assert end(world) == COST | FEE


def test_l11_a_chargeback_of_everything_after_a_part_was_refunded() -> None:
    """60.00 is recovered from seller and commission; the double refund is a loss."""
    world = given(*COMPLETED, c.Refund(4_000), c.SettleRefund(), CHARGE_BACK, c.AcceptChargeback())
    assert postings(world)[2:] == [
        ("refund_booked", usd(pending=-3_800) | {COMMISSION: -200, PAYABLE: 4_000}),
        ("refund_settled", {PAYABLE: -4_000, "ext:buyer USD": 4_000}),
        ("chargeback_opened", {RECEIVABLE: -10_000, "ext:buyer USD": 10_000} | FEE),
        (
            "chargeback_lost",
            usd(pending=-5_700) | {COMMISSION: -300, LOSS: -4_000, RECEIVABLE: 10_000},
        ),
    ]
    assert end(world) == {"ext:buyer USD": 4_000, LOSS: -4_000} | COST | FEE


def test_l12_a_foreign_refund_at_the_rate_paid() -> None:
    """92.00 EUR for 100.00 USD: the buyer gets all euros back, whatever today's rate is."""
    abroad = {"ext:buyer EUR": -9_200, "platform:fx EUR": 9_200}
    world = given(*PAID, c.SetRate("EUR", "0.80"), pay_in="EUR", rate="0.92")
    world.after((SELLER, c.Cancel()), days(14))
    assert postings(world) == [
        ("payment_captured", abroad | {"platform:fx USD": -10_000, "escrow:A USD": 10_000} | COST),
        ("refund_booked", {"escrow:A USD": -10_000, PAYABLE: 10_000}),
        (
            "refund_settled",
            {PAYABLE: -10_000, "platform:fx USD": 10_000}
            | {account: -minor for account, minor in abroad.items()},
        ),
    ]
    assert end(world) == COST


def test_l13_a_foreign_refund_at_the_rate_of_the_day() -> None:
    """The euro rose to 1.10: the buyer gets 90.91 EUR, and the platform loses nothing."""
    policy = replace(POLICY, fx_refund=FxRefund.CURRENT)
    steps = (*PAID, (SELLER, c.Cancel()), c.SetRate("EUR", "0.9091"), c.SettleRefund())
    world = given(*steps, policy=policy, pay_in="EUR", rate="0.92")
    assert postings(world)[-1] == (
        "refund_settled",
        {"ext:buyer EUR": 9_091, "platform:fx EUR": -9_091}
        | {PAYABLE: -10_000, "platform:fx USD": 10_000},
    )
    assert end(world) == COST | {"ext:buyer EUR": -109, "platform:fx EUR": 109}


def test_l15_western_union_refunds_to_the_wallet() -> None:
    """The agent keeps its fee of 8.00; moving the money from wallet to bank costs 15.00."""
    policy = replace(POLICY, withdrawal_fee=Money(1_500, "USD"))
    steps = (*PAID, (SELLER, c.Cancel()), days(0), c.WithdrawWallet(10_000))
    world = given(*steps, method="western_union", policy=policy)
    fee = {"platform:withdrawal_fees USD": 1_500}
    assert postings(world) == [
        (
            "payment_captured",
            {"ext:buyer USD": -10_800, "ext:western_union USD": 800, "escrow:A USD": 10_000},
        ),
        ("refund_booked", {"escrow:A USD": -10_000, PAYABLE: 10_000}),
        ("refund_settled", {PAYABLE: -10_000, WALLET: 10_000}),
        ("wallet_withdrawn", {WALLET: -10_000, "ext:buyer USD": 8_500} | fee),
    ]
    assert end(world) == {"ext:buyer USD": -2_300, "ext:western_union USD": 800} | fee


def test_l16_a_proven_counterfeit_costs_the_price_twice() -> None:
    """Escrow is refunded in full, and the penalty comes from the deposit."""
    false = c.OpenDispute(reason=Reason.COUNTERFEIT, claim=10_000, evidence=(PHOTO,))
    world = World(replace(POLICY, counterfeit_multiple=2)).move("ext:bank", DEPOSIT, 10_000)
    world.submit("A", place_order(), BUYER)
    world.after(
        *DELIVERED, false, c.RejectClaim(), c.Escalate(), c.Rule(refund=10_000, reasons=("fake",))
    )
    world.after(days(7), c.SettleRefund())
    assert postings(world)[1:] == [
        ("refund_booked", {"escrow:A USD": -10_000, PAYABLE: 10_000}),
        ("penalty_booked", usd(deposit=-10_000) | {PAYABLE: 10_000}),
        ("refund_settled", {PAYABLE: -10_000, "ext:buyer USD": 10_000}),
        ("refund_settled", {PAYABLE: -10_000, "ext:buyer USD": 10_000}),
    ]
    assert end(world) == {"ext:buyer USD": 10_000, "ext:bank USD": -10_000} | COST


def test_l17_goodwill_is_the_platforms_own() -> None:
    """It does not reduce what can be refunded, nor is it charged to the seller."""
    world = given(*MEDIATED, c.Rule(refund=0, reasons=("a kind word",), goodwill=500), days(7))
    assert postings(world)[1:] == [
        ("goodwill_paid", {"platform:goodwill USD": -500, WALLET: 500}),
        ("funds_released", {"escrow:A USD": -10_000, COMMISSION: 500} | usd(pending=9_500)),
    ]


def test_l18_a_ruling_moves_nothing_until_it_is_executed() -> None:
    """A ruling of 40.00 is appealed, and another mediator changes it to 25.00."""
    photo = c.Exhibit(EvidenceKind.PHOTO, "the other side of it")
    world = given(*MEDIATED, RULE, (SELLER, c.Appeal((photo,))))
    assert [name for name, _ in postings(world)] == ["payment_captured"]
    world.after((OTHER_MEDIATOR, c.DecideAppeal(refund=2_500, reasons=("worn",))))
    assert postings(world)[1:] == [
        ("refund_booked", {"escrow:A USD": -2_500, PAYABLE: 2_500}),
        ("funds_released", {"escrow:A USD": -7_500, COMMISSION: 375} | usd(pending=7_125)),
    ]


def test_l19_three_refunds_after_the_release_leave_no_rounding_behind() -> None:
    """33.33, 33.33 and 33.34: the commission is reversed cumulatively."""
    world = given(*COMPLETED, c.Refund(3_333), c.Refund(3_333), c.Refund(3_334))
    assert postings(world)[2:] == [
        ("refund_booked", usd(pending=-3_166) | {COMMISSION: -167, PAYABLE: 3_333}),
        ("refund_booked", usd(pending=-3_166) | {COMMISSION: -167, PAYABLE: 3_333}),
        ("refund_booked", usd(pending=-3_168) | {COMMISSION: -166, PAYABLE: 3_334}),
    ]
    assert end(world) == COST | {"ext:buyer USD": -10_000, PAYABLE: 10_000}


def test_l20_three_lines_are_given_back_one_by_one() -> None:
    """290.00 for three equal lines: 96.67, 96.67 and 96.66 by the largest remainder."""
    lines = tuple(c.Line(name, 9_666) for name in "abc")
    given_back = (c.Refund(9_667, "a"), c.Refund(9_667, "b"), c.Refund(9_666, "c"))
    world = given(*PAID, *given_back, lines=lines, shipping=2)
    assert [lines[PAYABLE] for _, lines in postings(world)[1:]] == [9_667, 9_667, 9_666]
    assert world.order.line_refunds == world.order.line_shares == (9_667, 9_667, 9_666)
    assert world.names()[-1] == "order_refunded"
    assert world.balance(escrow_account(world.order)) == 0


def test_a_deposit_comes_from_the_sellers_bank() -> None:
    """An account's event needs no order."""
    lines = transfer(e.DepositMade("seller-1", 10_000, "USD"), None)
    assert written(lines) == {"ext:bank USD": -10_000} | usd(deposit=10_000)


def test_an_events_own_currency_is_written() -> None:
    """A withdrawal names its currency; a fee may have another."""
    lines = transfer(e.WalletWithdrawn("b", 500, 20, "EUR"), None)
    assert lines == (
        TransferLine("buyer:b:wallet", "EUR", -500),
        TransferLine("ext:buyer", "EUR", 480),
        TransferLine("platform:withdrawal_fees", "EUR", 20),
    )
    order = given(*PAID).order
    opened = e.ChargebackOpened(amount=7, paid=7, fee=15, fee_currency="GBP", debited=True)
    assert transfer(opened, order)[2:] == (
        TransferLine("platform:dispute_fees", "GBP", -15),
        TransferLine("ext:network", "GBP", 15),
    )


def test_a_line_of_nothing_is_not_written() -> None:
    """A release without debt touches only three accounts."""
    lines = transfer(e.FundsReleased(10, 1, 0, 9), given(*PAID).order)
    assert lines == (
        TransferLine("escrow:A", "USD", -10),
        TransferLine("seller:seller-1:pending", "USD", 9),
        TransferLine("platform:commission", "USD", 1),
    )


def test_a_frozen_chargeback_moves_nothing_before_it_is_lost() -> None:
    """Neither when it opens nor when it is won, and there is no fee."""
    order = given(*PAID).order
    opened = e.ChargebackOpened(
        amount=10_000, paid=10_000, fee=1_500, fee_currency="USD", debited=False
    )
    assert transfer(opened, order) == ()
    won = given(*FROZEN).order
    assert won.chargeback is not None
    held = replace(won, chargeback=replace(won.chargeback, debited=False))
    assert transfer(e.ChargebackWon(), held) == ()
    assert transfer(e.ChargebackWon(), order) == ()


def test_a_penalty_is_settled_the_way_it_was_booked() -> None:
    """To the wallet, if the order was paid in cash."""
    order = given(*PAID, method="western_union").order
    booked = e.PenaltyBooked(1, 70, e.Sources(available=70), RefundWay.WALLET)
    assert written(transfer(booked, order)) == usd(available=-70) | {PAYABLE: 70}


MOVING = (
    "payment_captured funds_released refund_booked penalty_booked refund_settled funds_cleared"
    " goodwill_paid label_bought chargeback_opened chargeback_won chargeback_lost deposit_made"
    " money_withdrawn wallet_withdrawn"
).split()


@for_each("name", [name for name in REACHED if name not in MOVING])
def test_all_other_events_move_nothing(name: str) -> None:
    """Rulings, proposals, appeals, evidence and messages have no lines."""
    order = given(*SHIPPED, c.Scan(status=ShipmentState.IN_TRANSIT)).order
    assert transfer(REACHED[name], order) == transfer(REACHED[name], None) == ()


@pytest.mark.parametrize("name", MOVING[:11])
def test_an_event_of_an_order_needs_the_order(name: str) -> None:
    """Without the order there is no account to write to."""
    assert transfer(REACHED[name], None) == ()
