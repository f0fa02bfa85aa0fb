"""The second model's market: orders, books, rates and what is asked of no order."""

from escrow_tui.engine import commands as c
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor
from tests.proofs.model.against import against
from tests.proofs.model.books import Books
from tests.proofs.model.life import Life
from tests.proofs.model.numbers import METHODS, MINOR_DIGITS, MOST_MINOR, exchanged, right_rate
from tests.proofs.model.telling import ring, tell
from tests.proofs.model.timers import Due
from tests.proofs.model.who import ROLES

Codes = set[str]


class Model:
    """What a market must look like after what was asked of it."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.books = Books()
        self.lives: dict[str, Life] = {}
        self.rates: dict[str, str] = {}
        self._due: dict[str, list[Due]] = {}

    def due(self, name: str) -> list[Due]:
        """Return the timers of an order that run, in order."""
        return self._due[name]

    def advance(self, to: int) -> list[str]:
        """Let every timer ring up to an instant, the first first; return whose rang."""
        rang = []
        while running := [(due[0], name) for name, due in self._due.items() if due]:
            (at, timer, subject), name = min(running, key=lambda one: (one[0][0], one[1]))
            if at > to:
                break
            ring(self.lives[name], timer, subject, self.rates, at)
            self._due[name] = self.lives[name].timers.running()
            rang.append(name)
        return rang

    def against(self, name: str, command: c.AnyCommand, actor: Actor, now: int) -> Codes:
        """Return every code that may refuse a command; empty when it must be done."""
        if isinstance(command, c.MarketCommand):
            return self._against_market(command, actor)
        life = self.lives.get(name)
        if life is not None:
            return against(life, command, actor, now)
        assert isinstance(command, c.PlaceOrder)
        return _against_order(command, actor)

    def tell(
        self, name: str, command: c.AnyCommand, actor: Actor, policy: Policy, now: int
    ) -> None:
        """Let a command happen."""
        if isinstance(command, c.MarketCommand):
            return self._tell_market(command, actor)
        if isinstance(command, c.PlaceOrder):
            self.lives[name] = Life(name, command, policy, self.books, now)
        else:
            tell(self.lives[name], command, actor, self.rates, now)
        self._due[name] = self.lives[name].timers.running()
        return None

    def deposit(self, seller: str, amount: int, currency: str) -> None:
        """A seller puts money down."""
        lines = [("ext:bank", -amount), (f"seller:{seller}:deposit", amount)]
        self.books.post(currency, lines)

    def _against_market(self, command: c.MarketCommand, actor: Actor) -> Codes:
        if actor.role not in ROLES[c.verb_of(command)]:
            return {"WRONG_ROLE"}
        if command.currency not in MINOR_DIGITS:
            return {"CURRENCY_UNKNOWN"}
        if isinstance(command, c.SetRate):
            return set() if right_rate(command.rate) else {"BAD_RATE"}
        there = self.books.of(_purse(command, actor.person), command.currency)
        fee = self._fee(command.currency)
        if there <= fee:
            return {"NOTHING_TO_WITHDRAW"}
        return set() if fee < command.amount <= there else {"BAD_AMOUNT"}

    def _tell_market(self, command: c.MarketCommand, actor: Actor) -> None:
        if isinstance(command, c.SetRate):
            self.rates[command.currency] = command.rate
            return
        fee = self._fee(command.currency)
        outside = "ext:bank" if isinstance(command, c.WithdrawMoney) else "ext:buyer"
        lines = [(_purse(command, actor.person), -command.amount)]
        lines += [(outside, command.amount - fee), ("platform:withdrawal_fees", fee)]
        self.books.post(command.currency, lines)

    def _fee(self, currency: str) -> int:
        row = self.policy.withdrawal_fee
        return row.minor if row.currency == currency else 0


def _purse(command: c.WithdrawMoney | c.WithdrawWallet, person: str) -> str:
    if isinstance(command, c.WithdrawMoney):
        return f"seller:{person}:available"
    return f"buyer:{person}:wallet"


def _against_order(command: c.PlaceOrder, actor: Actor) -> Codes:
    """What speaks against an order that is to be placed."""
    if actor.role != "buyer":
        return {"WRONG_ROLE"}
    price = sum(line.amount for line in command.lines) + command.shipping
    amounts = [*(line.amount for line in command.lines), price]
    bad = any(not 1 <= amount <= MOST_MINOR for amount in amounts)
    bad |= not 0 <= command.shipping <= MOST_MINOR
    ids = [line.id for line in command.lines]
    known = {command.currency, command.pay_in or command.currency} <= set(MINOR_DIGITS)
    abroad = command.pay_in not in ("", command.currency)
    right = right_rate(command.rate)
    if known and abroad and right and not bad:
        paid = exchanged(price, command.currency, command.pay_in, command.rate)
        bad = not 1 <= paid <= MOST_MINOR
    checks = {
        "SAME_PERSON": command.buyer == command.seller,
        "NOT_YOURS": command.buyer != actor.person,
        "EMPTY_ORDER": not command.lines,
        "METHOD_UNKNOWN": command.method not in METHODS,
        "CURRENCY_UNKNOWN": not known,
        "LINE_TWICE": len(set(ids)) < len(ids),
        "BAD_RATE": abroad and not right,
        "BAD_AMOUNT": bad,
    }
    return {code for code, holds in checks.items() if holds}
