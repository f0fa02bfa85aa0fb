"""Plays the life of a world in order of time: the steps of its orders' stories, and deadlines.

The engine decides every step, and deadlines fire as they would at the desk: before a command
given at the same instant, ties by order id.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from heapq import heappop, heappush

from escrow_tui.desk.checkout import order_name
from escrow_tui.engine.account import AskAccount, SellerAccount
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.consequences import consequences_of
from escrow_tui.engine.deadlines import Deadline, deadlines
from escrow_tui.engine.decide import decide, expire
from escrow_tui.engine.entry import CLOCK_STREAM, order_stream
from escrow_tui.engine.events import AnyEvent, ClockAdvanced
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy, policy_hash
from escrow_tui.engine.roles import CLOCK, Actor, Role
from escrow_tui.scenarios.invent.world.placements import Placing, delay
from escrow_tui.scenarios.invent.world.purchases import Shopping
from escrow_tui.scenarios.invent.world.purses import Purse, Purses
from escrow_tui.scenarios.invent.world.scene import WorldScene
from escrow_tui.scenarios.invent.world.stories import OrderStory
from escrow_tui.scenarios.invent.world.verbs import ACTS
from escrow_tui.store import Append, StoredOrder

# In this order they happen at one instant.
_DEADLINE, _STEP, _PURSE = range(3)
_NEVER = 1 << 62


class OrderCourse:
    """An order in play: how far it has come, and what its story and its deadlines wait for."""

    __slots__ = (
        "deadline",
        "draw",
        "due",
        "nth",
        "order",
        "order_id",
        "story",
        "stream",
        "version",
    )

    def __init__(self, order_id: str, story: OrderStory, draw: int, at: int) -> None:
        self.order_id, self.stream = order_id, order_stream(order_id)
        self.story, self.draw = story, draw
        self.order: Order | None = None
        self.version = 0
        self.deadline: Deadline | None = None
        # The number of the story's next step, and its instant.
        self.nth, self.due = -1, at
        self.go_on()

    def go_on(self) -> None:
        """Wait for the next step."""
        self.nth += 1
        if self.nth < len(self.story.steps):
            self.due += delay(self.story, self.draw, self.nth)
        else:
            self.due = _NEVER

    def awaited(self) -> tuple[int, int]:
        """Return the instant of what comes next, and whether that is a deadline or a step."""
        first = self.deadline
        if first is not None and first.at <= self.due:
            return first.at, _DEADLINE
        return self.due, _STEP


class Life:
    """A market's entries from its first instant to its present, one by one.

    Only an order's last entry carries its state, so that the state is written once.
    """

    def __init__(self, policy: Policy, shopping: Shopping, scene: WorldScene, until: int) -> None:
        self._policy, self._policy_hash = policy, policy_hash(policy)
        self._shopping, self._scene = shopping, scene
        self._purses = Purses(scene.chance, self._policy)
        self._until = until
        self._heap: list[tuple[int, int, str, OrderCourse | Purse]] = []

    def appends(self, started: int, placings: Iterable[Placing]) -> Iterator[Append]:
        """Yield the entries in order of time; `started` is the first instant (Unix seconds)."""
        shops = [one.id for one in self._scene.people.values() if one.role is Role.SELLER]
        yield from self._purses.filled(started, shops)
        self._expect_purses()
        for number, placing in enumerate(placings):
            at, order_id = started + placing.at, order_name(number)
            yield from self._come((at, _STEP, order_id))
            yield self._placed(OrderCourse(order_id, placing.story, placing.draw, at), at)
        yield from self._come((self._until, _PURSE + 1, ""))
        yield Append(
            stream=CLOCK_STREAM,
            version=0,
            at=self._until,
            actor=CLOCK,
            events=(ClockAdvanced(self._until),),
        )

    def _come(self, before: tuple[int, int, str]) -> Iterator[Append]:
        """Yield the entries of everything that is awaited before this moment."""
        heap, waiting = self._heap, self._purses.waiting
        while heap and heap[0] < before:
            at, rank, _, awaited = heappop(heap)
            if isinstance(awaited, Purse):
                append = self._purses.opened(awaited, at)
            elif rank == _DEADLINE:
                append = self._expired(awaited, at)
            else:
                append = self._stepped(awaited, at)
            if append is not None:
                yield append
            if waiting:
                self._expect_purses()

    def _expect_purses(self) -> None:
        """Put the withdrawals that people have planned in the queue."""
        waiting = self._purses.waiting
        while waiting:
            at, name, purse = waiting.pop()
            heappush(self._heap, (at, _PURSE, name, purse))

    def _placed(self, course: OrderCourse, at: int) -> Append:
        command = self._shopping.order(course.story, at)
        return self._decided(course, at, Actor(Role.BUYER, command.buyer), command)

    def _stepped(self, course: OrderCourse, at: int) -> Append:
        assert course.order is not None
        act = ACTS[course.story.steps[course.nth].act]
        course.go_on()
        return self._decided(course, at, *act(course.order, self._scene))

    def _decided(self, course: OrderCourse, at: int, actor: Actor, command: AnyCommand) -> Append:
        answer = decide(
            course.order,
            self._account(course.order),
            command,
            actor,
            self._policy,
            self._policy_hash,
            at,
        )
        if isinstance(answer, Refused):
            raise AssertionError(f"{course.story.name}, step {course.nth}: {answer.sentence}")
        return self._led(course, at, actor, answer.events, command)

    def _expired(self, course: OrderCourse, at: int) -> Append:
        order, deadline = course.order, course.deadline
        assert order is not None
        assert deadline is not None
        account = self._account(order)
        events = expire(order, account, deadline, self._policy, self._policy_hash)
        return self._led(course, at, CLOCK, events, None)

    def _account(self, order: Order | None) -> AskAccount:
        if order is None:
            return SellerAccount
        return partial(self._purses.account, order.seller, order.currency)

    def _led(
        self,
        course: OrderCourse,
        at: int,
        actor: Actor,
        events: tuple[AnyEvent, ...],
        command: AnyCommand | None,
    ) -> Append:
        """Return an order's entry, and queue what comes next for the order."""
        led, version = consequences_of(course.order, events, course.order_id, at), course.version
        course.order, course.version = led.order, version + 1
        self._purses.book(led.lines, at)
        running = deadlines(led.order, self._policy)
        course.deadline = running[0] if running else None
        following, rank = course.awaited()
        after = None
        if following > self._until:
            due = course.deadline.at if course.deadline else None
            after = StoredOrder(led.order, version + 1, due)
        else:
            heappush(self._heap, (following, rank, course.order_id, course))
        return Append(
            stream=course.stream,
            version=version,
            at=at,
            actor=actor,
            events=events,
            command=command,
            lines=led.lines,
            trust=led.trust,
            after=after,
        )
