"""What free play and exercises share: the log, undo, the desk's answers, and sitting down."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from escrow_tui.coach.playthrough import Note
from escrow_tui.desk.desk import Desk
from escrow_tui.desk.session import Purchase
from escrow_tui.engine.answers import Done, Refused
from escrow_tui.engine.commands import Cancel, ConfirmReceipt, Pay, VerifyPayment
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.files import Faults
from escrow_tui.scenarios.opening import open_free_play, sit, store_at
from escrow_tui.scenarios.scenario_library import scenario_path
from escrow_tui.scenarios.session.free_play import BUYER, SHOPS
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store.store import Store
from tests.given.small_scenario import DAY, PLACE, SELLER, begun, hash_of


@pytest.fixture(params=["free play", "exercise"])
def sitting(store: Store, request: pytest.FixtureRequest) -> Sitting:
    """A session of either kind."""
    return begun(store) if request.param == "exercise" else open_free_play(store, 7)


def test_notes_are_kept_in_order(sitting: Sitting) -> None:
    """What the journal cannot know is in the log, beside its market."""
    sitting.note("screen", "InspectScreen A")
    sitting.note("evidence", "E1")
    assert sitting.record.notes()[-2:] == (
        Note("screen", "InspectScreen A"),
        Note("evidence", "E1"),
    )
    assert {row.market for row in sitting.record.rows()} == {sitting.desk.market}


def test_a_note_has_the_computers_time(store: Store) -> None:
    """The journal has its own."""
    sitting = open_free_play(store, 7, clock=lambda: "2026-01-01T10:05:00Z")
    sitting.note("screen", "ShopScreen")
    assert sitting.record.rows()[-1].at == "2026-01-01T10:05:00Z"


def test_a_refused_try_is_noted_and_answered(sitting: Sitting) -> None:
    """The answer is the desk's own."""
    answer = sitting.submit(sitting.chairs[0], "Z", ConfirmReceipt(), "once")
    assert isinstance(answer, Refused)
    assert answer.code == "UNKNOWN_ORDER"
    assert sitting.record.notes()[-1] == Note("refused", f"confirm receipt: {answer.sentence}")


def test_undo_makes_a_new_market_and_keeps_the_old(sitting: Sitting) -> None:
    """The run goes on in the new one; nothing is deleted."""
    before, now = sitting.desk.market, sitting.now()
    sitting.advance(now + DAY)
    assert sitting.undo().startswith("Taken back: the move of the clock to ")
    assert sitting.now() == now
    with sitting.desk.store.reading() as reading:
        row, old = reading.run(sitting.record.run.id), reading.market(before)
    assert row is not None
    assert old is not None
    assert row.market == sitting.desk.market != before
    assert old.now == now + DAY
    assert sitting.record.notes()[-1].kind == "undone"


def test_asking_for_the_journals_end_during_an_undo_changes_nothing(
    store: Store,
) -> None:
    """The watching thread may ask after the fork and before the run moves to it."""
    market = open_free_play(store, 7)
    other = sit(store, run=market.record.run.id)
    market.advance(market.now() + DAY)
    child = market.desk.fork(0)
    assert market.point().market == child
    assert other.point().market != child
    market.record.save(replace(market.record.run, market=child))
    assert market.point() == other.point()
    assert other.desk.market == child


def test_a_note_counts_if_its_market_is_part_of_this_one(store: Store) -> None:
    """A note from before an undone act stays; one from after it is gone."""
    market = open_free_play(store, 7)
    market.note("mark", "first")
    market.advance(market.now() + DAY)
    market.note("mark", "second")
    market.undo()
    assert market.record.noted_here("mark") == {"first"}
    market.note("mark", "third")
    market.advance(market.now() + DAY)
    assert market.record.noted_here("mark") == {"first", "third"}


def test_after_several_undos_notes_count_as_far_as_the_market_was_kept(store: Store) -> None:
    """A fork of a fork holds as much of the first market as the second fork left of it."""
    market = open_free_play(store, 7)
    for word in ("first", "second", "third"):
        market.advance(market.now() + DAY)
        market.note("mark", word)
    market.undo()
    assert market.record.noted_here("mark") == {"first", "second"}
    market.undo()
    assert market.record.noted_here("mark") == {"first"}


def test_every_answer_is_the_desks(store: Store) -> None:
    """A session adds nothing to a view."""
    market = open_free_play(store, 7)
    desk: Desk = market.desk
    goods = market.listings(BUYER)[:1]
    assert goods == desk.listings(BUYER)[:1]
    assert market.listings(BUYER, "no such thing") == ()
    purchase = Purchase((goods[0].id,), "credit_card")
    assert market.quote(BUYER, purchase) == desk.quote(BUYER, purchase)
    market.buy(BUYER, purchase, "cart")
    market.submit(BUYER, "A", Pay())
    for actor in (BUYER, market.chairs[2], CARRIER):
        assert market.order(actor, "A") == desk.order(actor, "A")
    assert market.next_deadline() == desk.next_deadline()
    seller = desk.facts("A").order.seller
    assert market.person(seller) == desk.person(seller)
    assert market.rows(SHOPS, "A") == ()


def test_a_wallet_is_for_its_own_chair(store: Store) -> None:
    """A buyer's balance is not shown to another chair."""
    market = open_free_play(store, 7)
    other = Actor(Role.BUYER, "buyer-2")
    for name, buyer in (("A", BUYER), ("B", other)):
        place = replace(PLACE, buyer=buyer.person, method="western_union")
        steps = ((buyer, place), (buyer, Pay()), (BANK, VerifyPayment()), (SELLER, Cancel()))
        for by, command in steps:
            assert isinstance(market.desk.submit(by, name, command), Done)
    assert market.wallet(BUYER) == market.desk.wallet(BUYER) != ()
    assert market.desk.wallet(other) != ()
    assert market.wallet(other) == ()


def test_sitting_down_opens_what_was_asked_for(tmp_path: Path) -> None:
    """A market; and an error for an exercise that does not exist."""
    store = store_at(tmp_path / "store.db")
    assert sit(store, seed=3).title == "Free market"
    with pytest.raises(Faults, match="no exercise"):
        sit(store, exercise="no-such-exercise")
    store.close()


def test_an_exercise_goes_on_from_the_text_kept_in_its_run(store: Store) -> None:
    """The file may have changed since; the run's own seed is the one that counts."""
    begun_at = sit(store, exercise="cracked-teapot", seed=99, created="2026-01-01T10:00:00Z")
    again = sit(store, run=begun_at.record.run.id)
    assert again.record.run == begun_at.record.run
    assert again.record.run.content == scenario_path("cracked-teapot").read_text(encoding="utf-8")
    assert again.record.run.seed != 99
    assert again.coach() is not None
    assert again.coach() == begun_at.coach()
    assert hash_of(again) == hash_of(begun_at)
    older = again.record.run.content.replace("The cracked teapot", "The teapot of last year")
    begun_at.record.save(replace(begun_at.record.run, content=older))
    coach = sit(store, run=begun_at.record.run.id).coach()
    assert coach is not None
    assert coach.title == "The teapot of last year"
