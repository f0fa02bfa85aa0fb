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
PLACE = PlaceOrder(BUYER.person, SELLER.person, (Line("teapot-1", 3_000, "Teapot", WHOLE),), "USD")


def act(by: Actor, command: AnyCommand, order: str = "A", refused: str | bool = False) -> Act:
    """Return a step that is a command."""
    return Act((), by.role.value, by, verb_of(command), order, command, "", refused)


def wait(seconds: int) -> Advance:
    """Return a step that lets time pass."""
    return Advance((), seconds, None, False, "", False)


SETUP: tuple[Step, ...] = (
    act(BUYER, Pay()),
    act(SELLER, Ship("RR473124829CN")),
    wait(3 * DAY),
    act(CARRIER, Scan(ShipmentState.DELIVERED, "Berlin", "10115", 1_200, True)),
)
SAT_DOWN = START + 3 * DAY

GREETING = Inject(
    "greeting", None, 6 * HOUR, None, (act(SELLER, SendMessage("Did the teapot come?")),)
)
COUNTER = Inject(
    "counter",
    EventHappens("dispute_opened", least=(("claim", 1_000),)),
    DAY,
    EventHappens("dispute_withdrawn"),
    (act(SELLER, RejectClaim()), act(SELLER, Propose(500, "for your trouble"))),
)
RULED = Inject(
    "ruling",
    EventHappens("dispute_escalated"),
    2 * DAY,
    None,
    (act(MEDIATOR, Rule(1_200, ("goods_damaged",))),),
)
# After a ruling no seller can propose anything, so this proposal is refused.
TOO_LATE = Inject(
    "too-late",
    EventHappens("dispute_ruled"),
    0,
    None,
    (act(SELLER, Propose(100)), act(SELLER, SendMessage("I had offered more."))),
)

GOAL = Goal("fair", "A fair refund.", "It was not fair.", (EventHappens("dispute_executed"),))
ENDINGS = (
    Ending("partial", "A part came back", GOAL.holds, "It was ruled.", "r", "s", "i"),
    Ending("nothing", "Nothing came back", (), "Nobody asked.", "r", "s", "i"),
)
PLAN = Plan(
    id="small",
    title="The small teapot",
    role=Role.BUYER,
    task="Look, and ask for what is fair.",
    objectives=("Look first.",),
    hints=("Look.", "Ask.", "Escalate.", "Ask for 12.00."),
    done=(EventHappens("dispute_ruled"),),
    truth="The spout had a crack.",
    evidence=(
        PlannedExhibit(
            Party.BUYER,
            PHOTO.kind,
            PHOTO.shows,
            PHOTO.picture,
            "strong",
            "shows the crack",
            "parcel_opened",
        ),
        PlannedExhibit(
            Party.SELLER, PACKING.kind, PACKING.shows, PACKING.picture, "misleading", "nothing"
        ),
    ),
    goals=(GOAL,),
    endings=ENDINGS,
    reference=MoneyByParty("USD", -1_800, 1_710, 90),
)
SMALL = Scenario(
    head=ScenarioHead("small", "damaged", PLAN.title, "buyer", 1, 5, PLAN.objectives, "A teapot."),
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

DISPUTE = OpenDispute(Reason.DAMAGED, 2_000, (PHOTO,))
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
