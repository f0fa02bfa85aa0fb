"""One write transaction: at its end all of it is stored, or nothing."""

from collections.abc import Iterable

from msgspec.structs import asdict
from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as put

from escrow_tui.engine.entry import CLOCK_STREAM
from escrow_tui.engine.events import ClockAdvanced
from escrow_tui.engine.invariants import Balances
from escrow_tui.engine.market import Listing, Person, Private
from escrow_tui.engine.policy import Policy, policy_content, policy_hash
from escrow_tui.engine.roles import Actor
from escrow_tui.store.backend import Backend
from escrow_tui.store.records import MarketRow
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.batch import Append, Batch
from escrow_tui.store.rows.chain import ROOT
from escrow_tui.store.rows.link import Link, Params
from escrow_tui.store.rows.runs import LogRow, RunRow
from escrow_tui.store.rows.seals import sealed
from escrow_tui.store.schema import LISTING, MARKET, PERSON, POLICY, PRIVATE, RUN, RUN_LOG
from escrow_tui.store.writes.forks import Forks
from escrow_tui.store.writes.seat_writes import SeatWrites

# PostgreSQL's "on conflict" statements also compile for SQLite, but not the other way round.
_run = put(RUN)
_SAVE_RUN = _run.on_conflict_do_update(
    index_elements=RUN.primary_key.columns,
    set_={column.name: column for column in _run.excluded if column.name != "id"},
)
_PUT_POLICY = put(POLICY).on_conflict_do_nothing()
_INSERT = {table.name: insert(table) for table in (MARKET, PERSON, PRIVATE, LISTING, RUN_LOG)}
_TOUCH = update(MARKET).values(title=MARKET.c.title).where(MARKET.c.id == bindparam("touched"))
_LAST = select(func.max(RUN_LOG.c.number)).where(RUN_LOG.c.run == bindparam("run"))


class Writing(Forks, SeatWrites):
    """All reads and writes, in one transaction that holds its market."""

    def __init__(self, link: Link, backend: Backend) -> None:
        super().__init__(link, backend.policies)
        self._backend = backend

    def write(self, batch: Batch) -> Balances:
        """Write entries and all that follows from them; return the balances that they touched.

        Raises:
            Conflict: what the batch was decided on has changed, it goes back in time, or a command
                id is taken; the transaction must be rolled back.
            LookupError: there is no such market.
        """
        return self._backend.write(self._link, batch)

    def advance_clock(self, market: str, to: int, actor: Actor, command_id: str = "") -> Balances:
        """Move the market's clock to `to` (Unix seconds); what is due by then is already written.

        Raises:
            Conflict: the clock has passed `to`, or the command id is taken.
            LookupError: there is no such market.
        """
        held = self.market(market)
        if held is None:
            raise LookupError(f"there is no market {market}")
        version, events = self.version(market, CLOCK_STREAM), (ClockAdvanced(to),)
        move = Append(
            stream=CLOCK_STREAM,
            version=version,
            at=to,
            actor=actor,
            events=events,
            command_id=command_id,
        )
        return self.write(Batch(market, held.now, [move]))

    def create_market(self, market: str, title: str, started: int, policy_hash: str) -> MarketRow:
        """Create a market whose clock starts at `started` (Unix seconds), under a stored policy."""
        row = MarketRow(market, title, started, started, 0, ROOT, policy_hash, "", 0)
        self._link.run(_INSERT[MARKET.name], sealed(MARKET, asdict(row)))
        return row

    def touch(self, market: str) -> None:
        """Rewrite a market's row unchanged, which needs the disk as much as a real change does."""
        self._link.run(_TOUCH, {"touched": market})

    def put_policy(self, policy: Policy) -> str:
        """Store a policy, and return the hash by which orders name it."""
        key = policy_hash(policy)
        row = {"hash": key, "content": policy_content(policy)}
        self._link.run(_PUT_POLICY, row)
        return key

    def put_people(self, market: str, people: Iterable[Person]) -> None:
        """Add people to a market, as everybody may see them."""
        self._put(PERSON, [codec.person_row(market, person) for person in people])

    def put_private(self, market: str, privates: Iterable[Private]) -> None:
        """Add the fields that only each person may see."""
        self._put(PRIVATE, [codec.private_row(market, private) for private in privates])

    def put_listings(self, market: str, listings: Iterable[Listing]) -> None:
        """Add articles to the catalogue."""
        self._put(LISTING, [codec.listing_row(market, listing) for listing in listings])

    def save_run(self, run: RunRow) -> None:
        """Write a run, new or changed."""
        self._link.run(_SAVE_RUN, sealed(RUN, asdict(run)))

    def add_log(self, run: str, kind: str, market: str, at: str, body: bytes = b"{}") -> LogRow:
        """Append to a run's log; `at` is the real-world ISO time, `body` is JSON."""
        last = self._link.first(_LAST, {"run": run})
        row = LogRow(run, int(last[0] or 0) + 1 if last else 1, market, at, kind, body)
        self._link.run(_INSERT[RUN_LOG.name], sealed(RUN_LOG, asdict(row)))
        return row

    def _put(self, table: Table, rows: list[Params]) -> None:
        self._link.many(_INSERT[table.name], rows)
