"""Reads of runs and their logs."""

from sqlalchemy import bindparam, select

from escrow_tui.store.rows.link_queries import Queries
from escrow_tui.store.rows.runs import MAKING, LogRow, RunHead, RunRow
from escrow_tui.store.schema import RUN, RUN_LOG

_COLUMNS = select(*(RUN.c[name] for name in RunHead.__struct_fields__)).order_by(
    RUN.c.created.desc(), RUN.c.id.desc()
)
_HEADS = _COLUMNS.where(RUN.c.state != MAKING)
_UNFINISHED = _COLUMNS.where(RUN.c.state == MAKING)
_RUN = select(*(RUN.c[name] for name in RunRow.__struct_fields__)).where(
    RUN.c.id == bindparam("run")
)
_LOG = (
    select(*(RUN_LOG.c[name] for name in LogRow.__struct_fields__))
    .where(RUN_LOG.c.run == bindparam("run"))
    .order_by(RUN_LOG.c.number)
)


class RunReads(Queries):
    """Who played what, how it ended, and what they tried on the way."""

    def runs(self) -> tuple[RunHead, ...]:
        """Return every run without its scenario's text, the newest first."""
        return tuple(RunHead(*row) for row in self._link.all(_HEADS, {}))

    def unfinished(self) -> tuple[RunHead, ...]:
        """Return every run whose market is still being created, or was left half made."""
        return tuple(RunHead(*row) for row in self._link.all(_UNFINISHED, {}))

    def run(self, run: str) -> RunRow | None:
        """Return one run with its scenario's text, or None."""
        row = self._link.first(_RUN, {"run": run})
        return None if row is None else RunRow(*row)

    def log(self, run: str) -> tuple[LogRow, ...]:
        """Return the log of a run, in order."""
        return tuple(LogRow(*row) for row in self._link.all(_LOG, {"run": run}))
