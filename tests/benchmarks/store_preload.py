"""What every client imports, once for all of them, so that a forked client begins at once."""

from escrow_tui.store.sqlite import file_backend
from tests.proofs import hot

__all__ = ["file_backend", "hot"]
