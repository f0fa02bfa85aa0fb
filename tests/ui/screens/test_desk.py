"""A chair's desk: its orders, who has to act, and the preview of one."""

from pathlib import Path

import pytest
from textual.widgets import Input

from escrow_tui.desk import lists
from escrow_tui.desk.session import Purchase
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import Exhibit, OpenDispute, Pay, Rule, Scan, Ship, VerifyPayment
from escrow_tui.engine.roles import BANK
from escrow_tui.engine.terms import EvidenceKind, Reason, ShipmentState
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.screens.desk.desk_screen import DeskScreen
from escrow_tui.ui.screens.desk.order_list import OrderList
from escrow_tui.ui.widgets.money_flow import MoneyFlow
from escrow_tui.ui.widgets.stages import StageStrip
from tests.given.views import mediator_view, seller_view
from tests.ui.conftest import SIZES, text_of
from tests.ui.playing import Alone, alone, free_play, give

BUYER, SHOPS, MEDIATOR, BACKSTAGE = range(4)
DESKS = {BUYER: "orders", SHOPS: "seller", MEDIATOR: "queue", BACKSTAGE: "backstage"}


def buy(session: Sitting, at: int) -> str:
    """Order one more article; return the order's id."""
    buyer = session.chairs[BUYER]
    listing = session.listings(buyer)[at]
    session.buy(buyer, Purchase((listing.id,), "debit_card"), f"buy-{at}")
    return session.rows(buyer)[0].id


def dispute(session: Sitting, order_id: str) -> str:
    """Bring an order that was placed to a dispute; return its id."""
    buyer, shops, _, carrier = session.chairs
    number = seller_view(session, shops, order_id).label_number
    for actor, command in (
        (buyer, Pay()),
        (BANK, VerifyPayment()),
        (shops, Ship(number)),
        (carrier, Scan(status=ShipmentState.DELIVERED)),
        (
            buyer,
            OpenDispute(
                reason=Reason.DAMAGED, claim=100, evidence=(Exhibit(EvidenceKind.PHOTO, "a crack"),)
            ),
        ),
    ):
        answer = session.submit(actor, order_id, command)
        assert isinstance(answer, Done), answer
    return order_id


def row_of(app: Alone, order_id: str) -> str:
    """The list's row of an order, as it is drawn."""
    listed = app.screen.query_one(OrderList)
    desk = app.screen
    assert isinstance(desk, DeskScreen)
    at = next(at for at, row in enumerate(desk.listed) if row.id == order_id)
    return listed.render_line(at + 1).text


@pytest.mark.parametrize("size", SIZES)
async def test_the_buyer_sees_which_orders_wait_and_what_is_held(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """A mark, the id, the stage, the money held, the time left; and the count in the title."""
    session = free_play(tmp_path, "delivered")
    async with alone(DeskScreen(session, session.chairs[BUYER]), size) as (app, _):
        row, text = row_of(app, "A"), text_of(app)
    listed = session.rows(session.chairs[BUYER])[0]
    assert row.startswith("▶ A")
    assert "Delivered" in row
    assert listed.held in row
    assert "auto-confirm" in row
    assert "Your orders (1, 1 waiting for you)" in text
    assert "▶ Your turn:" in text
    assert "when nobody acts, the seller is paid" in text
    assert "open a dispute" in text


@pytest.mark.parametrize(
    ("chair", "says"),
    [
        (BUYER, "press s to open the shop"),
        (SHOPS, "Nobody has ordered yet"),
        (MEDIATOR, "No dispute runs"),
        (BACKSTAGE, "Nothing to carry and nothing to verify"),
    ],
)
@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_desk_says_what_comes_next(
    tmp_path: Path, chair: int, says: str, size: tuple[int, int]
) -> None:
    """And Enter leads nowhere."""
    session = free_play(tmp_path)
    async with alone(DeskScreen(session, session.chairs[chair]), size) as (app, pilot):
        assert says in text_of(app)
        await pilot.press("enter")
        assert app.went == []


@pytest.mark.parametrize(("chair", "place"), [(BUYER, "order"), (MEDIATOR, "case")])
async def test_enter_opens_the_order_or_the_case(tmp_path: Path, chair: int, place: str) -> None:
    """As a click on the row does."""
    session = free_play(tmp_path, "mediated")
    async with alone(DeskScreen(session, session.chairs[chair])) as (app, pilot):
        await pilot.press("enter")
        await pilot.click(OrderList, offset=(10, 1))
        assert app.went == [(place, "A", "")] * 2


async def test_the_preview_follows_the_cursor(tmp_path: Path) -> None:
    """Its stages and its money are those of the order under it, and so are the keys."""
    session = free_play(tmp_path, "shipped")
    second = buy(session, 3)
    async with alone(DeskScreen(session, session.chairs[BUYER])) as (app, pilot):
        flow, strip = app.screen.query_one(MoneyFlow), app.screen.query_one(StageStrip)
        assert flow.flow is not None
        assert flow.flow.held_minor == 0
        await pilot.press("j", "m")
        await pilot.pause()
        assert flow.flow.held_minor > 0
        assert "Shipped" in [stage.title for stage in strip.stages if stage.state == "here"]
        assert app.went == [("money", "A", "")]
        await pilot.press("k", "enter")
        assert app.went[-1] == ("order", second, "")


async def test_the_buyer_alone_has_the_way_to_the_shop(tmp_path: Path) -> None:
    """The key does nothing in the other chairs."""
    session = free_play(tmp_path, "paid")
    for chair in (BUYER, SHOPS):
        async with alone(DeskScreen(session, session.chairs[chair])) as (app, pilot):
            await pilot.press("s")
            assert app.went == ([("shop", "", "")] if chair == BUYER else [])


@pytest.mark.parametrize("size", SIZES)
async def test_the_sellers_desk_shows_the_balances_and_nothing_of_the_payment(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """After the ruling is executed, something is pending."""
    session = free_play(tmp_path, "ruled")
    session.advance(session.now() + 8 * 86_400)
    held = session.account(session.chairs[SHOPS])
    assert held.pending != "0.00"
    async with alone(DeskScreen(session, session.chairs[SHOPS]), size) as (app, _):
        text = text_of(app)
    assert f"pending {held.pending}" in text
    assert f"available {held.available}" in text
    assert f"frozen {held.frozen}" in text
    assert [word for word in ("card", "western", "eur ") if word in text.lower()] == []


@pytest.mark.parametrize("size", SIZES)
async def test_the_queue_has_the_cases_to_be_ruled_first_with_their_claims(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """A dispute that has not reached the mediator stands below, although it is newer."""
    session = free_play(tmp_path, "mediated")
    younger = dispute(session, buy(session, 1))
    async with alone(DeskScreen(session, session.chairs[MEDIATOR]), size) as (app, _):
        desk = app.screen
        assert isinstance(desk, DeskScreen)
        assert [row.id for row in desk.listed] == ["A", younger]
        row = row_of(app, "A")
    case = mediator_view(session, session.chairs[MEDIATOR], "A")
    assert case.dispute is not None
    assert row.startswith("▶ A")
    assert "damaged" in row
    assert case.dispute.claim in row


async def test_the_bank_and_the_carrier_are_awaited_at_one_desk(tmp_path: Path) -> None:
    """One order to verify, one that is not paid."""
    session = free_play(tmp_path, "paid")
    unpaid = buy(session, 2)
    async with alone(DeskScreen(session, session.chairs[BACKSTAGE])) as (app, _):
        assert row_of(app, "A").startswith("▶")
        assert not row_of(app, unpaid).startswith("▶")


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list is read two orders at a time."""
    monkeypatch.setattr(lists, "PAGE", 2)


@pytest.mark.usefixtures("short_pages")
async def test_the_next_page_is_read_when_the_end_comes_into_sight(tmp_path: Path) -> None:
    """Until there is none; what was read stays when the screen reads again."""
    session = free_play(tmp_path)
    ids = [buy(session, at) for at in range(20)][::-1]
    async with alone(DeskScreen(session, session.chairs[BUYER]), (80, 24)) as (app, pilot):
        desk = app.screen
        assert isinstance(desk, DeskScreen)
        await pilot.pause()
        seen = len(desk.listed)
        assert 2 < seen < 20
        assert [row.id for row in desk.listed] == ids[:seen]
        desk.query_one(OrderList).scroll_to(y=seen, animate=False)
        await pilot.pause()
        assert seen < len(desk.listed) < 20
        for _ in range(12):
            await pilot.press("end")
            await pilot.pause()
        assert [row.id for row in desk.listed] == ids
        assert desk.order_id == ids[-1]
        desk.read_all()
        assert [row.id for row in desk.listed] == ids


async def test_the_filter_lists_what_has_its_words(tmp_path: Path) -> None:
    """An order's name, its goods, or where it stands; Esc shows all again."""
    session = free_play(tmp_path, "shipped")
    second = buy(session, 3)
    async with alone(DeskScreen(session, session.chairs[BUYER])) as (app, pilot):
        desk = app.screen
        assert isinstance(desk, DeskScreen)
        for typed, found in (("way", ["A"]), ("awaiting payment", [second]), ("zz", [])):
            await pilot.press("slash")
            desk.query_one(Input).value = typed
            await pilot.pause()
            assert [row.id for row in desk.listed] == found
            await pilot.press("escape")
            await pilot.pause()
            assert [row.id for row in desk.listed] == [second, "A"]
        await pilot.press("slash", "z", "z")
        await pilot.pause()
        assert "No order has these words" in text_of(app)
        assert app.went == []


@pytest.mark.usefixtures("short_pages")
async def test_a_desk_of_many_orders_says_how_many_stand_where(tmp_path: Path) -> None:
    """The chair of the shops counts the orders of all shops; a buyer sees only their own."""
    session = free_play(tmp_path, "shipped")
    for at in range(30):
        buy(session, at)
    for chair, told in ((SHOPS, True), (BUYER, False)):
        screen = DeskScreen(session, session.chairs[chair])
        async with alone(screen, (120, 36)) as (app, pilot):
            await pilot.pause()
            assert len(screen.listed) < 31
            text = text_of(app)
            assert ("of 31" in text) is told
            assert ("awaiting payment 30 · on the way 1" in text) is told


async def test_the_cursor_stays_on_its_order_when_another_comes_before_it(tmp_path: Path) -> None:
    """The list is read again, and the preview is still the same order's."""
    session = free_play(tmp_path, "placed")
    async with alone(DeskScreen(session, session.chairs[BUYER])) as (app, pilot):
        desk = app.screen
        assert isinstance(desk, DeskScreen)
        buy(session, 1)
        session.submit(session.chairs[BUYER], "A", Pay())
        desk.read_all()
        await pilot.pause()
        assert [row.id for row in desk.listed] == ["B", "A"]
        assert desk.order_id == "A"
        assert "Payment being verified" in text_of(app)


async def test_a_buyer_reads_what_is_in_the_wallet_and_takes_it_out(tmp_path: Path) -> None:
    """Nothing of it is there while it is empty, and the key says so."""
    session = free_play(tmp_path, "mediated")
    buyer = session.chairs[BUYER]
    empty = DeskScreen(session, buyer)
    async with alone(empty) as (app, pilot):
        await pilot.press("b")
        assert app.went == []
        assert "wallet" not in text_of(app)
        assert empty.reason_against("withdraw") == "Your wallet is empty."
    give(session, session.chairs[MEDIATOR], Rule(refund=0, reasons=("goods_usable",), goodwill=500))
    session.advance(session.now() + 8 * 86_400)
    async with alone(DeskScreen(session, buyer)) as (app, pilot):
        assert "In your wallet: 5.00 USD" in text_of(app)
        await pilot.press("b")
        assert app.went == [("act", "A", "withdraw_wallet")]


@pytest.mark.parametrize(
    ("chair", "withdraws", "sets"),
    [
        (BUYER, True, False),
        (SHOPS, True, False),
        (MEDIATOR, False, False),
        (BACKSTAGE, False, True),
    ],
)
async def test_each_chair_has_the_keys_for_its_own_money(
    tmp_path: Path, chair: int, withdraws: bool, sets: bool
) -> None:
    """Buyer and seller take money out, the bank sets the rate; a mediator has neither key."""
    session = free_play(tmp_path)
    desk = DeskScreen(session, session.chairs[chair])
    async with alone(desk):
        assert (desk.reason_against("withdraw") is not None) is withdraws
        assert (desk.reason_against("rate") is not None) is sets
