"""What every chapter of the store's reading stands on: a connection in a transaction."""

from collections.abc import Mapping

from sqlalchemy import Connection
from sqlalchemy.sql.base import Executable

from escrow_tui.engine.policy import Policy
from escrow_tui.store.codec import AnyRow


class Rows:
    """Asks statements that were built once; `policies` outlives the transaction.

    A policy is named by the hash of its content, so one that was read once stays right.
    """

    def __init__(self, connection: Connection, policies: dict[str, Policy]) -> None:
        self._connection = connection
        self._policies = policies

    def _all(self, statement: Executable, params: Mapping[str, object]) -> list[AnyRow]:
        return list(self._connection.execute(statement, params).all())

    def _first(self, statement: Executable, params: Mapping[str, object]) -> AnyRow | None:
        return self._connection.execute(statement, params).first()
