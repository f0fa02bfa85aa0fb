"""The store: the journals of all markets in one database, and what is derived from them.

The engine, SQLModel and SQLAlchemy are imported only when needed: importing them takes longer than
the first frame.
"""

from typing import TYPE_CHECKING

from escrow_tui.store.address import Address, PostgresDatabase, SqliteFile, Where, address_of
from escrow_tui.store.glance import glance
from escrow_tui.store.problems import Conflict, StoreProblem
from escrow_tui.store.rows.runs import LogRow, RunHead, RunRow

if TYPE_CHECKING:
    from escrow_tui.store.backend import StoreWatcher as StoreWatcher
    from escrow_tui.store.reads.situation import Ask as Ask
    from escrow_tui.store.reads.situation import Situation as Situation
    from escrow_tui.store.reads.situation import account_from_balances as account_from_balances
    from escrow_tui.store.reads.situation import seller_accounts as seller_accounts
    from escrow_tui.store.reads.snapshot import Reading as Reading
    from escrow_tui.store.records import DueKey as DueKey
    from escrow_tui.store.records import ListingKey as ListingKey
    from escrow_tui.store.records import MarketRow as MarketRow
    from escrow_tui.store.records import OrderKey as OrderKey
    from escrow_tui.store.records import StoredLine as StoredLine
    from escrow_tui.store.records import StoredOrder as StoredOrder
    from escrow_tui.store.records import Word as Word
    from escrow_tui.store.records import due_key as due_key
    from escrow_tui.store.records import listing_key as listing_key
    from escrow_tui.store.records import order_key as order_key
    from escrow_tui.store.rows.batch import Append as Append
    from escrow_tui.store.rows.batch import Batch as Batch
    from escrow_tui.store.store import Store as Store
    from escrow_tui.store.writes.write_transaction import Writing as Writing

__all__ = [
    "Address",
    "Conflict",
    "LogRow",
    "PostgresDatabase",
    "RunHead",
    "RunRow",
    "SqliteFile",
    "StoreProblem",
    "Where",
    "address_of",
    "glance",
    "open_store",
]

# Names whose modules need the engine or SQLModel, with those modules.
_LATER = {
    "Reading": "reads.snapshot",
    "Store": "store",
    "StoreWatcher": "backend",
    "Writing": "writes.write_transaction",
    **dict.fromkeys("Append Batch".split(), "rows.batch"),
    **dict.fromkeys(
        "Ask Situation account_from_balances seller_accounts".split(), "reads.situation"
    ),
    **dict.fromkeys(
        "DueKey ListingKey MarketRow OrderKey StoredLine StoredOrder Word due_key"
        " listing_key order_key".split(),
        "records",
    ),
}


def __getattr__(name: str) -> object:
    """Import a name that needs the engine or SQLModel when it is first used."""
    if name not in _LATER:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def open_store(where: Where) -> "Store":
    """Open a store, creating it if it does not exist; a file's folder must exist.

    Raises:
        StoreProblem: the store cannot be used; nothing was changed.
    """
    from escrow_tui.store.store import open_checked

    return open_checked(where)
