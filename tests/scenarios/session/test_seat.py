"""A seat's session: bound to its own actor in all that it shows and does."""

from itertools import product

import pytest

from escrow_tui.desk.session import NoSuchOrderError, NotYourSeatError, Purchase, Session
from escrow_tui.engine.answers import Done, Refused
from escrow_tui.engine.commands import (
    Cancel,
    ConfirmReceipt,
    DecideAppeal,
    OpenEvidence,
    Pay,
    Rule,
    SendMessage,
    SetRate,
    Ship,
)
from escrow_tui.engine.roles import BANK, CARRIER, Actor, Role
from escrow_tui.scenarios.opening import resume, seated, sit
from escrow_tui.scenarios.seats.grants import revoke
from escrow_tui.scenarios.session.closed import NO_UNDO
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store.rows.seats import SeatKey, SeatRevokedError
from tests.each import check_each
from tests.given.seats import (
    PEOPLE,
    TRACKING,
    Seats,
    appealed,
    bought,
    delivered,
    do,
    escalated,
    me,
    paid,
    ruled,
    seat_of,
    seat_row,
)
from tests.given.views import backstage_view, buyer_view
from tests.scenarios.session.seat_calls import CALLS, DAY, NAMELESS, Asked, asked, is_closed

# Methods that reveal nothing of the market.
STILL = (
    "chairs",
    "title",
    "finished",
    "no_clock",
    "no_undo",
    "watch",
    "snapshot",
    "try_out",
    "undo",
    "note",
    "coach",
    "hint",
    "finish",
)


def test_every_method_of_a_session_is_in_one_of_the_tables() -> None:
    """A new one must be bound to the seat, and these tables must say how it is called."""
    public = {name for name in dir(Session) if not name.startswith("_")}
    assert public == {*CALLS, *NAMELESS, *STILL}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_seat_answers_only_in_its_own_name(seats: Seats, who: str) -> None:
    """Every other actor of the market, and some that do not exist, on an order in dispute."""
    order, session = escalated(seats, seats.ann, seats.shop), seat_of(seats, who)
    others = {me(seat_of(seats, one)) for one in PEOPLE} | {
        BANK,
        Actor(Role.BUYER, ""),
        Actor(Role.SELLER, ""),
        Actor(Role.SELLER, "shops"),
        Actor(Role.MEDIATOR, ""),
        Actor(Role.CLOCK, "clock"),
    }
    own = {me(session), BANK} if who == "backstage" else {me(session)}

    def is_closed_to(case: tuple[str, Actor]) -> None:
        name, actor = case
        assert is_closed(asked(CALLS[name], session, actor, order))

    check_each(product(CALLS, others - own), is_closed_to)


OWN: dict[str, tuple[str, ...]] = {
    "ann": tuple(set(CALLS) - {"account", "wallet", "tally"}),
    "shop": (
        "submit",
        "preview",
        "rows",
        "heard",
        "order",
        "movements",
        "account",
        "exhibits",
    ),
    "judge": ("rows", "order", "movements"),
    "backstage": ("rows", "tally", "order", "movements"),
}


@pytest.mark.parametrize("who", OWN)
def test_a_seats_own_methods_are_open_to_it(seats: Seats, who: str) -> None:
    """So the test above would notice one that is open."""
    order, session = escalated(seats, seats.ann, seats.shop), seat_of(seats, who)
    goods = session.listings(me(session))[:1]
    purchase = Purchase(tuple(one.id for one in goods), "credit_card")
    calls: dict[str, Asked] = {
        **CALLS,
        "buy": lambda one, actor, _: one.buy(actor, purchase, "a cart"),
        "quote": lambda one, actor, _: one.quote(actor, purchase),
    }
    assert [
        name for name in OWN[who] if is_closed(asked(calls[name], session, me(session), order))
    ] == []


# -- two of one role


def test_two_seats_of_a_role_are_two_people(seats: Seats) -> None:
    """Each has orders, private details and a shop of their own."""
    first, second = bought(seats.ann, seats.shop), bought(seats.bob, seats.rival)
    assert [row.id for row in seats.ann.rows(me(seats.ann))] == [first]
    assert [row.id for row in seats.bob.rows(me(seats.bob))] == [second]
    assert [row.id for row in seats.shop.rows(me(seats.shop))] == [first]
    assert [row.id for row in seats.rival.rows(me(seats.rival))] == [second]
    privates = [one.private(me(one)) for one in (seats.ann, seats.bob)]
    assert None not in privates
    assert privates[0] != privates[1]
    assert seats.ann.chairs == (Actor(Role.BUYER, "buyer-1"),)
    titles = [one.title for one in (seats.ann, seats.rival, seats.judge, seats.backstage)]
    assert titles == [
        *(f"Class 3 ({who})" for who in ("buyer-1", "seller-2", "mediator 1")),
        "Class 3",
    ]


def test_an_order_id_that_was_taken_meanwhile_gives_the_next_one(seats: Seats) -> None:
    """The quote named an id that another buyer's order has taken since."""
    goods = seats.ann.listings(me(seats.ann))
    purchase = Purchase(tuple({one.seller.id: one.id for one in goods}.values())[:2], "debit_card")
    quoted = [part.order for part in seats.ann.quote(me(seats.ann), purchase).parts]
    taken = bought(seats.bob, seats.shop)
    answers = seats.ann.buy(me(seats.ann), purchase, "cart")
    assert all(isinstance(one, Done) for one in answers)
    named = seats.ann.bought(me(seats.ann), "cart", 3)
    assert (quoted, taken, named) == (["A", "B"], "A", ("B", "C", ""))
    assert {row.id for row in seats.ann.rows(me(seats.ann))} == {"B", "C"}
    assert seats.bob.bought(me(seats.ann), "cart", 2) == ()
    assert seats.bob.bought(me(seats.bob), "cart", 2) == ("", "")


def test_everybody_hears_of_their_own_deadlines(seats: Seats) -> None:
    """Mediators hear of the cases that they can see, and backstage hears of all deadlines."""
    paid(seats, seats.ann, seats.shop)
    seats.backstage.advance(seats.backstage.now() + DAY)
    paid(seats, seats.bob, seats.rival)
    assert heard(seats) == {
        **dict.fromkeys(("ann", "shop", "backstage"), "A"),
        **dict.fromkeys(("bob", "rival"), "B"),
        **dict.fromkeys(("judge", "colleague"), ""),
    }
    ruled(seats, seats.bob, seats.rival)
    assert heard(seats) == {
        **dict.fromkeys(("ann", "shop", "backstage"), "A"),
        **dict.fromkeys(("bob", "rival"), "B"),
        **{"judge": "C", "colleague": ""},
    }


def heard(seats: Seats) -> dict[str, str]:
    """Return the order of each seat's next deadline."""
    due = {name: seat_of(seats, name).next_deadline() for name in PEOPLE}
    return {name: one.order if one else "" for name, one in due.items()}


def test_the_first_deadline_is_the_first_of_all_ones_orders(seats: Seats) -> None:
    """It is the one on that order's own page."""
    for _ in range(3):
        paid(seats, seats.ann, seats.shop)
        seats.backstage.advance(seats.backstage.now() + DAY)
    delivered(seats, seats.ann, seats.rival)
    ids = [row.id for row in seats.ann.rows(me(seats.ann))]
    views = [buyer_view(seats.ann, me(seats.ann), one) for one in ids]
    at, order = min((one.head.deadlines[0].at, one.head.id) for one in views)
    due = seats.ann.next_deadline()
    assert due is not None
    assert (due.at, due.order, len(ids)) == (at, order, 4)


# -- mediators


def test_a_case_belongs_to_the_mediator_who_acts_on_it_first(seats: Seats) -> None:
    """Both see a free case; once taken, only one does; the appeal goes to the other."""
    case = escalated(seats, seats.ann, seats.shop)
    assert cases(seats) == ([case], [case])
    do(seats.judge, case, OpenEvidence("E1"))
    assert cases(seats) == ([case], [])
    do(seats.judge, case, Rule(refund=100, reasons=("a crack",)))
    assert cases(seats) == ([case], [])
    other = appealed(seats, seats.bob, seats.rival)
    assert cases(seats) == ([case], [other])
    do(seats.colleague, other, DecideAppeal(refund=0, reasons=("it was whole",)))
    assert cases(seats) == ([case], [])


def cases(seats: Seats) -> tuple[list[str], list[str]]:
    """Return the lists of the two mediators, each of whom can open every case on theirs."""
    found = tuple([row.id for row in one.rows(me(one))] for one in (seats.judge, seats.colleague))
    for one, ids in zip((seats.judge, seats.colleague), found, strict=True):
        assert all(one.order(me(one), order) for order in ids)
    return found[0], found[1]


# -- backstage, and time


def test_backstage_is_the_carrier_the_bank_and_the_clock(seats: Seats) -> None:
    """And it hears what time brings to everybody."""
    order = paid(seats, seats.ann, seats.shop)
    assert seats.backstage.chairs == (CARRIER,)
    assert [row.id for row in seats.backstage.rows(BANK)] == [order]
    assert backstage_view(seats.backstage, order).payment
    do(seats.backstage, "", SetRate("EUR", "0.92"), BANK)
    news = seats.backstage.advance(seats.backstage.now() + 30 * DAY)
    assert not isinstance(news, Refused)
    assert {one.order for one in news} == {order}


@pytest.mark.parametrize("who", PEOPLE)
def test_only_backstage_moves_the_clock_and_nobody_can_undo(seats: Seats, who: str) -> None:
    """The answer gives the same reason as the key's hint."""
    session, before = seat_of(seats, who), seats.ann.now()
    moved = session.advance(before + DAY)
    assert (session.no_clock == "") is (who == "backstage")
    assert isinstance(moved, Refused) is (who != "backstage")
    assert session.now() == before + (DAY if who == "backstage" else 0)
    assert session.undo() == session.no_undo == NO_UNDO


def test_what_a_seat_looks_at_is_not_logged(seats: Seats) -> None:
    """The log belongs to the trainer's run."""
    before = seats.ann.record.rows()
    seats.ann.note("screen", "ShopScreen")
    seats.ann.submit(me(seats.ann), "ZZ", Pay())
    assert seats.ann.record.rows() == before


# -- the trainer beside the seats


def test_the_trainer_sits_in_the_same_market_and_moves_its_clock(seats: Seats) -> None:
    """Undoing would also undo acts of the seats: it is closed until all of them are revoked."""
    holder = resume(seats.store, seats.market.id)
    order = bought(seats.ann, seats.shop)
    assert holder.order(holder.chairs[0], order)
    holder.advance(holder.now() + DAY)
    assert seats.ann.now() == holder.now()
    assert holder.undo().startswith("Nothing can be taken back in a market with seats")
    for name in PEOPLE:
        revoke(seats.store, seat_row(seat_of(seats, name)).id)
    assert holder.undo().startswith("Taken back")


# -- revoked


@pytest.mark.parametrize("who", ["ann", "shop", "judge", "backstage"])
def test_a_revoked_seat_gets_a_refusal_from_every_method(seats: Seats, who: str) -> None:
    """A command is refused, and a question says why."""
    order, session = escalated(seats, seats.ann, seats.shop), seat_of(seats, who)
    revoke(seats.store, seat_row(session).id)
    calls = {**CALLS, **NAMELESS}

    def gets_a_sentence(name: str) -> None:
        seen = told(calls[name], session, order)
        assert isinstance(seen, SeatRevokedError) or is_closed(seen)
        if name in OWN[who]:
            assert "SEAT_REVOKED" in repr(seen) or "revoked by the trainer" in str(seen)

    check_each(calls, gets_a_sentence)


def told(call: Asked, session: Sitting, order: str) -> object:
    """Ask in the seat's own name; an error that it was revoked counts as the answer."""
    try:
        return asked(call, session, me(session), order)
    except SeatRevokedError as error:
        return error


def test_a_revoked_seat_is_refused_in_the_middle_of_its_work(seats: Seats) -> None:
    """What it did before stays, and others go on."""
    order = paid(seats, seats.ann, seats.shop)
    revoke(seats.store, seat_row(seats.shop).id)
    answer = seats.shop.submit(me(seats.shop), order, Ship(TRACKING))
    assert isinstance(answer, Refused)
    assert answer.code == "SEAT_REVOKED"
    assert buyer_view(seats.ann, me(seats.ann), order).parcel is None
    assert isinstance(seats.ann.submit(me(seats.ann), order, SendMessage("hello?")), Done)


def test_a_seat_is_taken_again_with_its_key(seats: Seats) -> None:
    """Not with another key, and not if there is no such seat."""
    given, key = seats.joined("buyer")
    session = sit(seats.store, seat=key)
    assert seat_row(session).id == given.seat.id
    with pytest.raises(LookupError, match="not in this store"):
        seated(seats.store, SeatKey(key.market, key.seat, "other"))
    with pytest.raises(LookupError, match="not in this store"):
        seated(seats.store, SeatKey(key.market, "other", key.key))


def test_an_account_is_shown_to_its_own_seller_only(seats: Seats) -> None:
    """Asking in another's name is a different error from a missing order."""
    order = delivered(seats, seats.ann, seats.shop)
    do(seats.ann, order, ConfirmReceipt())
    assert seats.shop.account(me(seats.shop)).pending != "0.00"
    with pytest.raises(NotYourSeatError):
        seats.rival.account(me(seats.shop))
    with pytest.raises(NotYourSeatError):
        seats.ann.account(Actor(Role.SELLER, me(seats.ann).person))


def test_a_mediator_who_ordered_a_return_can_follow_it(seats: Seats) -> None:
    """The dispute has ended; the case stays open to that mediator alone."""
    case = escalated(seats, seats.ann, seats.shop)
    do(seats.judge, case, Rule(refund=100, reasons=("a crack",), return_goods=True))
    while seats.judge.rows(me(seats.judge)):
        seats.backstage.advance(seats.backstage.now() + DAY)
    order = seats.judge.desk.order_state(case)
    assert order is not None
    assert order.dispute is None
    assert seats.judge.order(me(seats.judge), case)
    with pytest.raises(NoSuchOrderError):
        seats.colleague.order(me(seats.colleague), case)
    answer = seats.colleague.submit(me(seats.colleague), case, Rule(refund=0, reasons=("no",)))
    assert isinstance(answer, Refused)
    assert answer.code == "UNKNOWN_ORDER"


def test_the_refund_of_a_cancelled_order_is_in_its_own_buyers_wallet(seats: Seats) -> None:
    """An order paid by Western Union is refunded to the wallet."""
    order = paid(seats, seats.ann, seats.shop, "western_union")
    do(seats.shop, order, Cancel())
    assert seats.ann.wallet(me(seats.ann))
    assert seats.bob.wallet(me(seats.ann)) == ()
    assert seats.bob.wallet(me(seats.bob)) == ()
