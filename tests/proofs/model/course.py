"""The order's course: called off, sent, scanned, completed."""

from escrow_tui.engine.commands import Scan
from tests.proofs.model.life import Box, Life
from tests.proofs.model.money import capture, give_back, release
from tests.proofs.model.numbers import DAY, HOUR


def paid(life: Life, now: int) -> None:
    """The buyer has paid: a card's money is here, cash comes when the bank verifies it."""
    life.become("VERIFYING")
    life.paid_at = now
    if not life.method.cash:
        capture(life)
    life.timers.start("order", "verification", life.policy.verification_hours * HOUR, now)


def verified(life: Life, now: int) -> None:
    """The bank stands by the payment; the seller has to ship."""
    if life.method.cash:
        capture(life)
    life.become("AWAITING_SHIPMENT")
    life.timers.start("order", "processing", life.policy.processing_days * DAY, now)


def call_off(life: Life, now: int) -> None:
    """End an order that was not shipped; what it holds goes back."""
    life.timers.go_on("order", "request", now)
    if life.phase == "AWAITING_PAYMENT":
        return life.end("EXPIRED", now)
    if life.held:
        give_back(life, life.held, now)
    return life.end("CANCELLED", now)


def ask_to_call_off(life: Life, now: int) -> None:
    """The seller's time to ship stands still while he has to answer."""
    life.phase = "CANCEL_REQUESTED"
    life.timers.stop("order", "request", now)
    life.timers.start("case", "cancel_answer", life.policy.cancel_answer_hours * HOUR, now)


def want_it_after_all(life: Life, now: int) -> None:
    """The request is taken back; the seller's time goes on."""
    life.phase = "AWAITING_SHIPMENT"
    life.timers.clear("case")
    life.timers.go_on("order", "request", now)


def sent(life: Life, now: int) -> None:
    """A parcel is handed over, the first, once more, or in place of the first."""
    life.become("SHIPPED")
    life.timers.clear("case")
    life.timers.go_on("order", "request", now)
    life.box, life.opened, life.unproven = Box(), False, False
    life.sent_at, life.delivered_at, life.completed_at = now, 0, 0
    policy = life.policy
    days = dict(policy.protection_days_by_country).get(life.country, policy.protection_days)
    life.timers.start("order", "protection", days * DAY, now)
    life.timers.start("order", "false_shipment", policy.false_shipment_days * DAY, now)


def scanned(life: Life, scan: Scan, now: int) -> None:
    """The carrier saw a parcel: it is no lie; delivered, the buyer has some days to look."""
    box = life.way.box if scan.of == "return" and life.way else life.box
    assert box is not None
    box.state, box.last, box.false = scan.status, (scan.status, scan.city, scan.post_code), False
    if scan.of == "return":
        if scan.status == "delivered":
            came_back(life, now)
        return
    life.timers.drop("order", "false_shipment")
    if scan.status == "delivered":
        delivered(life, scan.signature, now)
    elif scan.status == "returned_to_sender":
        life.become("RETURNED_TO_SENDER")
        life.timers.start("order", "reship", life.policy.reship_days * DAY, now)


def delivered(life: Life, signature: bool, now: int) -> None:
    """The parcel is there; without the signature that the policy wants protection goes on."""
    row = life.policy.signature_from
    wanted = row is not None and row.minor and row.currency == life.currency
    life.unproven = bool(wanted and row and life.price >= row.minor and not signature)
    life.delivered_at = now
    protection = life.timers.times["order"]["protection", 0]
    life.become("DELIVERED")
    if life.unproven:
        life.timers.times["order"]["protection", 0] = protection
    else:
        life.timers.start("order", "auto_confirm", life.policy.auto_confirm_days * DAY, now)


def came_back(life: Life, now: int) -> None:
    """The goods are with the seller again, who has some days to look."""
    assert life.way is not None
    life.way.stage = "RETURN_DELIVERED"
    life.timers.clear("case")
    life.timers.start("case", "return_confirm", life.policy.return_confirm_days * DAY, now)


def complete(life: Life, now: int) -> None:
    """The buyer is content, or silent: the seller is paid, the after-sales time runs."""
    release(life, now)
    life.become("COMPLETED")
    life.completed_at = now
    days = life.policy.dispute_after_confirm_days
    life.timers.start("order", "after_sales", days * DAY, now)
