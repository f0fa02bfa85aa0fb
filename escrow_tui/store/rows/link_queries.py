"""The base of the store's reads and writes: a link within a transaction."""

from escrow_tui.engine.policy import Policy
from escrow_tui.store.rows.link import Link


class Queries:
    """Runs statements on a link; `policies` caches policies by hash, beyond the transaction.

    A hash always names the same policy, so the cache is never out of date.
    """

    def __init__(self, link: Link, policies: dict[str, Policy]) -> None:
        self._link = link
        self._policies = policies
