"""The function on the server that writes a batch: guarded, numbered, linked, and told of.

It says what has changed instead of raising it: a conflict is no error, and would fill the server's
log.

What is looked up for each row of the batch is a subquery of one value: a join is planned for a
hundred rows, and would read the market's whole journal for one.
"""

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table

from escrow_tui.store.tables import BALANCE, COUNT, ORDER, TRUST

CHANNEL = "escrow_tui"
NO_MARKET = "market"
# Ours: what cannot be so is found when a part is written, and the server undoes it.
OVERTAKEN = "ES001"

_FUNCTION = """
CREATE FUNCTION escrow_write(asked jsonb)
RETURNS TABLE (trouble text, account text, currency text, minor bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    of_market CONSTANT text := asked->>'market';
    held market%ROWTYPE;
    changed text;
    one record;
BEGIN
    -- Whoever comes second waits here, and then sees all that the first has written.
    SELECT * INTO held FROM market WHERE id = of_market FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN QUERY SELECT '{no_market}', NULL, NULL, NULL::bigint;
        RETURN;
    END IF;
    changed := CASE
        WHEN held.now <> (asked->>'now')::bigint THEN 'the clock has moved'
        WHEN asked->>'seat' <> '' AND NOT EXISTS (
            SELECT FROM seat
            WHERE seat.market = of_market AND seat.id = asked->>'seat' AND seat.state = 'joined'
        ) THEN 'the seat is no longer taken'
        WHEN EXISTS (
            SELECT FROM jsonb_to_recordset(asked->'expected')
                AS read (account text, currency text, minor bigint)
            WHERE read.minor <> coalesce((
                SELECT balance.minor FROM balance WHERE balance.market = of_market
                    AND balance.account = read.account AND balance.currency = read.currency
            ), 0)
        ) THEN 'a balance has changed'
        WHEN EXISTS (
            SELECT FROM jsonb_to_recordset(asked->'entries') AS new (at bigint)
            WHERE new.at < held.now
        ) THEN 'the clock has passed it'
        WHEN EXISTS (
            SELECT FROM jsonb_to_recordset(asked->'entries') AS new (stream text, version bigint)
            WHERE (SELECT true FROM entry WHERE entry.market = of_market
                AND entry.stream = new.stream AND entry.version = new.version)
        ) THEN 'its stream has moved on'
        WHEN EXISTS (
            SELECT FROM jsonb_to_recordset(asked->'entries') AS new (command_id text)
            WHERE (SELECT true FROM entry
                WHERE entry.market = of_market AND entry.command_id = new.command_id)
        ) THEN 'the id of the command is used'
    END;
    IF changed IS NOT NULL THEN
        RETURN QUERY SELECT changed, NULL, NULL, NULL::bigint;
        RETURN;
    END IF;

    FOR one IN SELECT * FROM jsonb_to_recordset(asked->'entries') AS new (
        stream text, version bigint, at bigint, role text, person text, command_id text,
        body text, digest text
    ) LOOP
        IF one.at < held.now THEN
            RAISE EXCEPTION 'a batch goes back in time' USING ERRCODE = '{overtaken}';
        END IF;
        held.seq := held.seq + 1;
        held.now := one.at;
        held.head := sha256(held.head || int8send(held.seq) || decode(one.digest, 'base64'));
        INSERT INTO entry (market, seq, stream, version, at, role, person, command_id, body, hash)
        VALUES (of_market, held.seq, one.stream, one.version, one.at, one.role, one.person,
                one.command_id, decode(one.body, 'base64'), held.head);
    END LOOP;
    UPDATE market SET seq = held.seq, now = held.now, head = held.head WHERE id = of_market;
{sums}
    IF asked->'counts' <> '[]' THEN
        DELETE FROM phase_count WHERE market = of_market AND orders = 0;
    END IF;
    IF asked->'orders' <> '[]' THEN
        {orders};
    END IF;

    PERFORM pg_notify('{channel}', of_market);
    RETURN QUERY SELECT NULL, moved.account, moved.currency, (
            SELECT balance.minor FROM balance WHERE balance.market = of_market
                AND balance.account = moved.account AND balance.currency = moved.currency)
        FROM jsonb_to_recordset(asked->'balances') AS moved (account text, currency text);
END $$
"""


def function() -> str:
    """Return the statement that makes the function."""
    sums = "\n".join(
        f"    IF asked->'{part}' <> '[]' THEN\n        {_put(table, part, adds=True)};\n    END IF;"
        for part, table in (("balances", BALANCE), ("counts", COUNT), ("trust", TRUST))
    )
    orders = _put(ORDER, "orders", adds=False)
    return (
        _FUNCTION.replace("{sums}", sums)
        .replace("{orders}", orders)
        .replace("{no_market}", NO_MARKET)
        .replace("{overtaken}", OVERTAKEN)
        .replace("{channel}", CHANNEL)
    )


def _put(table: Table, part: str, adds: bool) -> str:
    """Return what writes a part of the batch: rows put in place of others, or added to them."""
    columns = [column for column in table.columns if column.name != "market"]
    names = ", ".join(f'"{column.name}"' for column in columns)
    typed = ", ".join(f'"{column.name}" {_type(column)}' for column in columns)
    values = ", ".join(_value(column) for column in columns)
    key = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    before = 'stands."{0}" + ' if adds else ""
    become = ", ".join(
        f'"{one.name}" = {before.format(one.name)}excluded."{one.name}"'
        for one in columns
        if not one.primary_key
    )
    return (
        f'INSERT INTO "{table.name}" AS stands (market, {names}) SELECT of_market, {values}'
        f" FROM jsonb_to_recordset(asked->'{part}') AS given ({typed})"
        f" ON CONFLICT ({key}) DO UPDATE SET {become}"
    )


def _type(column: Column[object]) -> str:
    if isinstance(column.type, Boolean):
        return "boolean"
    return "bigint" if isinstance(column.type, Integer) else "text"


def _value(column: Column[object]) -> str:
    name = f'given."{column.name}"'
    return f"decode({name}, 'base64')" if isinstance(column.type, LargeBinary) else name
