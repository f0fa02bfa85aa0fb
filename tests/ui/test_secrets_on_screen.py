"""What is a secret stands on no screen: a buyer's card and name, and the truth of an exercise."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest

from escrow_tui.engine.deadlines import TIMER_WORDS
from escrow_tui.engine.market import Private
from escrow_tui.engine.roles import CARRIER, Actor, Role
from escrow_tui.scenarios import opening
from escrow_tui.scenarios.exercise.player import take
from escrow_tui.scenarios.file.scenario import Scenario
from escrow_tui.scenarios.file.scenario_reader import read_scenario
from escrow_tui.scenarios.invent.cast import Cast, cast
from escrow_tui.scenarios.scenario_library import scenario_heads, scenario_path
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.messages import Goto
from tests.given.small_scenario import exercise_of
from tests.ui.conftest import text_of
from tests.ui.playing import free_play
from tests.ui.visiting import every_place

SIZE = (120, 36)
BUYER, SELLER, MEDIATOR, BACKSTAGE = range(4)
CANARY = Private("buyer-1", "Canary Zzyzx", "Needle Lane 77", "+49 30 998877", "4000056655665556")
KNOWN_TO_THE_BUYER = ("Canary Zzyzx", "Needle Lane 77")
DIGITS = re.compile(r"(?:\d[ -]?){13,19}")

# -- what is private to a person


@pytest.fixture
def market(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """A free market whose buyer has a name, a street, a phone and a card to be looked for."""

    def with_canary(seed: int, buyers: int, sellers: int) -> Cast:
        return msgspec.structs.replace(cast(seed, buyers, sellers), privates=(CANARY,))

    monkeypatch.setattr(opening, "cast", with_canary)
    return free_play(tmp_path, "mediated")


def private_in(text: str) -> list[str]:
    """What of the canary is in a text, however the digits are grouped."""
    grouped = ["".join(filter(str.isdecimal, one)) for one in DIGITS.findall(text)]
    words = (CANARY.name, "Zzyzx", CANARY.street, "998877", CANARY.card)
    return [word for word in words if word in text or word in grouped]


def test_the_measure_finds_the_canary(market: Sitting) -> None:
    """In its own view, and with the digits grouped."""
    assert private_in(repr(market.private(market.chairs[BUYER])))
    assert private_in("pay by 4000 0566 5566 5556 now") == [CANARY.card]


@pytest.mark.parametrize("chair", [SELLER, MEDIATOR, BACKSTAGE])
def test_no_view_of_the_others_holds_what_is_the_buyers(market: Sitting, chair: int) -> None:
    """Neither of the order, nor of the person, nor of the money; asked for it, there is nothing."""
    actor = market.chairs[chair]
    views = (
        *(market.order(one, "A") for one in market.chairs[1:]),
        market.movements(actor, "A"),
        market.rows(actor),
        market.exhibits(actor, "A"),
        market.person("buyer-1"),
    )
    assert private_in(repr(views)) == []
    assert market.private(actor) is None


@pytest.mark.parametrize("chair", [BUYER, SELLER, MEDIATOR, BACKSTAGE])
async def test_no_screen_shows_what_is_the_buyers(market: Sitting, chair: int) -> None:
    """Not even to the buyer: only the checkout says where the parcel goes."""
    app = EscrowApp(Path())
    async with app.run_test(size=SIZE) as pilot:
        app.enter(market)
        await pilot.pause()
        visited = 0
        async for place in every_place(app, pilot, market, chair):
            assert private_in(text_of(app)) == [], place
            visited += 1
    assert visited >= 7


async def test_the_checkout_shows_the_buyers_address_and_no_card(market: Sitting) -> None:
    """The name and the street on the parcel, before it is confirmed."""
    buyer = market.chairs[BUYER]
    app = EscrowApp(Path())
    async with app.run_test(size=SIZE) as pilot:
        app.enter(market)
        await pilot.pause()
        await app.on_goto(Goto("checkout", about=market.listings(buyer)[0].id))
        await pilot.press("b")
        await pilot.pause()
        text = text_of(app)
    assert all(word in text for word in KNOWN_TO_THE_BUYER)
    assert CANARY.card not in private_in(text)
    assert CANARY.phone not in text


# -- what an exercise keeps to itself until the debrief

SCENARIOS: dict[str, Scenario] = {
    head.id: read_scenario(scenario_path(head.id)) for head in scenario_heads()
}
LENGTH = 5  # this many words in a row are no coincidence
WORTHS = ("misleading",)
# Where the file's own texts come on a screen: first while all is closed, then when all is open.
AT_FIRST = "order case evidence coach rule open_dispute reject_claim".split()
AT_LAST = "desk order case evidence inspect timeline".split()
each_exercise = pytest.mark.parametrize("name", SCENARIOS)


def phrases(text: str) -> Iterator[str]:
    """Every few words in a row of a text."""
    words = re.findall(r"\w+", text.casefold())
    for at in range(len(words) - LENGTH + 1):
        yield " ".join(words[at : at + LENGTH])


def kept_back(scenario: Scenario) -> frozenset[str]:
    """The phrases that only the debrief may say: not those that the file says elsewhere too."""
    plan = scenario.plan
    secret = [plan.truth, *(one.proves for one in plan.evidence)]
    secret += [text for goal in plan.goals for text in (goal.text, goal.missed)]
    for ending in plan.endings:
        secret += [ending.title, ending.why, ending.instead]
    public = [plan.task, scenario.head.preview, *plan.objectives, repr(TIMER_WORDS)]
    public += [one.shows for one in plan.evidence]
    # What the people write to each other, and what the trainee writes.
    public.append(repr((scenario.setup, scenario.injects, scenario.solutions, scenario.policy)))
    return _every(secret) - _every(public)


def _every(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase for text in texts for phrase in phrases(text))


def told_too_early(scenario: Scenario, rows: Iterable[str]) -> list[str]:
    """What stands in the rows of a screen, or in a view, and is the debrief's to say."""
    lines = [line.casefold() for line in rows]
    words = [*(word.casefold() for word in scenario.words), *WORTHS, "reference"]
    found = [word for word in words if any(word in line for line in lines)]
    return found + sorted(kept_back(scenario) & _every(lines))


def begun(name: str, folder: Path) -> Sitting:
    """An exercise at its beginning."""
    run = opening.sit(opening.store_at(folder / "store.db"), exercise=name)
    return run


def views_of(run: Sitting) -> Iterator[str]:
    """Every view of every role."""
    yield repr((run.coach(), run.title, run.chairs, run.desk.listings(run.chairs[0])))
    for order in exercise_of(run).played().orders.values():
        buyer, seller = Actor(Role.BUYER, order.buyer), Actor(Role.SELLER, order.seller)
        mediator = Actor(Role.MEDIATOR, "1")
        for actor in (buyer, seller, mediator, CARRIER):
            yield repr(run.desk.order(actor, order.id))
            yield repr((run.desk.movements(actor, order.id), run.desk.rows(actor)))
            yield repr(run.activity.exhibits(actor.role, order))


@each_exercise
def test_no_view_tells_the_truth_along_the_solution(name: str, tmp_path: Path) -> None:
    """Before each step and after the last."""
    scenario, run = SCENARIOS[name], begun(name, tmp_path)
    for step in (None, *scenario.solutions[0].steps):
        if step is not None:
            take(run, step, f"way:{step.place}")
        for view in views_of(run):
            assert told_too_early(scenario, [view]) == []


@each_exercise
async def test_no_screen_tells_the_truth_before_the_debrief(name: str, tmp_path: Path) -> None:
    """At the start, and when nothing is left but the debrief, which does tell it."""
    scenario, run = SCENARIOS[name], begun(name, tmp_path)
    app = EscrowApp(Path())
    async with app.run_test(size=SIZE) as pilot:
        app.enter(run)
        await pilot.pause()
        for part, only in (((), AT_FIRST), (scenario.solutions[0].steps, AT_LAST)):
            for step in part:
                take(run, step, f"way:{step.place}")
            for order in list(exercise_of(run).played().orders)[:1]:
                async for place in every_place(app, pilot, run, 0, order, only):
                    found = told_too_early(scenario, text_of(app).splitlines())
                    assert found == [], f"{place}: {found}"
        await app.sit(0)
        await app.on_goto(Goto("debrief"))
        await pilot.pause()
        assert run.finished
        told = [text_of(app)]
        page = app.screen.query_one("#page")
        while page.scroll_offset.y < page.max_scroll_y:
            page.scroll_page_down(animate=False)
            await pilot.pause()
            told.append(text_of(app))
    found = told_too_early(scenario, "\n".join(told).splitlines())
    assert len(found) > 20
    assert "reference" in found
