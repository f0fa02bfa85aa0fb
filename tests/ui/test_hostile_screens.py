"""A market in which everybody means harm: no screen crashes, acts, links or writes a control."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import msgspec
import pytest
from textual.app import App
from textual.filter import LineFilter

from escrow_tui.coach.values import CoachView, Debrief, EvidenceLine, GoalLine, MoneyRow
from escrow_tui.desk.session import Purchase
from escrow_tui.engine import commands as c
from escrow_tui.engine.answers import Done
from escrow_tui.engine.market import Listing, Review
from escrow_tui.engine.roles import BANK, Actor
from escrow_tui.engine.terms import EvidenceKind, Reason, ShipmentState
from escrow_tui.scenarios import opening
from escrow_tui.scenarios.cast import Cast, cast
from escrow_tui.scenarios.goods import catalogue
from escrow_tui.scenarios.head import ScenarioHead
from escrow_tui.scenarios.sitting import Sitting
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.place import DAY
from escrow_tui.ui.safety.text import clean
from escrow_tui.ui.screens.coach import CoachScreen
from escrow_tui.ui.screens.debrief import DebriefScreen
from escrow_tui.ui.screens.lobby import LobbyScreen
from tests.hostile import ESC, ESCAPES, HOSTILE
from tests.ui.conftest import text_of
from tests.ui.safety.test_widgets import COLOURS, CONTROLS, clickable
from tests.ui.screens.stage import BUYER as TRAINEE
from tests.ui.screens.stage import Sat, Stage
from tests.ui.terminal import ESCAPE, Terminal
from tests.ui.visiting import every_place
from tests.ui.waiting import until

# So tall that next to nothing has to be scrolled to.
TALL = (120, 130)
BUYER, SELLER, MEDIATOR, BACKSTAGE = range(4)
SEED = 7
PAGES = 18
OF_THE_RULED = "order case evidence timeline".split()
# A lone surrogate is no text in UTF-8: the store cannot hold it, and no keyboard can send it.
STORABLE = tuple(
    text for text in HOSTILE if text.strip() and not any("\ud800" <= one <= "\udfff" for one in text)
)
# Textual sends these itself, when it takes the terminal and gives it back.
TEXTUALS_OWN = frozenset(f"{ESC}[?{mode}" for mode in ("1049l", "25l", "1003h"))

Words = Iterator[str]


class Unfiltered(EscrowApp):
    """The app without its second line of defence, and with an action that nobody may run."""

    harmed = False

    def get_line_filters(self) -> list[LineFilter]:
        """Only Textual's own."""
        return list(App.get_line_filters(self))

    def action_harm(self) -> None:
        """What a hostile text tries to run."""
        self.harmed = True


def assert_harmless(app: App[None], place: str) -> None:
    """No control in what is drawn, no link, nothing that runs an action when it is clicked."""
    strips = app.screen._compositor.render_strips()
    wire = COLOURS.sub("", "".join(strip.render(app.console) for strip in strips))
    assert CONTROLS.findall(wire) == [], place
    assert [s.text for strip in strips for s in strip if s.style and s.style.link] == [], place
    assert clickable(strips) == [], place


# -- the market


def harmful(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """A free market where every field that somebody fills in is hostile, with two disputes."""
    words = cycle(STORABLE)

    def people(seed: int, buyers: int, sellers: int) -> Cast:
        made = cast(seed, buyers, sellers)
        hostile = tuple(
            msgspec.structs.replace(one, name=next(words), city=next(words)) for one in made.people
        )
        return msgspec.structs.replace(made, people=hostile)

    def goods(*arguments: object) -> tuple[Listing, ...]:
        return tuple(_listing(one, words) for one in catalogue(*arguments))  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "cast", people)
    monkeypatch.setattr(opening, "catalogue", goods)
    session = opening.sit(opening.store_at(folder / "market.sqlite"), seed=SEED)
    for order_id in ("A", "B"):
        _to_mediation(session, order_id, words)
    rule = c.Rule(800, tuple(next(words) for _ in range(8)), (), 70, next(words))
    _give(session, session.chairs[MEDIATOR], "B", rule)
    return session


def _listing(one: Listing, words: Words) -> Listing:
    reviews = tuple(Review(review.stars, next(words)) for review in one.reviews)
    title, category, text = (next(words) for _ in range(3))
    return msgspec.structs.replace(
        one, title=title, category=category, text=text, reviews=reviews
    )


def _to_mediation(session: Sitting, order_id: str, words: Words) -> None:
    """Bring an order before the mediator, with all that is said on the way."""
    buyer, shops, mediator, carrier = session.chairs
    listed = session.listings(buyer)[0 if order_id == "A" else 5]
    session.buy(buyer, Purchase((listed.id,), "credit_card", "USD"), f"buy {order_id}")
    _give(session, buyer, order_id, c.Pay())
    _give(session, BANK, order_id, c.VerifyPayment())
    _give(session, shops, order_id, c.Ship(session.seller_order(shops, order_id).label_number))
    for _ in range(6):
        seen = c.Scan(ShipmentState.IN_TRANSIT, next(words), next(words), 1_200)
        _give(session, carrier, order_id, seen)
    session.advance(session.now() + DAY)
    _give(session, carrier, order_id, c.Scan(ShipmentState.DELIVERED, next(words), next(words)))
    _give(session, buyer, order_id, c.OpenParcel())
    claim = min(2_000, session.buyer_order(buyer, order_id).head.outstanding_minor)
    pieces = tuple(c.Exhibit(EvidenceKind.PHOTO, next(words)) for _ in range(4))
    _give(session, buyer, order_id, c.OpenDispute(Reason.DAMAGED, claim, pieces))
    for party in (buyer, shops):
        for _ in range(12):
            _give(session, party, order_id, c.SendMessage(next(words)))
        for _ in range(4):
            _give(session, party, order_id, c.AddEvidence(EvidenceKind.DOCUMENT, next(words)))
    _give(session, shops, order_id, c.Propose(500, next(words)))
    _give(session, buyer, order_id, c.Propose(claim, next(words)))
    _give(session, buyer, order_id, c.Escalate())
    _give(session, mediator, order_id, c.Propose(700, next(words)))
    for piece in session.mediator_case(mediator, order_id).evidence:
        _give(session, mediator, order_id, c.OpenEvidence(piece.id))


def _give(session: Sitting, actor: Actor, order_id: str, command: c.AnyCommand) -> None:
    answer = session.submit(actor, order_id, command)
    assert isinstance(answer, Done), f"{command}: {answer}"


# -- every screen


async def test_no_hostile_text_harms_a_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every place of every chair, without the filter; and every text was on one of them."""
    session = harmful(tmp_path, monkeypatch)
    app = Unfiltered(tmp_path / "market.sqlite")
    seen: list[str] = []
    async with app.run_test(size=TALL) as pilot:
        app.enter(session)
        await pilot.pause()
        for chair in range(4):
            for order_id, only in (("A", None), ("B", OF_THE_RULED)):
                async for place in every_place(app, pilot, session, chair, order_id, only):
                    assert_harmless(app, f"{place} of {order_id} in chair {chair}")
                    seen.append(text_of(app))
        await app.sit(BUYER)
        await app.on_goto(Goto("shop"))
        for page in range(PAGES):
            await pilot.press("down")
            assert_harmless(app, f"page {page} of the shop")
            seen.append(text_of(app))
        assert not app.harmed
        assert app._exception is None
    there = "".join("".join(seen).split())
    assert [text for text in STORABLE if _beginning(text) not in there] == []


def _beginning(text: str) -> str:
    """The first letters of a text as they are shown, without what may be wrapped."""
    return "".join(clean(text, 400).split())[:5]


async def test_no_hostile_head_harms_the_lobby() -> None:
    """A trainer's file may say anything, and so may a fault and the store's trouble."""
    heads = [
        ScenarioHead(f"id{n}{text[:20]}", text, text, "buyer", 2, 5, (text, text), text, fault)
        for n, text in enumerate(HOSTILE[::3])
        for fault in ("", text)
    ]
    app = Stage(LobbyScreen(heads, (), "".join(HOSTILE[:9])))
    async with app.run_test(size=TALL) as pilot:
        await pilot.pause()
        assert_harmless(app, "lobby")
        for nth in range(len(heads)):
            await pilot.press("down")
            if nth % 4 == 0:
                assert_harmless(app, f"lobby {nth}")
        assert "Track my parcel" not in app.text or not clickable(_strips(app))


def _strips(app: App[None]) -> list:  # type: ignore[type-arg]
    return app.screen._compositor.render_strips()
