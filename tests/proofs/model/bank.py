"""The buyer's bank: what it takes back, and whose loss it is."""

from tests.proofs.model.life import Charge, Life
from tests.proofs.model.money import draw, hand_over, outside, release
from tests.proofs.model.numbers import DAY

CLAIMED = "chargeback_receivable"


def charge_back(life: Life, amount: int, now: int) -> None:
    """Everything stands still; the bank has the money already, or waits for its own decision."""
    taken = life.policy.chargeback_money == "debited"
    life.charge = Charge(amount, life.foreign * amount // life.price, taken)
    life.charged, life.bank_stage = True, "AWAITING_ANSWER"
    life.before, life.phase, life.frozen_at = life.phase, "FROZEN", now
    for group in ("order", "case", "clearance"):
        life.timers.stop(group, "bank", now)
    days = life.policy.chargeback_answer_days
    life.timers.start("bank", "chargeback_answer", days * DAY, now)
    if taken:
        outside(life, "ext:buyer", -amount, -life.charge.paid, CLAIMED)
        fee = life.policy.chargeback_fee
        lines = [("platform:dispute_fees", -fee.minor), ("ext:network", fee.minor)]
        life.books.post(fee.currency, lines)


def defended(life: Life, now: int) -> None:
    """The seller has answered; the bank decides."""
    life.bank_stage = "AWAITING_BANK"
    life.timers.clear("bank")
    life.timers.start("bank", "chargeback_bank", life.policy.chargeback_bank_days * DAY, now)


def won(life: Life, now: int) -> None:
    """The bank gives back what it took; all goes on with the time that remained."""
    assert life.charge is not None
    if life.charge.taken:
        outside(life, "ext:buyer", life.charge.amount, life.charge.paid, CLAIMED)
    life.phase = life.before
    _over(life, now)


def lost(life: Life, now: int) -> None:
    """What is outstanding covers the claim, and the platform the rest; what is held is paid."""
    charge = life.charge
    assert charge is not None
    recovered = min(charge.amount, life.outstanding)
    draw(life, recovered)
    hand_over(life, CLAIMED, recovered)
    loss = charge.amount - recovered
    life.books.post(life.currency, [("platform:chargeback_loss", -loss), (CLAIMED, loss)])
    if not charge.taken:
        outside(life, "ext:buyer", -charge.amount, -charge.paid, CLAIMED)
    life.lost += recovered
    _over(life, now)
    release(life, now)
    life.end("CHARGED_BACK", now)


def _over(life: Life, now: int) -> None:
    life.charge, life.bank_stage, life.before = None, "", ""
    life.timers.clear("bank")
    if life.quarrel:
        life.quarrel.agree_until += now - life.frozen_at
    for group in ("order", "case", "clearance"):
        life.timers.go_on(group, "bank", now)
