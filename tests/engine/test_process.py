"""The process table against the rules told by hand: every cell, verb, role and person."""

import pytest

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Done, Refused
from escrow_tui.engine.commands import COMMANDS
from escrow_tui.engine.deadlines import deadlines
from escrow_tui.engine.decide import decide, expire, permission, possible, said
from escrow_tui.engine.order import Order
from escrow_tui.engine.process import PROCESS, TIMERS, Row, Timer, roles_of, row_for
from escrow_tui.engine.roles import CLOCK, Actor, Role
from escrow_tui.engine.terms import ENDED
from tests.engine.given import (
    MEDIATOR,
    OTHER_MEDIATOR,
    POLICY,
    START,
    YEAR,
    World,
    given,
    then_refused,
)
from tests.engine.player import PEOPLE
from tests.engine.rules import (
    ENDED_PHASES,
    OPEN,
    RUNNING,
    VERBS,
    cell_of,
    closed,
    phases_of,
)
from tests.engine.stories import STORIES, good

ACTORS = tuple(person for people in PEOPLE.values() for person in people)
CLOSED_CODES = ("WRONG_ROLE", "NOT_YOURS", "NOT_YOUR_CASE", "WRONG_PHASE")
OPENINGS = [
    (cell, verb, role)
    for cell, by_role in OPEN.items()
    for role, verbs in by_role.items()
    for verb in verbs
    if cell
]
STRANGE = [
    (verb, role)
    for verb in VERBS
    for role in Role
    if not any(verb in by_role[role] for by_role in OPEN.values())
]
# Where no refund is on its way there is nothing to settle; the bank may ask all the same.
NOTHING_BOOKED = {cell for cell in STORIES if cell not in ("CANCELLED", "REFUNDED")}


def refusal(order: Order | None, verb: str, actor: Actor) -> str:
    """Give a good command and return the refusal's code, or nothing."""
    command = good(verb, actor)
    answer = decide(order, SellerAccount(), command, actor, POLICY, "hash", START + YEAR)
    return answer.code if isinstance(answer, Refused) else ""


def own(role: str) -> Actor:
    """Return the person of a role who has a part in the stories."""
    return PEOPLE[Role(role)][0]


def test_the_rules_told_by_hand_name_every_verb_and_cell() -> None:
    """A new command or phase without a line in the rules fails here."""
    assert set(VERBS) == set(COMMANDS)
    assert set(STORIES) == set(OPEN) - {""} == set(RUNNING)


@pytest.mark.parametrize("cell", STORIES)
def test_a_story_brings_an_order_to_its_cell(cell: str) -> None:
    """The stories are what they say."""
    world = given(*STORIES[cell])
    assert cell_of(world.order) == cell
    assert world.violations == []


@pytest.mark.parametrize("cell", OPEN)
def test_every_verb_role_and_person_of_a_cell_is_answered_by_the_rules(cell: str) -> None:
    """Closed cells give the rule's own code, open ones none of the codes of the process."""
    order = given(*STORIES[cell]).order if cell else None
    for actor in ACTORS:
        for verb in VERBS:
            expected, code = closed(order, verb, actor), refusal(order, verb, actor)
            assert code == expected or (not expected and code not in CLOSED_CODES), (verb, actor)
            allowed = permission(order, verb, actor)
            assert (allowed.code if allowed else "") == expected, (verb, actor)


@pytest.mark.parametrize("cell", [cell for cell in STORIES if cell.endswith("/MEDIATION")])
def test_an_assigned_case_is_closed_to_another_mediator(cell: str) -> None:
    """Every verb of his, and none of the first mediator's."""
    order = given(*STORIES[cell], (MEDIATOR, good("open_evidence", MEDIATOR))).order
    for verb in OPEN[cell]["mediator"]:
        assert refusal(order, verb, OTHER_MEDIATOR) == "NOT_YOUR_CASE"
        assert refusal(order, verb, MEDIATOR) in ("", "EVIDENCE_SEEN")


@pytest.mark.parametrize(("cell", "verb", "role"), OPENINGS)
def test_every_opening_is_walked(cell: str, verb: str, role: str) -> None:
    """A good command of the right person is done, and nothing is broken by it."""
    world = given(*STORIES[cell], promised_days=3)  # so that a dispute need not wait
    answer = world.submit("A", good(verb, own(role)), own(role))
    if verb == "settle_refund" and cell in NOTHING_BOOKED:
        then_refused(answer, "NOTHING_TO_SETTLE")
    else:
        assert isinstance(answer, Done), answer
        assert answer.events
    assert world.violations == []


@pytest.mark.parametrize("row", PROCESS, ids=lambda row: f"{row.verb}-{row.role}")
def test_every_row_of_the_table_opens_a_cell_of_the_rules(row: Row) -> None:
    """A row that opens nothing, or that another row hides, is a defect."""
    opened = [cell for cell, by_role in OPEN.items() if row.verb in by_role[row.role]]
    assert opened
    for cell in filter(None, opened):
        phase, dispute = phases_of(cell)
        found = row_for(row.verb, row.role, phase, dispute)
        assert found is not None
    first = phases_of(opened[0]) if opened[0] else (None, None)
    assert row_for(row.verb, row.role, *first) is row


@pytest.mark.parametrize(("verb", "role"), STRANGE)
def test_a_role_without_a_row_gets_wrong_role(verb: str, role: Role) -> None:
    """Before anything else is looked at; the refusal names whose verb it is."""
    for order in (None, given(*STORIES["SHIPPED"]).order, given(*STORIES["CLOSED"]).order):
        refused = permission(order, verb, PEOPLE[role][-1])
        assert refused is not None
        then_refused(refused, "WRONG_ROLE", role=role, allowed=" or the ".join(roles_of(verb)))


def test_no_command_is_the_clocks() -> None:
    """Time acts by deadlines, never by a command."""
    assert all(Role.CLOCK not in roles_of(verb) for verb in COMMANDS)
    assert permission(None, "pay", CLOCK) is not None


@pytest.mark.parametrize(("cell", "verb", "role"), OPENINGS)
def test_the_sentence_of_a_closed_verb_names_an_open_phase(cell: str, verb: str, role: str) -> None:
    """What would help is the phase in which the verb is open."""
    phase, dispute = phases_of(cell)
    sentence = possible(verb, Role(role))
    assert said(phase) in sentence or (dispute is not None and said(dispute) in sentence)


@pytest.mark.parametrize("cell", RUNNING)
def test_the_timers_of_a_cell_are_those_of_the_rules(cell: str) -> None:
    """Each with the policy row that set it; money's own timers apart."""
    order = given(*STORIES[cell]).order
    running = [(one.name, one.rule) for one in deadlines(order, POLICY)]
    of_money = ("refund", "clearance")
    assert tuple(one for one in running if one[0] not in of_money) == RUNNING[cell]


@pytest.mark.parametrize("timer", TIMERS, ids=lambda timer: f"{timer.name}-{timer.rule}")
def test_every_timer_has_an_effect_in_every_cell_where_it_runs(timer: Timer) -> None:
    """A timer without one would stop the market."""
    cells = [cell for cell, rows in RUNNING.items() if (timer.name, timer.rule) in rows]
    assert cells
    for cell in cells:
        order = given(*STORIES[cell]).order
        due = next(one for one in deadlines(order, POLICY) if one.name == timer.name)
        assert expire(order, SellerAccount(), due, POLICY, "hash")


@pytest.mark.parametrize("cell", STORIES)
@pytest.mark.parametrize("method", ["credit_card", "western_union"])
def test_if_nobody_ever_acts_again_time_ends_the_order(cell: str, method: str) -> None:
    """Nothing runs afterwards, nothing is held, and every refund has arrived."""
    world: World = given(*STORIES[cell], method=method)
    world.advance(START + 2 * YEAR)
    assert world.order.phase in ENDED
    assert world.order.phase in ENDED_PHASES
    assert deadlines(world.order, POLICY) == ()
    assert (world.order.held, world.order.refunds) == (0, ())
    assert world.balance("refunds_payable") == world.balance("seller:seller-1:pending") == 0
    assert world.violations == []
