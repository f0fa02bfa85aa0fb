"""A small disputed order for the coach's tests: its journal, its money and its plan."""

from msgspec.structs import replace

from escrow_tui.coach.plan import Plan, PlannedExhibit
from escrow_tui.coach.playthrough import Note, Playthrough
from escrow_tui.coach.predicates import EventHappens
from escrow_tui.coach.values import Ending, Goal, MoneyByParty
from escrow_tui.engine import events as e
from escrow_tui.engine.commands import Exhibit, Line
from escrow_tui.engine.entry import CLOCK_STREAM, Entry, order_stream
from escrow_tui.engine.evidence import checksum
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import BANK, CLOCK, FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import EvidenceKind, Party, Reason, RefundWay

BUYER, SELLER = Actor(Role.BUYER, "buyer-1"), Actor(Role.SELLER, "seller-1")
START, DAY = 1_772_442_000, 86_400
PHOTO = Exhibit(EvidenceKind.PHOTO, "the pot on my table", "teapot/white/crack")
PACKING = Exhibit(EvidenceKind.PHOTO, "the pot before packing", "teapot/white")

PLACED = e.OrderPlaced(
    buyer=BUYER.person,
    seller=SELLER.person,
    lines=(Line("pot", 4_500),),
    currency="USD",
    goods=4_500,
    shipping=0,
    origin="CN",
    destination="DE",
    promised_days=20,
    method="credit_card",
    policy="p",
    pay_in="",
    rate="",
    paid_total=4_500,
)


def filed(number: int, owner: Party, exhibit: Exhibit) -> e.EvidenceAdded:
    """Return the event of a piece of evidence that was handed in."""
    return e.EvidenceAdded(
        id=f"E{number}",
        owner=owner,
        kind=exhibit.kind,
        shows=exhibit.shows,
        picture=exhibit.picture,
        checksum=checksum(exhibit),
    )


def ruled(refund: int, rows: tuple[str, ...]) -> e.DisputeRuled:
    """Return the event of a ruling."""
    return e.DisputeRuled(
        refund=refund,
        reasons=("it is damaged",),
        policy_rows=rows,
        confidence=80,
        note="",
        why="ruled by mediator 1",
    )


CASE: tuple[tuple[Actor, tuple[e.AnyEvent, ...]], ...] = (
    (BUYER, (PLACED,)),
    (BUYER, (e.PaymentCaptured(4_500, 4_500, 0, 0),)),
    (BANK, (e.PaymentVerified(),)),
    (SELLER, (e.OrderShipped("RR473124829CN"),)),
    (
        BUYER,
        (
            e.DisputeOpened(number=1, reason=Reason.DAMAGED, claim=4_500),
            filed(1, Party.BUYER, PHOTO),
        ),
    ),
    (SELLER, (e.ClaimRejected(), filed(2, Party.SELLER, PACKING))),
    (BUYER, (e.DisputeEscalated("asked for by the buyer"),)),
    (FIRST_MEDIATOR, (e.CaseAssigned("1"), e.EvidenceOpened("E1"))),
    (FIRST_MEDIATOR, (ruled(1_800, ("auto_confirm_days", "max_disputes")),)),
    (
        CLOCK,
        (
            e.DisputeExecuted(1_800),
            e.RefundBooked(
                number=1,
                amount=1_800,
                sources=e.Sources(escrow=1_800),
                way=RefundWay.CARD,
                lines=(1_800,),
            ),
        ),
    ),
    (CLOCK, (e.FundsReleased(2_700, 135, 0, 2_565), e.OrderClosed())),
    (CLOCK, (e.RefundSettled(1, 1_800, 1_800),)),
)
SAT_DOWN = 7
BALANCES = {
    ("ext:buyer", "USD"): -2_700,
    ("escrow:A", "USD"): 0,
    ("seller:seller-1:pending", "USD"): 2_000,
    ("seller:seller-1:available", "USD"): 565,
    ("platform:commission", "USD"): 135,
    ("platform:psp_fees", "USD"): -161,
}


def journal(upto: int = len(CASE)) -> tuple[Entry, ...]:
    """Return the case's first entries, one a day, with a move of the clock among them."""
    entries = [
        Entry(
            market="m",
            seq=seq,
            stream=order_stream("A"),
            version=seq,
            at=START + seq * DAY,
            actor=actor,
            command_id="",
            command=None,
            events=events,
        )
        for seq, (actor, events) in enumerate(CASE[:upto], 1)
    ]
    moved = e.ClockAdvanced(START)
    clock = Entry(
        market="m",
        seq=0,
        stream=CLOCK_STREAM,
        version=1,
        at=START,
        actor=FIRST_MEDIATOR,
        command_id="",
        command=None,
        events=(moved,),
    )
    return (clock, *entries)


def played(upto: int = len(CASE), notes: tuple[Note, ...] = ()) -> Playthrough:
    """Return the case after its first entries."""
    entries = journal(upto)
    order: Order | None = None
    for entry in entries[1:]:
        for event in entry.events:
            order = evolve(order, event, "A", entry.at)
    orders = {"A": order} if order else {}
    return Playthrough(
        entries=entries, orders=orders, balances=BALANCES, notes=notes, floor=SAT_DOWN
    )


LOOKED = Goal(
    "looked",
    "All was looked at.",
    "You left E2.",
    (EventHappens(event="evidence_opened", times_least=2),),
)
RULED = Goal("ruled", "You ruled.", "You did not rule.", (EventHappens(event="dispute_ruled"),))
FULL = Ending(
    id="full",
    title="All back",
    when=(EventHappens(event="dispute_executed", least=(("refund", 4_500),)),),
    why="All went back.",
    rule="r1",
    source="s1",
    instead="i1",
)
PART = Ending(
    id="part",
    title="A part back",
    when=(),
    why="A part went back.",
    rule="r2",
    source="s2",
    instead="i2",
)
PLAN = Plan(
    id="pot",
    title="The pot",
    role=Role.MEDIATOR,
    task="Rule.",
    objectives=("Look.",),
    hints=("one", "two"),
    done=(EventHappens(event="dispute_ruled"), EventHappens(event="dispute_executed")),
    truth="It cracked on its way.",
    evidence=(
        PlannedExhibit(
            owner=Party.BUYER,
            kind=PHOTO.kind,
            shows=PHOTO.shows,
            picture=PHOTO.picture,
            worth="strong",
            proves="that it is damaged",
        ),
        PlannedExhibit(
            owner=Party.SELLER,
            kind=PACKING.kind,
            shows=PACKING.shows,
            picture=PACKING.picture,
            worth="misleading",
            proves="nothing",
        ),
        PlannedExhibit(
            owner=Party.SELLER,
            kind=EvidenceKind.INVOICE,
            shows="a bill",
            picture="receipt",
            worth="weak",
            proves="a sale",
        ),
    ),
    goals=(LOOKED, RULED),
    endings=(FULL, PART),
    reference=MoneyByParty("USD", -2_700, 2_565, 135),
)


def as_buyer(plan: Plan = PLAN) -> Plan:
    """Return the same exercise with the trainee as the buyer."""
    return replace(plan, role=Role.BUYER)
