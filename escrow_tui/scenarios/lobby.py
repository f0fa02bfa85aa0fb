"""What the lobby reads before anything heavy is loaded: the runs, and why a store cannot be read."""

from escrow_tui.store import RunHead, StoreProblem, glance

__all__ = ["RunHead", "StoreProblem", "glance"]
