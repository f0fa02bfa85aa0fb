"""Disputes, rulings, appeals, returns and replacements, as the plan words them."""

from escrow_tui.engine.commands import Decision, OpenDispute
from tests.proofs.model.life import Box, Life, Quarrel, Result, Way
from tests.proofs.model.money import buy_label, give_goodwill, pay_out
from tests.proofs.model.numbers import DAY


def stand(life: Life, stage: str, timer: str, seconds: int, now: int) -> None:
    """Bring the dispute to a stage, with its one timer."""
    quarrel = the(life)
    quarrel.stage = stage
    life.timers.clear("case")
    life.timers.start("case", timer, seconds, now)


def the(life: Life) -> Quarrel:
    """Return the dispute that runs."""
    assert life.quarrel is not None
    return life.quarrel


def open_up(life: Life, command: OpenDispute, now: int) -> None:
    """Stop the order's timers and wait for the seller."""
    policy, claim = life.policy, Result(command.claim, command.return_goods, command.replacement)
    life.quarrels += 1
    until = now + policy.negotiation_days * DAY
    life.quarrel = Quarrel(life.quarrels, command.reason, claim, now, until)
    say(life, "buyer", claim)
    life.timers.stop("order", "case", now)
    late = life.phase == "COMPLETED"
    days = policy.seller_answer_after_sales_days if late else policy.seller_answer_days
    in_business = policy.seller_answer_counts == "business_days"
    seconds = life.business_days(days, now) if in_business else days * DAY
    stand(life, "AWAITING_SELLER", "seller_answer", seconds, now)


def say(life: Life, party: str, wanted: Result) -> None:
    """Set what one of the three would have; saying it is accepting it."""
    quarrel = the(life)
    quarrel.offers[party] = (wanted, {party})
    if party != "platform":
        quarrel.last_word = party


def edit(life: Life, amount: int) -> None:
    """The buyer asks for another amount, and for money where it was a replacement."""
    quarrel = the(life)
    quarrel.claim = Result(amount, quarrel.claim.back)
    say(life, "buyer", quarrel.claim)


def answered(life: Life, now: int) -> None:
    """The seller has answered: what is left of the days from the opening is for agreeing."""
    stand(life, "NEGOTIATING", "negotiation", max(0, the(life).agree_until - now), now)


def accept(life: Life, of: str, party: str, now: int) -> None:
    """Accept what another would have; agreed by buyer and seller, it is done."""
    wanted, friends = the(life).offers[of]
    friends.add(party)
    if {"buyer", "seller"} <= friends:
        execute(life, wanted, now)


def to_mediation(life: Life, now: int) -> None:
    """The platform steps in, and may not be silent for ever."""
    days = life.policy.mediator_silence_days
    stand(life, "MEDIATION", "mediator_silence", days * DAY, now)


def ask(life: Life, side: str, now: int) -> None:
    """Ask one side for evidence, which has some days to bring it."""
    the(life).asked = side
    life.timers.start("case", "evidence", life.policy.evidence_days * DAY, now)


def filed(life: Life, owner: str, count: int) -> None:
    """Put evidence into the file; whoever was asked for it has answered."""
    quarrel = life.quarrel or (life.way.of if life.way else None)
    life.evidence += [(owner, quarrel.number if quarrel else 0)] * count
    if count and life.quarrel and life.quarrel.asked == owner:
        life.quarrel.asked = ""
        life.timers.drop("case", "evidence")


def rule(life: Life, wanted: Result, gift: int, now: int) -> None:
    """Decide; a party may appeal before it is done, unless the policy is in a hurry."""
    quarrel = the(life)
    quarrel.ruled, quarrel.gift, quarrel.asked = wanted, gift, ""
    if life.policy.ruling_executed == "at_once":
        return execute(life, wanted, now)
    days = life.policy.appeal_window_days
    return stand(life, "APPEAL_WINDOW", "appeal_window", days * DAY, now)


def rule_for_silence(life: Life, now: int) -> None:
    """Whoever brings no evidence that was asked for loses."""
    quarrel = the(life)
    rule(life, quarrel.claim if quarrel.asked == "seller" else Result(0), 0, now)


def appeal(life: Life, now: int) -> None:
    """Another mediator looks again, at everything."""
    life.appealed = True
    the(life).seen = set()
    stand(life, "APPEAL_REVIEW", "appeal_review", life.policy.appeal_review_days * DAY, now)


def decide_appeal(life: Life, command: Decision, now: int) -> None:
    """Decide for good."""
    quarrel = the(life)
    wanted = Result(command.refund, command.return_goods, command.replacement)
    quarrel.ruled, quarrel.gift = wanted, command.goodwill
    execute(life, wanted, now)


def silence_of_mediator(life: Life, now: int) -> None:
    """The policy says who gets the money."""
    whole = life.outstanding
    share = {"refund": whole, "seller": 0, "split": whole // 2}[life.policy.mediator_silence]
    execute(life, Result(share), now)


def execute(life: Life, wanted: Result, now: int) -> None:
    """End the dispute: with money at once, or when goods have gone back or been replaced."""
    quarrel = the(life)
    if quarrel.ruled and quarrel.gift:
        give_goodwill(life, quarrel.gift)
    if wanted.back and not life.went_back:
        life.quarrel, life.way = None, Way(Result(wanted.amount, False, wanted.again), quarrel)
        life.timers.clear("case")
        days = life.policy.return_ship_days
        return life.timers.start("case", "return_ship", days * DAY, now)
    if wanted.again:
        return replace_goods(life, now)
    return pay_out(life, wanted.amount, now, quarrel)


def replace_goods(life: Life, now: int) -> None:
    """Wait for goods in place of the first, once."""
    life.replaced = True
    life.become("AWAITING_REPLACEMENT")
    life.part_is_over(now)
    days = life.policy.replacement_ship_days
    life.timers.start("order", "replacement_ship", days * DAY, now)


def send_back(life: Life, now: int) -> None:
    """The goods are on their way back, which they are once."""
    assert life.way is not None
    life.way.stage, life.way.box, life.went_back = "RETURN_IN_TRANSIT", Box(), True
    life.timers.clear("case")
    life.timers.start("case", "return_transit", life.policy.return_transit_days * DAY, now)
    buy_label(life, life.way.of.reason)


def arrived(life: Life, now: int) -> None:
    """The goods are back as they should be: what was agreed is done."""
    assert life.way is not None
    if life.way.wanted.again:
        return replace_goods(life, now)
    return pay_out(life, life.way.wanted.amount, now, life.way.of)


def contest(life: Life, now: int) -> None:
    """Something is wrong with what came back: the same case again, before its mediator."""
    assert life.way is not None
    old, wanted = life.way.of, life.way.wanted
    life.quarrel = Quarrel(old.number, old.reason, wanted, old.opened, old.agree_until)
    life.quarrel.judge, life.quarrel.seen = old.judge, set(old.seen)
    life.way = None
    say(life, "buyer", wanted)
    to_mediation(life, now)
