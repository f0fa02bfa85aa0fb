"""Every shipped exercise, played: good ways pass, bad ways fail, and nothing tells early."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest

from escrow_tui.coach.debrief import money_by_party
from escrow_tui.coach.goals import goal_lines
from escrow_tui.coach.predicates import all_hold
from escrow_tui.coach.values import Debrief, MoneyByParty
from escrow_tui.engine.commands import PlaceOrder
from escrow_tui.engine.entry import journal_sha256
from escrow_tui.engine.roles import CARRIER, FIRST_MEDIATOR, Actor, Role
from escrow_tui.pictures import describe_picture, parse_picture
from escrow_tui.scenarios.exercise.player import as_told, take
from escrow_tui.scenarios.file.act_reader import Act
from escrow_tui.scenarios.file.scenario import MustFail, Scenario, Solution
from escrow_tui.scenarios.file.scenario_reader import read_scenario
from escrow_tui.scenarios.file.step_reader import Advance, Step
from escrow_tui.scenarios.opening import start_run, store_at
from escrow_tui.scenarios.scenario_library import scenario_heads, scenario_path
from escrow_tui.scenarios.session.sitting import Sitting
from tests.given.small_scenario import exercise_of

README = Path(__file__).parents[2] / "README.md"
NAMES = tuple(head.id for head in scenario_heads())
SCENARIOS = {name: read_scenario(scenario_path(name)) for name in NAMES}
SOLUTIONS = [(name, way) for name in NAMES for way in SCENARIOS[name].solutions]
MUST_FAILS = [(name, way) for name in NAMES for way in SCENARIOS[name].must_fails]
NOTHING: tuple[Step, ...] = ()

each_scenario = pytest.mark.parametrize("name", NAMES)


class Outcome(msgspec.Struct, frozen=True):
    """What a way has come to."""

    debrief: Debrief
    ending: str
    missed: tuple[str, ...]
    passed_at_start: bool
    money: MoneyByParty
    fired: frozenset[str]
    strays: tuple[str, ...]
    violations: tuple[str, ...]
    journal: str


def sit_down(name: str, folder: str) -> Sitting:
    """Begin an exercise in a store of its own."""
    scenario = SCENARIOS[name]
    text = scenario_path(name).read_text(encoding="utf-8")
    return start_run(store_at(Path(folder) / "store.db"), scenario, text, scenario.seed, "")


def told(step: Step) -> str | bool:
    """What a step says of its refusal."""
    return step.refused if isinstance(step, Act | Advance) else False


def played(name: str, steps: tuple[Step, ...]) -> Outcome:
    """Play steps to the end of the market."""
    with TemporaryDirectory() as folder:
        run = sit_down(name, folder)
        plan = exercise_of(run).scenario.plan
        at_start = all(line.reached for line in goal_lines(plan, exercise_of(run).played()))
        answers = [(take(run, one, f"way:{nth}"), told(one)) for nth, one in enumerate(steps)]
        debrief = run.finish()
        assert debrief is not None
        end = exercise_of(run).played()
        entries = run.desk.entries()
        run.desk.store.close()
    return Outcome(
        debrief,
        run.record.run.ending,
        tuple(goal.id for goal in plan.goals if not all_hold(goal.holds, end)),
        at_start,
        money_by_party(end, plan.reference.currency),
        frozenset(
            one.command_id.split(":")[1] for one in entries if one.command_id.startswith("inject:")
        ),
        tuple(repr(answer) for answer, refused in answers if not as_told(answer, refused)),
        tuple(run.desk.violations),
        journal_sha256(entries),
    )


@cache
def outcome(name: str, way: str) -> Outcome:
    """Play a way of a scenario once for all tests; the empty name does nothing."""
    steps = {one.name: one.steps for one in ways_of(SCENARIOS[name])}
    return played(name, steps.get(way, NOTHING))


def ways_of(scenario: Scenario) -> tuple[Solution | MustFail, ...]:
    """Every way that the file states."""
    return (*scenario.solutions, *scenario.must_fails)


def test_the_easiest_exercise_comes_first() -> None:
    """The lobby lists them in this order."""
    assert NAMES[0] == "first-order"
    hardness = [SCENARIOS[name].head.difficulty for name in NAMES]
    assert hardness == sorted(hardness)


def test_the_readme_lists_every_exercise() -> None:
    """Each with its chair, and none that is not there; what it is about is for people to write."""
    readme = README.read_text(encoding="utf-8")
    listed = set(re.findall(r"^(\| `[a-z0-9-]+` \| [a-z]+ \|) ", readme, re.MULTILINE))
    shipped = {f"| `{name}` | {scenario.head.role} |" for name, scenario in SCENARIOS.items()}
    assert not shipped - listed, f"add to README's table of exercises: {shipped - listed}"
    assert not listed - shipped, f"README lists what is not shipped: {listed - shipped}"


@pytest.mark.parametrize(("name", "way"), SOLUTIONS, ids=lambda one: getattr(one, "name", one))
def test_a_solution_passes_and_reaches_its_ending(name: str, way: Solution) -> None:
    """Each step goes as the file says, every goal is reached, and no invariant is broken."""
    reached = outcome(name, way.name)
    assert reached.strays == ()
    assert reached.missed == ()
    assert reached.debrief.passed
    assert reached.debrief.score == 100
    assert reached.ending == way.ending
    assert reached.violations == ()


@pytest.mark.parametrize(("name", "way"), MUST_FAILS, ids=lambda one: getattr(one, "name", one))
def test_a_wrong_way_misses_its_goal_and_reaches_its_ending(name: str, way: MustFail) -> None:
    """It fails where the file says, and the debrief says why in the goal's own words."""
    reached = outcome(name, way.name)
    assert reached.strays == ()
    assert way.goal in reached.missed
    assert reached.ending == way.ending
    assert not reached.debrief.passed
    goal = next(one for one in SCENARIOS[name].plan.goals if one.id == way.goal)
    assert goal.missed in [line.sentence for line in reached.debrief.goals]
    assert reached.violations == ()


@each_scenario
def test_neither_the_start_nor_doing_nothing_passes(name: str) -> None:
    """Who does nothing reaches no goal at all."""
    reached = outcome(name, "")
    assert not reached.passed_at_start
    assert not reached.debrief.passed
    assert reached.debrief.score == 0


@each_scenario
def test_every_ending_every_goal_and_every_inject_is_met_on_some_way(name: str) -> None:
    """Three endings at least; what no way meets is dead text."""
    scenario = SCENARIOS[name]
    outcomes = [outcome(name, way.name) for way in ways_of(scenario)]
    endings = {one.id for one in scenario.plan.endings}
    assert {one.ending for one in outcomes} == endings
    assert len(endings) >= 3
    assert {goal for one in outcomes for goal in one.missed} == {g.id for g in scenario.plan.goals}
    fired = {inject for one in outcomes for inject in one.fired}
    assert fired == {inject.name for inject in scenario.injects}


@each_scenario
def test_the_reference_is_the_money_of_the_first_solution(name: str) -> None:
    """What stands beside yours in the debrief is what a good trainee gets."""
    scenario = SCENARIOS[name]
    reached = outcome(name, scenario.solutions[0].name)
    assert reached.money == scenario.plan.reference
    assert reached.money.buyer + reached.money.seller + reached.money.platform == 0
    assert {row.difference for row in reached.debrief.money} == {"as it should be"}


@each_scenario
def test_a_seed_gives_the_same_journal_again(name: str) -> None:
    """Same file, same seed, same journal; another way gives another."""
    first = SCENARIOS[name].solutions[0]
    assert played(name, first.steps).journal == outcome(name, first.name).journal
    assert outcome(name, "").journal != outcome(name, first.name).journal


@each_scenario
def test_a_file_is_rich_enough_to_learn_from(name: str) -> None:
    """Four hints, two wrong ways, strong and misleading evidence, and money on every order."""
    scenario = SCENARIOS[name]
    assert len(scenario.plan.hints) == 4
    assert len(scenario.must_fails) >= 2
    assert {"strong", "misleading"} <= {piece.worth for piece in scenario.plan.evidence}
    assert scenario.plan.objectives


@each_scenario
def test_no_view_and_no_coach_tells_the_truth_before_the_debrief(name: str) -> None:
    """No phrase of the truth is in a view of any role, all along the first solution."""
    scenario = SCENARIOS[name]
    secrets = [word.casefold() for word in scenario.words]
    assert secrets
    with TemporaryDirectory() as folder:
        run = sit_down(name, folder)
        for step in (None, *scenario.solutions[0].steps):
            if step is not None:
                take(run, step, f"way:{step.place}")
            for text in everything_shown(run):
                leaked = [word for word in secrets if word in text.casefold()]
                assert not leaked, f"{leaked} in {text}"
        for _ in scenario.plan.hints[:-1]:
            run.hint()
        shown = repr(run.coach()).casefold()
        assert not [word for word in secrets if word in shown]
        run.desk.store.close()


@each_scenario
def test_the_truth_is_told_in_the_debrief(name: str) -> None:
    """The words that were kept back are those of the truth, so that the search above can find."""
    plan, words = SCENARIOS[name].plan, SCENARIOS[name].words
    assert [word for word in words if word.casefold() not in plan.truth.casefold()] == []
    assert outcome(name, "").debrief.truth == plan.truth


def everything_shown(run: Sitting) -> Iterator[str]:
    """Every view of every role, and the descriptions of the pictures that can be seen."""
    yield repr(run.coach())
    yield repr(run.title)
    for order in exercise_of(run).played().orders.values():
        buyer, seller = Actor(Role.BUYER, order.buyer), Actor(Role.SELLER, order.seller)
        for actor in (buyer, seller, FIRST_MEDIATOR, CARRIER):
            yield repr(run.desk.order(actor, order.id))
            yield repr((run.desk.movements(actor, order.id), run.desk.rows(actor)))
            yield repr(run.activity.exhibits(actor.role, order))
        pictures = [order.found, *(one.picture for one in order.evidence)]
        pictures += [line.picture for line in order.lines]
        yield repr([describe_picture(parse_picture(picture)) for picture in pictures if picture])
    yield repr(run.desk.listings(run.chairs[0]))


@each_scenario
def test_the_label_of_a_parcel_is_its_buyers_own(name: str) -> None:
    """The carrier delivers where the buyer lives, or a scan would tell another story."""
    with TemporaryDirectory() as folder:
        run = sit_down(name, folder)
        for step in SCENARIOS[name].solutions[0].steps:
            take(run, step, f"way:{step.place}")
        for order in exercise_of(run).played().orders.values():
            home = run.person(order.buyer).place
            assert home.endswith(order.destination)
            delivered = [
                scan.city
                for scan in (order.shipment.scans if order.shipment else ())
                if scan.status.value == "delivered"
            ]
            assert all(home.startswith(city) for city in delivered)
        run.desk.store.close()


def test_what_the_first_solution_orders_stands_in_the_shop_window() -> None:
    """The step states the same order that the screen makes from the listing."""
    name = "first-order"
    with TemporaryDirectory() as folder:
        run = sit_down(name, folder)
        window = {one.id: one for one in run.desk.listings(run.chairs[0])}
        run.desk.store.close()
    for way in ways_of(SCENARIOS[name]):
        for step in way.steps:
            if isinstance(step, Act) and isinstance(step.command, PlaceOrder):
                line = step.command.lines[0]
                listing = window[line.id.rpartition(".")[0]]
                assert (line.title, line.picture) == (listing.title, listing.picture)
                assert step.command.seller == listing.seller.id
