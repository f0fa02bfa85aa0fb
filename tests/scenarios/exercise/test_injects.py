"""When the others act, from the journal alone."""

import pytest
from msgspec.structs import replace

from escrow_tui.coach.predicates import EventHappens
from escrow_tui.engine.commands import AcceptClaim, SendMessage
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.events import AnyEvent, DisputeOpened, DisputeWithdrawn, MessageSent
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import CARRIER, Actor, Role
from escrow_tui.engine.terms import Party, Phase, Reason
from escrow_tui.scenarios.exercise.injects import Due, is_skipped, next_due, turns
from escrow_tui.scenarios.file.scenario import Inject
from tests.given.small_scenario import BUYER, DAY, HOUR, SELLER, START, act

OPENED = DisputeOpened(number=1, reason=Reason.DAMAGED, claim=2_000)
WITHDRAWN = DisputeWithdrawn()
ON_DISPUTE = EventHappens(event="dispute_opened")
ANSWER = Inject(
    name="answer", when=ON_DISPUTE, after=DAY, unless=None, steps=(act(SELLER, AcceptClaim()),)
)
TO_ANY = replace(ANSWER, steps=(act(SELLER, AcceptClaim(), "*"),))
NONE: frozenset[str] = frozenset()


def journal(*happened: tuple[str, int, AnyEvent]) -> tuple[Entry, ...]:
    """Entries of events, each with its order and its hours from the start."""
    return tuple(
        Entry(
            market="m",
            seq=seq,
            stream=f"order:{order}",
            version=seq,
            at=START + hours * HOUR,
            actor=BUYER,
            command_id="",
            command=None,
            events=(event,),
        )
        for seq, (order, hours, event) in enumerate(happened, 1)
    )


def due(*injects: Inject, passed: frozenset[str] = NONE, entries: tuple[Entry, ...]) -> Due | None:
    """What comes first."""
    return next_due(injects, entries, START, passed)


def test_an_inject_waits_for_its_event() -> None:
    """And comes so long after it."""
    assert due(ANSWER, entries=journal(("A", 1, WITHDRAWN))) is None
    coming = due(ANSWER, entries=journal(("A", 5, OPENED)))
    assert coming == Due(START + 5 * HOUR + DAY, "answer", "", ANSWER)


def test_an_inject_without_an_event_is_counted_from_when_the_trainee_sat_down() -> None:
    """There need not be any journal."""
    coming = due(replace(ANSWER, when=None), entries=())
    assert coming is not None
    assert coming.at == START + DAY


def test_an_inject_comes_once() -> None:
    """After the first of its events, and never again when it has passed."""
    entries = journal(("A", 1, OPENED), ("A", 9, OPENED))
    coming = due(ANSWER, entries=entries)
    assert coming is not None
    assert coming.at == START + HOUR + DAY
    assert due(ANSWER, entries=entries, passed=frozenset({"answer"})) is None


@pytest.mark.parametrize(("times", "hours"), [(1, 1), (2, 9), (3, None)])
def test_an_inject_may_wait_for_an_event_to_come_again(times: int, hours: int | None) -> None:
    """It is counted from the last of the times that it asks for."""
    patient = replace(ANSWER, when=replace(ON_DISPUTE, times_least=times))
    coming = due(patient, entries=journal(("A", 1, OPENED), ("A", 9, OPENED)))
    assert (coming.at if coming else None) == (START + hours * HOUR + DAY if hours else None)


def test_an_inject_may_ask_that_something_has_not_come_before() -> None:
    """It then never comes."""
    asked = replace(ANSWER, when=replace(ON_DISPUTE, before="dispute_withdrawn"))
    assert due(asked, entries=journal(("A", 1, WITHDRAWN), ("A", 2, OPENED))) is None
    assert due(asked, entries=journal(("A", 1, OPENED), ("A", 2, WITHDRAWN))) is not None


def test_of_two_at_one_instant_the_first_of_the_file_comes_first() -> None:
    """Otherwise the earlier one, wherever it stands."""
    other = replace(ANSWER, name="other")
    entries = journal(("A", 1, OPENED))
    keys = [
        coming.key
        for injects in ((ANSWER, other), (other, ANSWER), (ANSWER, replace(other, after=0)))
        if (coming := due(*injects, entries=entries))
    ]
    assert keys == ["answer", "other", "other"]


def test_one_for_any_order_comes_once_for_each() -> None:
    """Counted from that order's own event."""
    entries = journal(("B", 1, OPENED), ("A", 2, OPENED), ("B", 3, OPENED))
    first = due(TO_ANY, entries=entries)
    assert first == Due(START + HOUR + DAY, "answer:B", "B", TO_ANY)
    second = due(TO_ANY, entries=entries, passed=frozenset({"answer:B"}))
    assert second == Due(START + 2 * HOUR + DAY, "answer:A", "A", TO_ANY)
    both = frozenset({"answer:A", "answer:B"})
    assert due(TO_ANY, entries=entries, passed=both) is None


def test_what_has_happened_makes_an_inject_needless() -> None:
    """In its own order, where it has one."""
    unless = replace(ANSWER, unless=EventHappens(event="dispute_withdrawn"))
    entries = journal(("A", 1, OPENED), ("B", 2, WITHDRAWN))
    assert not is_skipped(Due(START, "answer", "", ANSWER), entries)
    assert is_skipped(Due(START, "answer", "", unless), entries)
    assert not is_skipped(Due(START, "answer:A", "A", unless), entries)
    assert is_skipped(Due(START, "answer:B", "B", unless), entries)


def test_the_commands_of_an_inject_have_ids_of_their_own() -> None:
    """The same however often they are asked for."""
    two = replace(ANSWER, steps=(*ANSWER.steps, act(CARRIER, SendMessage("!"))))
    given = turns(Due(START, "answer", "", two), {})
    assert [(one.id, one.by, one.order) for one in given] == [
        ("inject:answer:1", SELLER, "A"),
        ("inject:answer:2", CARRIER, "A"),
    ]


def test_a_party_of_any_order_is_the_party_of_that_one() -> None:
    """Unless the file names a person."""
    named = replace(act(SELLER, AcceptClaim(), "*"), written="seller:seller-1")
    order = _order("B", buyer="buyer-2", seller="seller-9")
    both = replace(TO_ANY, steps=(*TO_ANY.steps, named, act(BUYER, SendMessage("!"), "*")))
    given = turns(Due(START, "answer:B", "B", both), {"B": order})
    assert [one.by for one in given] == [
        Actor(Role.SELLER, "seller-9"),
        SELLER,
        Actor(Role.BUYER, "buyer-2"),
    ]
    assert {one.order for one in given} == {"B"}


def test_other_events_set_nothing_off() -> None:
    """A predicate's fields are asked for too."""
    large = replace(ANSWER, when=replace(ON_DISPUTE, least=(("claim", 2_001),)))
    message = MessageSent(Party.BUYER, "hello")
    assert due(large, entries=journal(("A", 1, message), ("A", 2, OPENED))) is None


def _order(order_id: str, buyer: str, seller: str) -> Order:
    return Order(
        id=order_id,
        phase=Phase.SHIPPED,
        buyer=buyer,
        seller=seller,
        lines=(),
        currency="USD",
        goods=0,
        shipping=0,
        origin="CN",
        destination="DE",
        promised_days=30,
        method="credit_card",
        policy="hash",
        pay_in="",
        rate="",
        paid_total=0,
        card_expires=0,
        placed_at=START,
    )
