"""From each schema to the next: a module each, which knows both and never changes again."""

from collections.abc import Callable

from escrow_tui.store.upgrades import upgrade_2
from escrow_tui.store.upgrades.steps import Steps

Upgrade = Callable[[Steps], None]

# By the number of the schema that each leads to.
UPGRADES: dict[int, Upgrade] = {2: upgrade_2.upgrade}
