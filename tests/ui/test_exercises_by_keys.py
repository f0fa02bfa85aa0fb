"""Every exercise played by keys alone in the real app, from the lobby to its debrief."""

from pathlib import Path
from random import Random

import msgspec
import pytest

from escrow_tui.coach.values import Ending
from escrow_tui.scenarios.file.scenario import MustFail, Scenario, Solution
from escrow_tui.scenarios.scenario_library import load_scenario, scenario_heads
from escrow_tui.ui.screens.act_screen import ActScreen
from escrow_tui.ui.screens.debrief.debrief_screen import DebriefScreen, EndScreen
from escrow_tui.ui.screens.desk.desk_screen import DeskScreen
from escrow_tui.ui.screens.lobby.lobby_screen import LobbyScreen
from escrow_tui.ui.screens.order_screen import OrderScreen
from escrow_tui.ui.screens.why_screen import WhyScreen
from tests.ui.keys import Size, Trainee, trainee, words

WIDE, NARROW = (120, 36), (80, 24)

BUY_THE_MUG = "s slash =mug enter c b b ctrl+s "
DISPUTE_THE_LAMP = "enter d*2 i p enter x enter =diff enter tab =38.00 tab space ctrl+s "
TO_THE_NEXT_DEADLINE = "n enter enter "


class Way(msgspec.Struct, frozen=True):
    """A way through an exercise: its name in the file, the keys, and what each has in the end."""

    exercise: str
    name: str
    keys: str
    buyer: str
    seller: str
    platform: str

    @property
    def label(self) -> str:
        """Its name in a list of tests."""
        return f"{self.exercise}: {self.name}"


BOUGHT = Way(
    "first-order",
    "order, wait, look, confirm",
    BUY_THE_MUG + "d*5 i p enter c enter",
    "-11.00 USD",
    "+10.45 USD",
    "+0.55 USD",
)
UNSEEN = Way(
    "first-order",
    "confirm on the way",
    BUY_THE_MUG + "d*2 @confirm_receipt enter",
    "-11.00 USD",
    "+10.45 USD",
    "+0.55 USD",
)
TWO_FIFTHS = Way(
    "cracked-teapot",
    "look, then rule two fifths",
    "enter e enter down enter down enter down enter escape"
    " r =18.00 tab space down*3 space tab space tab =80 ctrl+s",
    "-27.00 USD",
    "+25.65 USD",
    "+1.35 USD",
)
BELIEVED = Way(
    "cracked-teapot",
    "believe the seller's photo",
    "enter e down*2 enter down enter escape r =0.00 tab down*2 space tab space tab =70 ctrl+s",
    "-45.00 USD",
    "+42.75 USD",
    "+2.25 USD",
)
WAYS = (
    BOUGHT,
    UNSEEN,
    TWO_FIFTHS,
    BELIEVED,
    Way(
        "evening-lamp",
        "look, claim, and wait for the ruling",
        DISPUTE_THE_LAMP + 3 * TO_THE_NEXT_DEADLINE,
        "-19.00 USD",
        "+18.05 USD",
        "+0.95 USD",
    ),
    Way(
        "evening-lamp",
        "take the first offer",
        DISPUTE_THE_LAMP + "d*2 escape @accept_proposal enter =the enter ctrl+s",
        "-34.00 USD",
        "+32.30 USD",
        "+1.70 USD",
    ),
    Way(
        "parcel-never-came",
        "wait for the eleventh day, and stay firm",
        "enter d*5 @open_dispute enter =not enter tab =32.00 tab space ctrl+s "
        + 3 * TO_THE_NEXT_DEADLINE,
        "0.00 USD",
        "0.00 USD",
        "0.00 USD",
    ),
    Way(
        "parcel-never-came",
        "confirm as a favour",
        "enter d*2 @confirm_receipt enter",
        "-32.00 USD",
        "+30.40 USD",
        "+1.60 USD",
    ),
    Way(
        "false-claim",
        "reject with the record",
        "enter @reject_claim space down space ctrl+s " + 2 * TO_THE_NEXT_DEADLINE,
        "-89.00 USD",
        "+84.55 USD",
        "+4.45 USD",
    ),
    Way("false-claim", "say nothing", TO_THE_NEXT_DEADLINE, "0.00 USD", "0.00 USD", "0.00 USD"),
)
EVERYWHERE = (
    *((way, WIDE) for way in WAYS),
    *((way, NARROW) for way in (BOUGHT, UNSEEN, TWO_FIFTHS, BELIEVED)),
)


def written(scenario: Scenario, name: str) -> tuple[Solution | MustFail, Ending]:
    """What the file says of a way: the way itself, and the ending that it leads to."""
    ways: tuple[Solution | MustFail, ...] = (*scenario.solutions, *scenario.must_fails)
    way = next(one for one in ways if one.name == name)
    return way, next(one for one in scenario.plan.endings if one.id == way.ending)


def signed(minor: int) -> str:
    """An amount of the reference as the debrief writes it."""
    return f"{minor / 100:+.2f} USD" if minor else "0.00 USD"


def tells(told: dict[str, str], scenario: Scenario, name: str) -> None:
    """The debrief's words are those that the file has for this way."""
    way, ending = written(scenario, name)
    verdict = "✓ PASSED" if isinstance(way, Solution) else "✗ NOT YET"
    assert told["ending"] == f"{verdict} {ending.title}"
    for text in (ending.why, ending.rule, ending.source):
        assert words(text) in told["why"]
    assert words(ending.instead) in told["instead"]
    assert words(scenario.plan.truth) in told["truth"]
    missed = [one for one in scenario.plan.goals if words(one.missed) in told["goals"]]
    assert bool(missed) is isinstance(way, MustFail)
    if isinstance(way, MustFail):
        assert way.goal in [one.id for one in missed]


@pytest.mark.parametrize(
    ("way", "size"),
    EVERYWHERE,
    ids=[f"{way.label} {size[0]}x{size[1]}" for way, size in EVERYWHERE],
)
async def test_an_exercise_played_by_keys_ends_with_the_debrief_of_what_was_done(
    tmp_path: Path, way: Way, size: Size
) -> None:
    """From the lobby; the truth and the reference's money stand in the debrief and not before."""
    async with trainee(tmp_path, size) as me:
        scenario = await me.begin(way.exercise)
        await me.press(way.keys)
        assert me.sees("press f for the debrief"), me.text
        told = await me.debrief()
        tells(told, scenario, way.name)
        reference = scenario.plan.reference
        for party, yours, minor in (
            ("Buyer", way.buyer, reference.buyer),
            ("Seller", way.seller, reference.seller),
            ("Platform", way.platform, reference.platform),
        ):
            assert f"{party} {yours} {signed(minor)}" in told["money"]
        await me.press("l")
        await me.until(LobbyScreen)
        assert me.sees("1 passed" if told["ending"].startswith("✓") else "0 passed")


async def test_a_word_that_must_not_be_read_yet_is_noticed(tmp_path: Path) -> None:
    """Broken by the end of a line, in whatever panel: what looks for secrets is not blind."""
    async with trainee(tmp_path) as me:
        for told in ("until the goods are right", "Follow the tracking until the parcel is"):
            me.secrets = (told,)
            with pytest.raises(AssertionError, match="before the debrief"):
                me.look()


def test_every_exercise_is_played_right_and_wrong() -> None:
    """The table above leaves none out."""
    for head in scenario_heads():
        scenario = load_scenario(head.id)
        played = [written(scenario, one.name)[0] for one in WAYS if one.exercise == head.id]
        assert {type(one) for one in played} == {Solution, MustFail}, head.id


async def test_an_exercise_that_was_left_goes_on_from_the_lobby_where_it_was(
    tmp_path: Path,
) -> None:
    """In another app on the same store; its task is not read out again."""
    async with trainee(tmp_path) as me:
        scenario = await me.begin("false-claim")
        await me.press("enter @reject_claim space down space ctrl+s d")
        assert me.sees("2026-02-16 00:00 UTC"), me.text
    async with trainee(tmp_path) as me:
        me.secrets, me.truth = scenario.words, scenario.plan.truth
        assert me.sees("▶ in progress")
        assert me.sees("Resume (enter)")
        await me.press("enter")
        await me.until(DeskScreen)
        assert me.sees("2026-02-16 00:00 UTC")
        await me.press("enter " + 2 * TO_THE_NEXT_DEADLINE)
        told = await me.debrief()
        tells(told, scenario, "reject with the record")
        await me.press("l")
        assert me.sees("✓ false-claim")


async def test_a_receipt_that_was_confirmed_for_a_promise_is_taken_back_by_a_key(
    tmp_path: Path,
) -> None:
    """The exercise is open again, and does not end without being asked to."""
    async with trainee(tmp_path) as me:
        await me.begin("parcel-never-came")
        await me.press("enter d*2 @confirm_receipt enter")
        assert me.sees("press f for the debrief")
        await me.press("u")
        assert "Taken back: confirm receipt, order A." in me.toasts()
        assert me.sees("holds 32.00 USD")
        assert not me.sees("press f for the debrief")
        await me.press("f")
        await me.until(EndScreen)
        await me.press("escape")
        await me.until(DeskScreen)


async def test_w_says_why_something_cannot_be_done_and_what_would_help(tmp_path: Path) -> None:
    """A dispute about a parcel on its way has to wait; a dimmed key says its own reason, too."""
    async with trainee(tmp_path, NARROW) as me:
        await me.begin("parcel-never-came")
        await me.press("enter w")
        await me.until(WhyScreen)
        listed = [act.verb for act in me.acts_told()]
        await me.press(f"down*{listed.index('open_dispute')}")
        assert me.sees("✗ Open a dispute"), me.text
        assert me.sees("10 full days"), me.text
        await me.press("enter")
        assert "Open a dispute: " in me.toasts()
        await me.press("escape i")
        assert "The parcel has not arrived yet" in me.toasts()
        await me.until(OrderScreen)


async def test_free_play_goes_through_all_four_chairs_to_a_ruling_that_is_executed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One person buys, verifies, ships, delivers, opens, disputes, rejects, rules, and waits."""
    monkeypatch.setattr("escrow_tui.ui.app.SystemRandom", lambda: Random(7))
    async with trainee(tmp_path) as me:
        await me.until(LobbyScreen)
        await me.press("p")
        await me.until(DeskScreen)
        await me.press("s enter b b ctrl+s")
        await me.until(OrderScreen)
        await backstage(me, "@verify_payment enter", "The money is held; the seller has to ship.")
        await me.press("f2 enter @ship ctrl+s")
        assert me.sees("The parcel is on its way; the money stays held.")
        await backstage(me, "@scan enter =deliv enter ctrl+s", "delivered")
        await me.press("f1 enter i p enter x enter =dam enter tab =40% tab space ctrl+s escape")
        assert me.sees("the seller has to answer; silence grants the claim.")
        await me.press("f2 enter @reject_claim ctrl+s")
        assert me.sees("buyer and seller negotiate")
        await me.press("f1 enter @escalate enter f3 enter e enter escape")
        await me.press("r =25% tab space tab space tab =70")
        assert isinstance(me.screen, ActScreen)
        assert me.sees("It moves when the appeal window has passed"), me.text
        await me.press("ctrl+s")
        assert me.sees("Ruled: nothing moves until the appeal window has passed.")
        await me.press("f1 " + TO_THE_NEXT_DEADLINE)
        assert me.sees("holds 0.00 USD"), me.text
        assert me.sees("The order ended; the seller keeps what was not refunded."), me.text
        assert not any(isinstance(one, DebriefScreen) for one in me.app.screen_stack)


async def backstage(me: Trainee, keys: str, then: str) -> None:
    """Be the carrier and the bank for a moment."""
    await me.press(f"f4 enter {keys}")
    assert me.sees(then), me.text
