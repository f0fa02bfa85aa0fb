"""A seat on the screen: no lobby, no clock, no undo; revoked, it says so and stays up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from escrow_tui.scenarios.seats.admission import join
from escrow_tui.scenarios.seats.grants import revoke
from escrow_tui.store import SqliteFile
from escrow_tui.store.rows.seats import SeatKey
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.screens.desk.desk_screen import DeskScreen
from escrow_tui.ui.screens.order_screen import OrderScreen
from escrow_tui.ui.screens.seat_screen import LeaveScreen, SeatScreen
from tests.given.seats import NOW, Seats, bought, me, opened
from tests.ui.conftest import text_of
from tests.ui.settling import until


@pytest.fixture
def seats(tmp_path: Path) -> Iterator[Seats]:
    """A market with seven people, and one order."""
    with opened(SqliteFile(tmp_path / "market.sqlite"), tmp_path) as found:
        bought(found.ann, found.shop)
        yield found


def app_of(tmp_path: Path, key: SeatKey) -> EscrowApp:
    """The app as `join` opens it."""
    return EscrowApp(SqliteFile(tmp_path / "market.sqlite"), seat=key)


def key_of(seats: Seats, role: str = "buyer") -> SeatKey:
    """Take one more seat."""
    return join(seats.store, seats.given(role).code, seats.keys, NOW)


def said(pilot: Pilot[None]) -> str:
    """What stands on the screen and in its messages, in one line."""
    notes = " ".join(note.message for note in pilot.app._notifications)
    return " ".join(f"{text_of(pilot.app)} {notes}".split())


async def seated(pilot: Pilot[None]) -> None:
    """Wait until the desk stands."""
    await until(pilot, lambda: isinstance(pilot.app.screen, DeskScreen))
    await pilot.pause()


async def test_a_seat_opens_at_its_own_desk_without_a_lobby(seats: Seats, tmp_path: Path) -> None:
    """Nothing of others' orders stands there."""
    async with app_of(tmp_path, key_of(seats)).run_test() as pilot:
        assert isinstance(pilot.app.screen_stack[0], SeatScreen)
        await seated(pilot)
        assert "You are the buyer" in said(pilot)
        assert "You have not ordered anything yet" in said(pilot)
        assert "no deadline runs" in said(pilot)


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("d", "the clock is moved by"),
        ("n", "the clock is moved by"),
        ("u", "others may have acted"),
    ],
)
async def test_a_key_that_is_not_for_a_seat_says_why(
    seats: Seats, tmp_path: Path, key: str, sentence: str
) -> None:
    """Dimmed in the footer, and told when it is pressed."""
    async with app_of(tmp_path, key_of(seats)).run_test() as pilot:
        await seated(pilot)
        await pilot.press(key)
        await pilot.pause()
        assert sentence in said(pilot)


async def test_backstage_moves_the_clock(seats: Seats, tmp_path: Path) -> None:
    """By an hour; no deadline lies on the way."""
    before = seats.ann.now()
    async with app_of(tmp_path, key_of(seats, "backstage")).run_test() as pilot:
        await seated(pilot)
        await pilot.press("o")
        await until(pilot, lambda: seats.ann.now() == before + 3_600)


@pytest.mark.parametrize("key", ["escape", "l"])
async def test_leaving_the_desk_is_asked_for(seats: Seats, tmp_path: Path, key: str) -> None:
    """Esc goes on, Enter ends the program."""
    app = app_of(tmp_path, key_of(seats))
    async with app.run_test() as pilot:
        await seated(pilot)
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, LeaveScreen))
        assert "Leave your seat?" in said(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen))
        assert app._exit is False
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, LeaveScreen))
        await pilot.press("enter")
        await until(pilot, lambda: app._exit)


async def test_a_seat_that_was_revoked_before_cannot_be_sat_in(
    seats: Seats, tmp_path: Path
) -> None:
    """The sentence stands there; Enter tries again, Esc leaves."""
    key = key_of(seats)
    revoke(seats.store, key.seat)
    app = app_of(tmp_path, key)
    async with app.run_test() as pilot:
        await until(pilot, lambda: "revoked by the trainer" in said(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "revoked by the trainer" in said(pilot))
        assert len(app.screen_stack) == 1
        await pilot.press("escape")
        await until(pilot, lambda: app._exit)


async def test_a_seat_that_is_revoked_meanwhile_says_so_and_stays_up(
    seats: Seats, tmp_path: Path
) -> None:
    """Whatever is pressed."""
    key = key_of(seats)
    app = app_of(tmp_path, key)
    async with app.run_test() as pilot:
        await seated(pilot)
        revoke(seats.store, key.seat)
        await pilot.press("s")
        await until(pilot, lambda: "revoked by the trainer" in said(pilot))
        # No Enter after an Esc: where it was told before the first key, that leaves the program.
        for pressed in ("enter", "escape", "question_mark", "escape", "s"):
            await pilot.press(pressed)
            await pilot.pause()
        assert app._exception is None
        assert not app._exit


async def test_a_buyer_who_checks_out_while_another_orders_pays_the_right_order(
    seats: Seats, tmp_path: Path
) -> None:
    """The name that the quote had told is another's by now."""
    key = key_of(seats)
    app = app_of(tmp_path, key)
    async with app.run_test() as pilot:
        await seated(pilot)
        goods = seats.bob.listings(me(seats.bob))[0]
        await app.on_goto(Goto("checkout", about=goods.id))
        await pilot.pause()
        assert "Order B" in said(pilot)
        other = bought(seats.bob, seats.shop)
        await pilot.press("b", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, OrderScreen))
        assert isinstance(app.screen, OrderScreen)
        assert (other, app.screen.order_id) == ("B", "C")
        await until(pilot, lambda: "The bank verifies the payment" in said(pilot))
