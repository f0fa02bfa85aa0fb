"""Every row of the process table stands on the screen of its role: open, or with its reason."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Select, Static

from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import AnyCommand, verb_of
from escrow_tui.engine.process import MARKET_VERBS, PROCESS, ProcessRow
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.engine.terms import Phase, Stage
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.forms.acts_list import Acts, ActsPanel
from escrow_tui.ui.forms.fields import FieldRow
from escrow_tui.ui.forms.form import FieldKind
from escrow_tui.ui.forms.verb_forms import FORMS, MARKET_FORMS
from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.safety.text import shown
from escrow_tui.ui.screens.act_screen import ActScreen
from escrow_tui.ui.screens.case.case_screen import CaseScreen
from escrow_tui.ui.screens.checkout.checkout_screen import CheckoutScreen
from escrow_tui.ui.screens.desk.desk_screen import DeskScreen
from escrow_tui.ui.screens.order_screen import OrderScreen
from escrow_tui.ui.screens.shop_screen import ShopScreen
from escrow_tui.ui.screens.why_screen import WhyScreen
from escrow_tui.ui.widgets.check_boxes import Checks
from escrow_tui.views.parts import ActView
from tests.given.order_stories import STORIES
from tests.given.orders import Pause, Step, giver_of, place_order
from tests.ui.conftest import text_of
from tests.ui.playing import Alone, alone, cleared, free_play

CHAIRS = {Role.BUYER: 0, Role.SELLER: 1, Role.MEDIATOR: 2, Role.CARRIER: 3, Role.BANK: 3}
OF_AN_ORDER = tuple(row for row in PROCESS if row.phases != (None,))
# In the first every row is closed, or has nothing to do; the mediator's need a case.
CLOSED, CLOSED_CASE = "EXPIRED", "DELIVERED/NEGOTIATING"
SIZE = (80, 24)  # the smaller of the two for which the screens are made


class Market(msgspec.Struct, frozen=True):
    """A free market with an order in every cell of the process, by the cell's name."""

    session: Sitting
    orders: Mapping[str, str]

    def actor(self, role: Role) -> Actor:
        """The actor in the chair of a role."""
        return self.session.chairs[CHAIRS[role]]

    @contextmanager
    def copied(self) -> Iterator[None]:
        """Go on in a copy of the market, and come back as if nothing had been done."""
        desk, record = self.session.desk, self.session.record
        run = record.run
        record.save(replace(run, market=desk.fork(desk.entries()[-1].seq)))
        yield
        record.save(run)
        desk.market = run.market

    def act(self, cell: str, row: ProcessRow) -> ActView:
        """The row's verb as its role sees it on the order in a cell."""
        acts = self.session.order(self.actor(row.role), self.orders[cell]).head.acts
        return next(act for act in acts if act.verb == row.verb)


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Market:
    """Every story of the process told in one market; those that take longest begin first."""
    session = free_play(tmp_path_factory.mktemp("market"))
    orders = {cell: f"O{number}" for number, cell in enumerate(STORIES, 1)}
    shop = session.listings(session.chairs[0])[0].seller.id
    begun = session.now()
    lengths = {cell: _length(steps) for cell, steps in STORIES.items()}
    longest = max(lengths.values())
    waiting: dict[str, Iterator[Step]] = {}
    for length in sorted(set(lengths.values()), reverse=True):
        session.advance(begun + longest - length)
        for cell, story in STORIES.items():
            if lengths[cell] == length:
                _give(session, orders[cell], session.chairs[0], place_order(seller=shop))
                waiting[cell] = iter(story)
                _tell(session, orders[cell], waiting[cell])
    session.advance(begun + longest)
    for cell, steps in waiting.items():
        _tell(session, orders[cell], steps)
    return Market(session, orders)


def _length(steps: tuple[Step, ...]) -> int:
    return sum(step for step in steps if isinstance(step, Pause))


def _tell(session: Sitting, order_id: str, steps: Iterator[Step]) -> None:
    """Go on with a story until it waits, or to its end."""
    for step in steps:
        if isinstance(step, Pause):
            return
        actor, command = step if isinstance(step, tuple) else (giver_of(step), step)
        chair = {Role.CARRIER: CARRIER, Role.BANK: BANK}.get(actor.role)
        _give(session, order_id, chair or session.chairs[CHAIRS[actor.role]], command)


def _give(session: Sitting, order_id: str, actor: Actor, command: AnyCommand) -> None:
    answer = session.submit(actor, order_id, command)
    assert isinstance(answer, Done), f"{order_id} {verb_of(command)}: {answer}"


def cells_of(row: ProcessRow) -> tuple[str, ...]:
    """The cells of the stories in which a row is open."""
    cells = (_cell(phase, stage) for phase in row.phases for stage in row.during)
    held = ("FROZEN/AWAITING_ANSWER", "FROZEN/AWAITING_BANK") if _under_a_chargeback(row) else ()
    return tuple(cell for cell in (*cells, *held) if cell in STORIES)


def _under_a_chargeback(row: ProcessRow) -> bool:
    """Whether a row stays open in the frozen cells, whose orders had been delivered."""
    return row.frozen and Phase.DELIVERED in row.phases and None in row.during


def _cell(phase: Phase | None, stage: Stage | None) -> str:
    return f"{phase}/{stage}" if stage else str(phase)


def page(market: Market, role: Role, cell: str) -> PlaceScreen:
    """The page on which a role acts."""
    screen = CaseScreen if role is Role.MEDIATOR else OrderScreen
    return screen(market.session, market.actor(role), market.orders[cell])


def test_the_market_holds_every_cell(market: Market) -> None:
    """The orders are where the stories say."""
    for cell, order_id in market.orders.items():
        order = market.session.desk.order_state(order_id)
        assert order is not None
        assert _cell(order.phase, order.stage) == cell


@pytest.mark.parametrize("cell", STORIES)
def test_every_row_is_possible_in_its_cells_and_has_a_reason_elsewhere(
    market: Market, cell: str
) -> None:
    """What the screens are given says of every verb of every role what the table says."""
    for row in OF_AN_ORDER:
        act = market.act(cell, row)
        alike = (one for one in OF_AN_ORDER if (one.verb, one.role) == (row.verb, row.role))
        is_open = any(cell in cells_of(one) for one in alike)
        assert act.possible is (is_open and not is_idle(cell, row.verb)), (row.role, row.verb)
        assert bool(act.why_not) is not act.possible


def is_idle(cell: str, verb: str) -> bool:
    """Whether the table opens the verb here, and there is nothing to do with it yet."""
    if verb == "settle_refund":
        return cell not in ("CANCELLED", "REFUNDED")
    if verb == "escalate":  # silence grants the claim
        return cell.endswith("/AWAITING_SELLER")
    if verb == "scan":  # the order's parcel has arrived, and the frozen order's too
        return cell.startswith("FROZEN/")
    return (cell, verb) == ("SHIPPED", "open_dispute")  # ten days have not passed


each_role = pytest.mark.parametrize("role", CHAIRS)


@each_role
async def test_an_open_row_is_on_the_page_of_its_role_and_its_form_does_it(
    market: Market, role: Role
) -> None:
    """By its title, with the mark of what is possible; Enter leads to its form."""
    async with alone(Screen(), SIZE) as (app, pilot):
        for tried in rounds(market, role):
            with market.copied():
                for cell, row in tried.items():
                    await app.push_screen(page(market, role, cell))
                    await _stand_on(app, pilot, row.verb)
                    assert f"✓ {FORMS[row.verb].title}…" in text_of(app), row
                    await pilot.press("enter")
                    place, order_id, verb = app.went.pop()
                    assert (place, order_id, verb) == ("act", market.orders[cell], row.verb)
                    await _do(app, pilot, market, role, order_id, verb)
                    await app.pop_screen()


def rounds(market: Market, role: Role) -> list[dict[str, ProcessRow]]:
    """Share a role's rows out on copies of the market, so that each finds a cell untouched."""
    shared: list[dict[str, ProcessRow]] = []
    for row in (row for row in OF_AN_ORDER if row.role is role):
        cells = [cell for cell in cells_of(row) if market.act(cell, row).possible]
        roomy = (one for one in shared if not one.keys() >= set(cells))
        tried = next(roomy, None)
        if tried is None:
            tried = {}
            shared.append(tried)
        tried[next(cell for cell in cells if cell not in tried)] = row
    return shared


@pytest.mark.parametrize(
    ("verb", "key"), [("withdraw_money", "b"), ("withdraw_wallet", "b"), ("set_rate", "r")]
)
async def test_what_is_asked_of_the_market_is_on_the_desk_and_its_form_does_it(
    tmp_path: Path, verb: str, key: str
) -> None:
    """By its key; the order under the cursor tells whose shop is meant."""
    session, role = cleared(tmp_path), MARKET_VERBS[verb]
    market = Market(session, {})
    async with alone(DeskScreen(session, market.actor(role)), SIZE) as (app, pilot):
        await pilot.press(key)
        ((place, order_id, about),) = app.went
        assert (place, about) == ("act", verb)
        await _do(app, pilot, market, role, order_id, verb)
    assert not session.desk.violations


async def _stand_on(app: Alone, pilot: Pilot[None], verb: str) -> None:
    """Put the cursor of the acts on a verb."""
    listed, shown_acts = app.screen.query_one(Acts), app.screen.query_one(ActsPanel)
    listed.focus()
    listed.highlighted = [act.verb for act in shown_acts._acts].index(verb)
    await pilot.pause()


async def _do(
    app: Alone, pilot: Pilot[None], market: Market, role: Role, order_id: str, verb: str
) -> None:
    """Open a form, find its fields on it, fill them in, confirm, and find it in the journal."""
    session = market.session
    before = len(session.desk.entries())
    await app.push_screen(ActScreen(session, market.actor(role), order_id, verb))
    await pilot.pause()
    assert {**FORMS, **MARKET_FORMS}[verb].title in text_of(app), verb
    for row in app.screen.query(FieldRow):
        assert row.region.height > 0, (verb, row.field.name)
        _fill(row)
    await pilot.pause()
    await pilot.press("ctrl+s")
    await pilot.pause()
    assert not isinstance(app.screen, ActScreen), (verb, text_of(app))
    given = [one.command for one in session.desk.entries()[before:] if one.command]
    assert [verb_of(one) for one in given] == [verb]


# What is typed or chosen where the first of what can be chosen would not do.
TYPED = {FieldKind.AMOUNT: "10 %", FieldKind.NUMBER: "5", FieldKind.TEXT: "0.92"}
CHOSEN = {"status": "exception"}


def _fill(row: FieldRow) -> None:
    """Give a field a value that fits, where it has none and needs one."""
    field = row.field
    if not field.required:
        return
    if field.kind in TYPED:
        typed = row.query_one(Input)
        typed.value = typed.value or TYPED[field.kind]
    elif field.kind is FieldKind.CHOICE:
        select = row.query_one(Select)
        values = [value for value, _ in row.asked.choices]
        select.value = CHOSEN.get(field.name, values[0]) if select.is_blank() else select.value
    elif field.kind is FieldKind.CHECKS:
        row.query_one(Checks).select(row.asked.choices[0][0])
    elif field.kind in (FieldKind.EXHIBITS, FieldKind.EXHIBIT):
        row.query_one("#own-kind", Select).value = "photo"
        row.query_one("#own-shows", Input).value = "what it shows"


@each_role
async def test_a_closed_row_is_on_the_page_with_its_reason(market: Market, role: Role) -> None:
    """Under the list, where Enter leads nowhere, and among the reasons of `w`."""
    cell = CLOSED_CASE if role is Role.MEDIATOR else CLOSED
    rows = [row for row in OF_AN_ORDER if row.role is role]
    reasons = {row.verb: market.act(cell, row).why_not for row in rows}
    async with alone(page(market, role, cell), SIZE) as (app, pilot):
        for verb, reason in reasons.items():
            await _stand_on(app, pilot, verb)
            about = app.screen.query_one("#about", Static)
            assert str(about.content) == shown(f"✗ {reason}").plain, verb
            assert f"✗ {reason}"[:24] in text_of(app), verb
            await pilot.press("enter")
            assert app.went == []
        why = WhyScreen(market.session, market.actor(role), market.orders[cell])
        await app.push_screen(why)
        await pilot.pause()
        told = " ".join(str(one.prompt) for one in why.query_one(Acts).options)
        assert [verb for verb, reason in reasons.items() if reason not in told] == []


async def test_placing_an_order_is_the_shops(market: Market) -> None:
    """Article, cart, checkout, review: and then there is one order more."""
    session = market.session
    buyer = session.chairs[0]
    before = len(session.desk.entries())
    async with alone(ShopScreen(session, buyer)) as (app, pilot):
        await pilot.press("c", "b")
        ((place, _, about),) = app.went
        assert place == "checkout"
        await app.push_screen(CheckoutScreen(session, buyer, about=about))
        await pilot.press("b", "ctrl+o")
        await pilot.pause()
        assert app.went[-1][0] == "order"
        placed = session.desk.order_state(app.went[-1][1])
    assert len(session.desk.entries()) == before + 1
    assert placed is not None
    assert placed.phase is Phase.AWAITING_PAYMENT


def test_every_role_of_the_table_has_a_chair() -> None:
    """A new role without one fails here."""
    assert {row.role for row in PROCESS} == set(CHAIRS)
