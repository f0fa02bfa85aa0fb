"""A small exercise as values: a buyer with a cracked teapot, and others who respond."""

from escrow_tui.coach.plan import Plan, PlannedExhibit
from escrow_tui.coach.predicates import EventHappens
from escrow_tui.coach.values import Ending, Goal, MoneyByParty
from escrow_tui.engine.commands import (
    AddEvidence,
    AnyCommand,
    Escalate,
    Exhibit,
    Line,
    OpenDispute,
    OpenParcel,
    Pay,
    PlaceOrder,
    Propose,
    RejectClaim,
    Rule,
    Scan,
    SendMessage,
    Ship,
    verb_of,
)
from escrow_tui.engine.entry import journal_sha256
from escrow_tui.engine.roles import CARRIER, FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import EvidenceKind, Party, Reason, ShipmentState
from escrow_tui.policy import load_policy
from escrow_tui.scenarios.exercise.exercise_run import ExerciseRun
from escrow_tui.scenarios.file.act_reader import Act
from escrow_tui.scenarios.file.head import ScenarioHead
from escrow_tui.scenarios.file.order_reader import PlacedOrder
from escrow_tui.scenarios.file.scenario import Found, Inject, Scenario
from escrow_tui.scenarios.file.step_reader import Advance, Step
from escrow_tui.scenarios.opening import start_run
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store.store import Store

DAY, HOUR = 86_400, 3_600
START = 1_772_442_000
BUYER, SELLER = Actor(Role.BUYER, "buyer-1"), Actor(Role.SELLER, "seller-1")
MEDIATOR = FIRST_MEDIATOR
CRACKED, WHOLE = "teapot/white/crack", "teapot/white"

PHOTO = Exhibit(EvidenceKind.PHOTO, "the spout on my table", CRACKED)
PACKING = Exhibit(EvidenceKind.PHOTO, "the teapot before packing", WHOLE)
PLACE = PlaceOrder(
    buyer=BUYER.person,
    seller=SELLER.person,
    lines=(Line("teapot-1", 3_000, "Teapot", WHOLE),),
    currency="USD",
)


def act(by: Actor, command: AnyCommand, order: str = "A", refused: str | bool = False) -> Act:
    """Return a step that is a command."""
    return Act(
        place=(),
        written=by.role.value,
        by=by,
        verb=verb_of(command),
        order=order,
        command=command,
        id="",
        refused=refused,
    )


def wait(seconds: int) -> Advance:
    """Return a step that lets time pass."""
    return Advance(place=(), seconds=seconds, to=None, to_next=False, id="", refused=False)


SETUP: tuple[Step, ...] = (
    act(BUYER, Pay()),
    act(SELLER, Ship("RR473124829CN")),
    wait(3 * DAY),
    act(
        CARRIER,
        Scan(
            status=ShipmentState.DELIVERED,
            city="Berlin",
            post_code="10115",
            weight=1_200,
            signature=True,
        ),
    ),
)
SAT_DOWN = START + 3 * DAY

GREETING = Inject(
    name="greeting",
    when=None,
    after=6 * HOUR,
    unless=None,
    steps=(act(SELLER, SendMessage("Did the teapot come?")),),
)
COUNTER = Inject(
    name="counter",
    when=EventHappens(event="dispute_opened", least=(("claim", 1_000),)),
    after=DAY,
    unless=EventHappens(event="dispute_withdrawn"),
    steps=(act(SELLER, RejectClaim()), act(SELLER, Propose(500, "for your trouble"))),
)
RULED = Inject(
    name="ruling",
    when=EventHappens(event="dispute_escalated"),
    after=2 * DAY,
    unless=None,
    steps=(act(MEDIATOR, Rule(refund=1_200, reasons=("goods_damaged",))),),
)
# After a ruling no seller can propose anything, so this proposal is refused.
TOO_LATE = Inject(
    name="too-late",
    when=EventHappens(event="dispute_ruled"),
    after=0,
    unless=None,
    steps=(act(SELLER, Propose(100)), act(SELLER, SendMessage("I had offered more."))),
)

GOAL = Goal("fair", "A fair refund.", "It was not fair.", (EventHappens(event="dispute_executed"),))
ENDINGS = (
    Ending(
        id="partial",
        title="A part came back",
        when=GOAL.holds,
        why="It was ruled.",
        rule="r",
        source="s",
        instead="i",
    ),
    Ending(
        id="nothing",
        title="Nothing came back",
        when=(),
        why="Nobody asked.",
        rule="r",
        source="s",
        instead="i",
    ),
)
PLAN = Plan(
    id="small",
    title="The small teapot",
    role=Role.BUYER,
    task="Look, and ask for what is fair.",
    objectives=("Look first.",),
    hints=("Look.", "Ask.", "Escalate.", "Ask for 12.00."),
    done=(EventHappens(event="dispute_ruled"),),
    truth="The spout had a crack.",
    evidence=(
        PlannedExhibit(
            owner=Party.BUYER,
            kind=PHOTO.kind,
            shows=PHOTO.shows,
            picture=PHOTO.picture,
            worth="strong",
            proves="shows the crack",
            available="parcel_opened",
        ),
        PlannedExhibit(
            owner=Party.SELLER,
            kind=PACKING.kind,
            shows=PACKING.shows,
            picture=PACKING.picture,
            worth="misleading",
            proves="nothing",
        ),
    ),
    goals=(GOAL,),
    endings=ENDINGS,
    reference=MoneyByParty("USD", -1_800, 1_710, 90),
)
SMALL = Scenario(
    head=ScenarioHead(
        id="small",
        family="damaged",
        title=PLAN.title,
        role="buyer",
        difficulty=1,
        minutes=5,
        objectives=PLAN.objectives,
        preview="A teapot.",
    ),
    plan=PLAN,
    policy=load_policy("aliexpress"),
    start=START,
    seed=7,
    listings=0,
    verify=True,
    orders=(PlacedOrder((), "A", PLACE),),
    setup=SETUP,
    words=(),
    found=(Found("A", CRACKED),),
    injects=(GREETING, COUNTER, RULED, TOO_LATE),
    solutions=(),
    must_fails=(),
)

DISPUTE = OpenDispute(reason=Reason.DAMAGED, claim=2_000, evidence=(PHOTO,))
SOLUTION: tuple[Step, ...] = (
    act(BUYER, OpenParcel()),
    wait(2 * HOUR),
    act(BUYER, DISPUTE),
    wait(2 * DAY),
    act(BUYER, AddEvidence(EvidenceKind.SCREENSHOT, "the listing")),
    act(BUYER, Escalate()),
    wait(4 * DAY),
)


def begun(store: Store, scenario: Scenario = SMALL) -> Sitting:
    """Return a session at an exercise."""
    return start_run(store, scenario, "", scenario.seed, "2026-01-01T10:00:00Z")


def exercise_of(sitting: Sitting) -> ExerciseRun:
    """Return the exercise that is played in a sitting."""
    assert isinstance(sitting.activity, ExerciseRun)
    return sitting.activity


def hash_of(sitting: Sitting) -> str:
    """Return the hash of a session's journal."""
    return journal_sha256(sitting.desk.entries())


def names(sitting: Sitting) -> tuple[str, ...]:
    """Return the ids of the injects' commands, each with the hours since the trainee sat down."""
    return tuple(
        f"{one.command_id} +{(one.at - SAT_DOWN) // HOUR}h"
        for one in sitting.desk.entries()
        if one.command_id.startswith("inject")
    )
