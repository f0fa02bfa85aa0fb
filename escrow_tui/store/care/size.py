"""The size of a store's content in bytes."""

from typing import TYPE_CHECKING

from escrow_tui.store.address import PostgresDatabase, Where

if TYPE_CHECKING:
    from escrow_tui.store.store import Store

_OF_DATABASE = "SELECT pg_database_size(current_database())"
# Removed rows leave free pages in the file, which are reused, so they are not counted.
_OF_FILE = """
SELECT (pages.page_count - free.freelist_count) * size.page_size
FROM pragma_page_count() AS pages, pragma_freelist_count() AS free, pragma_page_size() AS size
"""


def bytes_of(store: "Store", where: Where) -> int:
    """Return the size of a store in bytes; of a file, without its free pages.

    Raises:
        StoreProblem: the store failed.
    """
    asked = _OF_DATABASE if isinstance(where, PostgresDatabase) else _OF_FILE
    with store.backend.reading() as link:
        return int(link.plain(asked))
