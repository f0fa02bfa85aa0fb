"""Plays a story through the desk, without a screen, on a temporary store of its own."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import assert_never

import msgspec

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.engine.commands import Pay, VerifyPayment
from escrow_tui.engine.context import refuse
from escrow_tui.engine.entry import journal_sha256
from escrow_tui.engine.events import name_of
from escrow_tui.engine.roles import BANK, Actor, Role
from escrow_tui.engine.terms import Phase
from escrow_tui.scenarios.file import grammar
from escrow_tui.scenarios.file.step_reader import Act, Advance, Expect, Step
from escrow_tui.scenarios.file.story import Story
from escrow_tui.scenarios.story.moves import Moves
from escrow_tui.scenarios.story.story_result import (
    AccountBalances,
    OrderResult,
    StepResult,
    StoryResult,
    account_balances,
    audit,
    events_after,
    iso,
    last_seq,
    order_results,
    refusal_result,
)
from escrow_tui.scenarios.story.verdict import StepFailed, check_expectations, judge
from escrow_tui.store import open_store

MARKET = "story"


class PlayedStory(msgspec.Struct, frozen=True):
    """A story that was played; `failed` says which line went another way, and is empty for none."""

    outcome: StoryResult
    failed: str


def play_story(story: Story) -> PlayedStory:
    """Play a story to its end, or to the first step that does not go as it says.

    Raises:
        StoreProblem: no store can be made in the folder for temporary files.
    """
    with TemporaryDirectory(prefix="escrow-tui-") as folder:
        store = open_store(Path(folder) / "story.sqlite")
        try:
            with store.writing() as writing:
                policy_hash = writing.put_policy(story.policy.policy)
                writing.create_market(MARKET, MARKET, story.start, policy_hash)
            return _Player(story, Desk(store, MARKET, story.policy)).play()
        finally:
            store.close()


class _Player:
    def __init__(self, story: Story, desk: Desk) -> None:
        self.story = story
        self.desk = desk
        self.moves = Moves(desk)
        self.results: list[StepResult] = []
        # The result lists the orders as the story names them.
        self.order_ids = dict.fromkeys(placed.id for placed in story.orders)

    def play(self) -> PlayedStory:
        failed = ""
        try:
            self._begin()
            for number, step in enumerate(self.story.steps, start=1):
                self._step(number, step)
                if self.desk.violations:
                    raise StepFailed(step.place, f"violated: {'; '.join(self.desk.violations)}")
        except StepFailed as stopped:
            failed = str(self.story.document.fault(stopped.place, str(stopped)))
        result = self._result()
        if result.violations and not failed:
            failed = f"{self.story.document.name}: violated: {'; '.join(result.violations)}"
        return PlayedStory(result, failed)

    def _begin(self) -> None:
        for deposit in self.story.deposits:
            self.desk.deposit(deposit.seller, deposit.money.minor, deposit.money.currency)
        for placed in self.story.orders:
            buyer = Actor(Role.BUYER, placed.command.buyer)
            # An id in a file has no space, so the player's own ids never clash with one.
            answer = self.desk.submit(buyer, placed.id, placed.command, f"order {placed.id}")
            if isinstance(answer, Refused):
                said = f"order {placed.id} is refused, {answer.code}: {answer.sentence}"
                raise StepFailed(placed.place, said)

    def _step(self, number: int, step: Step) -> None:
        match step:
            case Act():
                self._act(step, step.id or f"step {number}")
            case Advance():
                self._advance(step)
            case Expect():
                self._add("", grammar.EXPECT)
                check_expectations(step, self._parts())
            case _:
                assert_never(step)

    def _act(self, step: Act, command_id: str) -> None:
        before = last_seq(self.desk)
        answer = self._submit(step, command_id)
        name = f"{step.written} {step.verb}"
        if isinstance(answer, Refused):
            if last_seq(self.desk) != before:
                self.desk.violations.append(f"7: {name} was refused and changed something")
            self._add(step.written, step.verb, step.order, refused=answer)
            judge(step, name, answer, ())
            return
        self.order_ids.setdefault(step.order)
        self._verify(step, command_id)
        events = tuple(name_of(event) for event in answer.events)
        due = events_after(self.desk, before + 1)
        self._add(step.written, step.verb, step.order, events, due)
        judge(step, name, None, events)

    def _submit(self, step: Act, command_id: str) -> Answer:
        if command_id in self.moves:
            return refuse("COMMAND_ID_REUSED", id=command_id)
        return self.desk.submit(step.by, step.order, step.command, command_id)

    def _verify(self, step: Act, command_id: str) -> None:
        if not (self.story.verify_at_once and isinstance(step.command, Pay)):
            return
        # A payment that is delivered twice is verified after the first time.
        if self.desk.facts(step.order).order.phase is Phase.VERIFYING:
            self.desk.submit(BANK, step.order, VerifyPayment(), f"{command_id} verified")

    def _advance(self, step: Advance) -> None:
        moved = self.moves.move(step)
        refused = moved if isinstance(moved, Refused) else None
        events = () if isinstance(moved, Refused) else moved
        self._add(Role.CLOCK, grammar.ADVANCE, "", events, refused=refused)
        judge(step, grammar.ADVANCE, refused, events)

    def _add(
        self,
        by: str,
        do: str,
        order: str = "",
        events: tuple[str, ...] = (),
        due: tuple[str, ...] = (),
        refused: Refused | None = None,
    ) -> None:
        why = refusal_result(refused) if refused else msgspec.UNSET
        at = iso(self.desk.now())
        self.results.append(
            StepResult(by=by, do=do, order=order, at=at, events=events, due=due, refused=why)
        )

    # -- the result

    def _parts(self) -> dict[str, Callable[[], object]]:
        return {
            "steps": lambda: msgspec.to_builtins(self.results),
            "orders": lambda: msgspec.to_builtins(self._orders()),
            "balances": self._balances,
            "violations": lambda: list(self._violations()),
            "journal_sha256": self._hash,
        }

    def _orders(self) -> dict[str, OrderResult]:
        with self.desk.store.reading() as reading:
            return order_results(reading, MARKET, self.order_ids)

    def _balances(self) -> AccountBalances:
        with self.desk.store.reading() as reading:
            return account_balances(reading, MARKET)

    def _violations(self) -> tuple[str, ...]:
        with self.desk.store.reading() as reading:
            return (*self.desk.violations, *audit(reading, MARKET, self.story.start))

    def _hash(self) -> str:
        return journal_sha256(self.desk.entries())

    def _result(self) -> StoryResult:
        return StoryResult(
            steps=tuple(self.results),
            orders=self._orders(),
            balances=self._balances(),
            violations=self._violations(),
            journal_sha256=self._hash(),
        )
