"""Holds the rows that no journal tells of against their seals, and policies against their hash."""

from collections.abc import Iterator

from sqlalchemy import Table

from escrow_tui.engine.policy import policy_hash
from escrow_tui.store.care.doctor_columns import mistyped, named
from escrow_tui.store.derived.difference import Difference, Harm, shown
from escrow_tui.store.rows import codec
from escrow_tui.store.rows.link import Link
from escrow_tui.store.rows.pages import rows_of
from escrow_tui.store.rows.seals import seal_of
from escrow_tui.store.schema import LISTING, MARKET, PERSON, POLICY, PRIVATE, RUN, RUN_LOG, SEAT

_BESIDE: tuple[Table, ...] = (MARKET, PERSON, PRIVATE, LISTING, SEAT, RUN, RUN_LOG)


def policy_differences(link: Link) -> Iterator[Difference]:
    """Name the policies whose content is not what their hash says."""
    for row in rows_of(link, POLICY):
        try:
            right = policy_hash(codec.policy_of(row.content))
        except (ValueError, TypeError) as error:
            right = f"cannot be read ({error})"
        if right != row.hash:
            stored, given = shown(row.hash), shown(right)
            yield Difference(
                "", "a policy", "its hash", stored, given, Harm.KEPT, "its content has"
            )


def beside_differences(link: Link) -> Iterator[Difference]:
    """Name the rows beside the journals that are not as they were written."""
    for table in _BESIDE:
        for row in rows_of(link, table):
            market = getattr(row, "market", "")
            place = f"the {table.name.replace('_', ' ')} {named(table, row)}"
            yield from mistyped(table, row, market, place)
            right = seal_of(table, row._asdict())
            if row.seal != right:
                stored = shown(row.seal)
                yield Difference(
                    market, place, "its seal", stored, shown(right), Harm.KEPT, "what it says gives"
                )
