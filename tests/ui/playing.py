"""Real sessions for the screens: a free market brought to a stage, and a screen shown alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from escrow_tui.desk.session import Purchase
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import (
    AcceptClaim,
    AnyCommand,
    Appeal,
    ConfirmReceipt,
    ContestReturn,
    Escalate,
    Exhibit,
    OpenChargeback,
    OpenDispute,
    OpenEvidence,
    OpenParcel,
    Pay,
    Propose,
    Rule,
    Scan,
    SendMessage,
    Ship,
    ShipReturn,
    VerifyPayment,
)
from escrow_tui.engine.roles import BANK, Actor
from escrow_tui.engine.terms import EvidenceKind, Parcel, Reason, ReturnFault, ShipmentState
from escrow_tui.scenarios import opening
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.themes import THEMES
from tests.given.views import buyer_view, seller_view

DAY = 86_400
SEED = 7
# Each stage goes on from the one before it.
STAGES = (
    "placed",
    "paid",
    "verified",
    "shipped",
    "delivered",
    "opened",
    "disputed",
    "negotiated",
    "mediated",
    "ruled",
)


def free_play(folder: Path, stage: str = "") -> Sitting:
    """Open a free market in a folder, and bring its first order to a stage."""
    session = opening.sit(opening.store_at(folder / "market.sqlite"), seed=SEED)
    if stage:
        _bring(session, STAGES.index(stage))
    return session


def _bring(session: Sitting, stage: int) -> None:
    buyer, shops, mediator, carrier = session.chairs
    listing = session.listings(buyer)[0]
    session.buy(buyer, Purchase((listing.id,), "credit_card", "EUR"), "buy")
    steps: tuple[tuple[int, Actor, AnyCommand], ...] = (
        (1, buyer, Pay()),
        (2, BANK, VerifyPayment()),
        (3, shops, Ship(seller_view(session, shops, "A").label_number)),
        (
            4,
            carrier,
            Scan(
                status=ShipmentState.IN_TRANSIT, city="Shenzhen", post_code="518000", weight=1_200
            ),
        ),
        (
            4,
            carrier,
            Scan(
                status=ShipmentState.DELIVERED,
                city="Berlin",
                post_code="10115",
                weight=1_190,
                signature=True,
            ),
        ),
        (5, buyer, OpenParcel()),
        (6, buyer, _dispute(session, buyer)),
        (7, shops, Propose(500, "We can give you this back.")),
        (7, buyer, SendMessage("Please look at the photo.")),
        (8, buyer, Escalate()),
        (
            9,
            mediator,
            Rule(
                refund=800,
                reasons=("goods_usable",),
                policy_rows=("appeal_window_days",),
                confidence=70,
                note="Fair to both.",
            ),
        ),
    )
    for least, actor, command in steps:
        if stage >= least:
            if isinstance(command, Scan):
                session.advance(session.now() + 4 * DAY)
            answer = session.submit(actor, "A", command)
            assert isinstance(answer, Done), answer


def _dispute(session: Sitting, buyer: Actor) -> OpenDispute:
    claim = buyer_view(session, buyer, "A").head.outstanding_minor or 2_000
    return OpenDispute(
        reason=Reason.DAMAGED,
        claim=min(claim, 2_000),
        evidence=(Exhibit(EvidenceKind.PHOTO, "What I found"),),
    )


def completed(folder: Path) -> Sitting:
    """Open a free market whose first order is complete."""
    session = free_play(folder, "opened")
    session.submit(session.chairs[0], "A", ConfirmReceipt())
    return session


def give(session: Sitting, actor: Actor, *commands: AnyCommand) -> Sitting:
    """Give commands about the first order, which must all succeed."""
    for command in commands:
        answer = session.submit(actor, "A", command)
        assert isinstance(answer, Done), f"{command}: {answer}"
    return session


def going_back(folder: Path) -> Sitting:
    """Open a free market whose first order's goods are on their way back for all of the money."""
    session = free_play(folder, "opened")
    buyer, shops, _, carrier = session.chairs
    whole = buyer_view(session, buyer, "A").head.outstanding_minor
    photo = Exhibit(EvidenceKind.PHOTO, "What I found")
    give(
        session,
        buyer,
        OpenDispute(reason=Reason.DAMAGED, claim=whole, evidence=(photo,), return_goods=True),
    )
    give(session, shops, AcceptClaim())
    session.advance(session.now() + DAY)
    give(session, buyer, ShipReturn(buyer_view(session, buyer, "A").label_number))
    session.advance(session.now() + DAY)
    seen = Scan(
        status=ShipmentState.IN_TRANSIT,
        city="Berlin",
        post_code="10115",
        weight=1_190,
        of=Parcel.RETURN,
    )
    return give(session, carrier, seen)


def contested(folder: Path) -> Sitting:
    """Open a free market whose first order's goods came back lighter than they went."""
    session = going_back(folder)
    _, shops, mediator, carrier = session.chairs
    session.advance(session.now() + 9 * DAY)
    back = Scan(
        status=ShipmentState.DELIVERED,
        city="Shenzhen",
        post_code="518000",
        weight=310,
        signature=True,
        of=Parcel.RETURN,
    )
    give(session, carrier, back)
    weight = Exhibit(EvidenceKind.WEIGHT_RECORD, "310 g on our scales; 1,190 g were sent")
    give(session, shops, ContestReturn(ReturnFault.EMPTY, (weight,)))
    return give(session, mediator, OpenEvidence("E2"))


def frozen(folder: Path) -> Sitting:
    """Open a free market whose buyer has opened a dispute and a chargeback as well."""
    session = free_play(folder, "negotiated")
    whole = buyer_view(session, session.chairs[0], "A").head.outstanding_minor
    return give(session, BANK, OpenChargeback(whole))


def appealed(folder: Path) -> Sitting:
    """Open a free market whose first order is ruled, and the seller brings new evidence."""
    session = free_play(folder, "ruled")
    _, shops, mediator, _ = session.chairs
    packed = Exhibit(EvidenceKind.PACKING_LIST, "Wrapped twice, one person packed and one checked")
    give(session, shops, Appeal((packed,)))
    return give(session, mediator, OpenEvidence("E2"))


def to_be_replaced(folder: Path) -> Sitting:
    """Open a free market whose seller has agreed to send another one."""
    session = free_play(folder, "opened")
    buyer, shops, _, _ = session.chairs
    photo = Exhibit(EvidenceKind.PHOTO, "What I found")
    give(
        session,
        buyer,
        OpenDispute(reason=Reason.NOT_WORKING, claim=0, evidence=(photo,), replacement=True),
    )
    return give(session, shops, AcceptClaim())


def cleared(folder: Path) -> Sitting:
    """Open a free market whose shop may withdraw, and whose buyer has something in the wallet."""
    session = free_play(folder, "mediated")
    give(session, session.chairs[2], Rule(refund=0, reasons=("goods_usable",), goodwill=500))
    session.advance(session.now() + 30 * DAY)
    return session


class Alone(App[None]):
    """An app with one screen of ours on top; it keeps where the screen wanted to go."""

    def __init__(self, shown: Screen[None]) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.shown = shown
        self.went: list[tuple[str, str, str]] = []

    def on_mount(self) -> None:
        """Show the screen."""
        self.push_screen(self.shown)

    def on_goto(self, message: Goto) -> None:
        """Keep where it wanted to go."""
        self.went.append((message.place, message.order_id, message.about))


@asynccontextmanager
async def alone(
    screen: Screen[None], size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Alone, Pilot[None]]]:
    """Run a screen alone in an app of its own."""
    app = Alone(screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot
