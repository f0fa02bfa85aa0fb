"""Replays a market's journal one stream at a time, so that only one order is in memory."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NoReturn

from escrow_tui.engine.consequences import Consequences, consequences_of, lines_without_order
from escrow_tui.engine.entry import Entry, order_stream
from escrow_tui.engine.invariants import order_violations, unbalanced
from escrow_tui.engine.ledger import Lines
from escrow_tui.engine.order import Order
from escrow_tui.engine.policy import Policy
from escrow_tui.store.derived.difference import Harm, StoreDifference, harm_of, stored_text
from escrow_tui.store.derived.fold import stored_order
from escrow_tui.store.records import StoredOrder, phases_of
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.content import ContentProblem
from escrow_tui.store.rows.link import AnyRow, Link
from escrow_tui.store.rows.pages import rows_of
from escrow_tui.store.schema import ENTRY

_ORDERS = order_stream("")

Sums = dict[tuple[str, str], int]
PolicyOf = Callable[[str], Policy]


class Untrue(Exception):  # noqa: N818 - it carries a sentence for the user
    """An entry cannot be true: it cannot be read, cannot follow, or breaks the books."""

    def __init__(self, difference: StoreDifference) -> None:
        super().__init__(str(difference))
        self.difference = difference


class Replay:
    """What follows from a market's journal; the sums are complete after the last order."""

    def __init__(self, link: Link, market: str, policy_of: PolicyOf) -> None:
        self._link = link
        self._market = market
        self._policy_of = policy_of
        self.balances: Sums = {}
        self.counts: Sums = {}
        self.trust: Sums = {}

    def orders(self, tick: Callable[[], None]) -> Iterator[StoredOrder]:
        """Yield every order as its entries leave it, by id; `tick` is called for each entry.

        Raises:
            Untrue: an entry cannot be true.
        """
        rows = rows_of(self._link, ENTRY, self._market, ("stream", "version"))
        for stream, of_stream in groupby(rows, key=lambda row: str(row.stream)):
            numbered = self._numbered(of_stream, tick)
            if stream.startswith(_ORDERS):
                yield self._order(stream.removeprefix(_ORDERS), numbered)
            else:
                for row in numbered:
                    self._of_no_order(row)

    def _numbered(self, rows: Iterable[AnyRow], tick: Callable[[], None]) -> Iterator[AnyRow]:
        for version, row in enumerate(rows, 1):
            tick()
            if row.version != version:
                self._deny(row, f"it is numbered {row.version} in {row.stream}, not {version}")
            yield row

    def _order(self, order_id: str, rows: Iterable[AnyRow]) -> StoredOrder:
        order: Order | None = None
        version = 0
        escrow: Sums = {}
        for row in rows:
            order, version = self._followed(order, order_id, row, escrow), row.version
        assert order is not None, "a stream holds an entry"
        _add(self.counts, phases_of(order), 1)
        return stored_order(order, version, self._policy_of)

    def _followed(self, order: Order | None, order_id: str, row: AnyRow, held: Sums) -> Order:
        entry, lines = self._read(row)
        after = self._stepped(order, order_id, entry, row)
        self._book(row, lines, after.lines)
        for one in after.trust:
            _add(self.trust, (one.person, one.figure.value), one.by)
        for line in lines:
            _add(held, (line.account, line.currency), line.minor)
        bps = self._policy_of(after.order.policy).commission_bps
        for broken in order_violations(order, after.order, held, bps):
            self._deny(row, f"what it leads to breaks rule {broken}")
        return after.order

    def _stepped(
        self, order: Order | None, order_id: str, entry: Entry, row: AnyRow
    ) -> Consequences:
        try:
            after = consequences_of(order, entry.events, order_id, entry.at)
            self._policy_of(after.order.policy)
        except Exception as error:
            self._deny(row, f"it cannot follow what stands before it ({type(error).__name__})")
        return after

    def _of_no_order(self, row: AnyRow) -> None:
        entry, lines = self._read(row)
        self._book(row, lines, lines_without_order(entry))

    def _read(self, row: AnyRow) -> tuple[Entry, Lines]:
        try:
            return codec.entry_and_lines_from(row)
        except ContentProblem as problem:
            self._deny(row, f"it {problem.why}", harm_of(problem))

    def _book(self, row: AnyRow, stored: Lines, right: Lines) -> None:
        for broken in unbalanced(stored):
            self._deny(row, f"it breaks rule {broken}")
        if stored != right:
            self._deny(row, f"it moved {_told(stored)}, but its events move {_told(right)}")
        for line in stored:
            _add(self.balances, (line.account, line.currency), line.minor)

    def _deny(self, row: AnyRow, why: str, harm: Harm = Harm.KEPT) -> NoReturn:
        raise Untrue(
            StoreDifference(market=self._market, place=f"entry {row.seq}", what=why, harm=harm)
        )


def _add(sums: Sums, key: tuple[str, str], by: int) -> None:
    sums[key] = sums.get(key, 0) + by


def _told(lines: Lines) -> str:
    return stored_text(
        ", ".join(f"{line.account} {line.minor:+} {line.currency}" for line in lines)
    )
