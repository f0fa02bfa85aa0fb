"""Checks rows that follow from no journal against their seals, and policies against hashes."""

from collections.abc import Callable, Iterator

from sqlalchemy import Table

from escrow_tui.engine.roles import Role
from escrow_tui.store.care.doctor_columns import mistyped, named
from escrow_tui.store.derived.difference import Harm, StoreDifference, harm_of, stored_text
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.content import ContentProblem, content_hash, word_of
from escrow_tui.store.rows.link import AnyRow, Link
from escrow_tui.store.rows.pages import rows_of
from escrow_tui.store.rows.seals import seal_of
from escrow_tui.store.schema import LISTING, MARKET, PERSON, POLICY, PRIVATE, RUN, RUN_LOG, SEAT

_SHOWN_OF_HASH = 12
_BESIDE: tuple[Table, ...] = (MARKET, PERSON, PRIVATE, LISTING, SEAT, RUN, RUN_LOG)
# Readers of content that the plain columns of a table do not show.
_READ: dict[str, Callable[[AnyRow], object]] = {
    POLICY.name: lambda row: codec.policy_from(row.content),
    LISTING.name: lambda row: codec.listing_from(row.body),
    PERSON.name: lambda row: word_of(Role, row.role),
}


def policy_differences(link: Link) -> Iterator[StoreDifference]:
    """Yield policies whose content does not match their hash, or cannot be read."""
    for row in rows_of(link, POLICY):
        yield from mistyped(POLICY, row, "", "a policy")
        right = content_hash(row.content)
        if right != row.hash:
            stored, given = stored_text(row.hash), stored_text(right)
            yield StoreDifference(
                market="",
                place="a policy",
                what="its hash",
                stored=stored,
                right=given,
                harm=Harm.KEPT,
                source="its content has",
            )
        yield from _unread(POLICY, row, "", f"the policy {row.hash[:_SHOWN_OF_HASH]}")


def beside_differences(link: Link) -> Iterator[StoreDifference]:
    """Yield rows beside the journals that have changed since they were written."""
    for table in _BESIDE:
        for row in rows_of(link, table):
            market = getattr(row, "market", "")
            place = f"the {table.name.replace('_', ' ')} {named(table, row)}"
            yield from mistyped(table, row, market, place)
            right = seal_of(table, row._asdict())
            if row.seal != right:
                stored = stored_text(row.seal)
                yield StoreDifference(
                    market=market,
                    place=place,
                    what="its seal",
                    stored=stored,
                    right=stored_text(right),
                    harm=Harm.KEPT,
                    source="what it says gives",
                )
            yield from _unread(table, row, market, place)


def _unread(table: Table, row: AnyRow, market: str, place: str) -> Iterator[StoreDifference]:
    """Yield a difference if this version cannot read the row."""
    try:
        if read := _READ.get(table.name):
            read(row)
    except ContentProblem as problem:
        yield StoreDifference(
            market=market, place=place, what=f"it {problem.why}", harm=harm_of(problem)
        )
