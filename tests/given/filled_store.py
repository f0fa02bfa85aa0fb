"""A store with something in every table: orders in many phases, a fork, a run and a seat."""

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import AnyCommand, OpenEvidence, OpenParcel, Review, SetRate
from escrow_tui.engine.roles import BANK, Actor
from escrow_tui.store.rows.runs import RunRow
from escrow_tui.store.rows.seats import JOINED, SeatRow
from escrow_tui.store.store import Store
from tests.given.market import (
    BUYER,
    DAY,
    DELIVERED,
    MARKET,
    MEDIATED,
    MEDIATOR,
    PLACE,
    RULE,
    SELLER,
    SHIPPED,
    START,
    opened,
)

FORK = "fork-1"
ENTRIES_OF_FORK = 12
RUN = RunRow(
    id="run-1",
    scenario="cracked-teapot",
    title="The cracked teapot",
    chair="mediator",
    mode="practice",
    seed=7,
    market=MARKET,
    state="finished",
    created="2027-01-15T08:00:00Z",
    finished="2027-01-15T09:00:00Z",
    score=85,
    ending="refund",
    content='format = 1\ntitle = "ü"\n',
)
SEAT = SeatRow(
    market=MARKET,
    id="seat-1",
    role="seller",
    person=SELLER.person,
    label="Lab 3",
    code_hash="c" * 64,
    key_hash="k" * 64,
    state=JOINED,
    created="2027-01-15T08:00:00Z",
    joined="2027-01-15T08:01:00Z",
)


def fill(store: Store) -> Desk:
    """Make a market in an empty store, with something of every kind in it."""
    desk = opened(store)
    desk.deposit(SELLER.person, 50_000, "USD")
    _bring(desk, ((BANK, SetRate("EUR", "0.92")),), "")
    _bring(desk, MEDIATED, "A")
    _bring(desk, (*DELIVERED, (BUYER, OpenParcel("teapot/red+cracked"))), "B")
    _bring(desk, SHIPPED, "C")
    _bring(desk, ((BUYER, PLACE),), "D")
    _bring(desk, ((MEDIATOR, OpenEvidence("E1")), (MEDIATOR, RULE)), "A")
    desk.advance(START + 20 * DAY, BUYER)
    _bring(desk, ((BUYER, Review(5, "Good.")),), "B")
    with store.writing(MARKET) as writing:
        writing.copy_market(MARKET, FORK, ENTRIES_OF_FORK)
        writing.save_run(RUN)
        writing.add_log(RUN.id, "hint", MARKET, "2027-01-15T08:02:00Z", b'{"number":1}')
        writing.add_seat(SEAT)
    return desk


def _bring(desk: Desk, steps: tuple[tuple[Actor, AnyCommand], ...], order: str) -> None:
    """Submit these steps, each with its own command id."""
    for actor, command in steps:
        answer = desk.submit(actor, order, command, f"{order}.{len(desk.entries())}")
        assert isinstance(answer, Done), answer
