"""One game: a market of a few orders, in which people try one thing after another."""

import traceback
from collections.abc import Iterator
from random import Random

from escrow_tui.engine import commands as c
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import BANK, CARRIER, CLOCK, Actor, Role
from escrow_tui.engine.terms import ENDED
from tests.given.orders import START
from tests.proofs.beside import Beside, Coverage
from tests.proofs.model.numbers import DAY
from tests.proofs.model.who import ROLES, open_to
from tests.proofs.openings import PATHS, PAUSES, RARE, spoken
from tests.proofs.tries import build

STEPS_A_GAME = 100
_BUYERS, _SELLERS = ("buyer-1", "buyer-2"), ("seller-1", "seller-2")
# The currency of the price, the currency paid in, and the bank's rate between them.
_PAID = (
    *((currency, "", "") for currency in ("USD", "USD", "USD", "USD", "JPY", "KWD")),
    ("USD", "EUR", "0.92"),
    ("USD", "JPY", "147.35"),
    ("JPY", "EUR", "0.00612"),
    ("KWD", "USD", "3.2561"),
)
_METHODS = ("credit_card", "credit_card", "debit_card", "virtual_card", "western_union")
_PEOPLE: dict[Role, tuple[Actor, ...]] = {
    Role.BUYER: tuple(Actor(Role.BUYER, one) for one in _BUYERS),
    Role.SELLER: tuple(Actor(Role.SELLER, one) for one in _SELLERS),
    Role.MEDIATOR: (Actor(Role.MEDIATOR, "1"), Actor(Role.MEDIATOR, "2")),
    Role.CARRIER: (CARRIER,),
    Role.BANK: (BANK,),
    Role.CLOCK: (CLOCK,),
}
_EVERYBODY = tuple(person for people in _PEOPLE.values() for person in people)
_VERBS = tuple(sorted(set(ROLES) - {"withdraw_money", "withdraw_wallet", "set_rate"}))
# Open nearly everywhere: without a limit they would be most of what is tried.
_ALWAYS_OPEN = ("send_message", "settle_refund", "open_chargeback")


class Game(Beside):
    """Plays at random, on the engine and the second model."""

    def __init__(
        self, random: Random, policies: tuple[Policy, ...], seen: Coverage, *, journal: bool = True
    ) -> None:
        self.random = random
        self.policies = (random.choice(policies), random.choice(policies))
        super().__init__(self.policies[0], seen, journal=journal)
        seen.policies |= set(self.policies)
        seen.games += 1

    def pick(self, many: int) -> int:
        """Pick a number from 0 below `many`."""
        return int(self.random.random() * many)

    def play(self, most: int = STEPS_A_GAME) -> list[str]:
        """Give this many commands, or stop at a failure; then let time alone go on."""
        try:
            for _ in self._course():
                if self.violations or self.steps >= most:
                    break
            if not self.violations and most >= STEPS_A_GAME:
                self.rest()
        except Exception as stopped:
            self.violations.append(f"stopped: {stopped!r}\n{traceback.format_exc(limit=-4)}")
        self.seen.events.update(
            {str(kind.__struct_config__.tag): n for kind, n in self.market.events.items()}
        )
        return self.violations

    # -- the steps

    def _course(self) -> Iterator[None]:
        """Open each order in its own way, then try anything; each yield is one more command."""
        self.put_down()
        most_at_once = 1 + self.pick(3)
        while True:
            if len(self._running()) < most_at_once or self.pick(3) == 0:
                order_id = f"O{len(self.market.orders) + 1}"
                self.place(order_id)
                yield
                # A price converted to a foreign currency may be too small to be paid at all.
                if order_id in self.market.orders:
                    yield from self.open_up(order_id)
            self.attempt()
            yield

    def put_down(self) -> None:
        """Give one seller in three a deposit."""
        for seller in _SELLERS:
            if self.pick(3) == 0:
                self.market.deposit(seller, 1_000, "USD")
                self.model.deposit(seller, 1_000, "USD")

    def _running(self) -> list[str]:
        return [one for one, order in self.market.orders.items() if order.phase not in ENDED]

    def place(self, order_id: str) -> None:
        """Order something from a seller, in one currency or another."""
        buyer, seller = self.random.choice(_BUYERS), self.random.choice(_SELLERS)
        currency, pay_in, rate = self.random.choice(_PAID)
        amounts = [1 + self.pick(9_999) for _ in range(1 + self.pick(3))]
        amounts = [10_000] if self.pick(4) == 0 else amounts
        order = c.PlaceOrder(
            buyer=buyer,
            seller=seller,
            lines=tuple(c.Line(f"l{at}", amount) for at, amount in enumerate(amounts)),
            currency=currency,
            shipping=self.pick(2) * self.pick(2_000),
            origin="CN",
            destination=("DE", "DE", "RU", "BR")[self.pick(4)],
            promised_days=(3, 30, 30)[self.pick(3)],
            method=self.random.choice(_METHODS),
            pay_in=pay_in,
            rate=rate,
            card_expires=START + (5 + self.pick(40)) * DAY if self.pick(4) == 0 else 0,
        )
        self.submit(order_id, order, Actor(Role.BUYER, buyer), self.random.choice(self.policies))

    def open_up(self, order_id: str) -> Iterator[None]:
        """Take an order along one path into its life; skip a step that the policy refuses."""
        for word in self.random.choice(RARE if self.pick(4) else PATHS).split():
            if word == "edge":
                self.at_the_edge(order_id)
                yield
            elif word in PAUSES:
                due = self.market.due[order_id]
                silence = due[0].at if due else self.market.now
                self.advance(self.market.now + PAUSES[word] * DAY if PAUSES[word] else silence)
            else:
                whole = not self.market.policies[order_id][0].partial_refunds
                command, actor = spoken(word, self.market.orders[order_id], whole)
                if self.pick(8) == 0:
                    # The right command at the right moment, from anybody: most may not give it.
                    self.submit(order_id, command, self.random.choice(_EVERYBODY))
                    yield
                self.submit(order_id, command, actor)
                yield

    def at_the_edge(self, order_id: str) -> None:
        """Try what is open around the instant of the next deadline."""
        actor, verb = self._open_verb(order_id)
        command = build(verb, self.market.orders[order_id], self.pick, False)
        if due := self.market.due[order_id]:
            self.advance(max(self.market.now, due[0].at + self.pick(3) - 1))
        self.submit(order_id, command, actor)

    def attempt(self) -> None:
        """Let time pass or not, then try a command: an open one seven times in ten."""
        order_id = self._an_order()
        self._pass_time(order_id)
        if self.pick(15) == 0:
            return self._of_market(order_id)
        if self.pick(12) == 0:
            command = build("place_order", self.market.orders[order_id], self.pick, True)
            order = self.market.orders[order_id]
            return self.submit("X", command, Actor(Role.BUYER, order.buyer))
        open_ = self.pick(10) < 7
        actor, verb = self._open_verb(order_id) if open_ else self._any_verb(order_id)
        order = self.market.orders[order_id]
        return self.submit(order_id, build(verb, order, self.pick, self.pick(4) == 0), actor)

    def _an_order(self) -> str:
        """Pick an order, nine times in ten one that has not ended."""
        running = self._running() if self.pick(10) else []
        return self.random.choice(running or list(self.market.orders))

    def _pass_time(self, order_id: str) -> None:
        kind, now = self.pick(20), self.market.now
        if kind < 7:
            return
        due = self.market.due[order_id]
        if due and kind < 18:
            deadline = due[0] if kind < 13 else due[self.pick(len(due))]
            self.advance(max(now, deadline.at + self.pick(3) - 1))
        elif kind < 19:
            self.advance(now + 1 + self.pick(3 * DAY))
        elif self.pick(3) == 0:
            self.advance(now + (12, 40, 90, 200)[self.pick(4)] * DAY)

    def _of_market(self, order_id: str) -> None:
        """Withdraw money or set a rate; some of these commands are wrong."""
        order, odd = self.market.orders[order_id], self.pick(4) == 0
        if self.pick(4) == 0:
            code = "XXX" if odd else order.pay_in or order.currency
            rate = ("0", "x", "-1")[self.pick(3)] if odd else ("0.5", "1.1", "0.0071")[self.pick(3)]
            return self.submit(order_id, c.SetRate(code, rate), BANK)
        purses = [key for key in self.market.balances if key[0].endswith((":wallet", ":available"))]
        purse, code = self.random.choice(purses or [(f"seller:{order.seller}:available", "USD")])
        there = self.market.balance(purse, code)
        role, person, account = purse.split(":")
        amount = there + self.pick(3) - 1 if odd else there - self.pick(2) * (there // 2)
        kind = c.WithdrawMoney if account == "available" else c.WithdrawWallet
        command = kind(amount, "XXX" if odd and self.pick(2) else code)
        return self.submit(order_id, command, Actor(Role(role), person))

    def _open_verb(self, order_id: str) -> tuple[Actor, str]:
        """Pick a verb that the rules allow, and somebody who may use it."""
        life = self.model.lives[order_id]
        choices = [
            (str(role), verb)
            for role in Role
            for verb in open_to(life.cell, life.cell_beneath, role)
            if verb not in _ALWAYS_OPEN or self.pick(6) == 0
        ] or [("bank", "settle_refund")]
        role, verb = choices[self.pick(len(choices))]
        person = {"buyer": life.buyer, "seller": life.seller}.get(role)
        if role == "mediator":
            case = life.quarrel
            of = case.reviewer or "2" if case and case.stage == "APPEAL_REVIEW" else ""
            person = of or (case.judge if case and case.judge else str(1 + self.pick(2)))
        return (Actor(Role(role), person) if person else _PEOPLE[Role(role)][0]), verb

    def _any_verb(self, order_id: str) -> tuple[Actor, str]:
        """Pick a verb that may be closed here, or a person who may not use it."""
        role = self.random.choice(tuple(Role))
        if self.pick(2):
            own, verb = self._open_verb(order_id)
            return self.random.choice([own, *_PEOPLE[role]]), verb
        verb = self.random.choice(_VERBS)
        if self.pick(2):
            role = Role(self.random.choice(sorted(ROLES[verb])))
        return self.random.choice(_PEOPLE[role]), verb
