"""Planted faults: each is switched on by itself, and the player of test_machine must find it."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from escrow_tui.engine import (
    deadlines,
    decide,
    dispute,
    ledger,
    mediation,
    payment,
    process,
    settlement,
    shipping,
)
from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.events import FundsReleased, RefundBooked
from escrow_tui.engine.order import Order
from escrow_tui.engine.process import TIMERS, Timer
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import DisputePhase
from tests.engine.test_machine import POLICIES, play

Plant = Callable[[pytest.MonkeyPatch], None]
PLANTS: dict[str, Plant] = {}
GAMES = 120


def plant(fault: Plant) -> Plant:
    """Put a fault into the table under its own name."""
    PLANTS[fault.__name__] = fault
    return fault


def _refunds(patch: pytest.MonkeyPatch, spoil: Callable[[RefundBooked], RefundBooked]) -> None:
    right = settlement.refund

    def refund(order: Order, amount: int, account: SellerAccount, bps: int) -> RefundBooked:
        booked = right(order, amount, account, bps)
        assert isinstance(booked, RefundBooked)
        return spoil(booked)

    for module in (settlement, payment, decide):
        patch.setattr(module, "refund", refund)


def _timers(patch: pytest.MonkeyPatch, change: Callable[[Timer], tuple[Timer, ...]]) -> None:
    changed = tuple(new for timer in TIMERS for new in change(timer))
    patch.setattr(deadlines, "TIMERS", changed)


@plant
def commission_kept_on_clawback(patch: pytest.MonkeyPatch) -> None:
    """The seller pays the commission on what he no longer keeps."""
    _refunds(
        patch, lambda b: replace(b, from_commission=0, from_debt=b.from_debt + b.from_commission)
    )


@plant
def clawback_takes_the_deposit_first(patch: pytest.MonkeyPatch) -> None:
    """Available money is spared at the cost of the deposit."""
    _refunds(
        patch,
        lambda b: replace(b, from_available=0, from_deposit=b.from_deposit + b.from_available),
    )


@plant
def a_refund_out_of_nothing(patch: pytest.MonkeyPatch) -> None:
    """The buyer is owed a cent that no account gave."""
    _refunds(patch, lambda b: replace(b, amount=b.amount + 1))


@plant
def release_not_stopped_by_a_dispute(patch: pytest.MonkeyPatch) -> None:
    """Auto-confirm and the protection end go on while the parties argue."""
    any_dispute = (None, *DisputePhase)
    _timers(
        patch,
        lambda t: (
            (replace(t, during=any_dispute),) if t.name in ("auto_confirm", "protection") else (t,)
        ),
    )


@plant
def a_mediator_may_be_silent_for_ever(patch: pytest.MonkeyPatch) -> None:
    """No timer waits for the ruling."""
    _timers(patch, lambda t: () if t.name == "mediator_silence" else (t,))


@plant
def a_seller_may_be_silent_for_ever(patch: pytest.MonkeyPatch) -> None:
    """No timer waits for the seller's answer."""
    _timers(patch, lambda t: () if t.name == "seller_answer" else (t,))


@plant
def after_sales_disputes_wait_as_long_as_others(patch: pytest.MonkeyPatch) -> None:
    """The seller gets five days where the policy gives three."""
    _timers(
        patch,
        lambda t: (
            (replace(t, rule="seller_answer_days"),)
            if t.rule == "seller_answer_after_sales_days"
            else (t,)
        ),
    )


@plant
def a_withdrawn_dispute_gives_no_time_back(patch: pytest.MonkeyPatch) -> None:
    """The timers run through the dispute."""
    patch.setattr(deadlines, "_stopped_since", lambda _order, _since: 0)


@plant
def refund_above_what_is_outstanding(patch: pytest.MonkeyPatch) -> None:
    """A claim, an offer and a ruling may be of any amount."""
    for module in (dispute, mediation):
        patch.setattr(module, "amount_fault", lambda *_: None)


@plant
def commission_rounded_up(patch: pytest.MonkeyPatch) -> None:
    """The platform takes the broken unit."""
    patch.setattr(settlement, "commission_on", lambda kept, bps: -(-kept * bps // 10_000))


@plant
def a_debt_is_forgotten_at_the_next_sale(patch: pytest.MonkeyPatch) -> None:
    """The seller is paid in full although he owes."""
    right = settlement.release

    def release(order: Order, gross: int, account: SellerAccount, bps: int) -> FundsReleased:
        paid = right(order, gross, account, bps)
        assert isinstance(paid, FundsReleased)
        return replace(paid, debt_repaid=0, pending=paid.pending + paid.debt_repaid)

    for module in (settlement, shipping):
        patch.setattr(module, "release", release)


@plant
def the_rest_is_not_released(patch: pytest.MonkeyPatch) -> None:
    """A partial refund leaves the seller's part in escrow."""
    patch.setattr(dispute, "result", lambda *given: settlement.result(*given)[:2])


@plant
def anybody_may_act_on_any_order(patch: pytest.MonkeyPatch) -> None:
    """Another buyer's commands are followed."""
    patch.setattr(decide, "_stranger", lambda _order, _actor: None)


@plant
def a_buyer_may_rule(patch: pytest.MonkeyPatch) -> None:
    """One row too many in the process table."""
    row = process.Row("rule", Role.BUYER, process.PROCESS[-1].phases, (None, *DisputePhase))
    patch.setattr(process, "PROCESS", (*process.PROCESS, row))


@plant
def one_sides_word_is_an_agreement(patch: pytest.MonkeyPatch) -> None:
    """An offer is executed when the buyer alone has taken it."""
    patch.setattr(
        dispute,
        "_accept",
        lambda order, of, _party, context: dispute.execute(
            order, getattr(dispute.running(order).proposal(of), "amount", 1), context
        ),
    )


@plant
def a_foreign_refund_at_another_rate(patch: pytest.MonkeyPatch) -> None:
    """The buyer gets a cent less than was paid."""
    right = payment.settle

    def settle(*given: object) -> object:
        settled = right(*given)  # type: ignore[arg-type]  # passed on as it came
        return replace(settled, paid_back=settled.paid_back - 1)

    for module in (payment, decide):
        patch.setattr(module, "settle", settle)


@plant
def the_agents_fee_is_lost(patch: pytest.MonkeyPatch) -> None:
    """The buyer's fee for cash is not written."""
    right = ledger._captured
    patch.setattr(ledger, "_captured", lambda event, order: right(replace(event, fee=0), order))


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_fault_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The player notices each fault within a few games; a fault may also make the engine stop."""
    PLANTS[name](monkeypatch)
    assert _found(), f"{name} was not found in {GAMES} games of each policy"


def test_without_a_fault_nothing_is_found() -> None:
    """The same games on the engine as it is are clean, so a finding is the fault's own."""
    assert all(play(number, 3, policy) == [] for number in range(3) for policy in POLICIES)


def _found() -> bool:
    for number in range(GAMES // 10):
        for policy in POLICIES:
            try:
                violations = play(number, 10, policy)
            except (AssertionError, KeyError):
                return True
            if violations:
                return True
    return False
