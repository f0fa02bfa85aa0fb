"""Brings a store up to date: a backup first, then each step in one transaction of its own."""

import sqlite3
from contextlib import closing
from pathlib import Path

from escrow_tui.store.address import Address, PostgresDatabase
from escrow_tui.store.care.backup import back_up_file
from escrow_tui.store.care.new_file import beside
from escrow_tui.store.problems import StoreProblem
from escrow_tui.store.sqlite.connections import BUSY_MS
from escrow_tui.store.sqlite.file_care import explain_file_errors, schema_of_file
from escrow_tui.store.sqlite.turn_lock import Turns
from escrow_tui.store.upgrades.course import Course, Upgraded
from escrow_tui.store.upgrades.steps import Steps


def upgrade(where: Address, course: Course | None = None) -> Upgraded:
    """Bring a store up to date; one that is stays as it is. A file is copied before.

    Raises:
        StoreProblem: it cannot be; every step that was not finished is undone.
    """
    if isinstance(where, PostgresDatabase):
        from escrow_tui.store.upgrades.postgres import upgrade_database

        return upgrade_database(where, course or Course())
    return _upgrade_file(where.path, course or Course())


def _upgrade_file(path: Path, course: Course) -> Upgraded:
    was = schema_of_file(path)
    if was >= course.schema:
        return Upgraded(was, was, None)
    turns = Turns(path)
    with explain_file_errors(path), closing(turns), turns:
        backup = back_up_file(path, beside(path, f"schema-{was}"))
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for pragma in (f"busy_timeout = {BUSY_MS}", "synchronous = FULL", "foreign_keys = OFF"):
                connection.execute(f"PRAGMA {pragma}")
            for number in range(was + 1, course.schema + 1):
                _step(connection, number, course)
    return Upgraded(was, course.schema, backup)


def _step(connection: sqlite3.Connection, number: int, course: Course) -> None:
    """Do one step, unless another process has done it; begun and not finished, it is undone."""
    steps = Steps(connection.cursor(), "sqlite", course.before)
    steps.execute("BEGIN IMMEDIATE")
    try:
        if steps.execute("PRAGMA user_version") == [(number - 1,)]:
            course.upgrades[number](steps)
            _check(steps)
            steps.execute(f"PRAGMA user_version = {number}")
        steps.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise


def _check(steps: Steps) -> None:
    """See that every row still refers to one that is there: nothing is enforced meanwhile."""
    broken = steps.execute("PRAGMA foreign_key_check")
    if broken:
        raise StoreProblem(
            f"The store cannot be upgraded: a row of {broken[0][0]} refers to one that is not"
            " there. It is as it was; restore a backup."
        )
