"""Free play: one person in every chair, and backstage."""

import subprocess
import sys

import pytest

from escrow_tui.desk.session import Purchase, Session
from escrow_tui.engine.answers import Done
from escrow_tui.engine.commands import (
    AddEvidence,
    Appeal,
    ConfirmReceipt,
    DecideAppeal,
    Escalate,
    Exhibit,
    OpenChargeback,
    OpenDispute,
    OpenParcel,
    Pay,
    RejectClaim,
    Rule,
    Scan,
    Ship,
    VerifyPayment,
    WithdrawMoney,
)
from escrow_tui.engine.roles import BANK, CARRIER, FIRST_MEDIATOR
from escrow_tui.engine.terms import EvidenceKind, Reason, ShipmentState
from escrow_tui.pictures import describe_picture, parse_picture
from escrow_tui.scenarios.invent.goods import found_in
from escrow_tui.scenarios.opening import open_free_play, resume, sit
from escrow_tui.scenarios.session.free_play import BUYER, COLLEAGUE, SHOPS, FreePlay
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store.store import Store
from tests.given.small_scenario import DAY, hash_of
from tests.given.views import buyer_view, mediator_view, seller_view

SEED = 7


@pytest.fixture
def market(store: Store) -> Sitting:
    """A free market of seed 7."""
    return open_free_play(store, SEED, "run-1", "2026-01-01T10:00:00Z")


def bought(market: Sitting, shops: int = 1) -> list[str]:
    """Buy one article from each of this many shops; return the orders' ids."""
    goods = {one.seller.id: one.id for one in market.listings(BUYER)}
    purchase = Purchase(tuple(goods.values())[:shops], "credit_card")
    ids = [part.order for part in market.quote(BUYER, purchase).parts]
    assert all(isinstance(one, Done) for one in market.buy(BUYER, purchase, "cart"))
    return ids


def delivered(market: Sitting, order: str) -> None:
    """Bring an order to the buyer's door, acting from all four chairs."""
    steps = (
        (BUYER, Pay()),
        (BANK, VerifyPayment()),
        (SHOPS, Ship("RR473124829CN")),
        (
            CARRIER,
            Scan(
                status=ShipmentState.DELIVERED,
                city="Berlin",
                post_code="10115",
                weight=1_200,
                signature=True,
            ),
        ),
    )
    for actor, command in steps:
        assert isinstance(market.submit(actor, order, command), Done)


def test_there_are_four_chairs_and_a_catalogue(market: Sitting) -> None:
    """Six shops sell forty-eight articles, and there is no coach."""
    session: Session = market
    assert session.chairs == (BUYER, SHOPS, FIRST_MEDIATOR, CARRIER)
    with market.desk.store.reading() as reading:
        goods = reading.listings(market.desk.market, limit=100)
    assert (len(goods), len({one.seller for one in goods})) == (48, 6)
    assert (session.title, session.coach(), session.finish()) == ("Free market", None, None)
    assert not session.finished
    assert session.hint() == "Free play has no hints."


def test_one_chair_acts_for_every_shop(market: Sitting) -> None:
    """Its list holds the orders of all shops, and its account is their sum."""
    first, second = bought(market, 2)
    assert {row.id for row in market.rows(SHOPS)} == {first, second}
    sellers = {buyer_view(market, BUYER, one).seller.id for one in (first, second)}
    assert len(sellers) == 2
    for order in (first, second):
        delivered(market, order)
        assert market.preview(BUYER, order, ConfirmReceipt()).possible
        market.submit(BUYER, order, ConfirmReceipt())
        assert market.movements(SHOPS, order)
    released = [
        order.released - order.commission
        for order in map(market.desk.order_state, (first, second))
        if order
    ]
    assert market.account(SHOPS).pending == f"{sum(released) / 100:.2f}"
    assert market.account(SHOPS).frozen == "0.00"
    market.submit(BANK, first, OpenChargeback(100))
    assert market.account(SHOPS).frozen == f"{released[0] / 100:.2f}"
    assert market.person(SHOPS.person).name == "All the shops"
    assert market.person(BUYER.person).name != BUYER.person


def test_the_shops_chair_may_do_what_the_orders_own_seller_may(market: Sitting) -> None:
    """The order's page offers it, and its preview allows it."""
    (order,) = bought(market)
    market.submit(BUYER, order, Pay())
    market.submit(BANK, order, VerifyPayment())
    acts = {one.verb for one in seller_view(market, SHOPS, order).head.acts if one.possible}
    assert "ship" in acts
    assert market.preview(SHOPS, order, Ship("RR473124829CN")).possible


def test_the_mediators_chair_decides_an_appeal_as_a_colleague(market: Sitting) -> None:
    """The case stays on its list, and the mediator who ruled does not review the ruling."""
    (order,) = bought(market)
    delivered(market, order)
    photo = (Exhibit(EvidenceKind.PHOTO, "a crack"),)
    steps = (
        (BUYER, OpenDispute(reason=Reason.DAMAGED, claim=100, evidence=photo)),
        (SHOPS, RejectClaim()),
        (BUYER, Escalate()),
        (FIRST_MEDIATOR, Rule(refund=100, reasons=("a crack",))),
        (SHOPS, Appeal((Exhibit(EvidenceKind.PHOTO, "before packing"),))),
    )
    for actor, command in steps:
        assert isinstance(market.submit(actor, order, command), Done), command
    assert [row.id for row in market.rows(FIRST_MEDIATOR)] == [order]
    acts = mediator_view(market, FIRST_MEDIATOR, order).head.acts
    assert "decide_appeal" in [one.verb for one in acts if one.possible]
    decision = DecideAppeal(refund=0, reasons=("it was whole",))
    assert market.preview(FIRST_MEDIATOR, order, decision).possible
    assert isinstance(market.submit(FIRST_MEDIATOR, order, decision), Done)
    assert market.desk.entries()[-1].actor == COLLEAGUE
    assert market.undo() == f"Taken back: decide appeal, order {order}."


def test_a_shop_takes_its_own_money_home(market: Sitting) -> None:
    """It goes to the shop of the order that is open; undoing it names no order."""
    (order,) = bought(market)
    delivered(market, order)
    market.submit(BUYER, order, ConfirmReceipt())
    market.advance(market.now() + 10 * DAY)
    assert market.preview(SHOPS, order, WithdrawMoney(100)).possible
    assert isinstance(market.submit(SHOPS, order, WithdrawMoney(100)), Done)
    left = market.account(SHOPS).available
    assert market.undo() == "Taken back: withdraw money."
    assert float(market.account(SHOPS).available) == float(left) + 1


def test_a_parcels_contents_depend_on_the_seed(market: Sitting) -> None:
    """The same seed, order and listing give the same contents."""
    (order,) = bought(market)
    delivered(market, order)
    market.submit(BUYER, order, OpenParcel())
    view = buyer_view(market, BUYER, order)
    assert view.found == found_in(SEED, order, view.head.lines[0].picture)


def test_each_side_can_hand_in_what_it_has(market: Sitting) -> None:
    """Buyers have what they found in the parcel, both sides the tracking record; each only once."""
    (order,) = bought(market)
    assert market.exhibits(BUYER, order) == ()
    assert [one.kind for one in market.exhibits(SHOPS, order)] == [EvidenceKind.PHOTO]
    delivered(market, order)
    assert [one.kind for one in market.exhibits(BUYER, order)] == [EvidenceKind.TRACKING_RECORD]
    market.submit(BUYER, order, OpenParcel())
    photo, record = market.exhibits(BUYER, order)
    assert photo.shows == describe_picture(parse_picture(photo.picture))
    market.submit(BUYER, order, OpenDispute(reason=Reason.DAMAGED, claim=100, evidence=(photo,)))
    assert market.exhibits(BUYER, order) == (record,)
    packing, weight, same = market.exhibits(SHOPS, order)
    assert (weight.kind, weight.shows[:7]) == (EvidenceKind.WEIGHT_RECORD, "1,200 g")
    assert same == record
    market.submit(SHOPS, order, RejectClaim((packing,)))
    market.submit(SHOPS, order, AddEvidence(weight.kind, weight.shows, weight.picture))
    assert market.exhibits(SHOPS, order) == (record,)
    assert market.exhibits(FIRST_MEDIATOR, order) == ()
    assert market.exhibits(BUYER, "ZZ") == ()


def test_acts_of_every_chair_can_be_undone(market: Sitting) -> None:
    """One by one, back to the very beginning."""
    (order,) = bought(market)
    delivered(market, order)
    market.advance(market.now() + DAY)
    said = [market.undo() for _ in range(7)]
    assert said == [
        "Taken back: the move of the clock to 2026-03-03 09:00.",
        *(
            f"Taken back: {act}, order {order}."
            for act in ("scan", "ship", "verify payment", "pay", "place order")
        ),
        "Nothing to take back yet.",
    ]
    assert market.rows(BUYER) == ()
    assert resume(market.desk.store, "run-1").rows(BUYER) == ()


def test_only_the_buyers_chair_sees_private_details(market: Sitting) -> None:
    """No other chair gets them."""
    own = market.private(BUYER)
    assert own is not None
    assert own.person == BUYER.person
    assert [market.private(chair) for chair in market.chairs[1:]] == [None] * 3


def test_a_market_is_resumed_as_it_was_left(store: Store, market: Sitting) -> None:
    """With its orders, its clock and its chairs."""
    (order,) = bought(market)
    market.advance(market.now() + DAY)
    again = sit(store, run="run-1")
    assert isinstance(again.activity, FreePlay)
    assert (again.now(), again.chairs, hash_of(again)) == (
        market.now(),
        market.chairs,
        hash_of(market),
    )
    assert [row.id for row in again.rows(BUYER)] == [order]
    with pytest.raises(LookupError, match="no run run-9"):
        resume(store, "run-9")


_PLAY = """
import sys, tempfile, pathlib
from escrow_tui.scenarios.opening import open_free_play, store_at
from tests.given.small_scenario import hash_of
from tests.scenarios.session.test_free_play import bought, delivered
from tests.given.small_scenario import begun, SOLUTION
from escrow_tui.scenarios.exercise.player import play_steps
store = store_at(pathlib.Path(tempfile.mkdtemp()) / "store.db")
market = open_free_play(store, 7)
delivered(market, bought(market)[0])
run = begun(store)
play_steps(run, SOLUTION)
run.finish()
print(hash_of(market), hash_of(run))
"""


def test_the_same_seed_and_acts_give_the_same_journal_in_another_process() -> None:
    """Whatever the hash seed and the time zone."""
    hashes = {
        subprocess.run(
            [sys.executable, "-c", _PLAY],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": "."},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    (both,) = hashes
    assert len(set(both.split())) == 2
