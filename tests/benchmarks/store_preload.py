"""What every client imports, once for all of them: one that is forked begins at once."""

from escrow_tui.store.sqlite import file_backend
from tests.proofs import hot

__all__ = ["file_backend", "hot"]
