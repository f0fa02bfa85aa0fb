"""The function on the server that checks, numbers, chains and writes a batch, and notifies others.

It returns a conflict instead of raising it: a conflict is no error, and would fill the server's
log. While it runs nobody else writes in the market, so it checks each thing once, and nothing that
a unique key checks by itself.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table

from escrow_tui.store.rows.codec import MOVED
from escrow_tui.store.schema import BALANCE, COUNT, ORDER, TRUST

CHANNEL = "escrow_tui"
# Held by a writer in a market until its transaction ends.
LOCK = "pg_advisory_xact_lock(hashtextextended({}, 0))"
NO_MARKET = "market"
# Our own SQLSTATE: a fault was found after part of the batch was written; the server undoes it.
OVERTAKEN = "ES001"

_DROP_EMPTY_COUNTS = "DELETE FROM phase_count WHERE market = of_market AND orders = 0"
_FUNCTION = """
CREATE FUNCTION escrow_write(asked jsonb)
RETURNS TABLE (trouble text, account text, currency text, minor bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    of_market CONSTANT text := asked->>'market';
    held record;
    one record;
    given record;
    wrote boolean := false;
BEGIN
    -- Whoever comes second waits here, and then sees all that the first has written. Waiting for
    -- the market's row instead, each is woken twice: a sixth fewer commands a second.
    PERFORM {lock};
    SELECT seq, now, head INTO held FROM market WHERE id = of_market;
    IF NOT FOUND THEN
        RETURN QUERY SELECT '{no_market}', NULL, NULL, NULL::bigint;
        RETURN;
    END IF;
    IF held.now <> (asked->>'now')::bigint THEN
        RETURN QUERY SELECT 'the clock has moved', NULL, NULL, NULL::bigint;
        RETURN;
    END IF;
    IF asked->>'seat' <> '' AND NOT EXISTS (
        SELECT FROM seat
        WHERE seat.market = of_market AND seat.id = asked->>'seat' AND seat.state = 'joined'
    ) THEN
        RETURN QUERY SELECT 'the seat is no longer taken', NULL, NULL, NULL::bigint;
        RETURN;
    END IF;
    -- Each is looked up by itself: a join is planned for a hundred rows, and reads every order of a
    -- market for one. So are the orders that moved.
    IF asked->'expected' <> '[]' AND EXISTS (
        SELECT FROM jsonb_to_recordset(asked->'expected')
            AS read (account text, currency text, minor bigint)
        WHERE read.minor <> coalesce((
            SELECT balance.minor FROM balance WHERE balance.market = of_market
                AND balance.account = read.account AND balance.currency = read.currency
        ), 0)
    ) THEN
        RETURN QUERY SELECT 'a balance has changed', NULL, NULL, NULL::bigint;
        RETURN;
    END IF;

    FOR one IN SELECT * FROM jsonb_to_recordset(asked->'entries') AS new (
        stream text, version bigint, at bigint, role text, person text, command_id text,
        body text, digest text
    ) LOOP
        IF one.at < held.now AND NOT wrote THEN
            RETURN QUERY SELECT 'the clock has passed it', NULL, NULL, NULL::bigint;
            RETURN;
        END IF;
        held.seq := held.seq + 1;
        held.head := sha256(held.head || int8send(held.seq) || decode(one.digest, 'base64'));
        INSERT INTO entry (market, seq, stream, version, at, role, person, command_id, body, hash)
        VALUES (of_market, held.seq, one.stream, one.version, one.at, one.role, one.person,
                one.command_id, decode(one.body, 'base64'), held.head)
        ON CONFLICT DO NOTHING;
        IF NOT FOUND AND NOT wrote THEN
            RETURN QUERY SELECT 'its stream has moved on, or the id of the command is used',
                NULL, NULL, NULL::bigint;
            RETURN;
        END IF;
        IF NOT FOUND OR one.at < held.now THEN
            RAISE EXCEPTION 'a batch goes back' USING ERRCODE = '{overtaken}';
        END IF;
        held.now := one.at;
        wrote := true;
    END LOOP;
    UPDATE market SET seq = held.seq, now = held.now, head = held.head WHERE id = of_market;
{rest}
    PERFORM pg_notify('{channel}', of_market);
END $$
"""


def function() -> str:
    """Return the statement that creates the function."""
    returned = "NULL, stands.account::text, stands.currency::text, stands.minor"
    rest = (
        ("moved", _moved()),
        ("orders", _put(ORDER, "orders")),
        ("counts", f"{_add(COUNT, 'counts')};\n        {_DROP_EMPTY_COUNTS}"),
        ("trust", _add(TRUST, "trust")),
        ("balances", f"RETURN QUERY {_add(BALANCE, 'balances')} RETURNING {returned}"),
    )
    told = (f"    IF asked->'{part}' <> '[]' THEN\n        {do};\n    END IF;" for part, do in rest)
    return (
        _FUNCTION.replace("{rest}", "\n".join(told))
        .replace("{no_market}", NO_MARKET)
        .replace("{overtaken}", OVERTAKEN)
        .replace("{channel}", CHANNEL)
        .replace("{lock}", LOCK.format("of_market"))
    )


def _put(table: Table, part: str) -> str:
    """Return the SQL that inserts new rows."""
    columns = [column for column in table.columns if column.name != "market"]
    names = ", ".join(f'"{column.name}"' for column in columns)
    values = ", ".join(_value(column) for column in columns)
    return (
        f'INSERT INTO "{table.name}" AS stands (market, {names}) SELECT of_market, {values}'
        f" FROM {_given(part, columns)}"
    )


def _add(table: Table, part: str) -> str:
    """Return the SQL that adds to stored sums, or inserts them."""
    key = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    (sum_,) = (f'"{one.name}"' for one in table.columns if not one.primary_key)
    become = f"{sum_} = stands.{sum_} + excluded.{sum_}"
    return f"{_put(table, part)} ON CONFLICT ({key}) DO UPDATE SET {become}"


def _moved() -> str:
    """Return the SQL that updates the columns of orders that entries change."""
    columns = [ORDER.c[name] for name in MOVED]
    become = ", ".join(f'"{column.name}" = {_value(column)}' for column in columns)
    return (
        f"FOR given IN SELECT * FROM {_given('moved', [ORDER.c.id, *columns])} LOOP"
        f' UPDATE "{ORDER.name}" AS stands SET {become}'
        " WHERE stands.market = of_market AND stands.id = given.id; END LOOP"
    )


def _given(part: str, columns: Sequence[Column[Any]]) -> str:
    typed = ", ".join(f'"{column.name}" {_type(column)}' for column in columns)
    return f"jsonb_to_recordset(asked->'{part}') AS given ({typed})"


def _type(column: Column[object]) -> str:
    if isinstance(column.type, Boolean):
        return "boolean"
    return "bigint" if isinstance(column.type, Integer) else "text"


def _value(column: Column[object]) -> str:
    name = f'given."{column.name}"'
    return f"decode({name}, 'base64')" if isinstance(column.type, LargeBinary) else name
