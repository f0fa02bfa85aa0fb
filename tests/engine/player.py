"""A player who tries things in a market of a few orders, and two sets of books that must agree."""

from escrow_tui.engine import commands as c
from escrow_tui.engine.answers import Done, Refused
from escrow_tui.engine.deadlines import DAY, deadlines
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.engine.terms import Reason
from tests.engine import given as g
from tests.engine.rules import ENDED_PHASES, OPEN, VERBS, cell_of, closed
from tests.engine.shadow import Purse, Shadow
from tests.engine.telling import read, tell, told
from tests.engine.tries import Pick, asked, build

# (id, buyer, price, method, currency paid in, rate, what that makes in its minor units)
ORDERS = (
    ("A", g.BUYER, 10_000, "credit_card", "", "", 10_000),
    ("B", g.BUYER, 5_000, "western_union", "", "", 5_000),
    ("C", g.OTHER_BUYER, 3_333, "debit_card", "EUR", "0.92", 3_066),
)
# The processor's cost and the agent's fee, worked out by hand from the method's row.
COSTS = {"A": (320, 0), "B": (0, 495), "C": (93, 0)}
PEOPLE: dict[Role, tuple[Actor, ...]] = {
    Role.BUYER: (g.BUYER, g.OTHER_BUYER),
    Role.SELLER: (g.SELLER, g.OTHER_SELLER),
    Role.MEDIATOR: (g.MEDIATOR, g.OTHER_MEDIATOR),
    Role.CARRIER: (CARRIER,),
    Role.BANK: (BANK,),
    Role.CLOCK: (Actor(Role.CLOCK, "clock"),),
}
COMPLETED: tuple[c.AnyCommand, ...] = (
    c.Pay(),
    c.VerifyPayment(),
    c.Ship(g.TRACKING),
    g.DELIVER,
    c.ConfirmReceipt(),
)
DISPUTE = c.OpenDispute(Reason.DAMAGED, 3_333, (g.PHOTO,))
ARGUED: tuple[c.AnyCommand, ...] = (DISPUTE, c.RejectClaim(), c.Escalate())


class Player:
    """Takes steps by a source of picks; `violations` holds what did not hold."""

    def __init__(self, policy: Policy, orders: int, deposit: int) -> None:
        self.world = g.World(policy)
        self.purse = Purse()
        self.shadows: dict[str, Shadow] = {}
        self.done = self.refused = 0
        self.lied: list[str] = []
        self.withdrawn = 0
        self.deposit = self.purse.deposit = deposit
        if deposit:
            self.world.move("ext:bank", "seller:seller-1:deposit", deposit)
        for order_id, buyer, price, method, pay_in, rate, foreign in ORDERS[:orders]:
            order = g.place_order(
                buyer=buyer.person, price=price, method=method, pay_in=pay_in, rate=rate
            )
            assert isinstance(self.world.submit(order_id, order, buyer), Done)
            by_cash = method == "western_union"
            self.shadows[order_id] = Shadow(policy, self.purse, price, foreign, by_cash, g.START)

    @property
    def violations(self) -> list[str]:
        """Everything that did not hold so far."""
        return self.world.violations + self.lied

    # -- the steps

    def far(self, pick: Pick) -> None:
        """Bring each order some way along the happy path, so that tries reach the late phases."""
        for order_id in self.shadows:
            own = Actor(Role.BUYER, self.world.orders[order_id].buyer)
            path = (*COMPLETED, *ARGUED) if pick(3) == 0 else (*COMPLETED[:-1], *ARGUED)
            for step in path[: pick(len(path) + 4)]:
                giver = g.giver_of(step)
                self.submit(order_id, step, own if giver is g.BUYER else giver)

    def act(self, pick: Pick) -> None:
        """Try a command: seven of ten times one that the rules leave open."""
        running = [one for one in self.shadows if self.shadows[one].phase not in ENDED_PHASES]
        choices = running if running and pick(10) else tuple(self.shadows)
        order_id = choices[pick(len(choices))]
        order = self.world.orders[order_id]
        legal = pick(10) < 7
        actor, verb = self._legal(order, pick) if legal else self._any(pick)
        wild = 1 + pick(3) if pick(4) == 0 else 0
        command = build(verb, order, pick, wild)
        self.submit(order_id, command, actor)

    def tick(self, pick: Pick) -> None:
        """Move the clock to a deadline, a second before or a second after, or by a while."""
        due = self.world.next_due()
        jump = pick(8)
        if due is None or jump == 7:
            self.advance(self.world.now + (1, DAY, 12 * DAY, 90 * DAY)[pick(4)])
        elif jump == 6:
            self.advance(self.world.now + 1 + pick(3 * DAY))
        else:
            self.advance(due[0] + jump % 3 - 1)

    def withdraw(self, pick: Pick) -> None:
        """Take the seller's available money out of the market, as a later verb will."""
        amount = self.purse.available if pick(2) else self.purse.available // 2
        self.purse.available -= amount
        self.withdrawn += amount
        self.world.move("seller:seller-1:available", "ext:bank", amount)
        self.check()

    def advance(self, to: int) -> None:
        """Move both clocks and compare."""
        to = max(to, self.world.now)
        self.world.advance(to)
        self._ring(to)
        self.check()

    def submit(self, order_id: str, command: c.AnyCommand, actor: Actor) -> None:
        """Ask for something, tell the second books, and compare."""
        self.advance(self.world.now)
        order, before = self.world.orders[order_id], dict(self.world.balances)
        verb, expected = c.verb_of(command), closed(order, c.verb_of(command), actor)
        answer = self.world.submit(order_id, command, actor)
        refused = answer.code if isinstance(answer, Refused) else ""
        if expected != refused and (expected or refused in ("WRONG_ROLE", "WRONG_PHASE")):
            self.lied.append(f"{actor} {verb}: {refused or 'done'}, not {expected or 'open'}")
        if isinstance(answer, Refused):
            self.refused += 1
            if (self.world.orders[order_id], self.world.balances) != (order, before):
                self.lied.append(f"7: the refused {verb} changed something")
        else:
            self.done += 1
            least = 1 if isinstance(command, c.OpenDispute | c.EditClaim) else 0
            most = self.shadows[order_id].paid - self.shadows[order_id].back
            if not least <= asked(command, least) <= most:
                self.lied.append(f"4: {verb} of {asked(command, least)}, at most {most}")
            tell(self.shadows[order_id], command, actor, self.world.now)
        self.check()

    def rest(self) -> None:
        """Let nobody act again: time alone must bring everything to an end."""
        self.advance(self.world.now + 3 * g.YEAR)
        for order_id, order in self.world.orders.items():
            if order.phase not in ENDED_PHASES or deadlines(order, self.world.policy):
                self.lied.append(f"14: order {order_id} does not end")
        for account in ("refunds_payable", "seller:seller-1:pending"):
            if self.world.balance(account):
                self.lied.append(f"14: something stays in {account}")

    # -- the picks

    def _legal(self, order: Order, pick: Pick) -> tuple[Actor, str]:
        mediator = order.dispute.mediator if order.dispute else ""
        own = {
            Role.BUYER: Actor(Role.BUYER, order.buyer),
            Role.MEDIATOR: Actor(Role.MEDIATOR, mediator or str(1 + pick(2))),
        }
        choices = [
            (own.get(Role(role), PEOPLE[Role(role)][0]), verb)
            for role, verbs in OPEN[cell_of(order)].items()
            for verb in verbs
        ]
        return choices[pick(len(choices))]

    def _any(self, pick: Pick) -> tuple[Actor, str]:
        people = PEOPLE[tuple(Role)[pick(len(Role))]]
        return people[pick(len(people))], VERBS[pick(len(VERBS))]

    # -- the comparison

    def _ring(self, to: int) -> None:
        while True:
            due = [
                (at, order_id, name)
                for order_id, shadow in self.shadows.items()
                for at, name in shadow.deadlines()
                if at <= to
            ]
            if not due:
                return
            at, order_id, name = min(due)
            self.shadows[order_id].rang(name, at)

    def check(self) -> None:
        """Compare the two sets of books and fold the journal again."""
        for order_id, shadow in self.shadows.items():
            expected, found = told(shadow), read(self.world.orders[order_id], self.world.policy)
            self.lied += [
                f"order {order_id}: {name} is {found[name]}, not {value}"
                for name, value in expected.items()
                if found[name] != value
            ]
            if self._folded(order_id) != self.world.orders[order_id]:
                self.lied.append(f"10: folding order {order_id} again gives another order")
        balances = {key: minor for key, minor in self.world.balances.items() if minor}
        expected_books = self._books()
        if balances != expected_books:
            self.lied.append(f"10: {sorted(balances.items() ^ expected_books.items())}")
        for currency in ("USD", "EUR"):
            if sum(minor for (_, code), minor in balances.items() if code == currency):
                self.lied.append(f"1: the accounts do not sum to zero in {currency}")

    def _folded(self, order_id: str) -> Order | None:
        order: Order | None = None
        for stream, at, event in self.world.history:
            if stream == order_id:
                order = evolve(order, event, order_id, at)
        return order

    def _books(self) -> dict[tuple[str, str], int]:
        """Say what every account must hold, from the second books alone."""
        usd = {
            "seller:seller-1:pending": self.purse.pending,
            "seller:seller-1:available": self.purse.available,
            "seller:seller-1:deposit": self.purse.deposit,
            "seller:seller-1:debt": -self.purse.debt,
            "ext:bank": self.withdrawn - self.deposit,
        }
        eur: dict[str, int] = {}

        def add(book: dict[str, int], account: str, minor: int) -> None:
            book[account] = book.get(account, 0) + minor

        for order_id, shadow in self.shadows.items():
            foreign = order_id == "C"
            cost, fee = COSTS[order_id] if shadow.paid else (0, 0)
            add(usd, f"escrow:{order_id}", shadow.held())
            add(usd, "platform:commission", shadow.commission())
            add(usd, "refunds_payable", sum(shadow.owed.values()))
            add(usd, "platform:psp_fees", -cost)
            add(usd, "ext:psp", cost)
            add(usd, "ext:western_union", fee)
            wallet = "buyer:buyer-1:wallet" if shadow.by_cash else "ext:buyer"
            add(usd, "platform:fx" if foreign else "ext:buyer", -shadow.paid - fee)
            add(usd, "platform:fx" if foreign else wallet, shadow.arrived)
            if foreign and shadow.paid:
                add(eur, "ext:buyer", shadow.paid_back() - shadow.foreign)
                add(eur, "platform:fx", shadow.foreign - shadow.paid_back())
        books = {(account, "USD"): minor for account, minor in usd.items()}
        books |= {(account, "EUR"): minor for account, minor in eur.items()}
        return {key: minor for key, minor in books.items() if minor}
