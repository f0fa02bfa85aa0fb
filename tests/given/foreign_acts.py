"""Foreign acts: what a person in a seat tries to do or see that is not theirs.

Each attempt returns what the person got, in words, or raises GotThrough.
"""

from collections.abc import Callable

import msgspec

from escrow_tui.desk.session import NoSuchOrderError, Purchase
from escrow_tui.engine.answers import Refused
from escrow_tui.engine.commands import (
    AnyCommand,
    Cancel,
    ConfirmReceipt,
    DecideAppeal,
    Line,
    OpenParcel,
    Pay,
    PlaceOrder,
    Rule,
    SendMessage,
    Ship,
    WithdrawMoney,
)
from escrow_tui.engine.roles import BANK, CARRIER, Actor
from escrow_tui.scenarios.invent.goods import found_in
from escrow_tui.scenarios.opening import resume, seated
from escrow_tui.scenarios.seats.admission import join
from escrow_tui.scenarios.seats.grants import revoke
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store import StoreProblem
from escrow_tui.store.rows.seats import SeatKey, SeatRevokedError
from tests.given.seats import (
    NOW,
    SEED,
    TRACKING,
    Seats,
    appealed,
    bought,
    delivered,
    do,
    me,
    paid,
    ruled,
    seat_row,
)
from tests.given.views import buyer_view


class GotThrough(AssertionError):  # noqa: N818 - a finding, not an error of the program
    """A foreign act was done, or showed something private."""


class Foreign(msgspec.Struct, frozen=True):
    """A foreign act in words; `does` tries it in a market, with another store beside it."""

    who: str
    tries: str
    does: Callable[[Seats, Seats], str]


def refused(seat: Sitting, order: str, command: AnyCommand, actor: Actor | None = None) -> str:
    """Try a command and return its refusal."""
    return _refusal(seat.submit(actor or me(seat), order, command, f"{order} {command!r}"[:60]))


def _refusal(answer: object) -> str:
    if not isinstance(answer, Refused):
        raise GotThrough(repr(answer))
    return f"{answer.code}: {answer.sentence}"


def nothing(seen: object, theirs: object = "there") -> str:
    """Say that the person saw nothing, although there is something for somebody else."""
    assert theirs, "there is nothing to see"
    if seen not in (None, (), ""):
        raise GotThrough(repr(seen))
    return "nothing"


def unseen(look: Callable[[], object]) -> str:
    """Try to see something, and return that there is no such thing."""
    try:
        seen = look()
    except NoSuchOrderError as error:
        return f"{type(error).__name__}: {error}"
    raise GotThrough(repr(seen))


def closed(enter: Callable[[], object]) -> str:
    """Try to sit down or to continue, and return the error's sentence."""
    try:
        seen = enter()
    except (StoreProblem, LookupError) as problem:
        return str(problem)
    raise GotThrough(repr(seen))


# -- somebody else's order


def _sees_another_order(seats: Seats, _: Seats) -> str:
    order = bought(seats.bob, seats.shop)
    return unseen(lambda: seats.ann.order(me(seats.ann), order))


def _sees_another_shops_order(seats: Seats, _: Seats) -> str:
    order = bought(seats.bob, seats.shop)
    return unseen(lambda: seats.rival.order(me(seats.rival), order))


def _sees_the_money(seats: Seats, _: Seats) -> str:
    order = paid(seats, seats.bob, seats.shop)
    return unseen(lambda: seats.ann.movements(me(seats.ann), order))


def _lists_anothers(seats: Seats, _: Seats) -> str:
    bought(seats.bob, seats.shop)
    theirs = seats.bob.rows(me(seats.bob))
    nothing(seats.ann.rows(me(seats.ann)), theirs)
    return nothing(seats.ann.rows(me(seats.bob)), theirs)


def _hears_a_deadline(seats: Seats, _: Seats) -> str:
    paid(seats, seats.bob, seats.shop)
    return nothing(seats.ann.next_deadline(), seats.bob.next_deadline())


def _confirms_anothers(seats: Seats, _: Seats) -> str:
    order = delivered(seats, seats.bob, seats.shop)
    return refused(seats.ann, order, ConfirmReceipt())


def _ships_anothers(seats: Seats, _: Seats) -> str:
    order = paid(seats, seats.bob, seats.shop)
    return refused(seats.rival, order, Ship(TRACKING))


# -- somebody else's name


def _ships_as_the_seller(seats: Seats, _: Seats) -> str:
    order = paid(seats, seats.ann, seats.shop)
    return refused(seats.ann, order, Ship(TRACKING), me(seats.shop))


def _ships_as_buyer(seats: Seats, _: Seats) -> str:
    return refused(seats.ann, paid(seats, seats.ann, seats.shop), Ship(TRACKING))


def _cancels_as_another(seats: Seats, _: Seats) -> str:
    order = bought(seats.bob, seats.shop)
    return refused(seats.ann, order, Cancel(), me(seats.bob))


def _pays_as_the_bank(seats: Seats, _: Seats) -> str:
    order = bought(seats.ann, seats.shop)
    return refused(seats.ann, order, Pay(), BANK)


def _buys_as_another(seats: Seats, _: Seats) -> str:
    goods = seats.ann.listings(me(seats.ann))[0]
    purchase = Purchase((goods.id,), "credit_card")
    (answer,) = seats.ann.buy(me(seats.bob), purchase, "their cart")
    return _refusal(answer)


def _places_for_another(seats: Seats, _: Seats) -> str:
    return refused(seats.ann, "ZZ", _placed(me(seats.bob), me(seats.shop)))


def _names_a_price(seats: Seats, _: Seats) -> str:
    return refused(seats.ann, "ZZ", _placed(me(seats.ann), me(seats.shop)))


def _placed(buyer: Actor, seller: Actor) -> PlaceOrder:
    return PlaceOrder(
        buyer=buyer.person,
        seller=seller.person,
        lines=(Line("teapot-1", 1, "Teapot"),),
        currency="USD",
    )


def _repeats_an_id(seats: Seats, _: Seats) -> str:
    order, own = bought(seats.bob, seats.shop), bought(seats.ann, seats.shop)
    seats.bob.submit(me(seats.bob), order, SendMessage("hello"), "bob's")
    return _refusal(seats.ann.submit(me(seats.ann), own, SendMessage("hello"), "bob's"))


def _packs_the_parcel(seats: Seats, _: Seats) -> str:
    order = delivered(seats, seats.ann, seats.shop)
    do(seats.ann, order, OpenParcel("teapot/white/crack"))
    view = buyer_view(seats.ann, me(seats.ann), order)
    if view.found != found_in(SEED, order, view.head.lines[0].picture):
        raise GotThrough(view.found)
    return f"the parcel holds what the market's seed has put into it: {view.found}"


# -- private data


def _reads_a_card(seats: Seats, _: Seats) -> str:
    theirs = seats.ann.private(me(seats.ann))
    nothing(seats.shop.private(me(seats.ann)), theirs)
    return nothing(seats.bob.private(me(seats.ann)), theirs)


def _reads_a_wallet(seats: Seats, _: Seats) -> str:
    order = paid(seats, seats.ann, seats.shop, "western_union")
    do(seats.shop, order, Cancel())
    return nothing(seats.bob.wallet(me(seats.ann)), seats.ann.wallet(me(seats.ann)))


def _reads_an_account(seats: Seats, _: Seats) -> str:
    return unseen(lambda: seats.rival.account(me(seats.shop)))


def _withdraws_anothers(seats: Seats, _: Seats) -> str:
    return refused(seats.rival, "", WithdrawMoney(100), me(seats.shop))


def _takes_anothers_evidence(seats: Seats, _: Seats) -> str:
    order = delivered(seats, seats.bob, seats.shop)
    theirs = seats.bob.exhibits(me(seats.bob), order)
    nothing(seats.ann.exhibits(me(seats.bob), order), theirs)
    return nothing(seats.ann.exhibits(me(seats.ann), order), theirs)


# -- another mediator's case


def _looks_without_a_dispute(seats: Seats, _: Seats) -> str:
    order = delivered(seats, seats.ann, seats.shop)
    return unseen(lambda: seats.judge.order(me(seats.judge), order))


def _reads_anothers_case(seats: Seats, _: Seats) -> str:
    order = ruled(seats, seats.ann, seats.shop)
    return unseen(lambda: seats.colleague.order(me(seats.colleague), order))


def _rules_in_anothers_case(seats: Seats, _: Seats) -> str:
    order = ruled(seats, seats.ann, seats.shop)
    return refused(seats.colleague, order, Rule(refund=0, reasons=("it was whole",)))


def _reviews_own_ruling(seats: Seats, _: Seats) -> str:
    order = appealed(seats, seats.ann, seats.shop)
    return refused(seats.judge, order, DecideAppeal(refund=100, reasons=("a crack",)))


def _reviews_as_a_colleague(seats: Seats, _: Seats) -> str:
    order = appealed(seats, seats.ann, seats.shop)
    return refused(
        seats.judge, order, DecideAppeal(refund=100, reasons=("a crack",)), me(seats.colleague)
    )


def _rules_from_backstage(seats: Seats, _: Seats) -> str:
    order = ruled(seats, seats.ann, seats.shop)
    return refused(seats.backstage, order, Rule(refund=0, reasons=("it was whole",)), CARRIER)


# -- the clock and undo


def _moves_the_clock(seats: Seats, _: Seats) -> str:
    return _refusal(seats.shop.advance(seats.shop.now() + 86_400))


def _takes_back(seats: Seats, _: Seats) -> str:
    return _kept(seats, seats.bob.undo)


def _trainer_takes_back(seats: Seats, _: Seats) -> str:
    return _kept(seats, resume(seats.store, seats.market.id).undo)


def _kept(seats: Seats, undo: Callable[[], str]) -> str:
    bought(seats.bob, seats.shop)
    before = seats.bob.rows(me(seats.bob))
    said = undo()
    if seats.bob.rows(me(seats.bob)) != before:
        raise GotThrough(said)
    return said


# -- codes and keys


def _uses_a_code_twice(seats: Seats, _: Seats) -> str:
    given, _key = seats.joined("mediator")
    return closed(lambda: join(seats.store, given.code, seats.keys, NOW))


def _uses_a_revoked_code(seats: Seats, _: Seats) -> str:
    given = seats.given("mediator")
    revoke(seats.store, given.seat.id)
    return closed(lambda: join(seats.store, given.code, seats.keys, NOW))


def _mistypes_a_code(seats: Seats, _: Seats) -> str:
    given = seats.given("mediator")
    return closed(lambda: join(seats.store, given.code[:-1], seats.keys, NOW))


def _guesses_a_code(seats: Seats, _: Seats) -> str:
    return closed(lambda: join(seats.store, "AAAA-AAAA-AAAA-AAAA", seats.keys, NOW))


def _brings_anothers_code(seats: Seats, other: Seats) -> str:
    return closed(lambda: join(seats.store, other.given("mediator").code, seats.keys, NOW))


def _brings_anothers_key(seats: Seats, other: Seats) -> str:
    _given, key = other.joined("buyer")
    return closed(lambda: seated(seats.store, key))


def _carries_a_key_over(seats: Seats, other: Seats) -> str:
    """Try to open the market of one store with the seat and key of another."""
    _given, key = other.joined("buyer")
    return closed(lambda: seated(seats.store, SeatKey(seats.market.market, key.seat, key.key)))


def _guesses_a_key(seats: Seats, _: Seats) -> str:
    seat = seat_row(seats.ann)
    return closed(lambda: seated(seats.store, SeatKey(seat.market, seat.id, "guessed")))


# -- a seat that was revoked


def _gone(seats: Seats) -> tuple[Sitting, SeatKey]:
    given, key = seats.joined("buyer")
    session = seated(seats.store, key)
    revoke(seats.store, given.seat.id)
    return session, key


def _acts_when_revoked(seats: Seats, _: Seats) -> str:
    session, _key = _gone(seats)
    return refused(session, "", WithdrawMoney(100))


def _buys_when_revoked(seats: Seats, _: Seats) -> str:
    session, _key = _gone(seats)
    goods = seats.ann.listings(me(seats.ann))[0]
    (answer,) = session.buy(me(session), Purchase((goods.id,), "credit_card"), "a cart")
    return _refusal(answer)


def _reads_when_revoked(seats: Seats, _: Seats) -> str:
    session, _key = _gone(seats)
    try:
        seen = session.rows(me(session))
    except SeatRevokedError as error:
        return str(error)
    raise GotThrough(repr(seen))


def _comes_back_when_revoked(seats: Seats, _: Seats) -> str:
    _session, key = _gone(seats)
    return closed(lambda: seated(seats.store, key))


ACTS = (
    Foreign("buyer", "opens another buyer's order", _sees_another_order),
    Foreign("buyer", "looks where another's money is", _sees_the_money),
    Foreign("buyer", "lists another's orders", _lists_anothers),
    Foreign("buyer", "hears of another's deadline", _hears_a_deadline),
    Foreign("buyer", "confirms another's receipt", _confirms_anothers),
    Foreign("buyer", "takes another's evidence", _takes_anothers_evidence),
    Foreign("seller", "opens another shop's order", _sees_another_shops_order),
    Foreign("seller", "ships another shop's order", _ships_anothers),
    Foreign("buyer", "ships their own order, as the seller", _ships_as_the_seller),
    Foreign("buyer", "ships their own order, as themselves", _ships_as_buyer),
    Foreign("buyer", "cancels another's order, in that person's name", _cancels_as_another),
    Foreign("buyer", "acts as the bank", _pays_as_the_bank),
    Foreign("buyer", "checks out as another buyer", _buys_as_another),
    Foreign("buyer", "places an order in another's name", _places_for_another),
    Foreign("buyer", "places an order at their own price", _names_a_price),
    Foreign("buyer", "gives a command under another's id", _repeats_an_id),
    Foreign("buyer", "decides themselves what their parcel holds", _packs_the_parcel),
    Foreign("seller", "reads a buyer's card", _reads_a_card),
    Foreign("buyer", "reads another's wallet", _reads_a_wallet),
    Foreign("seller", "reads another shop's account", _reads_an_account),
    Foreign("seller", "withdraws another shop's money", _withdraws_anothers),
    Foreign("mediator", "opens an order without a dispute", _looks_without_a_dispute),
    Foreign("mediator", "opens another mediator's case", _reads_anothers_case),
    Foreign("mediator", "rules in another mediator's case", _rules_in_anothers_case),
    Foreign("mediator", "decides the appeal from their own ruling", _reviews_own_ruling),
    Foreign("mediator", "decides it in a colleague's name", _reviews_as_a_colleague),
    Foreign("backstage", "rules on a dispute", _rules_from_backstage),
    Foreign("seller", "moves the clock", _moves_the_clock),
    Foreign("buyer", "takes their last act back", _takes_back),
    Foreign("trainer", "takes an act back where others sit", _trainer_takes_back),
    Foreign("nobody", "uses a code for the second time", _uses_a_code_twice),
    Foreign("nobody", "uses a code that was revoked", _uses_a_revoked_code),
    Foreign("nobody", "mistypes a code", _mistypes_a_code),
    Foreign("nobody", "guesses a code", _guesses_a_code),
    Foreign("nobody", "uses another store's code", _brings_anothers_code),
    Foreign("nobody", "brings a seat's key to another store", _brings_anothers_key),
    Foreign("nobody", "names another market for their key", _carries_a_key_over),
    Foreign("nobody", "guesses a seat's key", _guesses_a_key),
    Foreign("revoked", "gives a command", _acts_when_revoked),
    Foreign("revoked", "checks out", _buys_when_revoked),
    Foreign("revoked", "reads their orders", _reads_when_revoked),
    Foreign("revoked", "joins again with their key", _comes_back_when_revoked),
)
