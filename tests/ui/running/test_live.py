"""What another terminal does appears on screen, and nothing that was typed is lost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import enumerate as running_threads

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

from escrow_tui.desk.session import News, Purchase
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import AnyCommand, Cancel, Pay, SendMessage, Ship, VerifyPayment
from escrow_tui.engine.roles import BANK, Role
from escrow_tui.scenarios import opening
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.forms.acts_list import Acts, ActsPanel
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.running.meanwhile import toasts
from escrow_tui.ui.screens.act_screen import ActScreen
from escrow_tui.ui.screens.desk.desk_screen import DeskScreen
from escrow_tui.ui.screens.why_screen import WhyScreen
from escrow_tui.ui.widgets.row_list import RowList
from tests.given.views import seller_view
from tests.ui.conftest import text_of
from tests.ui.keys import words
from tests.ui.playing import DAY, free_play
from tests.ui.settling import until, until_watched

BUYER, SELLER, MEDIATOR, BACKSTAGE = range(4)
HELLO = SendMessage("Is it on its way?")


class Terminals(msgspec.Struct):
    """A terminal with somebody at it, and another desk on the same store file."""

    pilot: Pilot[None]
    app: EscrowApp
    mine: Sitting
    other: Sitting

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return words(text_of(self.app))

    @property
    def told(self) -> list[str]:
        """What was told in passing."""
        return [one.message for one in self.app._notifications]

    async def go(self, place: str, about: str = "") -> None:
        """Go to a place of the first order."""
        await self.app.on_goto(Goto(place, "A", about))
        await self.pilot.pause()

    async def sees(self, said: str) -> None:
        """Wait until these words stand on the screen."""
        await until(self.pilot, lambda: said in self.text)

    def acts(self, chair: int, command: AnyCommand) -> None:
        """Let the other one give a command from a chair."""
        actor = BANK if isinstance(command, VerifyPayment) else self.other.chairs[chair]
        answer = self.other.submit(actor, "A", command, f"other-{command}")
        assert isinstance(answer, Done), answer


@asynccontextmanager
async def two(folder: Path, stage: str, chair: int = BUYER) -> AsyncIterator[Terminals]:
    """Open a free market twice; one of the two is in the app, at the desk of a chair."""
    mine = free_play(folder, stage)
    other = opening.sit(opening.store_at(folder / "market.sqlite"), run=mine.record.run.id)
    app = EscrowApp(folder / "market.sqlite")
    async with app.run_test(size=(120, 36)) as pilot:
        app.enter(mine)
        await pilot.pause()
        await app.sit(chair)
        await until_watched(pilot, app)
        yield Terminals(pilot, app, mine, other)
    other.desk.store.close()
    mine.desk.store.close()


def label(session: Sitting) -> Ship:
    """The command that ships the first order."""
    return Ship(seller_view(session, session.chairs[SELLER], "A").label_number)


# Where one looks, where the order stands, what the other does from which chair, what is seen.
SEEN: tuple[tuple[str, str, int, AnyCommand, str], ...] = (
    ("desk", "placed", BUYER, Cancel(), "Expired"),
    ("order", "verified", SELLER, HELLO, HELLO.text),
    ("money", "placed", BUYER, Pay(), "came into escrow"),
    ("timeline", "verified", SELLER, HELLO, "wrote a message"),
    ("why", "placed", BUYER, Cancel(), "Not while the order is expired"),
    ("clock", "placed", BUYER, Pay(), "A:"),
)


@pytest.mark.parametrize(("place", "stage", "chair", "command", "seen"), SEEN)
async def test_what_another_terminal_does_is_on_screen(
    tmp_path: Path, place: str, stage: str, chair: int, command: AnyCommand, seen: str
) -> None:
    """The very screen stays, with its focus."""
    async with two(tmp_path, stage) as both:
        if place != "desk":
            await both.go(place, "next" if place == "clock" else "")
        here, focused, before = both.app.screen, both.app.focused, both.text
        both.acts(chair, command)
        await until(both.pilot, lambda: both.text != before)
        await both.sees(seen)
        assert (both.app.screen, both.app.focused) == (here, focused)


async def test_the_same_order_stays_under_the_cursor(tmp_path: Path) -> None:
    """Also where a newer one comes before it."""
    async with two(tmp_path, "placed") as both:
        buyer, desk = both.other.chairs[BUYER], both.app.screen
        assert isinstance(desk, DeskScreen)
        goods = both.other.listings(buyer)[1]
        both.other.buy(buyer, Purchase((goods.id,), "debit_card"), "another cart")
        await until(both.pilot, lambda: len(desk.listed) == 2)
        assert [row.id for row in desk.listed] == ["B", "A"]
        assert (desk.order_id, desk.query_one(RowList).cursor) == ("A", 1)


async def test_cursors_stay_on_what_they_stood_on(tmp_path: Path) -> None:
    """On an event of the timeline, and on an act, with what comes before and after it."""
    async with two(tmp_path, "verified") as both:
        await both.go("timeline")
        await both.pilot.press("home", "down")
        both.acts(SELLER, HELLO)
        await both.sees("wrote a message")
        assert both.app.screen.query_one(RowList).cursor == 1
        await both.pilot.press("escape")
        await both.go("order")
        await both.pilot.press("down", "down")
        panel = both.app.screen.query_one(ActsPanel)
        chosen = panel.act
        assert chosen is not None
        both.acts(SELLER, label(both.other))
        await both.sees("the carrier has seen nothing yet")
        assert panel.act is not None
        assert panel.act.verb == chosen.verb
        await both.go("why")
        why = both.app.screen
        assert isinstance(why, WhyScreen)
        await both.pilot.press("end")
        last = why.head.acts[-1].verb
        both.acts(SELLER, SendMessage("It left today."))
        await until(both.pilot, lambda: both.app._seen == both.other.point())
        at = why.query_one(Acts).highlighted
        assert at is not None
        assert why.head.acts[at].verb == last


async def test_a_form_keeps_what_is_typed_and_says_what_happened_meanwhile(tmp_path: Path) -> None:
    """In one line; its preview is made anew, and its command keeps its id."""
    async with two(tmp_path, "verified") as both:
        await both.go("order")
        await both.go("act", "send_message")
        form = both.app.screen
        assert isinstance(form, ActScreen)
        await both.pilot.press(*"Hurry")
        command_id, focused = form.command_id, both.app.focused
        both.acts(SELLER, label(both.other))
        await both.sees("Meanwhile the seller acted on order A: Shipped under")
        assert (form.query_one(Input).value, form.command_id) == ("Hurry", command_id)
        assert both.app.focused is focused
        assert both.told == []  # the form has said it
        await both.pilot.press("ctrl+s")
        await until(both.pilot, lambda: both.app.screen is not form)
    assert both.other.desk.order_state("A") is not None


async def test_a_preview_is_made_anew(tmp_path: Path) -> None:
    """What has become impossible cannot be confirmed any more."""
    async with two(tmp_path, "placed") as both:
        await both.go("act", "pay")
        assert not both.app.screen.query_one("#confirm", Button).disabled
        both.acts(BUYER, Cancel())
        await both.sees("Meanwhile the buyer acted on order A: The order expired unpaid")
        assert both.app.screen.query_one("#confirm", Button).disabled


async def test_a_refusal_says_first_who_did_what_meanwhile(tmp_path: Path) -> None:
    """Also where the program was not yet told that anything had changed."""
    async with two(tmp_path, "placed") as both:
        await both.go("act", "pay")
        both.app.leave_store()
        both.acts(BUYER, Cancel())
        await both.pilot.press("ctrl+s")
        await both.pilot.pause()
        assert isinstance(both.app.screen, ActScreen)
        said = both.app.screen.query_one("#says", Static)
        who, why = "Meanwhile the buyer acted on order A: The order expired unpaid", "Not while"
        text = str(said.content)
        assert 0 < text.find(who) < text.find(why), text


# -- news


async def test_one_is_told_of_what_others_did_and_never_of_ones_own_acts(tmp_path: Path) -> None:
    """On the desk: the other's act is told in a toast, your own is not."""
    async with two(tmp_path, "verified") as both:
        both.mine.submit(both.mine.chairs[BUYER], "A", HELLO, "mine")
        both.mine.advance(both.mine.now() + DAY)
        both.acts(SELLER, label(both.other))
        await until(both.pilot, lambda: both.told != [])
        (said,) = both.told
        assert said.startswith("Order A, the seller: Shipped under")


def test_of_much_that_happened_a_little_is_told() -> None:
    """The last of it, and how much more there is."""
    news = [News("A", "03-02", f"It is {nth}.", Role.SELLER) for nth in range(9)]
    assert toasts(news[:3]) == tuple(f"Order A, the seller: It is {nth}." for nth in range(3))
    assert toasts(news) == (
        "Order A, the seller: It is 7.",
        "Order A, the seller: It is 8.",
        "… and 7 more: your orders show them all.",
    )


async def test_an_act_that_another_takes_back_is_taken_back_here(tmp_path: Path) -> None:
    """The run goes on in another market; so does every terminal that is at it."""
    async with two(tmp_path, "placed") as both:
        await both.go("order")
        both.acts(BUYER, HELLO)
        await both.sees(HELLO.text)
        both.other.undo()
        await until(both.pilot, lambda: HELLO.text not in both.text)
        assert both.mine.desk.market == both.other.desk.market


# -- threads


def watching() -> list[str]:
    """The threads that watch a store."""
    return [one.name for one in running_threads() if one.name == "watch"]


async def test_nothing_watches_once_the_market_or_the_program_is_left(tmp_path: Path) -> None:
    """Somebody who comes back is told again."""
    async with two(tmp_path, "placed") as both:
        assert len(watching()) == 1
        await both.app.on_goto(Goto("lobby"))
        await until(both.pilot, lambda: watching() == [])
        both.app.enter(both.mine)
        await both.pilot.pause()
        assert len(watching()) == 1
    assert watching() == []


async def test_each_chair_hears_of_the_orders_in_its_list(tmp_path: Path) -> None:
    """A mediator hears of disputes alone."""
    async with two(tmp_path, "placed") as both:
        start = msgspec.structs.replace(both.other.point(), seq=0)
        heard = [both.other.heard(chair, start) for chair in both.other.chairs]
        assert [len(one) for one in heard] == [1, 1, 0, 1]
