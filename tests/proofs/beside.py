"""The engine and the second model side by side: given the same, compared after every command."""

from collections import Counter

from escrow_tui.engine import commands as c
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.deadlines import Deadline
from escrow_tui.engine.policy import Policy
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import ENDED
from tests.given.orders import START
from tests.proofs.compare import differences
from tests.proofs.market import Market, folded, said
from tests.proofs.model.market import Model
from tests.proofs.model.numbers import DAY

EDGES = (-1, 0, 1)
YEARS = 3 * 365 * DAY


class Coverage:
    """What has been tried: refusals, events, commands at the edges of deadlines, policies."""

    def __init__(self) -> None:
        self.steps = self.comparisons = self.games = 0
        self.refusals: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        self.edges: Counter[tuple[str, int]] = Counter()
        self.policies: set[Policy] = set()


class Beside:
    """Two markets that must agree; `violations` holds what failed, `told` what happened."""

    def __init__(self, policy: Policy, seen: Coverage, *, journal: bool = True) -> None:
        self.seen = seen
        self.policy = policy
        self.market = Market(policy, START, journal=journal)
        self.model = Model(policy)
        self.steps = 0
        self.violations: list[str] = []
        self.told: list[str] = []
        self._rang: list[tuple[int, str, str]] = []

    def advance(self, to: int) -> None:
        """Move both clocks, and compare."""
        self.market.advance(to)
        self._rang += self.market.fired
        rang = self.model.advance(to)
        fired = {order_id for _, order_id, _ in self.market.fired}
        self._compare(fired | set(rang))

    def submit(
        self, order_id: str, command: c.AnyCommand, actor: Actor, policy: Policy | None = None
    ) -> None:
        """Ask both: they must agree, and a refusal must have a reason."""
        before = self.market.due.get(order_id, ())
        self.advance(self.market.now)
        reasons = self.model.against(order_id, command, actor, self.market.now)
        answer = self.market.submit(order_id, command, actor, policy)
        self.steps += 1
        self._count(order_id, before, answer)
        self.told.append(f"{self.market.now - START:>9} {order_id} {said(command, actor, answer)}")
        code = answer.code if isinstance(answer, Refused) else ""
        if code not in reasons if reasons else code:
            rules = " or ".join(sorted(reasons)) or "done"
            line = f"{actor} {c.verb_of(command)}: {code or 'done'}, the rules say {rules}"
            self.violations.append(line)
        elif not code:
            own = policy or self.policy
            self.model.tell(order_id, command, actor, own, self.market.now)
            self._compare({order_id} if order_id in self.market.orders else set())

    def _compare(self, order_ids: set[str]) -> None:
        self.seen.comparisons += 1
        self.violations += self.market.violations
        self.violations += differences(self.market, self.model, order_ids)

    def rest(self) -> None:
        """Let nobody act again: time alone must end every order, and the journal must agree."""
        self.advance(self.market.now + YEARS)
        for order_id, order in self.market.orders.items():
            if order.phase not in ENDED or self.market.due[order_id]:
                self.violations.append(f"14: order {order_id} does not end")
        self.violations += [
            f"14: something stays in {account}"
            for account, _ in self.market.balances
            if account == "refunds_payable" or account.endswith(":pending")
        ]
        entries = self.market.entries
        if entries is not None and folded(entries) != (self.market.orders, self.market.balances):
            self.violations.append("10: folding the journal gives another market")
        self._compare(set(self.market.orders))

    def _count(self, order_id: str, before: tuple[Deadline, ...], answer: Answer) -> None:
        self.seen.steps += 1
        if isinstance(answer, Refused):
            self.seen.refusals[answer.code] += 1
        for at, whose, name in self._rang:
            if whose == order_id and self.market.now - at in EDGES:
                self.seen.edges[name, self.market.now - at] += 1
        for deadline in before:
            if deadline.at == self.market.now + 1:
                self.seen.edges[deadline.name, -1] += 1
        self._rang = []
