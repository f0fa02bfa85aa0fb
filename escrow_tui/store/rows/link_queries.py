"""What every chapter of the store's reading stands on: a link in a transaction."""

from escrow_tui.engine.policy import Policy
from escrow_tui.store.rows.link import Link


class Queries:
    """Asks statements that were built once; `policies` outlives the transaction.

    A policy is named by the hash of its content, so one that was read once stays right.
    """

    def __init__(self, link: Link, policies: dict[str, Policy]) -> None:
        self._link = link
        self._policies = policies
