"""Every moment that one order can reach, and every move out of it.

The order costs 100.00, and a part of it is 40.00. At each moment everything that the process opens
is tried with a small set of arguments, and time goes on to the next deadline or to the next instant
at which something else becomes possible.
"""

import argparse
from collections import deque
from collections.abc import Hashable, Iterator

import msgspec

from escrow_tui.engine import commands as c
from escrow_tui.engine.answers import Done
from escrow_tui.engine.deadlines import MONEY_TIMERS, TIMERS, Deadline
from escrow_tui.engine.instant import DAY
from escrow_tui.engine.money import Money
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.process import PROCESS, ProcessRow
from escrow_tui.engine.terms import ENDED
from escrow_tui.engine.timer import Timer
from tests.given.orders import START
from tests.proofs.canonical import gates, key_of
from tests.proofs.market import Market
from tests.proofs.moves import BUYER, PART, SELLER, is_one_step, moves
from tests.proofs.policies import presets, with_rows
from tests.proofs.verdict import Progress, say, verdict

HELP = "every reachable moment of one order under every preset: 0 violations, 0 stuck"
PRICE = 10_000
DEFAULT = "aliexpress"
# What is walked: placing is how each walk starts, and the timers of money have no process row.
ROWS = tuple(row for row in PROCESS if row.verb != "place_order")
RINGING: tuple[Timer | str, ...] = (
    *TIMERS,
    *dict.fromkeys(timer.name for timer in MONEY_TIMERS),
)
YEARS = 5 * 365 * DAY
_PENDING = "seller:seller-1:pending"
BOUNDS = f"""\
bounded: no weekend and no holiday (a day is a day); price {PRICE // 100}.00, part {PART // 100}.00;
  a living order's refund settles at once, the seller refunds a part once; money is taken home as a
  whole, and while no dispute or return runs; of the seller's and the platform's offers one stands;
  after a replacement, a return, a won chargeback or a second dispute only the widest arguments;
  a second dispute is told from the first until it is answered;
checked for one step and not followed: words, evidence, looking, opening the parcel, reviews,
  extensions, edited claims, the buyer's offers, the seller's in mediation; after a return, a
  replacement, a won chargeback or in a second dispute also offers, asking for evidence and a
  chargeback"""


class Start(msgspec.Struct, frozen=True):
    """How the order begins: how it is paid, and the seller's deposit."""

    name: str
    method: str = "credit_card"
    deposit: int = 0


CARD, CASH = Start("card"), Start("cash", "western_union")
DEPOSIT = Start("deposit", deposit=3_000)


class Found(msgspec.Struct):
    """What an exploration found; `rows` were walked, and `timers` rang."""

    states: int = 0
    steps: int = 0
    violations: list[str] = msgspec.field(default_factory=list)
    stuck: list[str] = msgspec.field(default_factory=list)
    rows: set[ProcessRow] = msgspec.field(default_factory=set)
    timers: set[Timer | str] = msgspec.field(default_factory=set)

    def add(self, other: "Found") -> None:
        """Add what another exploration found."""
        self.states += other.states
        self.steps += other.steps
        self.violations += other.violations
        self.stuck += other.stuck
        self.rows |= other.rows
        self.timers |= other.timers


class Explorer:
    """Walks breadth first from one start; `parents` holds the step that led to each moment.

    `most` limits the moments, 0 for no limit; with `keep`, `kept` holds the order at each of them.
    """

    def __init__(self, policy: Policy, start: Start, most: int = 0, *, keep: bool = False) -> None:
        self.policy, self.most, self.keep = policy, most, keep
        self.kept: list[Order] = []
        self.found = Found()
        self.parents: dict[Hashable, tuple[Hashable, str]] = {}
        self.later: dict[Hashable, Hashable] = {}
        self.ended: set[Hashable] = set()
        self._side: set[Hashable] = set()
        self._queue: deque[tuple[Hashable, Market]] = deque()
        market = Market(policy, START)
        if start.deposit:
            market.deposit(SELLER.person, start.deposit, "USD")
        line = c.Line("a", PRICE)
        order = c.PlaceOrder(
            buyer=BUYER.person,
            seller=SELLER.person,
            lines=(line,),
            currency="USD",
            method=start.method,
        )
        market.submit("A", order, BUYER)
        self._come_to(market, None, "placed")

    def walk(self, progress: Progress) -> Found:
        """Explore until nothing is new, or until something fails."""
        while self._queue and not self.found.violations:
            if self.most and len(self.parents) >= self.most:
                break
            key, market = self._queue.popleft()
            self._moves(key, market)
            self._time(key, market)
            progress.tell(f"{len(self.parents)} states, {self.found.steps} steps")
        self.found.states = len(self.parents)
        if not self._queue:
            self._look_for_stuck()
        return self.found

    def way_to(self, key: Hashable) -> str:
        """Return the steps that led to a moment."""
        told: list[str] = []
        at: Hashable | None = key
        while at in self.parents:
            at, step = self.parents[at]
            told.append(step)
        return ", ".join(reversed(told))

    def _moves(self, key: Hashable, market: Market) -> None:
        order = market.orders["A"]
        for row, command, actor in moves(order, self.policy):
            self.found.steps += 1
            answer = market.asked("A", command, actor)
            if not isinstance(answer, Done):
                continue
            self.found.rows.add(row)
            after = market.fork()
            after.apply("A", answer.events, after.now)
            step = f"{actor} {row.verb}"
            if is_one_step(row, order):
                self._check_alone(after, key, step)
            else:
                self._come_to(after, key, step)
        if (cash := market.balance("seller:seller-1:available", "USD")) and not order.stage:
            self.found.steps += 1
            after = market.fork()
            after.submit("A", c.WithdrawMoney(cash), SELLER)
            self._come_to(after, key, "withdraw_money")

    def _time(self, key: Hashable, market: Market) -> None:
        """Move the clock to the next deadline or gate; without a deadline, this is an end."""
        due = market.next_due()
        order = market.orders["A"]
        instants = [at for at in gates(order, self.policy) if at > market.now]
        if not due:
            if order.phase in ENDED and not _left(market):
                self.ended.add(key)
            return
        after, to = market.fork(), min([due[0], *instants])
        if to == due[0]:
            self.found.timers.add(_timer(order, due[2]))
        after.advance(to)
        self.found.steps += 1
        self.later[key] = self._come_to(after, key, "time")

    def _come_to(self, market: Market, before: Hashable, step: str) -> Hashable:
        """Note a moment, and queue it if it is new; what is due now happens first."""
        market.advance(market.now)
        key = key_of(market, "A")
        if key not in self.parents:
            self.parents[key] = (before, step)
            self._queue.append((key, market))
            if self.keep:
                self.kept.append(market.orders["A"])
        if market.violations:
            way = self.way_to(before)
            self.found.violations += [f"{one}, after {way}, {step}" for one in market.violations]
        return key

    def _check_alone(self, market: Market, before: Hashable, step: str) -> None:
        """Check a step that is not followed: it breaks nothing, and time alone ends the order."""
        key = key_of(market, "A")
        if key in self._side or (key in self.parents and not market.violations):
            return
        self._side.add(key)
        market.advance(market.now + YEARS)
        way = f"after {self.way_to(before)}, {step}"
        self.found.violations += [f"{one}, {way}" for one in market.violations]
        if market.orders["A"].phase not in ENDED or market.due["A"] or _left(market):
            self.found.stuck.append(way)

    def _look_for_stuck(self) -> None:
        """Follow time alone from every moment: it must lead to an end."""
        good = set(self.ended)
        for key in self.parents:
            path: list[Hashable] = []
            while key not in good and key in self.later and len(path) < len(self.parents):
                path.append(key)
                key = self.later[key]
            if key in good:
                good.update(path)
            else:
                self.found.stuck.append(f"after {self.way_to(path[0] if path else key)}")


def _left(market: Market) -> int:
    """Return money that has not reached its owner."""
    return market.balance("refunds_payable", "USD") or market.balance(_PENDING, "USD")


def _timer(order: Order, due: Deadline) -> Timer | str:
    """Return the timer that a deadline comes from; for those of money, its name."""
    rows = (one for one in TIMERS if (one.name, one.rule) == (due.name, due.rule))
    return next((one for one in rows if order.phase in one.phases), due.name)


def variants() -> Iterator[tuple[str, Policy, tuple[Start, ...]]]:
    """Every preset without weekends; with a signature threshold, also one that the order meets."""
    for name, policy in presets().items():
        days = with_rows(policy, {"weekend": (), "holidays": ()})
        yield name, days, (CARD, CASH, DEPOSIT) if name == DEFAULT else (CARD, CASH)
        if policy.signature_from:
            signed = with_rows(days, {"signature_from": Money(PRICE, "USD")})
            yield f"{name}, signed", signed, (CARD,)


def explored(name: str, policy: Policy, starts: tuple[Start, ...]) -> Found:
    """Explore a policy from each start, and print what was found."""
    found = Found()
    for start in starts:
        found.add(Explorer(policy, start).walk(Progress(f"explore {name} {start.name}")))
    say(
        f"{name} ({', '.join(start.name for start in starts)}): {found.states} states,"
        f" {found.steps} steps, {len(found.violations)} violations, {len(found.stuck)} stuck,"
        f" {len(found.rows)} of {len(ROWS)} rows walked,"
        f" {len(found.timers)} of {len(RINGING)} timers rang"
    )
    for line in (*found.violations[:3], *(f"stuck {one}" for one in found.stuck[:3])):
        say(f"  {line}")
    return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice of one preset."""
    parser.add_argument("--preset", default="", help="only this one and its variants")


def main(options: argparse.Namespace) -> int:
    """Explore every preset, print its figures, and give one verdict on all of them."""
    total = Found()
    say(BOUNDS)
    for name, policy, starts in variants():
        if not options.preset or name.partition(",")[0] == options.preset:
            total.add(explored(name, policy, starts))
    idle = [f"{row.verb} by the {row.role}" for row in ROWS if row not in total.rows]
    silent = [f"{one}" for one in RINGING if one not in total.timers]
    for line in (*idle, *silent):
        say(f"nowhere: {line}")
    return verdict(
        "explore",
        not (total.violations or total.stuck or idle or silent),
        f"{total.states} states, {total.steps} steps, {len(total.violations)} violations,"
        f" {len(total.stuck)} stuck, {len(total.rows)} of {len(ROWS)} rows walked,"
        f" {len(total.timers)} of {len(RINGING)} timers rang",
    )
