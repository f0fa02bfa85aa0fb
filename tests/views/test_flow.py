"""The strip of stages, the marks of the timeline, the flow of money, and the rows of a list."""

import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine.deadlines import Deadline
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.roles import CLOCK, Role
from escrow_tui.views.flow import flow
from escrow_tui.views.marks import marks
from escrow_tui.views.order_row import order_row
from escrow_tui.views.parts import MarkState, StageState
from escrow_tui.views.strip import stage_views
from tests.each import for_each
from tests.given.facts import facts_in, told_by
from tests.given.order_stories import STORIES, STORIES_OF_THE_HELD
from tests.given.orders import (
    COMPLETED,
    DELIVER,
    DELIVERED,
    MEDIATOR,
    POLICY,
    REPLACE,
    TO_BE_REPLACED,
    TRACKING,
    days,
    given,
)
from tests.given.view_stories import EVERYTHING


@for_each("cell", STORIES)
def test_the_strip_says_where_the_order_is(cell: str) -> None:
    """Exactly one stage is current, or the last one is where the order failed."""
    strip = stage_views(facts_in(cell).order)
    here = [one for one in strip if one.state in (StageState.HERE, StageState.FAILED)]
    assert len(here) == 1
    assert [one.state for one in strip if one.state is StageState.DONE] == [
        StageState.DONE
    ] * strip.index(here[0])


def drawn(name: str) -> list[str]:
    """Draw a story's strip from the parcel on, with symbols, and the note of the current stage."""
    marked = {StageState.DONE: "", StageState.HERE: "@", StageState.AHEAD: "-"}
    facts = EVERYTHING[name].facts()
    strip = stage_views(facts.order, facts.entries)
    titles = [f"{marked.get(one.state, 'x')}{one.title}" for one in strip]
    notes = [f"({one.note})" for one in strip if one.state is StageState.HERE]
    return titles[3:] + notes


@pytest.mark.parametrize(
    ("name", "strip"),
    [
        ("appealed", ["Shipped", "Delivered", "@Dispute", "-Result", "(appeal review)"]),
        ("going back", ["Shipped", "Delivered", "Dispute", "@Return", "-Result", "(on its way)"]),
        (
            "to be swapped",
            "Shipped Delivered Dispute @Return -Replacement -Result (buyer_sends)".split(),
        ),
        ("contested", ["Shipped", "Delivered", "@Dispute", "-Result", "(mediation)"]),
        ("returned", ["Shipped", "Delivered", "Dispute", "Return", "@Refunded", "(03-02)"]),
        ("frozen", ["Shipped", "Delivered", "@Frozen", "-Result", "(seller answers)"]),
        (
            "frozen in a dispute",
            "Shipped Delivered Dispute @Frozen -Result (seller_answers)".split(),
        ),
        ("lost", ["Shipped", "Delivered", "xCharged back"]),
        (
            "replaced",
            "Replacement @Shipped -Delivered -Completed -Closed (03-02)".split(),
        ),
        ("not cancelled", ["-Shipped", "-Delivered", "-Completed", "-Closed", "(03-02)"]),
        ("executed", ["Shipped", "Delivered", "Dispute", "@Closed", "(03-09)"]),
    ],
)
def test_the_strip_shows_what_runs_and_what_ended(name: str, strip: list[str]) -> None:
    """A dispute and a return stay on the strip; a replacement starts the road again."""
    assert drawn(name) == [one.replace("_", " ") for one in strip]


def test_a_replacement_is_waited_for_after_what_it_replaces() -> None:
    """A replacement is first awaited, then shipped and delivered like the first parcel."""
    waiting = given(*TO_BE_REPLACED)
    titles = [one.title for one in stage_views(waiting.order)]
    assert titles[3:6] == ["Shipped", "Delivered", "Replacement"]
    waiting.after(c.ShipReplacement(TRACKING), DELIVER)
    assert [one.title for one in stage_views(waiting.order)][3:6] == [
        "Replacement",
        "Shipped",
        "Delivered",
    ]


@for_each("held", STORIES_OF_THE_HELD)
def test_what_is_frozen_stands_where_it_stood(held: tuple[str, str]) -> None:
    """In every cell that a chargeback can freeze, the strip shows the old stage and `Frozen`."""
    order = given(*STORIES_OF_THE_HELD[held]).order
    here = next(one for one in stage_views(order) if one.state is StageState.HERE)
    assert here.title == "Frozen"


def test_the_timeline_has_the_past_the_present_and_the_deadlines() -> None:
    """The marks come in the order of time."""
    entry = Entry(
        market="m",
        seq=1,
        stream="order:A",
        version=1,
        at=0,
        actor=CLOCK,
        command_id="",
        command=None,
        events=(),
    )
    line = marks((entry,), (Deadline(86_400, "auto_confirm", "auto_confirm_days"),), 0)
    assert [one.state for one in line] == [MarkState.HERE, MarkState.FUTURE]
    assert line[1].title == "auto-confirm"


def test_the_timeline_tells_the_two_deliveries_apart() -> None:
    """The order's parcel is "delivered", the return "is back"."""
    facts = EVERYTHING["back"].facts()
    titles = [one.title for one in marks(facts.entries, (), facts.now)]
    assert [one for one in titles if one in ("delivered", "sent back", "is back")] == [
        "delivered",
        "sent back",
        "is back",
    ]


def test_the_flow_shows_the_seller_the_net_and_the_buyer_the_gross() -> None:
    """100.00 was released at a commission of 5 %: the seller sees 95.00, the buyer 100.00."""
    order = given(*COMPLETED).order
    seller = flow(order, Role.SELLER)
    assert (seller.to_seller, seller.commission) == ("95.00 USD", "5.00 USD")
    assert flow(order, Role.BUYER).to_seller == "100.00 USD"


def test_the_flow_tells_what_the_bank_took() -> None:
    """10.00 had been refunded, so the bank took the other 90.00."""
    seen = flow(EVERYTHING["lost"].facts().order, Role.MEDIATOR)
    assert (seen.refunded, seen.charged_back) == ("10.00 USD", "90.00 USD")
    assert (seen.refunded_minor, seen.charged_back_minor) == (1_000, 9_000)


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("frozen", "frozen: the bank has taken 100.00 USD back"),
        ("asked by the bank", "frozen: the bank wants 100.00 USD back"),
        ("generous", "dispute since 2026-03-02 09:00; it moves no money"),
        ("going back", "agreed on 2026-03-02 09:00: the money waits for the goods"),
        ("clawed back", "10.00 USD on the way back to the buyer"),
        ("protected", "held since 2026-03-02 09:00"),
        ("settled", "nothing is held"),
    ],
)
def test_the_flow_says_why_the_money_is_where_it_is(name: str, note: str) -> None:
    """Only a chargeback freezes money; a dispute moves none."""
    assert flow(EVERYTHING[name].facts().order, Role.MEDIATOR).note == note


def test_a_replacement_of_goods_paid_for_holds_nothing() -> None:
    """The note says that the seller is paid already, or that the money waits."""
    held = given(*TO_BE_REPLACED).order
    paid = given(*COMPLETED, REPLACE, c.AcceptClaim()).order
    assert flow(held, Role.BUYER).note == "it waits for the replacement"
    assert flow(paid, Role.BUYER).note == "the seller is paid already"


@pytest.mark.parametrize(
    ("cell", "roles"),
    [
        ("AWAITING_PAYMENT", {Role.BUYER}),
        ("VERIFYING", {Role.BANK}),
        ("AWAITING_SHIPMENT", {Role.SELLER}),
        ("CANCEL_REQUESTED", {Role.SELLER}),
        ("SHIPPED", {Role.CARRIER}),
        ("DELIVERED", {Role.BUYER}),
        ("AWAITING_REPLACEMENT", {Role.SELLER}),
        ("DELIVERED/AWAITING_SELLER", {Role.SELLER}),
        ("DELIVERED/NEGOTIATING", {Role.BUYER, Role.SELLER}),
        ("DELIVERED/MEDIATION", {Role.MEDIATOR}),
        ("DELIVERED/APPEAL_WINDOW", set()),
        ("DELIVERED/APPEAL_REVIEW", {Role.MEDIATOR}),
        ("DELIVERED/AWAITING_RETURN", {Role.BUYER}),
        ("DELIVERED/RETURN_IN_TRANSIT", {Role.CARRIER}),
        ("DELIVERED/RETURN_DELIVERED", {Role.SELLER}),
        ("FROZEN/AWAITING_ANSWER", {Role.SELLER}),
        ("FROZEN/AWAITING_BANK", {Role.BANK}),
        ("CHARGED_BACK", set()),
    ],
)
def test_a_row_says_who_is_awaited(cell: str, roles: set[Role]) -> None:
    """A row is marked for the roles that have to act and for nobody else."""
    facts = facts_in(cell)
    assert {one for one in Role if order_row(facts.order, POLICY, one, facts.now).mine} == roles


def test_who_is_asked_for_evidence_is_awaited_instead_of_the_mediator() -> None:
    """The side that was asked loses the case by silence, so the order waits for that side."""
    facts = EVERYTHING["asked"].facts()
    assert {one for one in Role if order_row(facts.order, POLICY, one, facts.now).mine} == {
        Role.SELLER
    }


def test_an_appeal_does_not_wait_for_the_mediator_who_ruled() -> None:
    """The order is not marked in that mediator's list."""
    facts = facts_in("DELIVERED/APPEAL_REVIEW")

    def mine(person: str) -> bool:
        return order_row(facts.order, POLICY, Role.MEDIATOR, facts.now, person).mine

    assert not mine(MEDIATOR.person)
    assert mine("2")


@pytest.mark.parametrize(
    ("cell", "stage"),
    [
        ("DELIVERED", "Delivered"),
        ("DELIVERED/MEDIATION", "Dispute: the mediator decides"),
        ("COMPLETED/RETURN_DELIVERED", "Return: the seller looks at what came back"),
        ("FROZEN/AWAITING_BANK", "Chargeback: the bank decides"),
    ],
)
def test_a_row_says_which_part_runs(cell: str, stage: str) -> None:
    """A running part and its stage are shown instead of the phase."""
    assert order_row(facts_in(cell).order, POLICY, Role.BUYER, 0).stage == stage


def test_a_row_warns_of_the_deadline_that_concerns_its_role() -> None:
    """A seller is not told when a refund arrives."""
    facts = told_by(*DELIVERED, c.Refund(10_000), days(1))
    due = {role: order_row(facts.order, POLICY, role, facts.now).due for role in Role}
    assert due[Role.BUYER].startswith("refund arrives in")
    assert due[Role.SELLER] == ""
