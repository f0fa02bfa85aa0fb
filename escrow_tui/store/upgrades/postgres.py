"""Brings a database up to date: each step in one transaction, and one program at a time."""

from contextlib import closing

from escrow_tui.store.address import PostgresDatabase
from escrow_tui.store.postgres.connection import Connection, connected, explain_server_errors
from escrow_tui.store.postgres.server_care import schema_of_database
from escrow_tui.store.postgres.server_tables import LOCK
from escrow_tui.store.upgrades.course import Course, Upgraded
from escrow_tui.store.upgrades.steps import Steps


def upgrade_database(where: PostgresDatabase, course: Course) -> Upgraded:
    """Bring a database up to date; one that is stays as it is.

    Raises:
        StoreProblem: it cannot be; every step that was not finished is undone.
    """
    was = schema_of_database(where)
    with closing(connected(where)) as connection, explain_server_errors(where):
        for number in range(was + 1, course.schema + 1):
            _step(connection, number, course)
    return Upgraded(was, max(was, course.schema), None)


def _step(connection: Connection, number: int, course: Course) -> None:
    """Do one step, unless another program has done it while we waited for the lock."""
    steps = Steps(connection.cursor(), "postgresql", course.before)
    with connection.transaction():
        steps.execute(LOCK)
        if steps.execute("SELECT schema FROM escrow_store") == [(number - 1,)]:
            course.upgrades[number](steps)
            steps.execute("UPDATE escrow_store SET schema = %s", (number,))
