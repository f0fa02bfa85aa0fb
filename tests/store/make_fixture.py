"""Makes the fixture of today's schema: `python -m tests.store.make_fixture`.

It is made once, when a schema is released, and never again: it stands for users' stores.
"""

import sys
from pathlib import Path

from escrow_tui.store import open_store
from escrow_tui.store.identity import SCHEMA
from tests.given.filled_store import fill

FIXTURES = Path(__file__).parent / "fixtures"


def fixture_of(schema: int) -> Path:
    """Return the path of a schema's fixture."""
    return FIXTURES / f"schema-{schema}.sqlite"


def main() -> int:
    """Make the file, unless it exists."""
    path = fixture_of(SCHEMA)
    if path.exists():
        print(f"{path} is there already; a released schema does not change", file=sys.stderr)
        return 1
    store = open_store(path)
    fill(store)
    store.close()
    print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
