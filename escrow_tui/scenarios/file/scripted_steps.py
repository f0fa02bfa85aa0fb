"""Reads the steps of a scenario: its setup, what the others do, its solutions and wrong ways."""

from collections.abc import Iterator

from escrow_tui.coach.plan import Plan, PlannedExhibit
from escrow_tui.coach.predicates import ANY_ORDER
from escrow_tui.engine.commands import (
    AddEvidence,
    AnyCommand,
    Exhibit,
    PlaceOrder,
)
from escrow_tui.engine.roles import Role
from escrow_tui.files import Reader
from escrow_tui.scenarios.file.arguments import unknown_name
from escrow_tui.scenarios.file.order_reader import BUYER, SELLER, PlacedOrder
from escrow_tui.scenarios.file.predicate_readers import Known, read_event
from escrow_tui.scenarios.file.scenario import Inject, MustFail, Solution
from escrow_tui.scenarios.file.scenario_fields import needed_text, unique_name
from escrow_tui.scenarios.file.step_reader import (
    UNIT_SECONDS,
    Act,
    Expect,
    Setting,
    Step,
    read_steps,
)


def read_setup(reader: Reader, setting: Setting) -> tuple[Step, ...]:
    """Read the steps that are played before the trainee takes over."""
    steps = read_steps(reader.tables("setup"), setting)
    for step in steps:
        if isinstance(step, Expect):
            _report(reader, step, "do", "a setup expects nothing; write a command or advance")
    return steps


def read_injects(reader: Reader, setting: Setting, known: Known, role: Role) -> tuple[Inject, ...]:
    """Read what the others do; without an order in the file, it is about the trainee's own."""
    taken = set[str]()
    if not setting.orders:
        stub = PlaceOrder(buyer=BUYER, seller=SELLER, lines=(), currency=known.currency)
        setting = Setting((PlacedOrder((), ANY_ORDER, stub),), setting.seed)
    tables = reader.tables("inject")
    return tuple(_inject(reader, table, setting, known, role, taken) for table in tables)


def _inject(
    reader: Reader, table: Reader, setting: Setting, known: Known, role: Role, taken: set[str]
) -> Inject:
    table.only("name", "when", "after", "unless", "steps")
    steps = read_steps(table.tables("steps"), setting)
    if not steps:
        table.report("steps", 'say what is done: steps = [{ by = "...", do = "..." }]')
    for step in steps:
        if not isinstance(step, Act):
            _report(reader, step, "do", "an inject holds commands; its delay stands in after")
        elif step.by.role is role:
            message = f"the {role} is the trainee; an inject may act for the others only"
            _report(reader, step, "by", message)
    when = read_event(table.table("when"), known) if "when" in table.values else None
    unless = read_event(table.table("unless"), known) if "unless" in table.values else None
    name = unique_name(table, "name", taken, "inject")
    return Inject(
        name=name, when=when, after=_delay(table.table("after")), unless=unless, steps=steps
    )


def _delay(table: Reader) -> int:
    table.only(*UNIT_SECONDS)
    seconds = sum(table.take(unit, int, 0) * each for unit, each in UNIT_SECONDS.items())
    if seconds < 0:
        table.report((), "an inject cannot come before what it waits for")
    return seconds


def read_solutions(reader: Reader, setting: Setting, plan: Plan) -> tuple[Solution, ...]:
    """Read the ways that reach every goal: at least one."""
    taken, read = set[str](), []
    for table in _needed(reader, "solution"):
        table.only("name", "ending", "steps")
        name, ending = unique_name(table, "name", taken, "solution"), _ending(table, plan)
        read.append(Solution(name, ending, _own_steps(reader, table, setting, plan.role)))
    return tuple(read)


def read_must_fails(reader: Reader, setting: Setting, plan: Plan) -> tuple[MustFail, ...]:
    """Read the ways that must miss a goal: at least one."""
    taken, read = set[str](), []
    for table in _needed(reader, "must_fail"):
        table.only("name", "goal", "ending", "steps")
        name, ending = unique_name(table, "name", taken, "must_fail"), _ending(table, plan)
        goal, goals = needed_text(table, "goal"), tuple(one.id for one in plan.goals)
        if goal and goal not in goals:
            table.report("goal", unknown_name(goal, "goal", goals))
        steps = _own_steps(reader, table, setting, plan.role)
        read.append(MustFail(name, goal, ending, steps))
    return tuple(read)


def _needed(reader: Reader, key: str) -> tuple[Reader, ...]:
    if not reader.values.get(key):
        reader.report((), f"an exercise needs a {key}; write [[{key}]]")
    return reader.tables(key)


def _ending(table: Reader, plan: Plan) -> str:
    ending, endings = needed_text(table, "ending"), tuple(one.id for one in plan.endings)
    if ending and ending not in endings:
        table.report("ending", unknown_name(ending, "ending", endings))
    return ending


def _own_steps(reader: Reader, table: Reader, setting: Setting, role: Role) -> tuple[Step, ...]:
    """Read steps of the trainee and moves of the clock; the others act by injects."""
    steps = read_steps(table.tables("steps"), setting)
    for step in steps:
        if isinstance(step, Expect):
            _report(reader, step, "do", "write a command or advance; goals say what must hold")
        elif isinstance(step, Act) and step.by.role is not role:
            message = f"only the {role}'s steps stand here; the {step.by.role} acts by an inject"
            _report(reader, step, "by", message)
    return steps


def _report(reader: Reader, step: Step, key: str, message: str) -> None:
    reader.report((*step.place, key), message)


def report_undescribed(
    reader: Reader, steps: tuple[Step, ...], evidence: tuple[PlannedExhibit, ...]
) -> None:
    """Report each piece that a step hands in and no [[evidence]] describes."""
    described = {(one.owner.value, one.kind, one.shows, one.picture) for one in evidence}
    for step in steps:
        if not isinstance(step, Act):
            continue
        for one in _exhibits(step.command):
            if (step.by.role.value, one.kind, one.shows, one.picture) not in described:
                message = "no [[evidence]] of this owner has this kind, shows and picture; add it"
                reader.report(step.place, message)


def _exhibits(command: AnyCommand) -> Iterator[Exhibit]:
    """Yield every piece that a command hands in, alone or in a list."""
    if isinstance(command, AddEvidence):
        yield Exhibit(command.kind, command.shows, command.picture)
    several = getattr(command, "evidence", ())
    # A mediator opens a piece by its id, which is a text.
    if isinstance(several, tuple):
        yield from several


def every_step(
    setup: tuple[Step, ...],
    injects: tuple[Inject, ...],
    ways: tuple[Solution | MustFail, ...],
) -> tuple[Step, ...]:
    """Return every step of an exercise."""
    return (*setup, *(step for one in (*injects, *ways) for step in one.steps))
