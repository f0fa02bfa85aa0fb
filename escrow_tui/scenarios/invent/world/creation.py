"""Makes a world and writes it into a store, completely or not at all."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from uuid import uuid4

import msgspec

from escrow_tui.engine.commands import PlaceOrder
from escrow_tui.engine.entry import Entry, JournalDigest
from escrow_tui.engine.market import Listing
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import DisputePhase, Phase
from escrow_tui.policy import PolicyFile, load_policy
from escrow_tui.scenarios.invent.cast import Cast
from escrow_tui.scenarios.invent.goods import catalogue
from escrow_tui.scenarios.invent.world.crowd import crowd
from escrow_tui.scenarios.invent.world.leftovers import maker
from escrow_tui.scenarios.invent.world.life import Life
from escrow_tui.scenarios.invent.world.placements import placings
from escrow_tui.scenarios.invent.world.purchases import Shopping
from escrow_tui.scenarios.invent.world.scene import WorldScene
from escrow_tui.scenarios.invent.world.stories import HOUR, SPAN
from escrow_tui.scenarios.log import RUNNING, START, Noting
from escrow_tui.store import Append, Batch, RunRow, Store
from escrow_tui.store.care.removal import remove_market
from escrow_tui.store.progress import OnProgress
from escrow_tui.store.rows.runs import MAKING

MOST_ORDERS = 10_000_000
POLICY = "aliexpress"
PRESENT = 1_772_442_000  # Monday 2026-03-02T09:00:00Z
STARTED = PRESENT - SPAN * HOUR
# At most this many entries are written in one transaction, so that others who use the store do not
# wait long. A large world takes more at once, as its open orders are spread over more pages.
PORTION = 2_000
MOST_PORTION = 40_000
_PART_OF_ORDERS = 25

# How many orders there are for each buyer and for each shop, and how many of these at most.
_PER_BUYER, _MOST_BUYERS = 8, 50_000
_PER_SHOP, _FEWEST_SHOPS, _MOST_SHOPS = 250, 6, 288
_GOODS_PER_SHOP = 8


class WantedWorld(msgspec.Struct, frozen=True):
    """The world that is asked for; `created` is the real time as ISO text."""

    orders: int
    seed: int = 1
    title: str = "A market with {orders:,} orders"
    created: str = ""


class World(msgspec.Struct, frozen=True):
    """A market's policy, people and goods, and the entries of its journal one after the other."""

    policy: PolicyFile
    people: Cast
    goods: tuple[Listing, ...]
    appends: Iterator[Append]


class MadeWorld(msgspec.Struct, frozen=True, kw_only=True):
    """The world that was made: orders and disputes by phase, the journal's length and hash."""

    market: str
    run: str
    title: str
    orders: dict[str, int]
    disputes: dict[str, int]
    entries: int
    journal_sha256: str


class PartLeftError(Exception):
    """A part of an interrupted world is still in the store; nobody sees it."""


def world_of(orders: int, seed: int) -> World:
    """Return the same world for the same number and seed, on any machine and at any time."""
    policy = load_policy(POLICY)
    shops = min(_MOST_SHOPS, max(_FEWEST_SHOPS, orders // _PER_SHOP))
    people = crowd(seed, min(_MOST_BUYERS, max(1, orders // _PER_BUYER)), shops)
    by_role = {role: [one for one in people.people if one.role is role] for role in Role}
    goods = catalogue(seed, by_role[Role.SELLER], shops * _GOODS_PER_SHOP)
    chance = Random(f"{seed}/world")
    scene = WorldScene(chance, {one.id: one for one in people.people})
    life = Life(policy.policy, Shopping(chance, by_role[Role.BUYER], goods), scene, PRESENT)
    return World(policy, people, goods, life.appends(STARTED, placings(chance, orders)))


def make_world(store: Store, wanted: WantedWorld, progress: OnProgress) -> MadeWorld:
    """Make a world in a store; if it fails or is interrupted, nothing of it is left.

    What a killed program leaves is removed by `remove_leftovers`.

    Raises:
        StoreProblem: the store failed.
        PartLeftError: it was interrupted again while its part was being removed.
    """
    world = world_of(wanted.orders, wanted.seed)
    run = _begun(store, wanted, world)
    try:
        entries, digest = _lived(store, run.market, world, wanted.orders, progress)
        return _finished(store, run, entries, digest)
    except BaseException:
        _taken_back(store, run)
        raise


def _taken_back(store: Store, run: RunRow) -> None:
    try:
        remove_market(store, run.market, run.id)
    except KeyboardInterrupt:
        raise PartLeftError(
            "Cut off while it was removed; nobody sees the rest, and the next world removes it."
        ) from None


def _begun(store: Store, wanted: WantedWorld, world: World) -> RunRow:
    """Write everything but the journal, and a run that marks the market as unfinished."""
    run = _run(wanted, uuid4().hex[:12])
    with store.writing(run.market) as writing:
        policy = writing.put_policy(world.policy.policy)
        writing.create_market(run.market, run.title, STARTED, policy)
        writing.put_people(run.market, world.people.people)
        writing.put_private(run.market, world.people.privates)
        writing.put_listings(run.market, world.goods)
        writing.save_run(run)
    return run


def _run(wanted: WantedWorld, market: str) -> RunRow:
    return RunRow(
        id=uuid4().hex[:12],
        scenario="",
        title=wanted.title.format(orders=wanted.orders),
        chair="",
        mode="practice",
        seed=wanted.seed,
        market=market,
        state=MAKING,
        created=wanted.created,
        finished="",
        score=None,
        ending=maker(),
        content="",
    )


def _lived(
    store: Store, market: str, world: World, orders: int, progress: OnProgress
) -> tuple[int, str]:
    """Write the journal portion by portion; return how many entries it has, and its hash."""
    digest, seq, done, now = JournalDigest(), 0, 0, STARTED
    at_once = min(MOST_PORTION, max(PORTION, orders // _PART_OF_ORDERS))
    while portion := list(islice(world.appends, at_once)):
        for append in portion:
            seq += 1
            digest.add(appended_entry(seq, append))
            done += (append.after is not None) + isinstance(append.command, PlaceOrder)
        with store.writing(market) as writing:
            writing.write(Batch(market, now, portion))
        now = portion[-1].at
        # An order counts half when it is placed, and whole once it has its final state.
        progress(done, 2 * orders)
    return seq, digest.hexdigest()


def appended_entry(seq: int, append: Append) -> Entry:
    """Return the entry that an append becomes, without a market."""
    return Entry(
        market="",
        seq=seq,
        stream=append.stream,
        version=append.version + 1,
        at=append.at,
        actor=append.actor,
        command_id=append.command_id,
        command=append.command,
        events=append.events,
    )


def _finished(store: Store, run: RunRow, entries: int, digest: str) -> MadeWorld:
    """Mark the market as finished, so that the lobby lists it, and return what it holds."""
    whole = msgspec.structs.replace(run, state=RUNNING, ending="")
    with store.writing(run.market) as writing:
        writing.save_run(whole)
        body = msgspec.json.encode(Noting("", entries))
        writing.add_log(run.id, START, run.market, run.created, body)
        counted = writing.phase_counts(run.market)
    return MadeWorld(
        market=run.market,
        run=run.id,
        title=run.title,
        orders=_sums((phase, orders) for (phase, _), orders in counted.items()),
        disputes=_sums((phase, orders) for (_, phase), orders in counted.items()),
        entries=entries,
        journal_sha256=digest,
    )


def _sums(counted: Iterable[tuple[Phase | DisputePhase | None, int]]) -> dict[str, int]:
    """Add up orders by phase, in the order of the phases; orders without a phase do not count."""
    sums: Counter[str] = Counter()
    for phase, orders in counted:
        if phase is not None:
            sums[phase.value] += orders
    known = (one.value for phases in (Phase, DisputePhase) for one in phases)
    return {one: sums[one] for one in known if sums[one]}
