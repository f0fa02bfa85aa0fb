"""The process table against the rules written by hand: every cell, verb, role and person."""

import pytest

from escrow_tui.engine.account import SellerAccount
from escrow_tui.engine.answers import Done, Refused
from escrow_tui.engine.commands import COMMANDS
from escrow_tui.engine.deadlines import EFFECTS, MONEY_TIMERS, TIMERS, Deadline, deadlines
from escrow_tui.engine.decide import (
    CHAPTERS,
    decide,
    expire,
    opening,
    permission,
    phase_name,
    possible,
)
from escrow_tui.engine.order import Order
from escrow_tui.engine.process import (
    MARKET_VERBS,
    PROCESS,
    ProcessRow,
    index,
    roles_of,
    row_for,
)
from escrow_tui.engine.roles import BANK, CLOCK, Actor, Role
from escrow_tui.engine.terms import ENDED, Phase
from escrow_tui.engine.timer import Effect
from tests.each import for_each
from tests.engine.rules import (
    ENDED_PHASES,
    MARKET,
    OPEN,
    RUNNING,
    SOMETIMES,
    UNDER_A_CHARGEBACK,
    VERBS,
    beneath,
    cell_of,
    closed,
    is_open,
    phases_of,
)
from tests.given.order_stories import STORIES, STORIES_OF_THE_HELD, good
from tests.given.orders import (
    ACTORS,
    DELIVERED,
    MEDIATOR,
    OTHER_MEDIATOR,
    PEOPLE,
    POLICY,
    START,
    THIRD_MEDIATOR,
    YEAR,
    given,
    place_order,
    then_refused,
)

CLOSED_CODES = ("WRONG_ROLE", "NOT_YOURS", "NOT_YOUR_CASE", "SAME_MEDIATOR", "WRONG_PHASE")
OPENINGS = [
    (cell, verb, role)
    for cell, by_role in OPEN.items()
    for role, verbs in by_role.items()
    for verb in verbs
    if cell
]
# What the process table allows and a chapter still refuses, because of the order's state.
BOOKED = ("CANCELLED", "REFUNDED")
STRANGE = [
    (verb, role)
    for verb in VERBS
    for role in Role
    if not any(verb in by_role[role] for by_role in OPEN.values())
]


def refusal(order: Order | None, verb: str, actor: Actor) -> str:
    """Submit a good command and return the refusal's code, or "" if it is accepted."""
    command = good(verb, actor, cell_of(order))
    answer = decide(order, SellerAccount, command, actor, POLICY, "hash", START + YEAR)
    return answer.code if isinstance(answer, Refused) else ""


def own(role: str, cell: str = "") -> Actor:
    """Return the role's person in the stories; for an appeal, the other mediator."""
    reviews = role == Role.MEDIATOR and cell.endswith("/APPEAL_REVIEW")
    return OTHER_MEDIATOR if reviews else PEOPLE[Role(role)][0]


def refused_by_its_chapter(cell: str, verb: str) -> str:
    """Return the code with which an open verb is still refused in a story, or ""."""
    if verb == "settle_refund" and cell not in BOOKED:
        return "NOTHING_TO_SETTLE"
    unanswered = verb == "escalate" and cell.endswith("/AWAITING_SELLER")
    return "ESCALATE_UNANSWERED" if unanswered else ""


def answered_by_the_rules(order: Order | None) -> list[tuple[str, Actor, str, str]]:
    """Return every verb of every person for which engine and rules disagree."""
    wrong = []
    for actor in ACTORS:
        for verb in VERBS:
            expected, code = closed(order, verb, actor), refusal(order, verb, actor)
            allowed = permission(order, verb, actor)
            agreed = code == expected or (not expected and code not in CLOSED_CODES)
            if not agreed or (allowed.code if allowed else "") != expected:
                wrong.append((verb, actor, expected, code))
    return wrong


def test_the_rules_told_by_hand_name_every_verb_and_cell() -> None:
    """A new command or phase without a line in the rules fails here."""
    assert set(VERBS) | set(MARKET) == set(COMMANDS)
    assert not set(VERBS) & set(MARKET)
    assert set(STORIES) == set(OPEN) - {""} == set(RUNNING)
    assert {phases_of(cell)[0] for cell in STORIES} == set(Phase)


def test_the_markets_verbs_are_the_rules_own() -> None:
    """Each has one role, and no order whose phase could be wrong."""
    assert MARKET == MARKET_VERBS
    assert all(roles_of(verb) == (role,) for verb, role in MARKET.items())
    assert set(CHAPTERS) == {
        kind for verb, kind in COMMANDS.items() if verb not in (*MARKET, "place_order")
    }


# A verb that is open in every stage of a part is listed under the part alone.
WHOLE_PARTS = {
    ("add_evidence", "buyer"): "in dispute, or with a return running",
    ("add_evidence", "seller"): "in dispute, or with a return running",
    ("accept_chargeback", "seller"): "charged back",
    ("decide_chargeback", "bank"): "charged back",
}


@for_each("cell", STORIES)
def test_a_story_brings_an_order_to_its_cell(cell: str) -> None:
    """Each story ends in the cell in its name."""
    world = given(*STORIES[cell])
    assert cell_of(world.order) == cell
    assert world.violations == []


@for_each("cell", OPEN)
def test_every_verb_role_and_person_of_a_cell_is_answered_by_the_rules(cell: str) -> None:
    """A closed cell gives the code in the rules, an open one no code of the process table."""
    order = given(*STORIES[cell]).order if cell else None
    assert answered_by_the_rules(order) == []


@for_each(("stage", "cell"), STORIES_OF_THE_HELD)
def test_under_a_chargeback_only_the_bank_the_carrier_and_words_go_on(
    stage: str, cell: str
) -> None:
    """What is still open is looked up in the cell that was frozen."""
    world = given(*STORIES_OF_THE_HELD[stage, cell])
    assert (cell_of(world.order), beneath(world.order)) == (f"FROZEN/{stage}", cell)
    assert world.violations == []
    assert answered_by_the_rules(world.order) == []


@for_each(("stage", "cell"), STORIES_OF_THE_HELD)
def test_the_row_under_a_chargeback_is_that_of_the_cell_beneath(stage: str, cell: str) -> None:
    """A row for the frozen cell comes first, or else the chargeback's own row."""
    order = given(*STORIES_OF_THE_HELD[stage, cell]).order
    held, frozen = phases_of(cell), phases_of(f"FROZEN/{stage}")
    for role in Role:
        for verb in VERBS:
            row = opening(order, verb, role)
            assert (row is not None) == is_open(order, verb, role)
            place = held if verb in UNDER_A_CHARGEBACK else frozen
            assert row is row_for(verb, role, *place)
            assert row is None or row.frozen == (verb in UNDER_A_CHARGEBACK)


def test_a_case_is_closed_to_another_mediator() -> None:
    """Every verb of a mediator, in each phase that the parcel can be in."""
    for cell in (cell for cell in STORIES if cell.endswith("/MEDIATION")):
        order = given(*STORIES[cell], (MEDIATOR, good("open_evidence", MEDIATOR))).order
        for verb in OPEN[cell]["mediator"]:
            assert refusal(order, verb, OTHER_MEDIATOR) == "NOT_YOUR_CASE"
            assert refusal(order, verb, MEDIATOR) in ("", "EVIDENCE_SEEN")


def test_an_appeal_is_closed_to_the_first_mediator_and_to_a_third() -> None:
    """The first one ruled, and once the reviewer has acted, nobody else may."""
    for cell in (cell for cell in STORIES if cell.endswith("/APPEAL_REVIEW")):
        looked = (OTHER_MEDIATOR, good("open_evidence", OTHER_MEDIATOR))
        order = given(*STORIES[cell], looked).order
        for verb in OPEN[cell]["mediator"]:
            assert refusal(order, verb, MEDIATOR) == "SAME_MEDIATOR"
            assert refusal(order, verb, THIRD_MEDIATOR) == "NOT_YOUR_CASE"
            assert refusal(order, verb, OTHER_MEDIATOR) in ("", "EVIDENCE_SEEN")


@for_each("cell", STORIES)
def test_every_opening_is_walked(cell: str) -> None:
    """A good command of the right person succeeds and breaks no invariant."""
    for verb, role in ((verb, role) for role, verbs in OPEN[cell].items() for verb in verbs):
        world = given(*STORIES[cell], promised_days=3)  # so a dispute does not have to wait
        answer = world.submit("A", good(verb, own(role), cell), own(role, cell))
        if code := refused_by_its_chapter(cell, verb):
            then_refused(answer, code)
        else:
            assert isinstance(answer, Done), (verb, role, answer)
            assert answer.events
        assert world.violations == []


@for_each("row", PROCESS)
def test_every_row_of_the_table_opens_cells_of_the_rules_and_no_others(row: ProcessRow) -> None:
    """A row that opens nothing, or that another row hides, is an error."""
    cells = [(phase, stage) for phase in row.phases for stage in row.during]
    named = {phases_of(cell) if cell else (None, None): cell for cell in OPEN}
    reachable = [named[cell] for cell in cells if cell in named]
    assert reachable
    assert all(row.verb in OPEN[cell][row.role] for cell in reachable)
    assert any(row_for(row.verb, row.role, *cell) is row for cell in cells)


def test_of_two_rows_that_open_the_same_the_first_counts() -> None:
    """So a general row can come after a special one."""
    first = ProcessRow(verb="scan", role=Role.CARRIER, phases=(Phase.SHIPPED,))
    second = ProcessRow(
        verb="scan", role=Role.CARRIER, phases=(Phase.SHIPPED, Phase.DELIVERED), frozen=True
    )
    cells = index((first, second))
    assert cells["scan", Role.CARRIER, Phase.SHIPPED, None] is first
    assert cells["scan", Role.CARRIER, Phase.DELIVERED, None] is second
    assert len(cells) == 2


@for_each(("verb", "role"), STRANGE)
def test_a_role_without_a_row_gets_wrong_role(verb: str, role: Role) -> None:
    """It is checked first, and the refusal names the roles that have the verb."""
    for order in (None, given(*STORIES["SHIPPED"]).order, given(*STORIES["CLOSED"]).order):
        refused = permission(order, verb, PEOPLE[role][-1])
        assert refused is not None
        then_refused(refused, "WRONG_ROLE", role=role, allowed=" or the ".join(roles_of(verb)))


@pytest.mark.parametrize(
    ("verb", "roles"),
    [
        ("cancel", ("buyer", "seller")),
        ("propose", ("seller", "buyer", "mediator")),
        ("scan", ("carrier",)),
        ("add_evidence", ("buyer", "seller")),
        ("appeal", ("buyer", "seller")),
        ("no_such_verb", ()),
    ],
)
def test_the_roles_of_a_verb_are_each_named_once(verb: str, roles: tuple[str, ...]) -> None:
    """In the table's order, however many rows there are."""
    assert roles_of(verb) == roles


def test_no_command_is_the_clocks() -> None:
    """Time acts through deadlines, never through a command."""
    assert all(Role.CLOCK not in roles_of(verb) for verb in COMMANDS)
    assert permission(None, "pay", CLOCK) is not None


def test_an_order_is_placed_once() -> None:
    """An existing order cannot be placed, and without an order nothing else is possible."""
    refused = permission(given().order, "place_order", PEOPLE[Role.BUYER][0])
    assert refused is not None
    then_refused(refused, "WRONG_PHASE", phase="awaiting payment")
    refused = permission(None, "pay", PEOPLE[Role.BUYER][0])
    assert refused is not None
    then_refused(refused, "WRONG_PHASE", phase="not placed")
    assert isinstance(
        decide(None, SellerAccount, place_order(), ACTORS[0], POLICY, "hash", START), Done
    )


@pytest.mark.parametrize(
    ("cell", "phase"),
    [
        ("AWAITING_SHIPMENT", "awaiting shipment"),
        ("DELIVERED/MEDIATION", "delivered, in dispute (mediation)"),
        ("COMPLETED/AWAITING_SELLER", "completed, in dispute (awaiting seller)"),
        ("DELIVERED/RETURN_IN_TRANSIT", "delivered, with a return running (return in transit)"),
        ("FROZEN/AWAITING_ANSWER", "frozen, charged back (awaiting answer)"),
    ],
)
def test_a_refusal_says_where_the_order_stands_in_words(cell: str, phase: str) -> None:
    """It names the phase and the running part."""
    refused = permission(given(*STORIES[cell]).order, "verify_payment", BANK)
    assert refused is not None
    then_refused(refused, "WRONG_PHASE", phase=phase)


@pytest.mark.parametrize(
    ("verb", "role", "told"),
    [
        ("place_order", "buyer", "not placed yet, with no dispute or return running"),
        ("verify_payment", "bank", "verifying, with no dispute or return running"),
        (
            "cancel",
            "seller",
            "awaiting payment or verifying or awaiting shipment, with no dispute or return running",
        ),
        ("rule", "mediator", "in dispute at mediation"),
        ("open_evidence", "mediator", "in dispute at mediation or appeal review"),
        ("escalate", "buyer", "in dispute at awaiting seller or negotiating"),
        ("confirm_return", "seller", "with a return running at return delivered"),
        ("answer_chargeback", "seller", "charged back at awaiting answer"),
        ("accept_chargeback", "seller", "charged back"),
        ("add_evidence", "buyer", "in dispute, or with a return running"),
        ("open_parcel", "buyer", "delivered or completed"),
        ("scan", "carrier", "shipped, or with a return running at return in transit"),
        ("rule", "buyer", ""),
    ],
)
def test_a_refusal_says_when_the_verb_is_possible(verb: str, role: str, told: str) -> None:
    """It is derived from the table's rows, so it cannot contradict them."""
    assert possible(verb, Role(role)) == told


@for_each(("cell", "verb", "role"), OPENINGS)
def test_the_sentence_of_a_closed_verb_names_an_open_phase(cell: str, verb: str, role: str) -> None:
    """The refusal helps by naming a phase in which the verb is open."""
    phase, stage = phases_of(cell)
    sentence = possible(verb, Role(role))
    named = stage is not None and phase_name(stage) in sentence
    whole = WHOLE_PARTS.get((verb, role)) == sentence
    assert phase_name(phase) in sentence or named or whole


def test_the_timers_of_a_cell_are_those_of_the_rules() -> None:
    """Each with the policy row that set it, without the timers of money."""
    of_money = {timer.name for timer in MONEY_TIMERS}
    wrong = []
    for cell, rules in RUNNING.items():
        running = deadlines(given(*STORIES[cell]).order, POLICY)
        found = tuple((one.name, one.rule) for one in running if one.name not in of_money)
        if found != rules:
            wrong.append(f"{cell}: {found} run, and tests/engine/rules.py tells {rules}")
    assert not wrong, "\n".join(wrong)


def test_every_timer_runs_in_the_cells_of_the_rules() -> None:
    """In all of them that it names, and in no other."""
    wrong = []
    for timer in TIMERS:
        named = {
            f"{phase}/{stage}" if stage else phase
            for phase in timer.phases
            for stage in timer.during
        }
        cells = {cell for cell, rows in RUNNING.items() if (timer.name, timer.rule) in rows}
        if not named or named not in (cells, set(SOMETIMES.get(timer.name, ()))):
            wrong.append(
                f"{timer.rule} sets {timer.name} in {sorted(named)}, and RUNNING or SOMETIMES of"
                f" tests/engine/rules.py tell the same rule in {sorted(cells)}"
            )
    assert not wrong, "\n".join(wrong)


def test_a_timer_has_one_effect_and_one_pair_of_words_whatever_row_sets_it() -> None:
    """A deadline is known by its timer's name; a journal says no more of one that passed."""
    told: dict[str, set[tuple[Effect, str, str]]] = {}
    for timer in (*TIMERS, *MONEY_TIMERS):
        told.setdefault(timer.name, set()).add((timer.effect, timer.title, timer.brings))
    assert [name for name, words in told.items() if len(words) > 1] == []
    assert set(EFFECTS.values()) == set(Effect), "an effect that no timer brings about"


@for_each("cell", STORIES)
def test_every_timer_of_a_cell_has_an_effect(cell: str) -> None:
    """A timer without an effect would stop the market."""
    order = given(*STORIES[cell]).order
    for due in deadlines(order, POLICY):
        assert expire(order, lambda: SellerAccount(9_500), due, POLICY, "hash")


def test_a_deadline_that_nobody_knows_is_a_fault_of_the_table() -> None:
    """It would be executed for ever."""
    unknown = Deadline(START, "no_such_timer", "processing_days")
    with pytest.raises(KeyError, match="no_such_timer"):
        expire(given().order, SellerAccount, unknown, POLICY, "hash")


@for_each("cell", STORIES)
@for_each("method", ["credit_card", "western_union"])
def test_if_nobody_ever_acts_again_time_ends_the_order(cell: str, method: str) -> None:
    """In the end nothing runs, nothing is held, and every refund has arrived."""
    if method == "western_union" and (cell.startswith("FROZEN/") or cell == "CHARGED_BACK"):
        method = "debit_card"  # cash is never charged back
    world = given(*STORIES[cell], method=method)
    world.advance(START + 2 * YEAR)
    assert world.order.phase in ENDED
    assert world.order.phase in ENDED_PHASES
    assert deadlines(world.order, POLICY) == ()
    assert (world.order.held, world.order.refunds) == (0, ())
    assert world.balance("refunds_payable") == world.balance("seller:seller-1:pending") == 0
    assert world.violations == []


@pytest.mark.parametrize("cell", ["DELIVERED", "COMPLETED", "DELIVERED/MEDIATION", "CLOSED"])
def test_if_nobody_answers_a_chargeback_the_order_ends_charged_back(cell: str) -> None:
    """Whatever cell was frozen."""
    world = given(*STORIES_OF_THE_HELD["AWAITING_ANSWER", cell])
    world.advance(START + YEAR)
    assert (world.order.phase, deadlines(world.order, POLICY)) == (Phase.CHARGED_BACK, ())
    assert world.violations == []


def test_a_story_of_a_delivery_has_one_open_door_for_each_party() -> None:
    """The table is read by cell: a delivered parcel can be opened, confirmed or disputed."""
    order = given(*DELIVERED).order
    verbs = [verb for verb in VERBS if opening(order, verb, Role.BUYER)]
    assert verbs == ["confirm_receipt", "open_dispute", "open_parcel", "send_message"]
