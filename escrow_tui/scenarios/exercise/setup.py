"""Brings an exercise's market to where the trainee sits down, and says what parcels contain."""

from typing import assert_never

from escrow_tui.coach.predicates import ANY_ORDER
from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import PlaceOrder, VerifyPayment
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import BANK, CLOCK, FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import Phase
from escrow_tui.files import Document, Faults, Place
from escrow_tui.scenarios.exercise.player import as_told, target_of
from escrow_tui.scenarios.file.act_reader import Act
from escrow_tui.scenarios.file.order_reader import BUYER, SELLER
from escrow_tui.scenarios.file.scenario import Scenario
from escrow_tui.scenarios.file.step_reader import Advance, Expect, Step
from escrow_tui.scenarios.session.activity import filled

_EVERY_ORDER = 1_000


def set_up(desk: Desk, scenario: Scenario, document: Document) -> None:
    """Place the scenario's orders and take the steps of its setup.

    Raises:
        Faults: a step does not go as the file says, with its line and the reason.
    """
    for number, placed in enumerate(scenario.orders, 1):
        buyer = Actor(Role.BUYER, placed.command.buyer)
        answer = desk.submit(buyer, placed.id, placed.command, f"order:{number}")
        _check(document, placed.place, answer, False)
    for number, step in enumerate(scenario.setup, 1):
        _take(desk, scenario, document, step, f"setup:{number}")
        verify_payments(desk, scenario)


def _take(desk: Desk, scenario: Scenario, document: Document, step: Step, command_id: str) -> None:
    match step:
        case Act():
            order = desk.order_state(step.order)
            command = filled(step.command, order, lambda one: content_of(scenario, one))
            answer = desk.submit(step.by, step.order, command, step.id or command_id)
            _check(document, step.place, answer, step.refused)
        case Advance():
            moved = desk.advance(target_of(step, desk.now(), desk.next_deadline()), CLOCK)
            _check(document, step.place, moved, step.refused)
        case Expect():
            # The reader of scenarios lets none through.
            return
        case _:
            assert_never(step)


def _check(document: Document, place: Place, answer: object, expected: str | bool) -> None:
    if as_told(answer, expected):
        return
    said = answer.sentence if isinstance(answer, Refused) else "it was not refused"
    raise Faults([document.fault(place, f"this step of the setup does not go: {said}")])


def trainee_of(scenario: Scenario) -> Actor:
    """Return the trainee's actor: a party to the first order, if there is one."""
    first = next(iter(placed_in(scenario)), None)
    match scenario.plan.role:
        case Role.BUYER:
            return Actor(Role.BUYER, first.buyer if first else BUYER)
        case Role.SELLER:
            return Actor(Role.SELLER, first.seller if first else SELLER)
        case _:
            return FIRST_MEDIATOR


def placed_in(scenario: Scenario) -> tuple[PlaceOrder, ...]:
    """Return every order that exists when the trainee sits down."""
    commands = (step.command for step in scenario.setup if isinstance(step, Act))
    by_steps = (command for command in commands if isinstance(command, PlaceOrder))
    return (*(one.command for one in scenario.orders), *by_steps)


def orders_by_id(desk: Desk) -> dict[str, Order]:
    """Return every order of the market by id."""
    with desk.store.reading() as reading:
        stored = reading.orders(desk.market, limit=_EVERY_ORDER)
    return {one.order.id: one.order for one in stored}


def content_of(scenario: Scenario, order: Order) -> str:
    """Return the picture of what a parcel contains: the scenario's, else the listing's."""
    found = {one.order: one.picture for one in scenario.found}
    return found.get(order.id) or found.get(ANY_ORDER) or order.lines[0].picture


def verify_payments(desk: Desk, scenario: Scenario) -> None:
    """Let the bank verify every pending payment, if the scenario says so."""
    if not scenario.verify:
        return
    for order in orders_by_id(desk).values():
        if order.phase is Phase.VERIFYING:
            desk.submit(BANK, order.id, VerifyPayment(), f"verify:{order.id}")
