"""Reads a scenario's file into a Scenario, and reports everything that is wrong in it at once."""

from pathlib import Path

from escrow_tui.coach.plan import Plan
from escrow_tui.engine.commands import PlaceOrder
from escrow_tui.engine.roles import Role
from escrow_tui.files import Document, Reader, read_document
from escrow_tui.scenarios.file.arguments import id_fault, instant, unknown_name
from escrow_tui.scenarios.file.coaching import (
    read_currency,
    read_endings,
    read_evidence,
    read_found,
    read_goals,
    read_reference,
)
from escrow_tui.scenarios.file.head import ScenarioHead
from escrow_tui.scenarios.file.leaks import report_leaks
from escrow_tui.scenarios.file.market_fields import read_policy, read_verify
from escrow_tui.scenarios.file.order_reader import PlacedOrder, read_orders
from escrow_tui.scenarios.file.predicate_readers import Known, read_predicates
from escrow_tui.scenarios.file.scenario import Scenario
from escrow_tui.scenarios.file.scenario_fields import needed_text, needed_texts, number_between
from escrow_tui.scenarios.file.scripted_steps import (
    every_step,
    read_injects,
    read_must_fails,
    read_setup,
    read_solutions,
    report_undescribed,
)
from escrow_tui.scenarios.file.step_reader import Act, Setting, Step

_KEYS = (
    "format id family title role difficulty minutes objectives preview task policy overrides start "
    "seed listings done hints verify order setup truth evidence inject goal ending reference "
    "solution must_fail"
).split()
_CHAIRS = (Role.BUYER.value, Role.SELLER.value, Role.MEDIATOR.value)
HARDEST, LONGEST, MOST_LISTINGS, LARGEST_SEED = 5, 600, 500, 2**31 - 1


def read_scenario(source: Path | Document) -> Scenario:
    """Read a scenario from its file, or from a document that has been read already.

    Raises:
        Faults: everything that is wrong in it.
    """
    reader = Reader(source if isinstance(source, Document) else read_document(source))
    reader.only(*_KEYS)
    reader.need_format(1)
    scenario = _scenario(reader)
    report_leaks(reader, scenario.words)
    reader.finish()
    return scenario


def _scenario(reader: Reader) -> Scenario:
    head, orders = _head(reader), read_orders(reader.tables("order"))
    seed = number_between(reader, "seed", 0, LARGEST_SEED, 1)
    setup = read_setup(reader, Setting(orders, seed))
    setting = Setting((*orders, *_placed(setup)), seed)
    known = Known(
        tuple(one.id for one in setting.orders),
        read_currency(reader, tuple(one.command.currency for one in setting.orders)),
    )
    truth = reader.table("truth")
    plan = _plan(reader, truth, head, known)
    injects = read_injects(reader, setting, known, plan.role)
    solutions = read_solutions(reader, setting, plan)
    must_fails = read_must_fails(reader, setting, plan)
    steps = every_step(setup, injects, (*solutions, *must_fails))
    report_undescribed(reader, steps, plan.evidence)
    return Scenario(
        head=head,
        plan=plan,
        policy=read_policy(reader),
        start=_start(reader),
        seed=seed,
        listings=number_between(reader, "listings", 0, MOST_LISTINGS, 0),
        verify=read_verify(reader),
        orders=orders,
        setup=setup,
        words=needed_texts(truth, "words"),
        found=read_found(truth.table("found"), known),
        injects=injects,
        solutions=solutions,
        must_fails=must_fails,
    )


def _head(reader: Reader) -> ScenarioHead:
    name, role = needed_text(reader, "id"), needed_text(reader, "role")
    if name and (fault := id_fault(name)):
        reader.report("id", fault)
    elif name != (stem := _stem(reader)):
        reader.report("id", f'the id is the file\'s name; write id = "{stem}"')
    if role and role not in _CHAIRS:
        reader.report("role", unknown_name(role, "chair of a trainee", _CHAIRS))
    return ScenarioHead(
        id=name,
        family=needed_text(reader, "family"),
        title=needed_text(reader, "title"),
        role=role,
        difficulty=number_between(reader, "difficulty", 1, HARDEST, 1),
        minutes=number_between(reader, "minutes", 1, LONGEST, 5),
        objectives=needed_texts(reader, "objectives"),
        preview=needed_text(reader, "preview"),
    )


def _stem(reader: Reader) -> str:
    return Path(reader.document.name).stem


def _plan(reader: Reader, truth: Reader, head: ScenarioHead, known: Known) -> Plan:
    truth.only("text", "words", "found")
    return Plan(
        id=head.id,
        title=head.title,
        role=Role(head.role) if head.role in _CHAIRS else Role.CLOCK,
        task=needed_text(reader, "task"),
        objectives=head.objectives,
        hints=needed_texts(reader, "hints"),
        done=read_predicates(reader.tables("done"), known),
        truth=needed_text(truth, "text"),
        evidence=read_evidence(reader.tables("evidence")),
        goals=read_goals(reader, known),
        endings=read_endings(reader, known),
        reference=read_reference(reader, known.currency),
    )


def _placed(steps: tuple[Step, ...]) -> tuple[PlacedOrder, ...]:
    return tuple(
        PlacedOrder(step.place, step.order, step.command)
        for step in steps
        if isinstance(step, Act) and isinstance(step.command, PlaceOrder)
    )


def _start(reader: Reader) -> int:
    needed_text(reader, "start")
    return instant(reader, "start") or 0
