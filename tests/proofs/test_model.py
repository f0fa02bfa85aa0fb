"""The second model by itself: it is independent of the engine, and agrees with worked examples."""

import ast
from pathlib import Path

import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine.roles import Actor, Role
from tests.given import orders as g
from tests.proofs.model import numbers
from tests.proofs.model.market import Model

MODEL = Path(__file__).parent / "model"
# The words of commands, the policy rows and the owners of chairs; no rule of the engine.
ALLOWED = {"escrow_tui.engine.commands", "escrow_tui.engine.policy", "escrow_tui.engine.roles"}
_REFUND = c.Refund(4_000)


@pytest.mark.parametrize("path", sorted(MODEL.glob("*.py")), ids=lambda path: path.stem)
def test_the_model_shares_words_and_numbers_with_the_engine_but_no_rule(path: Path) -> None:
    """A mistake in a shared rule would never be found."""
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            module = str(node.module)
            names = {f"{module}.{alias.name}" for alias in node.names}
            imported |= names if module == "escrow_tui.engine" else {module}
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    assert {name for name in imported if name.startswith("escrow_tui")} <= ALLOWED


def told(*steps: g.Step, deposit: int = 0) -> dict[str, int]:
    """Give the model the steps of one order; return the balances in USD."""
    model, now = Model(g.POLICY), g.START
    if deposit:
        model.deposit("seller-1", deposit, "USD")
    model.tell("A", g.place_order(), g.BUYER, g.POLICY, now)
    for step in steps:
        if isinstance(step, g.Pause):
            now += step
            model.advance(now)
            continue
        actor, command = step if isinstance(step, tuple) else (g.giver_of(step), step)
        model.tell("A", command, actor, g.POLICY, now)
    return {account: minor for (account, _), minor in model.books.accounts.items()}


def test_a_happy_path_ends_as_worked_out() -> None:
    """Price 100.00, commission 5 %, the processor's 2.9 % and 0.30; all of it is withdrawn."""
    home = (Actor(Role.SELLER, "seller-1"), c.WithdrawMoney(9_500))
    assert told(*g.COMPLETED, g.days(3), home) == {
        "ext:buyer": -10_000,
        "ext:psp": 320,
        "platform:psp_fees": -320,
        "platform:commission": 500,
        "ext:bank": 9_500,
    }


def test_a_clawback_takes_what_is_left_then_the_deposit_then_a_debt() -> None:
    """95.00 were withdrawn; of 38.00 the deposit gives 10.00, and the seller owes 28.00."""
    home = (Actor(Role.SELLER, "seller-1"), c.WithdrawMoney(9_500))
    books = told(*g.COMPLETED, g.days(3), home, _REFUND, deposit=1_000)
    assert books["seller:seller-1:debt"] == -2_800
    assert books["platform:commission"] == 300
    assert books["refunds_payable"] == 4_000
    assert "seller:seller-1:deposit" not in books


def test_a_refund_before_and_after_the_release_end_alike() -> None:
    """40.00 of 100.00 are refunded: the balances do not depend on when."""
    before = told(*g.DELIVERED, _REFUND, c.ConfirmReceipt())
    assert before == told(*g.COMPLETED, _REFUND)


@pytest.mark.parametrize(
    ("number", "right"),
    [("RR473124829CN", True), ("RR473124820CN", False), ("R473124829CN", False), ("", False)],
)
def test_the_model_knows_a_tracking_number(number: str, right: bool) -> None:
    """The example is the UPU's own."""
    assert numbers.is_s10(number) is right


def test_the_model_counts_business_days_over_a_weekend_and_a_holiday() -> None:
    """From Thursday the 5th three days end on Tuesday; a holiday on Friday makes it Wednesday."""
    thursday = g.START + 3 * numbers.DAY
    weekend = ("saturday", "sunday")
    tuesday = numbers.business_days_after(thursday, 3, weekend, ())
    assert tuesday == thursday + 5 * numbers.DAY
    later = numbers.business_days_after(thursday, 3, weekend, ("2026-03-06",))
    assert later == tuesday + numbers.DAY
