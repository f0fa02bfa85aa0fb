"""One transaction that writes: all of it is there at its end, or nothing."""

from collections.abc import Iterable

from msgspec.structs import asdict
from sqlalchemy import Table, bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as put

from escrow_tui.engine.market import Listing, Person, Private
from escrow_tui.engine.policy import Policy, policy_hash
from escrow_tui.store import codec
from escrow_tui.store.forks import Forks
from escrow_tui.store.runs import LogRow, RunRow
from escrow_tui.store.tables import LISTING, MARKET, PERSON, POLICY, PRIVATE, RUN, RUN_LOG
from escrow_tui.store.values import MarketRow

_run = put(RUN)
_SAVE_RUN = _run.on_conflict_do_update(
    index_elements=RUN.primary_key.columns,
    set_={column.name: column for column in _run.excluded if column.name != "id"},
)
_PUT_POLICY = put(POLICY).on_conflict_do_nothing()
_LAST = select(func.max(RUN_LOG.c.number)).where(RUN_LOG.c.run == bindparam("run"))


class Writing(Forks):
    """Everything that can be read and written, in one transaction that holds the write lock."""

    def create_market(self, market: str, title: str, started: int, policy_hash: str) -> MarketRow:
        """Make a market whose clock begins at `started` (Unix seconds), under a policy put here."""
        row = MarketRow(market, title, started, started, 0, policy_hash, "", 0)
        self._connection.execute(insert(MARKET), asdict(row))
        return row

    def put_policy(self, policy: Policy) -> str:
        """Keep a policy, and return the hash by which orders name it."""
        key = policy_hash(policy)
        row = {"hash": key, "content": codec.policy_content(policy)}
        self._connection.execute(_PUT_POLICY, row)
        return key

    def put_people(self, market: str, people: Iterable[Person]) -> None:
        """Put people into a market, as everybody may see them."""
        self._put(PERSON, [codec.person_row(market, person) for person in people])

    def put_private(self, market: str, privates: Iterable[Private]) -> None:
        """Put down what only each person himself may see."""
        self._put(PRIVATE, [codec.private_row(market, private) for private in privates])

    def put_listings(self, market: str, listings: Iterable[Listing]) -> None:
        """Put articles into the catalogue."""
        self._put(LISTING, [codec.listing_row(market, listing) for listing in listings])

    def save_run(self, run: RunRow) -> None:
        """Write a run, new or again."""
        self._connection.execute(_SAVE_RUN, asdict(run))

    def add_log(self, run: str, kind: str, market: str, at: str, body: bytes = b"{}") -> LogRow:
        """Add to a run's log; `at` is the real-world ISO time, `body` JSON."""
        last = self._first(_LAST, {"run": run})
        row = LogRow(run, int(last[0] or 0) + 1 if last else 1, market, at, kind, body)
        self._connection.execute(insert(RUN_LOG), asdict(row))
        return row

    def _put(self, table: Table, rows: list[codec.Params]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)
