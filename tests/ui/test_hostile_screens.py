"""A market in which everybody means harm: no screen crashes, acts, links or writes a control."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import cast as cast_to

import msgspec
import pytest
from textual.app import App
from textual.filter import LineFilter

from escrow_tui.coach.values import CoachView, Debrief, EvidenceLine, GoalLine, MoneyRow
from escrow_tui.desk.session import Purchase, Session
from escrow_tui.engine import commands as c
from escrow_tui.engine.answers import Done
from escrow_tui.engine.context import MOST_TEXT
from escrow_tui.engine.market import Listing, PastReview
from escrow_tui.engine.roles import BANK, Actor
from escrow_tui.engine.terms import EvidenceKind, Parcel, Reason, ReturnFault, ShipmentState
from escrow_tui.scenarios import opening
from escrow_tui.scenarios.file.head import ScenarioHead
from escrow_tui.scenarios.invent.cast import Cast, cast
from escrow_tui.scenarios.invent.goods import catalogue
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.app import EscrowApp
from escrow_tui.ui.ground.place import DAY
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.safety.text import clean
from escrow_tui.ui.screens.coach_screen import CoachScreen
from escrow_tui.ui.screens.debrief.debrief_screen import DebriefScreen
from escrow_tui.ui.screens.lobby.lobby_screen import LobbyScreen
from tests.given.hostile_text import ESC, ESCAPES, HOSTILE
from tests.given.views import buyer_view, mediator_view, seller_view
from tests.ui.conftest import text_of
from tests.ui.safety.test_widgets import COLOURS, CONTROLS, clickable
from tests.ui.screens.stage import BUYER as TRAINEE
from tests.ui.screens.stage import Sat, Stage
from tests.ui.settling import paint
from tests.ui.terminal import ESCAPE, Terminal
from tests.ui.visiting import every_place

# So tall that next to nothing has to be scrolled to.
TALL = (120, 80)
BUYER, SELLER, MEDIATOR, BACKSTAGE = range(4)
SEED = 7
PAGES = 6
# Keys, and a word of ours by which one knows that the place stands.
WALK = (
    (b"s", "Reviews"),
    (b"j", "Reviews"),
    (b"c", "1 article"),
    (b"b", "How you pay"),
    (b"b", "Before you confirm"),
    (b"\x1bOQ", "Seller's desk"),
    (b"\r", "What you can do now"),
    (b"e", "Handed in"),
    (b"t", "Deadlines to come"),
    (b"m", "What this order moved"),
    (b"\x1bOR", "Queue"),
    (b"\r", "Case"),
    (b"w", "What can be done"),
)
# The places where a chair is told what others said; the rest looks the same from each.
TOLD = "desk order case why evidence timeline accept_proposal rule".split()
OF_THE_RULED = "order case timeline".split()
OF_THE_RETURNED = "order case evidence".split()
LISTED = {"A": 0, "B": 5, "C": 1, "D": 2}
# A lone surrogate is no text in UTF-8: the store cannot hold it, and no keyboard can send it.
STORABLE = tuple(
    text
    for text in HOSTILE
    if text.strip() and not any("\ud800" <= one <= "\udfff" for one in text)
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
    strips = paint(app)
    wire = COLOURS.sub("", "".join(strip.render(app.console) for strip in strips))
    assert CONTROLS.findall(wire) == [], place
    assert [s.text for strip in strips for s in strip if s.style and s.style.link] == [], place
    assert clickable(strips) == [], place


# -- the market


def harmful(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """A free market where every field that somebody fills in is hostile, with three disputes."""
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
    typed = (word[:MOST_TEXT] for word in words)
    for order_id in ("A", "B"):
        _to_mediation(session, order_id, typed)
    rule = c.Rule(
        refund=800,
        reasons=tuple(next(typed) for _ in range(8)),
        policy_rows=(),
        confidence=70,
        note=next(typed),
    )
    _give(session, session.chairs[MEDIATOR], "B", rule)
    _reviewed(session, "C", typed)
    _contested(session, "D", typed)
    return session


def _listing(one: Listing, words: Words) -> Listing:
    reviews = tuple(PastReview(review.stars, next(words)) for review in one.reviews)
    title, category, text = (next(words) for _ in range(3))
    return msgspec.structs.replace(one, title=title, category=category, text=text, reviews=reviews)


def _shipped(session: Sitting, order_id: str) -> None:
    """Bring an order on its way."""
    buyer, shops, _, _ = session.chairs
    listed = session.listings(buyer)[LISTED[order_id]]
    session.buy(buyer, Purchase((listed.id,), "credit_card", "USD"), f"buy {order_id}")
    _give(session, buyer, order_id, c.Pay())
    _give(session, BANK, order_id, c.VerifyPayment())
    _give(session, shops, order_id, c.Ship(seller_view(session, shops, order_id).label_number))


def _reviewed(session: Sitting, order_id: str, words: Words) -> None:
    """Complete an order, and review it."""
    buyer = session.chairs[BUYER]
    _shipped(session, order_id)
    _give(session, buyer, order_id, c.ConfirmReceipt())
    _give(session, buyer, order_id, c.Review(1, next(words)))


def _contested(session: Sitting, order_id: str, words: Words) -> None:
    """Send the goods back, with all that is said on the way, and contest what came."""
    buyer, shops, _, carrier = session.chairs
    _shipped(session, order_id)
    _give(session, carrier, order_id, c.Scan(status=ShipmentState.DELIVERED))
    claim = buyer_view(session, buyer, order_id).head.outstanding_minor
    piece = c.Exhibit(EvidenceKind.PHOTO, next(words))
    wish = c.OpenDispute(
        reason=Reason.NOT_WORKING, claim=claim, evidence=(piece,), return_goods=True
    )
    _give(session, buyer, order_id, wish)
    _give(session, shops, order_id, c.AcceptClaim())
    number = buyer_view(session, buyer, order_id).label_number
    _give(session, buyer, order_id, c.ShipReturn(number))
    for status in (ShipmentState.IN_TRANSIT, ShipmentState.DELIVERED):
        seen = c.Scan(status=status, city=next(words), post_code=next(words), of=Parcel.RETURN)
        _give(session, carrier, order_id, seen)
    pieces = tuple(c.Exhibit(EvidenceKind.PHOTO, next(words)) for _ in range(2))
    _give(session, shops, order_id, c.ContestReturn(ReturnFault.DAMAGED, pieces))


def _to_mediation(session: Sitting, order_id: str, words: Words) -> None:
    """Bring an order before the mediator, with all that is said on the way."""
    buyer, shops, mediator, carrier = session.chairs
    _shipped(session, order_id)
    for _ in range(6):
        seen = c.Scan(
            status=ShipmentState.IN_TRANSIT, city=next(words), post_code=next(words), weight=1_200
        )
        _give(session, carrier, order_id, seen)
    session.advance(session.now() + DAY)
    _give(
        session,
        carrier,
        order_id,
        c.Scan(status=ShipmentState.DELIVERED, city=next(words), post_code=next(words)),
    )
    _give(session, buyer, order_id, c.OpenParcel())
    claim = min(2_000, buyer_view(session, buyer, order_id).head.outstanding_minor)
    pieces = tuple(c.Exhibit(EvidenceKind.PHOTO, next(words)) for _ in range(4))
    _give(
        session, buyer, order_id, c.OpenDispute(reason=Reason.DAMAGED, claim=claim, evidence=pieces)
    )
    for party in (buyer, shops):
        for _ in range(12):
            _give(session, party, order_id, c.SendMessage(next(words)))
        for _ in range(4):
            _give(session, party, order_id, c.AddEvidence(EvidenceKind.INVOICE, next(words)))
    _give(session, shops, order_id, c.Propose(500, next(words)))
    _give(session, buyer, order_id, c.Propose(claim, next(words)))
    _give(session, buyer, order_id, c.Escalate())
    _give(session, mediator, order_id, c.Propose(700, next(words)))
    for piece in mediator_view(session, mediator, order_id).evidence:
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
            visits = (
                ("A", None if chair == BUYER else TOLD),
                ("B", OF_THE_RULED),
                ("C", ["order"]),
                ("D", OF_THE_RETURNED),
            )
            for order_id, only in visits:
                async for place in every_place(app, pilot, session, chair, order_id, only):
                    assert_harmless(app, f"{place} of {order_id} in chair {chair}")
                    seen.append(text_of(app))
        await app.sit(BUYER)
        await app.on_goto(Goto("shop"))
        for page in range(PAGES):
            await pilot.press("down", "down", "down")
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
    """A trainer's file may say anything, and so may a fault in it and the store's trouble."""
    heads = [
        ScenarioHead(
            id=f"{n}{text[:20]}",
            family=text,
            title=text,
            role="buyer",
            difficulty=2,
            minutes=5,
            objectives=(text, text),
            preview=text,
            fault=fault,
        )
        for n, text in enumerate(HOSTILE[::3])
        for fault in ("", text)
    ]
    app = Stage(LobbyScreen(heads, (), "".join(HOSTILE[:9])))
    async with app.run_test(size=TALL) as pilot:
        for _ in heads[::4]:
            assert_harmless(app, "lobby")
            await pilot.press("down", "down", "down")
        assert "␛" in app.text


def told(text: str) -> Debrief:
    """A debrief that says nothing but this."""
    return Debrief(
        exercise="cracked-teapot",
        title=text,
        ending=text,
        passed=False,
        score=60,
        why=text,
        rule=text,
        source=text,
        instead=text,
        truth=text,
        did=(text,),
        money=(MoneyRow(text, "-1.00 USD", "-1.00 USD", "as it should be"),),  # made from numbers
        goals=(GoalLine(text, True, ""), GoalLine(text, False, text)),
        evidence=(EvidenceLine(text, text, text, True),),
        tries_refused=(text,),
    )


class Harmful(Sat):
    """A session whose exercise says all of the hostile texts."""

    title = "".join(HOSTILE[:40])

    def coach(self) -> CoachView:
        """Everything is hostile."""
        view = super().coach()
        hostile = {"title": HOSTILE[16], "task": "".join(HOSTILE[:60])}
        return msgspec.structs.replace(view, objectives=HOSTILE, hints=HOSTILE, **hostile)


async def test_no_hostile_exercise_harms_coach_and_debrief() -> None:
    """Task, objectives, hints; and every part of the debrief."""
    sat = Harmful(decided=True, told=told("".join(HOSTILE[:70])))
    for screen in (CoachScreen, DebriefScreen):
        app = Stage(screen(cast_to(Session, sat), TRAINEE))
        async with app.run_test(size=TALL) as pilot:
            for _ in range(3):
                assert_harmless(app, screen.__name__)
                await pilot.press(*"j" * 10)
            assert "␛" in app.text


# -- in a real terminal


def test_no_hostile_text_reaches_a_real_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the driver writes, from desk to desk, is text and Textual's own sequences."""
    harmful(tmp_path, monkeypatch).desk.store.close()
    with Terminal(tmp_path / "market.sqlite", "resume", size=(120, 36)) as terminal:
        terminal.until("Next deadline")
        everything = b""
        for keys, words in WALK:
            everything += terminal.seen
            terminal.type(keys)
            terminal.until(words)
        everything += terminal.seen
        terminal.type(b"\x11")
        assert terminal.end() == 0
        everything += terminal.seen
    text = ESCAPE.sub(b"", everything).decode()
    assert sorted(set(CONTROLS.findall(text)) - {"\r", "\n"}) == []
    sent = [one for one in ESCAPES if ESC in one and one not in TEXTUALS_OWN]
    assert [one for one in sent if one.encode() in everything] == []
    assert "␛" in text
