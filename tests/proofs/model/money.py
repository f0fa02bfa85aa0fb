"""An order's money: captured, kept, given back, settled, cleared; charged to whom it belongs."""

from tests.proofs.model.books import Lines
from tests.proofs.model.life import Life, Quarrel
from tests.proofs.model.numbers import agents_fee, exchanged, processors_cost, split


def of_escrow(life: Life) -> str:
    """Name the account that holds the order's money."""
    return f"escrow:{life.id}"


def outside(life: Life, account: str, amount: int, paid: int, inside: str) -> None:
    """Move between the buyer's side, in what was paid, and an account in the order's currency."""
    if not life.pay_in:
        return life.books.post(life.currency, [(account, -amount), (inside, amount)])
    life.books.post(life.pay_in, [(account, -paid), ("platform:fx", paid)])
    return life.books.post(life.currency, [("platform:fx", -amount), (inside, amount)])


def capture(life: Life) -> None:
    """The money comes into escrow, with the fee of the agent and the cost of the processor."""
    life.paid = life.price
    outside(life, "ext:buyer", life.price, life.foreign, of_escrow(life))
    fee = agents_fee(life.method, life.price, life.currency)
    cost = processors_cost(life.method, life.price, life.currency)
    life.books.post(life.currency, [("ext:buyer", -fee), ("ext:western_union", fee)])
    life.books.post(life.currency, [("platform:psp_fees", -cost), ("ext:psp", cost)])


def release(life: Life, now: int) -> None:
    """Pay the seller all that is held, a debt first; it clears some business days later."""
    held = life.held
    if not held:
        return
    before = life.commission
    life.kept += held
    commission = life.commission - before
    net = held - commission
    debt = min(net, -life.books.of(f"seller:{life.seller}:debt", life.currency))
    lines: Lines = [(of_escrow(life), -held), ("platform:commission", commission)]
    lines += [(f"seller:{life.seller}:debt", debt)]
    life.books.post(life.currency, [*lines, (f"seller:{life.seller}:pending", net - debt)])
    life.uncleared += net - debt
    if life.uncleared:
        days = life.policy.clearance_business_days
        life.timers.start("clearance", "clearance", life.business_days(days, now), now)


def take(life: Life, amount: int, of_whom: str = "pending available deposit") -> None:
    """Charge the seller, by the clawback order; the lines that get it are the caller's."""
    lines, pending = life.books.taken(life.seller, life.currency, amount, of_whom)
    life.books.post(life.currency, [*lines, ("in hand", amount)])
    life.uncleared = max(0, life.uncleared - pending)
    if not life.uncleared:
        life.timers.drop("clearance", "clearance")


def draw(life: Life, amount: int) -> None:
    """Take what goes back out of escrow; the rest of the seller, with the commission on it."""
    out = min(amount, life.held)
    life.books.post(life.currency, [(of_escrow(life), -out), ("in hand", out)])
    clawed = amount - out
    if not clawed:
        return
    before = life.commission
    life.kept -= clawed
    commission = before - life.commission
    life.books.post(life.currency, [("platform:commission", -commission), ("in hand", commission)])
    take(life, clawed - commission)


def hand_over(life: Life, account: str, amount: int) -> None:
    """Give what was taken to an account."""
    life.books.post(life.currency, [("in hand", -amount), (account, amount)])


def owe_buyer(life: Life, amount: int, penalty: bool, now: int) -> None:
    """Book what goes to the buyer in some days, by the way that the method has."""
    hand_over(life, "refunds_payable", amount)
    expired = 0 < life.card_ends <= now
    way = "wallet" if life.method.cash else "bank" if expired else "card"
    life.refund_count += 1
    life.refunds[life.refund_count] = (amount, way, penalty)
    days = int(getattr(life.policy, f"refund_{way}_business_days"))
    seconds = life.business_days(days, now)
    life.timers.start("refunds", "refund", seconds, now, life.refund_count)


def give_back(life: Life, amount: int, now: int, line: str = "") -> None:
    """Refund an amount, of one line or of all by what is left of each."""
    draw(life, amount)
    life.back += amount
    names = list(life.lines)
    if line:
        life.line_left[names.index(line)] -= amount
    elif sum(life.line_left):
        parts = split(amount, life.line_left)
        life.line_left = [left - part for left, part in zip(life.line_left, parts, strict=True)]
    owe_buyer(life, amount, False, now)


def pay_out(life: Life, amount: int, now: int, of: Quarrel | None = None) -> None:
    """End the order: this much to the buyer, the rest to the seller; a fake costs its price."""
    whole = amount == life.outstanding
    if amount:
        give_back(life, amount, now)
    release(life, now)
    fake = of is not None and of.ruled is not None and of.reason == "counterfeit"
    if fake and whole and life.policy.counterfeit_multiple == 2:
        take(life, life.goods, "available deposit")
        owe_buyer(life, life.goods, True, now)
    life.end("REFUNDED" if whole else "CLOSED", now)


def settle(life: Life, number: int, rate: str) -> None:
    """Let a refund arrive, in the currency paid."""
    amount, way, penalty = life.refunds.pop(number)
    life.timers.drop("refunds", "refund", number)
    paid = amount
    if life.pay_in and life.policy.fx_refund == "current" and rate:
        paid = exchanged(amount, life.currency, life.pay_in, rate)
    elif life.pay_in and penalty:
        paid = life.foreign * amount // life.price
    elif life.pay_in:
        paid = life.foreign * (life.settled + amount) // life.price - life.paid_back
    if not penalty:
        life.settled += amount
        life.paid_back += paid
    account = f"buyer:{life.buyer}:wallet" if way == "wallet" else "ext:buyer"
    outside(life, account, -amount, -paid, "refunds_payable")


def clear(life: Life) -> None:
    """Let what the seller has of this order be withdrawn."""
    pending, available = (f"seller:{life.seller}:{part}" for part in ("pending", "available"))
    amount = min(life.uncleared, life.books.of(pending, life.currency))
    life.books.post(life.currency, [(pending, -amount), (available, amount)])
    life.uncleared = 0
    life.timers.drop("clearance", "clearance")


def give_goodwill(life: Life, amount: int) -> None:
    """The platform's own money comes into the buyer's wallet."""
    wallet = f"buyer:{life.buyer}:wallet"
    life.books.post(life.currency, [("platform:goodwill", -amount), (wallet, amount)])


def buy_label(life: Life, reason: str) -> None:
    """Buy the label of a return; whoever the policy names for the reason pays for it."""
    row = life.policy.return_label_cost
    if row.currency != life.currency or not row.minor:
        return
    cost, payer = row.minor, dict(life.policy.label_payer).get(reason, "seller")
    life.books.post(life.currency, [("platform:carrier_cost", -cost), ("ext:carrier", cost)])
    if payer == "buyer":
        lines: Lines = [("ext:buyer", -cost), ("platform:carrier_cost", cost)]
        return life.books.post(life.currency, lines)
    take(life, cost)
    return hand_over(life, "platform:carrier_cost", cost)
