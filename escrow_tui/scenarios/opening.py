"""Opens sessions: a new market, a new exercise, a run that is resumed, or a seat."""

from collections.abc import Iterable
from uuid import uuid4

import msgspec

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.market import Listing
from escrow_tui.engine.roles import Role
from escrow_tui.files import document_from_text
from escrow_tui.policy import PolicyFile, load_policy
from escrow_tui.scenarios.exercise.exercise_run import ExerciseRun, trainee_access
from escrow_tui.scenarios.exercise.setup import placed_in, set_up, trainee_of
from escrow_tui.scenarios.file.order_reader import SELLER
from escrow_tui.scenarios.file.scenario import Scenario
from escrow_tui.scenarios.file.scenario_reader import read_scenario
from escrow_tui.scenarios.invent.cast import Cast, cast
from escrow_tui.scenarios.invent.goods import catalogue
from escrow_tui.scenarios.log import FINISHING, RUNNING, START, Noting
from escrow_tui.scenarios.scenario_library import scenario_path
from escrow_tui.scenarios.session.free_play import ACCESS, FreePlay
from escrow_tui.scenarios.session.run_record import RunRecord, WallClock, no_clock
from escrow_tui.scenarios.session.seat_access import seat_access, seat_title
from escrow_tui.scenarios.session.sitting import Sitting
from escrow_tui.store import Reading, RunRow, Store, Where, open_store
from escrow_tui.store.rows.seat_codes import is_same
from escrow_tui.store.rows.seats import JOINED, SeatKey, SeatRevokedError
from escrow_tui.store.seat_store import SeatStore

FREE_POLICY = "aliexpress"
FREE_TITLE = "Free market"
FREE_START = 1_772_442_000  # Monday 2026-03-02T09:00:00Z
FREE_SELLERS, FREE_LISTINGS = 6, 48
# How many shops share the catalogue of an exercise.
SHOPS = 3


def store_at(where: Where) -> Store:
    """Open a store; a file that does not exist is created.

    Raises:
        StoreProblem: it cannot be used.
    """
    return open_store(where)


def sit(
    store: Store,
    *,
    exercise: str = "",
    run: str = "",
    seat: SeatKey | None = None,
    seed: int = 1,
    created: str = "",
    clock: WallClock = no_clock,
) -> Sitting:
    """Open a seat, resume a run, start an exercise, or make a free market from a seed.

    Raises:
        Faults: there is no such exercise, or its file has faults.
        LookupError: there is no such run, or the key opens no seat.
        SeatRevokedError: the seat was revoked.
    """
    if seat is not None:
        return seated(store, seat)
    if run:
        return resume(store, run, clock)
    if not exercise:
        return open_free_play(store, seed, created=created, clock=clock)
    text = scenario_path(exercise).read_text(encoding="utf-8-sig")
    scenario = _scenario_of(text, exercise)
    return start_run(store, scenario, text, scenario.seed, created, clock)


def open_free_play(
    store: Store,
    seed: int,
    run_id: str = "",
    created: str = "",
    clock: WallClock = no_clock,
    title: str = "",
) -> Sitting:
    """Make a market with shops and a catalogue from a seed, and sit in all of its chairs."""
    policy = load_policy(FREE_POLICY)
    people = cast(seed, buyers=1, sellers=FREE_SELLERS)
    shops = tuple(one for one in people.people if one.role is Role.SELLER)
    goods = catalogue(seed, shops, FREE_LISTINGS)
    named = title or FREE_TITLE
    desk = _market(store, named, FREE_START, policy, people, goods)
    row = _row(desk, run_id, named, seed, created)
    _save(store, row)
    return _free_play(desk, row, clock)


def seated(store: Store, key: SeatKey) -> Sitting:
    """Sit in the seat that a key opens.

    Raises:
        LookupError: it opens none.
        SeatRevokedError: the seat was revoked.
    """
    with store.reading() as reading:
        seat = reading.seat(key.market, key.seat)
        if seat is None or not is_same(seat.key_hash, key.key):
            raise LookupError(
                "The seat that this terminal has kept is not in this store; name the store with"
                " --store, or ask for a code and type: escrow-tui join CODE."
            )
        if seat.state != JOINED:
            raise SeatRevokedError
        row = _run_of(reading, seat.market)
    desk = Desk(SeatStore(store, seat), seat.market, load_policy(FREE_POLICY))
    record, activity = RunRecord(desk.store, row), FreePlay(desk, row.seed)
    return Sitting(desk, record, activity, seat_access(seat), seat_title(row.title, seat))


def _run_of(reading: Reading, market: str) -> RunRow:
    """Return the run that the market was made for: the contents of parcels follow its seed."""
    run = next((one.id for one in reading.runs() if one.market == market), "")
    row = reading.run(run)
    if row is None:
        raise LookupError("The market of this seat is no longer in use; ask for a seat in another.")
    return row


def start_run(
    store: Store,
    scenario: Scenario,
    text: str,
    seed: int,
    created: str,
    clock: WallClock = no_clock,
) -> Sitting:
    """Start an exercise: make its market, take the steps of its setup, and seat the trainee.

    `text` is the scenario's file, which is kept with the run; `created` is the real time as ISO
    text. The run is stored only after its setup has succeeded.

    Raises:
        Faults: a step of the setup does not go as the file says.
    """
    people = _people_of(scenario, seed)
    shops = tuple(one for one in people.people if one.role is Role.SELLER)
    goods = catalogue(seed, shops, scenario.listings)
    title = scenario.head.title
    document = document_from_text(text, f"{scenario.head.id}.toml")
    desk = _market(store, title, scenario.start, scenario.policy, people, goods)
    set_up(desk, scenario, document)
    row = _row(desk, "", title, seed, created)
    chair = scenario.plan.role.value
    row = msgspec.structs.replace(row, scenario=scenario.head.id, chair=chair, content=text)
    _save(store, row)
    sitting = _exercise(desk, row, scenario, clock)
    sitting.activity.settle()
    return sitting


def resume(store: Store, run_id: str, clock: WallClock = no_clock) -> Sitting:
    """Resume a run where it was left or interrupted.

    Raises:
        LookupError: there is no such run.
        Faults: the scenario that is kept with it cannot be read by this version.
    """
    with store.reading() as reading:
        row = reading.run(run_id)
    if row is None:
        raise LookupError(f"There is no run {run_id}; the lobby shows those that are there.")
    if not row.scenario:
        return _free_play(Desk(store, row.market, load_policy(FREE_POLICY)), row, clock)
    return reopened(store, row, _scenario_of(row.content, row.scenario), clock)


def reopened(store: Store, row: RunRow, scenario: Scenario, clock: WallClock = no_clock) -> Sitting:
    """Resume a run of this scenario; first do what was due when it was interrupted."""
    sitting = _exercise(Desk(store, row.market, scenario.policy), row, scenario, clock)
    if row.state == FINISHING:
        sitting.finish()
    elif row.state == RUNNING:
        sitting.activity.settle()
    return sitting


def _free_play(desk: Desk, row: RunRow, clock: WallClock) -> Sitting:
    return Sitting(desk, RunRecord(desk.store, row, clock), FreePlay(desk, row.seed), ACCESS)


def _exercise(desk: Desk, row: RunRow, scenario: Scenario, clock: WallClock) -> Sitting:
    record = RunRecord(desk.store, row, clock)
    return Sitting(desk, record, ExerciseRun(desk, record, scenario), trainee_access(scenario))


def _scenario_of(text: str, name: str) -> Scenario:
    return read_scenario(document_from_text(text, f"{name}.toml"))


def _people_of(scenario: Scenario, seed: int) -> Cast:
    """Return everybody whom the scenario names, and shops for its catalogue."""
    placed, trainee = placed_in(scenario), trainee_of(scenario).person
    buyers = (trainee, *(one.buyer for one in placed))
    sellers = (SELLER, trainee, *(one.seller for one in placed))
    shops = SHOPS if scenario.listings else 1
    return cast(seed, _highest(buyers, Role.BUYER), max(shops, _highest(sellers, Role.SELLER)))


def _highest(people: Iterable[str], role: Role) -> int:
    """Return the highest number among ids such as `buyer-2`."""
    numbers = (one.removeprefix(f"{role}-") for one in people)
    return max((int(one) for one in numbers if one.isdecimal()), default=1)


def _market(
    store: Store,
    title: str,
    start: int,
    policy: PolicyFile,
    people: Cast,
    goods: tuple[Listing, ...],
) -> Desk:
    market = uuid4().hex[:12]
    with store.writing() as writing:
        writing.create_market(market, title, start, writing.put_policy(policy.policy))
        writing.put_people(market, people.people)
        writing.put_private(market, people.privates)
        writing.put_listings(market, goods)
    return Desk(store, market, policy)


def _row(desk: Desk, run_id: str, title: str, seed: int, created: str) -> RunRow:
    return RunRow(
        id=run_id or uuid4().hex[:12],
        scenario="",
        title=title,
        chair="",
        mode="practice",
        seed=seed,
        market=desk.market,
        state=RUNNING,
        created=created,
        finished="",
        score=None,
        ending="",
        content="",
    )


def _save(store: Store, row: RunRow) -> None:
    """Store a run, and the last entry that was there before the person sat down."""
    with store.writing() as writing:
        market = writing.market(row.market)
        assert market is not None
        writing.save_run(row)
        body = msgspec.json.encode(Noting("", market.seq))
        writing.add_log(row.id, START, row.market, row.created, body)
