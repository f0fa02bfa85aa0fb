"""The store: the journal of every market in one SQLite file, and what is derived from it.

Nothing here imports SQLModel or SQLAlchemy until a store is opened: they cost more than the
first frame.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from escrow_tui.store.glance import glance
from escrow_tui.store.problems import Conflict, StoreProblem
from escrow_tui.store.values import (
    ListingKey,
    LogRow,
    MarketRow,
    OrderKey,
    RunHead,
    RunRow,
    StoredLine,
    StoredOrder,
    after,
    after_listing,
)

if TYPE_CHECKING:
    from escrow_tui.store.reading import Reading as Reading
    from escrow_tui.store.store import Store as Store
    from escrow_tui.store.writing import Writing as Writing

__all__ = [
    "Conflict",
    "ListingKey",
    "LogRow",
    "MarketRow",
    "OrderKey",
    "RunHead",
    "RunRow",
    "StoreProblem",
    "StoredLine",
    "StoredOrder",
    "after",
    "after_listing",
    "glance",
    "open_store",
]


_HEAVY = {"Reading": "reading", "Store": "store", "Writing": "writing"}


def __getattr__(name: str) -> object:
    """Import a class with SQLModel behind it when it is first asked for."""
    if name not in _HEAVY:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HEAVY[name]}"), name)


def open_store(path: Path) -> "Store":
    """Open the store in this file, made if it is not there; its folder must be.

    Raises:
        StoreProblem: the file cannot be used; it is as it was.
    """
    from escrow_tui.store.store import open_checked

    return open_checked(path)
