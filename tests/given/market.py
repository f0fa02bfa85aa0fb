"""A small market with two buyers, two shops and three articles, and the steps of an order."""

from msgspec.structs import replace

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Answer, Done
from escrow_tui.engine.commands import (
    AnyCommand,
    Escalate,
    Exhibit,
    Line,
    OpenDispute,
    Pay,
    PlaceOrder,
    RejectClaim,
    Rule,
    Scan,
    Ship,
    VerifyPayment,
)
from escrow_tui.engine.market import Listing, Person, Private
from escrow_tui.engine.roles import BANK, CARRIER, FIRST_MEDIATOR, Actor, Role
from escrow_tui.engine.terms import EvidenceKind, Reason, ShipmentState
from escrow_tui.policy import load_policy
from escrow_tui.store.store import Store

DAY = 86_400
START = 1_772_442_000  # Monday 2026-03-02T09:00:00Z
MARKET = "market-1"
BUYER, OTHER_BUYER = Actor(Role.BUYER, "buyer-1"), Actor(Role.BUYER, "buyer-2")
SELLER, OTHER_SELLER = Actor(Role.SELLER, "seller-1"), Actor(Role.SELLER, "seller-2")
MEDIATOR, OTHER_MEDIATOR = FIRST_MEDIATOR, Actor(Role.MEDIATOR, "2")
PLACE = PlaceOrder(
    buyer=BUYER.person,
    seller=SELLER.person,
    lines=(Line("teapot-1", 10_000, "Teapot"),),
    currency="USD",
)

DISPUTE = OpenDispute(
    reason=Reason.DAMAGED, claim=4_000, evidence=(Exhibit(EvidenceKind.PHOTO, "a cracked spout"),)
)
RULE = Rule(refund=4_000, reasons=("goods_damaged",))

SHIPPED: tuple[tuple[Actor, AnyCommand], ...] = (
    (BUYER, PLACE),
    (BUYER, Pay()),
    (BANK, VerifyPayment()),
    (SELLER, Ship("RR473124829CN")),
)
DELIVERED = (
    *SHIPPED,
    (CARRIER, Scan(status=ShipmentState.DELIVERED, city="Berlin", post_code="10115", weight=1_200)),
)
MEDIATED = (*DELIVERED, (BUYER, DISPUTE), (SELLER, RejectClaim()), (BUYER, Escalate()))


def opened(store: Store, market: str = MARKET, **rows: object) -> Desk:
    """Make the market in a store, with some policy rows changed, and return its desk."""
    preset = load_policy("aliexpress")
    policy = replace(preset, policy=replace(preset.policy, **rows))
    with store.writing() as writing:
        writing.create_market(market, "A market", START, writing.put_policy(policy.policy))
        writing.put_people(
            market,
            [
                Person("buyer-1", Role.BUYER, "A*** P.", "DE", "Jena"),
                Person("buyer-2", Role.BUYER, "B*** Q.", "US", "Reno"),
                Person("seller-1", Role.SELLER, "Yiwu Lumi Store", "CN", "Yiwu", 964, 800, 18),
                Person("seller-2", Role.SELLER, "Seoul Bolin Store", "KR", "Seoul", 951, 90, 24),
            ],
        )
        writing.put_private(
            market, [Private("buyer-1", "Anna Peters", "Weg 1", "+49 1", "4242424242424242")]
        )
        writing.put_listings(
            market,
            [
                _listing("mug-1", "seller-1", "Mug", 900, 100),
                _listing("teapot-1", "seller-1", "Teapot", 2_000, 300),
                _listing("lamp-1", "seller-2", "Lamp", 3_000, 0),
            ],
        )
    return Desk(store, market, policy)


def _listing(listing_id: str, seller: str, title: str, price: int, shipping: int) -> Listing:
    kind = listing_id.partition("-")[0]
    return Listing(
        id=listing_id,
        seller=seller,
        title=title,
        category="Home",
        picture=f"{kind}/white",
        price=price,
        shipping=shipping,
        currency="USD",
        origin="CN",
        promised_days=15,
        text="Good.",
    )


def brought(desk: Desk, steps: tuple[tuple[Actor, AnyCommand], ...], order: str = "A") -> None:
    """Take an order through these steps; each must succeed."""
    for actor, command in steps:
        answer = desk.submit(actor, order, command)
        assert isinstance(answer, Done), answer


def refused(answer: Answer) -> str:
    """Return the code of a refusal, or "" if there was none."""
    return "" if isinstance(answer, Done) else answer.code
