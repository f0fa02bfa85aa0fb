"""An exercise: the others answer at their instants, the coach looks on, and nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace

from escrow_tui.coach.playthrough import Note
from escrow_tui.coach.predicates import EventHappens
from escrow_tui.desk.session import Purchase, Session
from escrow_tui.engine.answers import Done, Refused
from escrow_tui.engine.commands import (
    AcceptClaim,
    AcceptProposal,
    ConfirmReceipt,
    OpenParcel,
    Pay,
    Propose,
    RejectClaim,
    Scan,
    Ship,
    WithdrawDispute,
)
from escrow_tui.engine.events import name_of
from escrow_tui.engine.invariants import Balances
from escrow_tui.engine.roles import CARRIER, Actor, Role
from escrow_tui.engine.terms import Party, Phase, ShipmentState
from escrow_tui.files import Faults
from escrow_tui.scenarios.exercise.player import as_told, play_steps, take
from escrow_tui.scenarios.file.order_reader import PlacedOrder
from escrow_tui.scenarios.file.scenario import Found
from escrow_tui.scenarios.file.step_reader import Advance, Step
from escrow_tui.scenarios.log import FINISHING, MISSED, PASSED
from escrow_tui.scenarios.opening import reopened, start_run
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store import RunHead, open_store
from escrow_tui.store.backend import Decide
from escrow_tui.store.reads.situation import Ask
from escrow_tui.store.sqlite.file_backend import SqliteBackend
from escrow_tui.store.store import Store
from escrow_tui.store.writes.write_transaction import Writing
from tests.given.small_scenario import (
    BUYER,
    COUNTER,
    CRACKED,
    DAY,
    DISPUTE,
    HOUR,
    MEDIATOR,
    PACKING,
    PHOTO,
    PLACE,
    PLAN,
    RULED,
    SAT_DOWN,
    SELLER,
    SETUP,
    SMALL,
    SOLUTION,
    TOO_LATE,
    WHOLE,
    act,
    begun,
    hash_of,
    names,
    wait,
)
from tests.given.views import buyer_view


def test_the_trainee_sits_down_after_the_setup(store: Store) -> None:
    """The order and the clock are where the setup brings them, and there is one chair."""
    run = begun(store)
    session: Session = run
    assert session.chairs == (BUYER,)
    assert session.now() == SAT_DOWN
    order = run.desk.order_state("A")
    assert order is not None
    assert order.phase is Phase.DELIVERED
    assert [head.scenario for head in _runs(store)] == ["small"]


def test_the_bank_verifies_each_payment_at_once(store: Store) -> None:
    """Where the scenario says so, also what the trainee pays."""
    later = replace(SMALL, setup=())
    run = begun(store, later)
    play_steps(run, SMALL.setup[:1])
    order = run.desk.order_state("A")
    assert order is not None
    assert order.phase is Phase.AWAITING_SHIPMENT
    assert run.undo() == "Taken back: pay, order A."
    order = run.desk.order_state("A")
    assert order is not None
    assert order.phase is Phase.AWAITING_PAYMENT


def test_a_parcel_holds_what_the_scenario_says(store: Store) -> None:
    """Whatever the command says lies in it."""
    run = begun(store)
    assert isinstance(run.submit(BUYER, "A", OpenParcel("watch/red")), Done)
    assert buyer_view(run, BUYER, "A").found == CRACKED


@pytest.mark.parametrize(
    ("found", "seen"),
    [((Found("*", CRACKED),), CRACKED), ((), WHOLE), ((Found("B", "lamp/red"),), WHOLE)],
)
def test_a_parcel_that_is_not_named_holds_what_any_does(
    store: Store, found: tuple[Found, ...], seen: str
) -> None:
    """That of `*`, and where there is none what the listing shows."""
    run = begun(store, replace(SMALL, found=found))
    run.submit(BUYER, "A", OpenParcel())
    assert buyer_view(run, BUYER, "A").found == seen


def test_the_others_answer_at_their_own_instants(store: Store) -> None:
    """Each in its time, and the trainee hears of it when the clock has moved."""
    run = begun(store)
    play_steps(run, SOLUTION[:3])
    assert names(run) == ()
    news = take(run, wait(2 * DAY), "wait")
    assert names(run) == (
        "inject:greeting:1 +6h",
        "inject:counter:1 +26h",
        "inject:counter:2 +26h",
    )
    assert isinstance(news, tuple)
    assert [one.sentence for one in news][-2:] == [
        "The seller rejected the claim.",
        "The seller proposes to refund 5.00 USD.",
    ]
    assert run.now() == SAT_DOWN + 2 * HOUR + 2 * DAY


def test_nobody_answers_what_was_taken_back_in_time(store: Store) -> None:
    """The inject is passed over for good."""
    run = begun(store)
    play_steps(run, (*SOLUTION[:3], act(BUYER, WithdrawDispute()), wait(3 * DAY)))
    assert names(run) == ("inject:greeting:1 +6h",)
    assert "counter" in run.record.noted_here("inject")


def test_a_deadline_comes_before_what_somebody_does_at_the_same_instant(store: Store) -> None:
    """Silence has confirmed the order; who wakes up at that instant is too late."""
    delay = SMALL.policy.policy.auto_confirm_days * DAY
    waking = replace(SMALL.injects[0], name="waking", after=delay)
    run = begun(store, replace(SMALL, injects=(waking,)))
    run.advance(run.now() + delay)
    last = run.desk.entries()[-3:]
    found = [name_of(one.events[0]) for one in last]
    assert found == ["receipt_confirmed", "clock_advanced", "message_sent"]
    assert last[1].actor == BUYER
    assert run.undo() == "Taken back: the move of the clock to 2026-03-12 09:00."


def test_who_acts_before_a_deadline_does_so_in_his_own_time(store: Store) -> None:
    """However far the trainee moves the clock at once."""
    run = begun(store)
    run.advance(run.now() + 30 * DAY)
    assert names(run) == ("inject:greeting:1 +6h",)


def test_what_an_inject_is_refused_is_logged_and_passed_over(store: Store) -> None:
    """The next of its steps is tried all the same."""
    run = begun(store)
    play_steps(run, SOLUTION)
    assert Note("inject_refused", "inject:too-late:1: WRONG_PHASE") in run.record.notes()
    assert names(run)[-1] == "inject:too-late:2 +98h"


def test_an_inject_for_any_order_answers_each(store: Store) -> None:
    """As the seller of that order, once for each."""
    stub = act(SELLER, RejectClaim(), "*")
    any_order = replace(SMALL.injects[1], steps=(stub,), when=EventHappens(event="dispute_opened"))
    second, other = (
        PlacedOrder((), "B", replace(PLACE, seller="seller-2")),
        Actor(SELLER.role, "seller-2"),
    )
    setup = (
        *SMALL.setup,
        act(BUYER, Pay(), "B"),
        act(other, Ship("RR473124829CN"), "B"),
        act(CARRIER, Scan(status=ShipmentState.DELIVERED), "B"),
    )
    orders = (*SMALL.orders, second)
    run = begun(store, replace(SMALL, injects=(any_order,), orders=orders, setup=setup))
    play_steps(run, (act(BUYER, DISPUTE, "B"), wait(HOUR), act(BUYER, DISPUTE), wait(2 * DAY)))
    answered = [
        (one.stream, str(one.actor))
        for one in run.desk.entries()
        if one.command_id.startswith("inject:counter")
    ]
    assert answered == [("order:B", "seller:seller-2"), ("order:A", "seller:seller-1")]


def test_a_try_that_is_refused_stands_in_the_log(store: Store) -> None:
    """With the words that the trainee read."""
    run = begun(store)
    answer = run.submit(BUYER, "A", Propose(100))
    assert isinstance(answer, Refused)
    assert run.record.notes()[-1] == Note("refused", f"propose: {answer.sentence}")


@pytest.mark.parametrize("stranger", [SELLER, MEDIATOR, replace(BUYER, person="buyer-2")])
def test_the_trainee_acts_in_his_own_chair_alone(store: Store, stranger: Actor) -> None:
    """The others act by the scenario."""
    second = PlacedOrder((), "B", replace(PLACE, buyer="buyer-2"))
    run = begun(store, replace(SMALL, orders=(*SMALL.orders, second)))
    before = hash_of(run)
    assert isinstance(run.submit(stranger, "A", ConfirmReceipt()), Refused)
    assert isinstance(run.buy(stranger, Purchase(("x",), "credit_card"), "c")[0], Refused)
    assert run.private(stranger) is None
    assert hash_of(run) == before
    assert run.private(BUYER) is not None


def test_evidence_is_offered_when_it_is_there_and_until_it_is_handed_in(store: Store) -> None:
    """A buyer has no photo before opening the parcel."""
    run = begun(store)
    assert run.exhibits(BUYER, "A") == ()
    order = run.desk.order_state("A")
    assert order is not None
    assert run.activity.exhibits(Role.SELLER, order) == (PACKING,)
    assert run.exhibits(SELLER, "A") == ()
    run.submit(BUYER, "A", OpenParcel())
    assert run.exhibits(BUYER, "A") == (PHOTO,)
    run.submit(BUYER, "A", DISPUTE)
    assert run.exhibits(BUYER, "A") == ()
    assert run.exhibits(BUYER, "Z") == ()


def test_undo_takes_back_the_act_and_what_others_answered(store: Store) -> None:
    """And done again it is as if it had not been taken back."""
    run, plain = begun(store), begun(store)
    play_steps(run, SOLUTION[:4])
    assert run.undo() == "Taken back: the move of the clock to 2026-03-07 11:00."
    assert names(run) == ()
    assert run.now() == SAT_DOWN + 2 * HOUR
    assert run.undo() == "Taken back: open dispute, order A."
    order = run.desk.order_state("A")
    assert order is not None
    assert order.dispute is None
    for number, step in enumerate(SOLUTION[2:], 3):
        take(run, step, f"step:{number}")
    play_steps(plain, SOLUTION)
    assert hash_of(run) == hash_of(plain)


def test_what_was_passed_over_in_time_that_was_taken_back_comes_again(store: Store) -> None:
    """A note belongs to the market that it was made in, as far as that goes on."""
    run = begun(store)
    play_steps(run, (*SOLUTION[:3], act(BUYER, WithdrawDispute()), wait(3 * DAY)))
    run.undo()
    assert run.undo() == "Taken back: withdraw dispute, order A."
    take(run, wait(2 * DAY), "again")
    assert "inject:counter:1 +26h" in names(run)


def test_undo_stops_where_the_trainee_sat_down(store: Store) -> None:
    """The setup cannot be taken back."""
    run = begun(store)
    before = hash_of(run)
    assert run.undo() == "Nothing to take back yet."
    take(run, wait(DAY), "wait")
    run.undo()
    assert run.undo() == "Nothing to take back yet."
    assert hash_of(run) == before


def test_time_does_not_go_back(store: Store) -> None:
    """And staying where one is is no act."""
    run = begun(store)
    before = hash_of(run)
    refused = run.advance(run.now() - 1)
    assert isinstance(refused, Refused)
    assert refused.code == "TIME_GOES_BACK"
    assert run.advance(run.now()) == ()
    assert hash_of(run) == before


def test_the_coach_tells_the_task_and_each_hint_that_was_taken(store: Store) -> None:
    """A hint costs, and after the last there are no more."""
    run = begun(store)
    view = run.coach()
    assert view is not None
    assert (view.task, view.hints, view.hint_cost, view.decided) == (PLAN.task, (), 5, False)
    assert [run.hint() for _ in range(5)] == [*PLAN.hints, "There are no more hints."]
    view = run.coach()
    assert view is not None
    assert (view.hints, view.hint_cost) == (PLAN.hints, 0)
    debrief = run.finish()
    assert debrief is not None
    assert debrief.score == 0


def test_the_market_runs_on_to_its_end_and_the_debrief_tells_how_it_went(store: Store) -> None:
    """The run keeps its ending and score, and then stands still."""
    run = start_run(store, SMALL, "", 7, "2026-01-01T10:00:00Z", lambda: "2026-01-01T10:20:00Z")
    play_steps(run, SOLUTION)
    run.hint()
    view = run.coach()
    assert view is not None
    assert view.decided
    debrief = run.finish()
    assert debrief is not None
    assert (debrief.passed, debrief.score, debrief.ending) == (True, 95, "A part came back")
    assert run.next_deadline() is None
    (row,) = _runs(store)
    assert (row.state, row.score, row.ending) == (PASSED, 95, "partial")
    assert row.finished == "2026-01-01T10:20:00Z"
    before, notes = hash_of(run), run.record.notes()
    assert run.submit(BUYER, "A", ConfirmReceipt()) == run.advance(run.now() + DAY)
    assert not run.preview(BUYER, "A", ConfirmReceipt()).possible
    assert run.undo() == "The exercise is over; play it again instead."
    run.note("screen", "Debrief")
    assert run.finish() == debrief
    assert (hash_of(run), run.record.notes()) == (before, notes)
    assert reopened(store, run.record.run, SMALL).finish() == debrief


def test_what_was_due_when_a_run_was_cut_off_is_done_when_it_is_opened(store: Store) -> None:
    """Before the trainee does anything; and a market that ran to its end runs on to it."""
    run = begun(store)
    run.desk.advance(run.now() + 7 * HOUR, BUYER)
    assert names(run) == ()
    assert names(reopened(store, run.record.run, SMALL)) == ("inject:greeting:1 +7h",)
    cut_off = replace(run.record.run, state=FINISHING)
    assert reopened(store, cut_off, SMALL).record.run.state == MISSED
    assert run.next_deadline() is None


def test_a_setup_that_does_not_go_is_a_fault_of_its_file(store: Store) -> None:
    """Nothing is left of the run, and the sentence says why."""
    broken = replace(SMALL, setup=(act(BUYER, ConfirmReceipt()),))
    with pytest.raises(Faults, match="Not while the order is awaiting payment"):
        begun(store, broken)
    assert _runs(store) == ()
    told = replace(SMALL, setup=(act(BUYER, ConfirmReceipt(), refused="WRONG_PHASE"),))
    assert not begun(store, told).finished
    assert not as_told(Done(()), "WRONG_PHASE")


# A dispute, and no more: each of its writes is a place to be killed at.
SHORT = (SOLUTION[2], SOLUTION[3], SOLUTION[5], SOLUTION[6])


def _timed() -> Iterator[tuple[str, int, Step]]:
    """The steps by name, with the instants that their moves of the clock go to."""
    now = SAT_DOWN
    for number, step in enumerate(SHORT, 1):
        now += step.seconds if isinstance(step, Advance) else 0
        yield f"step:{number}", now, step


STEPS = tuple(_timed())

# The first command of this seller is refused because the claim is not rejected yet, and would
# succeed later; the second command would make the inject needless if it were tried again.
STUBBORN = replace(
    SMALL,
    injects=(
        replace(
            COUNTER,
            unless=EventHappens(event="claim_rejected"),
            steps=(act(SELLER, AcceptProposal(Party.BUYER)), *COUNTER.steps),
        ),
        RULED,
        TOO_LATE,
    ),
)


Kind = TypeVar("Kind", bound=Store)


class Cut(Exception):  # noqa: N818 - the lights went out
    """The program was killed."""


class Frail(Store):
    """A store that dies before it has written so many times more."""

    left = 0

    @contextmanager
    def writing(self, market: str = "") -> Iterator[Writing]:
        """Write, or die."""
        self._count()
        with super().writing(market) as writing:
            yield writing

    def transact(self, ask: Ask, decide: Decide) -> Balances:
        """Write, or die."""
        self._count()
        return super().transact(ask, decide)

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cut


def test_a_run_that_was_killed_at_any_write_goes_on_as_if_nothing_had_been(
    tmp_path: Path, store: Store
) -> None:
    """Killed before each of its writes in turn, opened again, and the step taken once more."""
    plain = begun(store, STUBBORN)
    play_steps(plain, SHORT)
    plain.finish()
    assert Note("inject_refused", "inject:counter:1: WRONG_PHASE") in plain.record.notes()
    path = tmp_path / "frail.db"
    open_store(path).close()
    kills = next(n for n in range(80) if _killed_once(path, n, hash_of(plain)))
    assert kills > 15


def _killed_once(path: Path, writes: int, right: str) -> bool:
    """Play with one kill, and compare; True where the run was through before it came."""
    first = _hurried(path, Store)
    row = begun(first, STUBBORN).record.run
    frail = _hurried(path, Frail)
    frail.left = writes
    left, killed = list(STEPS), False
    try:
        _play_on(reopened(frail, row, STUBBORN), left)
    except Cut:
        killed = True
    frail.close()
    first.close()
    again = _hurried(path, Store)
    with again.reading() as reading:
        kept = reading.run(row.id)
    assert kept is not None
    run = reopened(again, kept, STUBBORN)
    _play_on(run, left)
    assert hash_of(run) == right, f"killed before write {writes}"
    assert run.desk.violations == []
    again.close()
    return not killed


def _hurried(path: Path, kind: type[Kind]) -> Kind:
    """A store that waits for no disk: it is the program that dies here, not the machine."""
    backend = SqliteBackend(path)
    with backend.reading() as link:
        connection = link.connection
    connection.execute("PRAGMA synchronous = OFF")
    return kind(backend)


def _play_on(run: Sitting, left: list[tuple[str, int, Step]]) -> None:
    """Take what is left as one who does not know whether its first step was done."""
    while left:
        name, instant, step = left[0]
        if isinstance(step, Advance):
            run.advance(max(instant, run.now()))
        else:
            take(run, step, name)
        left.pop(0)
    run.finish()


def _runs(store: Store) -> tuple[RunHead, ...]:
    with store.reading() as reading:
        return reading.runs()


def test_a_seller_is_not_told_when_a_refund_arrives(store: Store) -> None:
    """The market knows of it; the trainee has nothing left to wait for."""
    refunded = (act(BUYER, replace(DISPUTE, claim=3_000)), act(SELLER, AcceptClaim()))
    plan = replace(PLAN, role=Role.SELLER)
    run = begun(store, replace(SMALL, plan=plan, injects=(), setup=(*SETUP, *refunded)))
    assert run.desk.next_deadline() is not None
    assert run.next_deadline() is None
