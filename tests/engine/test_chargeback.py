"""Chargebacks: who may do what, what stands still meanwhile, and where the money goes."""

from itertools import product

import pytest
from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine import events as e
from escrow_tui.engine.evidence import checksum
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.money import Money
from escrow_tui.engine.order import Chargeback, Stop
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.policy_switches import ChargebackMoney
from escrow_tui.engine.terms import ChargebackPhase, EvidenceKind, Party, Phase, Side
from tests.each import for_each
from tests.engine.books import COST, FEE, end, usd
from tests.given.orders import (
    CHARGE_BACK,
    COMPLETED,
    DELIVERED,
    DISPUTE,
    FROZEN,
    INVOICE,
    PAID,
    POLICY,
    SELLER,
    SEND_ALL_BACK,
    SHIPPED,
    START,
    TRACKING,
    Step,
    World,
    days,
    given,
    then_exactly,
    then_refused,
)

STILL = replace(POLICY, chargeback_money=ChargebackMoney.FROZEN)
LOST, WON = c.DecideChargeback(Side.BUYER), c.DecideChargeback(Side.SELLER)
ANSWER = c.AnswerChargeback((INVOICE,))
# How a chargeback ends: the steps, and the reason in the event.
ENDS: dict[str, tuple[Step, ...]] = {
    "accepted by the seller": (c.AcceptChargeback(),),
    "decided by the bank": (ANSWER, LOST),
    "chargeback_answer": (days(10),),
    "chargeback_bank": (ANSWER, days(75)),
}


def opened_in(world: World) -> Chargeback:
    """Return the story's running chargeback."""
    assert world.order.chargeback is not None
    return world.order.chargeback


def test_an_opened_chargeback_freezes_the_order_and_remembers_its_phase() -> None:
    """The bank takes the money, and the network its fee, from the platform."""
    world = given(*DELIVERED, days(1))
    then_exactly(
        world.when(c.OpenChargeback(4_000)),
        e.ChargebackOpened(amount=4_000, paid=4_000, fee=1_500, fee_currency="USD", debited=True),
    )
    first = ChargebackPhase.AWAITING_ANSWER
    assert opened_in(world) == Chargeback(
        phase=first,
        amount=4_000,
        paid=4_000,
        debited=True,
        opened_at=START + DAY,
        before=Phase.DELIVERED,
    )
    assert (world.order.phase, world.order.charged_back_once) == (Phase.FROZEN, True)
    assert world.order.stops == (Stop(START + DAY, frozen=True),)
    assert (world.order.held, world.order.charged_back) == (10_000, 0)


def test_where_only_the_order_stops_nothing_moves_and_there_is_no_fee() -> None:
    """The event still names the fee's currency."""
    world = given(*DELIVERED, policy=STILL)
    then_exactly(
        world.when(CHARGE_BACK),
        e.ChargebackOpened(amount=10_000, paid=10_000, fee=0, fee_currency="USD", debited=False),
    )
    assert not opened_in(world).debited
    assert end(world) == {"ext:buyer USD": -10_000, "escrow:A USD": 10_000} | COST


@pytest.mark.parametrize(
    ("amount", "code"), [(0, "BAD_AMOUNT"), (1, ""), (10_000, ""), (10_001, "BAD_AMOUNT")]
)
@pytest.mark.parametrize("refunded", [0, 9_000])
def test_the_bank_takes_up_to_what_was_captured(amount: int, code: str, refunded: int) -> None:
    """Including what was already refunded, which is how double refunds come about."""
    given_back = (c.Refund(refunded),) if refunded else ()
    answer = given(*DELIVERED, *given_back).when(c.OpenChargeback(amount))
    if code:
        then_refused(answer, code, least="0.01 USD", most="100.00 USD")
    else:
        then_exactly(
            answer,
            e.ChargebackOpened(
                amount=amount, paid=amount, fee=1_500, fee_currency="USD", debited=True
            ),
        )


@pytest.mark.parametrize("method", ["credit_card", "debit_card", "virtual_card", "western_union"])
def test_cash_is_final(method: str) -> None:
    """Cards can be charged back; a guaranteed payment cannot."""
    answer = given(*PAID, method=method).when(CHARGE_BACK)
    if method == "western_union":
        then_refused(answer, "CHARGEBACK_IMPOSSIBLE", method=method)
    else:
        then_exactly(
            answer,
            e.ChargebackOpened(
                amount=10_000, paid=10_000, fee=1_500, fee_currency="USD", debited=True
            ),
        )


@pytest.mark.parametrize(
    ("steps", "since"),
    [
        ((*PAID, (SELLER, c.Cancel())), 0),
        (COMPLETED, 0),
        ((*SHIPPED, days(30), c.Scan(status=DELIVERED[-1].status)), 30),  # type: ignore[union-attr]
    ],
)
@pytest.mark.parametrize("second", [-1, 0])
def test_a_chargeback_is_possible_for_half_a_year(
    steps: tuple[Step, ...], since: int, second: int
) -> None:
    """Counted from payment or delivery, whichever was later, and even after the order's end."""
    world = given(*steps)
    until = START + (since + 180) * DAY
    world.advance(until + second)
    answer = world.when(CHARGE_BACK)
    if second < 0:
        then_exactly(
            answer,
            e.ChargebackOpened(
                amount=10_000, paid=10_000, fee=1_500, fee_currency="USD", debited=True
            ),
        )
    else:
        date = {0: "2026-08-29 09:00", 30: "2026-09-28 09:00"}[since]
        refused = then_refused(answer, "CHARGEBACK_TOO_LATE", date=date)
        assert refused.rule == "chargeback_possible_days"


def test_a_payment_is_charged_back_once() -> None:
    """Won or lost, the bank has decided for good."""
    world = given(*FROZEN, WON)
    assert world.order.phase is Phase.DELIVERED
    then_refused(world.when(CHARGE_BACK), "CHARGEBACK_USED_UP")
    lost = given(*FROZEN, LOST)
    then_refused(lost.when(CHARGE_BACK), "WRONG_PHASE", phase="charged back")


def test_the_seller_answers_with_evidence_and_the_bank_is_next() -> None:
    """The seller's exhibits are filed as theirs; a second answer is refused."""
    world = given(*FROZEN, days(2))
    answered = e.EvidenceAdded(
        id="E1",
        owner=Party.SELLER,
        kind=EvidenceKind.INVOICE,
        shows="what was paid",
        picture="",
        checksum=checksum(INVOICE),
    )
    then_exactly(world.when(ANSWER), e.ChargebackAnswered(), answered)
    assert opened_in(world).phase is ChargebackPhase.AWAITING_BANK
    assert opened_in(world).answered_at == START + 2 * DAY
    then_refused(world.when(ANSWER), "WRONG_PHASE", phase="frozen, charged back (awaiting bank)")


def test_an_answer_without_evidence_is_none() -> None:
    """The bank decides on evidence only."""
    then_refused(given(*FROZEN).when(c.AnswerChargeback(())), "EVIDENCE_NEEDED")


def test_the_bank_may_decide_before_the_seller_has_answered() -> None:
    """The bank may decide for either side."""
    then_exactly(given(*FROZEN).when(WON), e.ChargebackWon())
    lost = e.ChargebackLost(10_000, 0, e.Sources(escrow=10_000), "decided by the bank")
    then_exactly(given(*FROZEN).when(LOST), lost)


@pytest.mark.parametrize("why", ENDS)
def test_a_lost_chargeback_ends_the_order(why: str) -> None:
    """Accepted, decided, or by either side's silence; running parts end with it."""
    world = given(*DELIVERED, DISPUTE, CHARGE_BACK, *ENDS[why])
    lost = e.ChargebackLost(10_000, 0, e.Sources(escrow=10_000), why)
    assert world.history[-1][2] == lost
    order = world.order
    assert (order.phase, order.dispute, order.return_, order.chargeback) == (
        Phase.CHARGED_BACK,
        None,
        None,
        None,
    )
    assert order.ended_at == world.history[-1][1]
    assert (order.charged_back, order.held, order.outstanding) == (10_000, 0, 0)


def test_what_is_held_beyond_the_chargeback_goes_to_the_seller() -> None:
    """40.00 is lost, and 60.00 is released less its commission."""
    then_exactly(
        given(*DELIVERED, c.OpenChargeback(4_000)).when(LOST),
        e.ChargebackLost(4_000, 0, e.Sources(escrow=4_000), "decided by the bank"),
        e.FundsReleased(6_000, 300, 0, 5_700),
    )


def test_a_chargeback_after_the_release_is_clawed_back() -> None:
    """Including the commission on it; nothing is released a second time."""
    world = given(*COMPLETED, c.OpenChargeback(4_000))
    then_exactly(
        world.when(LOST),
        e.ChargebackLost(
            4_000, 0, e.Sources(escrow=0, commission=200, pending=3_800), "decided by the bank"
        ),
    )
    order = world.order
    assert (order.released, order.commission, order.releases) == (6_000, 300, 1)
    assert (order.uncleared, order.charged_back) == (5_700, 4_000)
    world.after(days(3))
    assert world.balance("seller:seller-1:available") == 5_700


@pytest.mark.parametrize("captured", [False, True])
def test_a_refunded_order_can_be_charged_back_and_the_platform_loses(captured: bool) -> None:
    """Nothing is outstanding, so nothing can be recovered."""
    steps: tuple[Step, ...] = (c.Pay(), c.Cancel()) if captured else (*PAID, c.Refund(10_000))
    world = given(*steps, c.SettleRefund(), CHARGE_BACK)
    lost = e.ChargebackLost(0, 10_000, e.Sources(), "decided by the bank")
    then_exactly(world.when(LOST), lost)
    expected = {"ext:buyer USD": 10_000, "platform:chargeback_loss USD": -10_000}
    assert end(world) == expected | COST | FEE


def test_a_won_chargeback_brings_an_ended_order_back_to_its_end() -> None:
    """A closed order is closed again, at its original instant."""
    world = given(*COMPLETED, days(15))
    ended = world.order.ended_at
    world.after(CHARGE_BACK, days(1), WON)
    assert (world.order.phase, world.order.ended_at) == (Phase.CLOSED, ended)


# -- where the money is in the end

BEFORE: dict[str, tuple[Step, ...]] = {"held": DELIVERED, "released": COMPLETED}
RUNNING: dict[str, tuple[Step, ...]] = {
    "nothing": (),
    "a dispute": (DISPUTE,),
    "a return": (SEND_ALL_BACK, c.AcceptClaim(), c.ShipReturn(TRACKING)),
}
MATRIX = list(
    product(BEFORE, (0, 1_000), (4_000, 10_000), RUNNING, ("won", *ENDS), (POLICY, STILL))
)


def books(out: int, amount: int, lost: bool, debited: bool) -> dict[str, int]:
    """Compute by hand where 100.00 is, if `out` was outstanding when the bank took `amount`.

    A lost chargeback gives the buyer all of it; what was not outstanding is the platform's loss.
    The seller keeps the rest less 5 %. The network keeps its fee even if the chargeback is won.
    """
    recovered = min(amount, out) if lost else 0
    kept = out - recovered
    found = {
        "ext:buyer USD": -out + (amount if lost else 0),
        "platform:chargeback_loss USD": recovered - amount if lost else 0,
        "platform:commission USD": kept // 20,
        **usd(available=kept - kept // 20),
        **COST,
        **(FEE if debited else {}),
    }
    return {account: minor for account, minor in found.items() if minor}


@for_each(("before", "refunded", "amount", "running", "ending", "policy"), MATRIX)
def test_a_chargeback_ends_in_the_same_books_whenever_it_comes(
    before: str, refunded: int, amount: int, running: str, ending: str, policy: Policy
) -> None:
    """Before or after the release, after a partial refund, during a dispute or a return."""
    world = given(*BEFORE[before], policy=policy)
    given_back: tuple[Step, ...] = (c.Refund(refunded),) if refunded else ()
    claims = {one: replace(one, claim=one.claim - refunded) for one in (DISPUTE, SEND_ALL_BACK)}
    parts = tuple(
        claims[one] if isinstance(one, c.OpenDispute) else one for one in RUNNING[running]
    )
    world.after(*given_back, *parts, c.OpenChargeback(amount))
    if ending != "won":
        world.after(*ENDS[ending], days(60))
    else:
        world.after(ANSWER, WON)
        _go_on(world, running)
    assert world.order.phase in (Phase.CHARGED_BACK, Phase.CLOSED)
    debited = policy.chargeback_money is ChargebackMoney.DEBITED
    assert end(world) == books(10_000 - refunded, amount, ending != "won", debited)
    assert world.violations == []


def _go_on(world: World, running: str) -> None:
    """End the order in the seller's favour; a lost return becomes a dispute, which is withdrawn."""
    if running == "a return":
        world.after(days(30))
    if running != "nothing":
        world.after(c.WithdrawDispute())
    world.after(days(60))


@pytest.mark.parametrize(
    ("pieces", "sources"),
    [
        ((0, 0, 0), e.Sources(escrow=0, commission=500, debt=9_500)),
        ((9_500, 0, 0), e.Sources(escrow=0, commission=500, pending=9_500)),
        (
            (5_000, 4_000, 0),
            e.Sources(escrow=0, commission=500, pending=5_000, available=4_000, debt=500),
        ),
        (
            (5_000, 4_000, 500),
            e.Sources(escrow=0, commission=500, pending=5_000, available=4_000, deposit=500),
        ),
        (
            (5_000, 4_000, 499),
            e.Sources(
                escrow=0, commission=500, pending=5_000, available=4_000, deposit=499, debt=1
            ),
        ),
    ],
)
def test_a_lost_chargeback_takes_of_the_seller_in_the_clawbacks_order(
    pieces: tuple[int, int, int], sources: e.Sources
) -> None:
    """First pending, then available, then the deposit, and the rest becomes debt."""
    world = given(*COMPLETED).move("seller:seller-1:pending", "ext:bank", 9_500)
    for part, minor in zip(("pending", "available", "deposit"), pieces, strict=True):
        world.move("ext:bank", f"seller:seller-1:{part}", minor)
    world.after(CHARGE_BACK)
    lost = e.ChargebackLost(10_000, 0, sources, "accepted by the seller")
    then_exactly(world.when(c.AcceptChargeback()), lost)
    assert world.violations == []


@pytest.mark.parametrize(
    ("amount", "paid"), [(10_000, 9_200), (5_000, 4_600), (3_333, 3_066), (1, 0)]
)
def test_a_chargeback_abroad_is_in_the_currency_paid(amount: int, paid: int) -> None:
    """At the rate paid, rounded down; if won, it comes back the same way."""
    world = given(*DELIVERED, pay_in="EUR", rate="0.92")
    opened = e.ChargebackOpened(
        amount=amount, paid=paid, fee=1_500, fee_currency="USD", debited=True
    )
    then_exactly(world.when(c.OpenChargeback(amount)), opened)
    assert opened_in(world).paid == paid
    assert world.balance("ext:buyer", "EUR") == -9_200 + paid
    assert world.balance("platform:fx", "EUR") == 9_200 - paid
    assert world.balance("platform:fx") == -10_000 + amount
    assert world.balance("chargeback_receivable") == -amount
    world.after(WON)
    assert world.balance("ext:buyer", "EUR") == -9_200
    assert world.balance("chargeback_receivable") == 0


def test_a_frozen_chargeback_abroad_pays_the_buyer_when_it_is_lost() -> None:
    """The buyer gets euros, paid from the order's dollars."""
    world = given(*DELIVERED, c.OpenChargeback(5_000), pay_in="EUR", rate="0.92", policy=STILL)
    assert world.balance("ext:buyer", "EUR") == -9_200
    world.after(LOST)
    assert world.balance("ext:buyer", "EUR") == -4_600
    assert world.balance("chargeback_receivable") == 0
    assert world.balance("platform:fx") == -5_000


def test_the_networks_fee_has_a_currency_of_its_own() -> None:
    """The platform pays it, so no exchange rate is needed."""
    world = given(*DELIVERED, policy=replace(POLICY, chargeback_fee=Money(1_200, "EUR")))
    then_exactly(
        world.when(CHARGE_BACK),
        e.ChargebackOpened(amount=10_000, paid=10_000, fee=1_200, fee_currency="EUR", debited=True),
    )
    assert world.balance("platform:dispute_fees", "EUR") == -1_200
    assert world.balance("ext:network", "EUR") == 1_200


def test_a_debt_is_repaid_by_what_a_lost_chargeback_leaves() -> None:
    """What is released repays the seller's debt first."""
    world = given(*DELIVERED, c.OpenChargeback(4_000))
    world.move("seller:seller-1:debt", "ext:bank", 1_000)
    then_exactly(
        world.when(LOST),
        e.ChargebackLost(4_000, 0, e.Sources(escrow=4_000), "decided by the bank"),
        e.FundsReleased(6_000, 300, 1_000, 4_700),
    )
