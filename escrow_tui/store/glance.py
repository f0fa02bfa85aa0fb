"""The runs that the lobby shows in its first frame, read with only the database's driver."""

from contextlib import closing
from pathlib import Path

from escrow_tui.store.address import PostgresDatabase, SqliteFile, Where
from escrow_tui.store.postgres.server_problems import need_driver
from escrow_tui.store.problems import SQLITE_ERRORS, StoreProblem, sentence_of
from escrow_tui.store.rows.runs import MAKING, RunHead
from escrow_tui.store.sqlite.file_probe import check_file_identity, read_only, unreachable

_RUNS = (
    f"SELECT {', '.join(RunHead.__struct_fields__)} FROM run WHERE state <> '{MAKING}'"
    " ORDER BY created DESC, id DESC"
)


def glance(where: Where) -> tuple[RunHead, ...]:
    """Return every run, the newest first; none if there is no store yet.

    Raises:
        StoreProblem: it is no store that this version can read.
    """
    if isinstance(where, PostgresDatabase):
        need_driver()
        from escrow_tui.store.postgres.server_glance import glance_rows

        return tuple(RunHead(*row) for row in glance_rows(where, _RUNS))
    return _of_file(where.path if isinstance(where, SqliteFile) else where)


def _of_file(path: Path) -> tuple[RunHead, ...]:
    try:
        if not path.is_file() or not path.stat().st_size:
            return ()
        with closing(read_only(path)) as connection:
            if not check_file_identity(connection, path):
                return ()
            return tuple(RunHead(*row) for row in connection.execute(_RUNS))
    except SQLITE_ERRORS as error:
        raise StoreProblem(sentence_of(error)) from error
    except OSError as error:
        raise unreachable(path, error) from error
