"""A picture of every screen at both sizes, each with its text; every one was looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.location import PyTestLocation
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from escrow_tui.engine.commands import OpenEvidence, OpenParcel, Rule, Ship
from escrow_tui.scenarios import opening
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.messages import Goto, Trouble
from escrow_tui.ui.places import SCREENS
from tests.given.views import seller_view
from tests.ui.conftest import SIZES, Snap, TextGolden, text_of
from tests.ui.playing import (
    appealed,
    cleared,
    completed,
    contested,
    free_play,
    frozen,
    going_back,
    to_be_replaced,
)
from tests.ui.settling import until, until_watched
from tests.ui.shooting import Shooting, Size, go

ROOT = Path(__file__).parents[2]
PICTURE = "tests/ui/__snapshots__/test_snapshots/test_the_picture_of_the_readme.svg"

SELLER, MEDIATOR, BACKSTAGE = range(1, 4)
FULL = "The store failed: the disk is full; make room, then try again."
DAY = 86_400

both = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def exercise(folder: Path, name: str, created: str = "2026-01-05T10:00:00+00:00") -> Sitting:
    """Begin an exercise in a folder's store."""
    return opening.sit(opening.store_at(folder / "market.sqlite"), exercise=name, created=created)


def teapot(folder: Path, *opened: str) -> Sitting:
    """The mediator's exercise, with these pieces of evidence opened."""
    session = exercise(folder, "cracked-teapot")
    for piece in opened:
        session.submit(session.chairs[0], "A", OpenEvidence(piece))
    return session


def lamp(folder: Path, *, opened: bool = False) -> Sitting:
    """The buyer's exercise whose parcel holds another thing than the listing shows."""
    session = exercise(folder, "evening-lamp")
    session.advance(session.now() + 2 * DAY)
    if opened:
        session.submit(session.chairs[0], "A", OpenParcel())
    return session


def ruled(folder: Path, refund: int, *opened: str) -> Sitting:
    """The mediator's exercise, decided after these pieces were opened."""
    session = teapot(folder, *opened)
    reasons = ("The pot that was sold arrived damaged",)
    session.submit(
        session.chairs[0],
        "A",
        Rule(refund=refund, reasons=reasons, policy_rows=("auto_confirm_days",), confidence=80),
    )
    return session


@pytest.fixture
def shooting(tmp_path: Path, snap: Snap, size: Size) -> Shooting:
    """The app at a size."""
    return Shooting(tmp_path, snap, size)


@both
class TestLobby:
    """The library of exercises."""

    def test_fresh(self, shooting: Shooting) -> None:
        """Nothing was played yet."""
        shooting.lobby()

    def test_played(self, shooting: Shooting, tmp_path: Path) -> None:
        """One passed, one missed, one in progress."""
        ruled(tmp_path, 1_800, "E1", "E2", "E3", "E4").finish()
        exercise(tmp_path, "parcel-never-came", "2026-01-06T10:00:00+00:00").finish()
        exercise(tmp_path, "first-order", "2026-01-07T10:00:00+00:00")
        shooting.lobby()

    def test_filtered(self, shooting: Shooting) -> None:
        """By the words that were typed."""
        shooting.lobby("slash", *"damaged")


@both
class TestShop:
    """The catalogue and the checkout."""

    def test_shop(self, shooting: Shooting, tmp_path: Path) -> None:
        """An article's page, with two articles in the cart."""
        shooting.desk(free_play(tmp_path), "s", "c", "j", "c")

    def test_choices(self, shooting: Shooting, tmp_path: Path) -> None:
        """The checkout's first step."""
        shooting.desk(free_play(tmp_path), "s", "c", "j", "c", "b")

    def test_review(self, shooting: Shooting, tmp_path: Path) -> None:
        """The checkout's second step."""
        shooting.desk(free_play(tmp_path), "s", "c", "j", "c", "b", "b")


@both
class TestDesk:
    """Where each chair starts."""

    def test_empty(self, shooting: Shooting, tmp_path: Path) -> None:
        """A buyer without an order."""
        shooting.desk(free_play(tmp_path))

    def test_buyer(self, shooting: Shooting, tmp_path: Path) -> None:
        """An order has been delivered."""
        shooting.desk(free_play(tmp_path, "delivered"))

    def test_seller(self, shooting: Shooting, tmp_path: Path) -> None:
        """There is something to ship."""
        shooting.desk(free_play(tmp_path, "verified"), chair=SELLER)

    def test_mediator(self, shooting: Shooting, tmp_path: Path) -> None:
        """There is something to rule."""
        shooting.desk(free_play(tmp_path, "mediated"), chair=MEDIATOR)

    def test_backstage(self, shooting: Shooting, tmp_path: Path) -> None:
        """There is something to verify."""
        shooting.desk(free_play(tmp_path, "paid"), chair=BACKSTAGE)


@both
class TestOrder:
    """An order, as each chair sees it."""

    def test_buyer_in_transit(self, shooting: Shooting, tmp_path: Path) -> None:
        """On its way."""
        shooting.place(exercise(tmp_path, "evening-lamp"), Goto("order", "A"))

    def test_buyer_delivered(self, shooting: Shooting, tmp_path: Path) -> None:
        """To be opened."""
        shooting.place(lamp(tmp_path), Goto("order", "A"))

    def test_buyer_disputing(self, shooting: Shooting, tmp_path: Path) -> None:
        """With a claim and a proposal."""
        shooting.place(free_play(tmp_path, "negotiated"), Goto("order", "A"))

    def test_seller(self, shooting: Shooting, tmp_path: Path) -> None:
        """To be shipped."""
        shooting.place(free_play(tmp_path, "verified"), Goto("order", "A"), chair=SELLER)

    def test_backstage(self, shooting: Shooting, tmp_path: Path) -> None:
        """For the carrier and the bank."""
        shooting.place(free_play(tmp_path, "shipped"), Goto("order", "A"), chair=BACKSTAGE)


@both
class TestInspection:
    """The parcel beside its listing."""

    def test_before_opening(self, shooting: Shooting, tmp_path: Path) -> None:
        """A closed parcel."""
        shooting.place(lamp(tmp_path), Goto("inspect", "A"))

    def test_with_a_flaw(self, shooting: Shooting, tmp_path: Path) -> None:
        """What lay in it is not what was promised."""
        shooting.place(lamp(tmp_path, opened=True), Goto("inspect", "A"))

    def test_in_words(self, shooting: Shooting, tmp_path: Path) -> None:
        """For those who cannot see the pictures."""
        shooting.place(lamp(tmp_path, opened=True), Goto("inspect", "A"), "v")


@both
class TestMediation:
    """The mediator's case."""

    def test_queue(self, shooting: Shooting, tmp_path: Path) -> None:
        """The exercise's one case."""
        shooting.desk(teapot(tmp_path))

    def test_case_file(self, shooting: Shooting, tmp_path: Path) -> None:
        """Both stories, with two pieces opened."""
        shooting.place(teapot(tmp_path, "E1", "E2"), Goto("case", "A"))

    def test_evidence_not_opened(self, shooting: Shooting, tmp_path: Path) -> None:
        """A silent piece."""
        shooting.place(teapot(tmp_path), Goto("evidence", "A"))

    def test_evidence_opened(self, shooting: Shooting, tmp_path: Path) -> None:
        """A piece beside the listing."""
        shooting.place(teapot(tmp_path, "E1", "E3"), Goto("evidence", "A"))

    def test_ruling(self, shooting: Shooting, tmp_path: Path) -> None:
        """The form filled in, the ledger beside it."""
        fill = {
            "input-refund": "18.00",
            "checks-reasons": "goods_damaged",
            "checks-policy_rows": "auto_confirm_days",
            "input-confidence": "75",
            "input-note": "It holds water.",
        }
        shooting.form(teapot(tmp_path, "E1", "E2"), "case", "rule", fill)


@both
class TestReturn:
    """Goods that go back, and goods that take their place."""

    def test_on_the_way(self, shooting: Shooting, tmp_path: Path) -> None:
        """The buyer has sent them; the money waits."""
        shooting.place(going_back(tmp_path), Goto("order", "A"))

    def test_contested(self, shooting: Shooting, tmp_path: Path) -> None:
        """A mediator sees both parcels."""
        shooting.place(contested(tmp_path), Goto("case", "A"), chair=MEDIATOR)

    def test_replacement_awaited(self, shooting: Shooting, tmp_path: Path) -> None:
        """The seller has to send another one."""
        shooting.place(to_be_replaced(tmp_path), Goto("order", "A"), chair=SELLER)


@both
class TestBank:
    """An order that a bank has frozen."""

    def test_seller(self, shooting: Shooting, tmp_path: Path) -> None:
        """He has to answer; nothing of the card is told."""
        shooting.place(frozen(tmp_path), Goto("order", "A"), chair=SELLER)

    def test_buyer(self, shooting: Shooting, tmp_path: Path) -> None:
        """His dispute stands still."""
        shooting.place(frozen(tmp_path), Goto("order", "A"))


@both
class TestAppeal:
    """A ruling that another mediator looks at."""

    def test_review(self, shooting: Shooting, tmp_path: Path) -> None:
        """With one piece opened anew."""
        shooting.place(appealed(tmp_path), Goto("case", "A"), chair=MEDIATOR)


@both
class TestForms:
    """What a command asks for before it is given."""

    def test_dispute(self, shooting: Shooting, tmp_path: Path) -> None:
        """A reason, a claim, a photo."""
        fill = {
            "select-reason": "different_from_listing",
            "input-claim": "50 %",
            "checks-evidence": "0",
        }
        shooting.form(lamp(tmp_path, opened=True), "inspect", "open_dispute", fill)

    def test_confirmation(self, shooting: Shooting, tmp_path: Path) -> None:
        """The ledger before and after."""
        shooting.form(lamp(tmp_path, opened=True), "inspect", "confirm_receipt", {})

    def test_why(self, shooting: Shooting, tmp_path: Path) -> None:
        """What cannot be done, and why."""
        shooting.place(lamp(tmp_path), Goto("order", "A"), "w")

    def test_withdrawal(self, shooting: Shooting, tmp_path: Path) -> None:
        """Of a shop's money, from its desk."""
        shooting.desk(cleared(tmp_path), "b", chair=SELLER)

    def test_clock(self, shooting: Shooting, tmp_path: Path) -> None:
        """What the next deadline brings."""
        shooting.desk(lamp(tmp_path), "n")


@both
class TestMoneyAndTime:
    """Where the money is, and what happened."""

    def test_money(self, shooting: Shooting, tmp_path: Path) -> None:
        """Of a complete order."""
        shooting.place(completed(tmp_path), Goto("money", "A"))

    def test_timeline(self, shooting: Shooting, tmp_path: Path) -> None:
        """Of an order in mediation."""
        shooting.place(teapot(tmp_path), Goto("timeline", "A"))


@both
class TestCoach:
    """The task, the hints, the help, the debrief."""

    def test_task(self, shooting: Shooting, tmp_path: Path) -> None:
        """No hint was taken."""
        shooting.desk(teapot(tmp_path), "g")

    def test_hint(self, shooting: Shooting, tmp_path: Path) -> None:
        """Two were taken, the third is offered."""
        shooting.desk(teapot(tmp_path), "h", "y", "tab", "enter")

    def test_help(self, shooting: Shooting, tmp_path: Path) -> None:
        """Every key of an order."""
        shooting.place(lamp(tmp_path), Goto("order", "A"), "question_mark")

    def test_end(self, shooting: Shooting, tmp_path: Path) -> None:
        """Asked for while something is left to do."""
        shooting.desk(teapot(tmp_path), "f")

    def test_passed(self, shooting: Shooting, tmp_path: Path) -> None:
        """Every goal reached."""
        shooting.desk(ruled(tmp_path, 1_800, "E1", "E2", "E3", "E4"), "f")

    def test_missed(self, shooting: Shooting, tmp_path: Path) -> None:
        """All of it back, after half of the evidence."""
        shooting.desk(ruled(tmp_path, 4_500, "E1", "E2"), "f")

    def test_missed_to_its_end(self, shooting: Shooting, tmp_path: Path) -> None:
        """The rest of the page."""
        shooting.desk(ruled(tmp_path, 4_500, "E1", "E2"), "f", "end")


@pytest.mark.parametrize("size", [(59, 19)], ids=["59x19"])
def test_too_small(shooting: Shooting) -> None:
    """One sentence."""
    shooting.lobby()


@both
class TestTogether:
    """What others do meanwhile, and a store that fails."""

    def test_meanwhile(self, shooting: Shooting, tmp_path: Path) -> None:
        """A form that was being filled in when the seller shipped."""
        session = free_play(tmp_path, "verified")

        async def before(pilot: Pilot[None]) -> None:
            app = pilot.app
            assert isinstance(app, EscrowApp)
            for goto in (Goto("order", "A"), Goto("act", "A", "send_message")):
                await go(pilot, session, goto)
            await pilot.press(*"Hurry")
            app.watch_store(session)
            await until_watched(pilot, app)
            other = opening.sit(
                opening.store_at(tmp_path / "market.sqlite"), run=session.record.run.id
            )
            seller = other.chairs[SELLER]
            other.submit(seller, "A", Ship(seller_view(other, seller, "A").label_number), "ship")
            await until(pilot, lambda: "Meanwhile" in text_of(app))
            app.leave_store()

        shooting.shoot(before)

    def test_trouble(self, shooting: Shooting, tmp_path: Path) -> None:
        """The disk is full while an order is looked at."""
        session = free_play(tmp_path, "delivered")

        async def before(pilot: Pilot[None]) -> None:
            await go(pilot, session, Goto("order", "A"))
            pilot.app.post_message(Trouble(FULL, gone=False))
            await until(pilot, lambda: "make room" in text_of(pilot.app))

        shooting.shoot(before)


# A place, and a test that takes its picture.
PICTURED: dict[str, Callable[..., None]] = {
    "desk": TestDesk.test_buyer,
    "shop": TestShop.test_shop,
    "checkout": TestShop.test_choices,
    "order": TestOrder.test_buyer_delivered,
    "case": TestMediation.test_case_file,
    "inspect": TestInspection.test_before_opening,
    "evidence": TestMediation.test_evidence_opened,
    "act": TestForms.test_dispute,
    "why": TestForms.test_why,
    "money": TestMoneyAndTime.test_money,
    "timeline": TestMoneyAndTime.test_timeline,
    "clock": TestForms.test_clock,
    "coach": TestCoach.test_task,
    "debrief": TestCoach.test_passed,
}


def test_every_place_is_pictured() -> None:
    """A new screen is looked at before it is accepted."""
    without = SCREENS.keys() - PICTURED.keys()
    assert without == set(), "take a picture of it here, and name the test in PICTURED"


def test_the_picture_of_the_readme(snap: Snap, tmp_path: Path) -> None:
    """A dispute on the mediator's desk; README shows the file that this test compares."""
    case = teapot(tmp_path, "E1", "E2", "E3")
    Shooting(tmp_path, snap, SIZES[0]).place(case, Goto("case", "A"))
    assert f"]({PICTURE})" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / PICTURE).is_file()


def test_every_accepted_picture_is_some_tests_own(request: pytest.FixtureRequest) -> None:
    """One that no test asks for is found, also where tests run side by side.

    Syrupy itself finds it only where all tests run in one process. The fixture `snap` sees to it
    that a test which may ask for a picture does.
    """
    module = request.node.getparent(pytest.Module)
    taking = [
        item
        for item in request.session.genitems(module)
        if isinstance(item, pytest.Function)
        and "snap" in item.fixturenames
        and item.originalname != test_an_app_that_crashed_has_no_picture.__name__
    ]
    texts = [
        Path(TextGolden.get_location(test_location=PyTestLocation(item), index=0))
        for item in taking
    ]
    asked = {str(path.with_suffix(suffix)) for path in texts for suffix in (".svg", ".txt")}
    folder = Path(__file__).parent / "__snapshots__"
    accepted = {str(path) for path in folder.rglob("*") if path.is_file()}
    assert sorted(accepted - asked) == [], "no test asks for these"
    assert sorted(asked - accepted) == [], "these were never accepted"


class Crashing(App[None]):
    """An app that crashes before or after its first frame."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def compose(self) -> ComposeResult:
        """Crash, or show a word."""
        if self.where == "compose":
            raise RuntimeError("in compose")
        yield Static("there")

    def on_mount(self) -> None:
        """Crash, or not."""
        if self.where == "mount":
            raise RuntimeError("in mount")

    def key_x(self) -> None:
        """Crash by a key."""
        raise RuntimeError("in a key")


@pytest.mark.parametrize("where", ["compose", "mount", "key"])
def test_an_app_that_crashed_has_no_picture(snap: Snap, where: str) -> None:
    """The error screen of a crash is never accepted, not even by an update."""

    async def before(pilot: Pilot[None]) -> None:
        await pilot.press("x")

    with pytest.raises(Exception, match=f"in (a )?{where}"):
        snap(Crashing(where), (40, 10), before)
