"""What every client imports, once for all of them: one that is forked begins at once."""

from escrow_tui.store import sqlite_backend
from tests.proofs import hot

__all__ = ["hot", "sqlite_backend"]
