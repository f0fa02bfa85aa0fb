"""Taking an act back: the run goes on in a fork of its market that ends before the act."""

from collections.abc import Callable

from msgspec.structs import replace

from escrow_tui.desk.desk import Desk
from escrow_tui.desk.news import order_id_of
from escrow_tui.desk.question import market_row
from escrow_tui.engine.commands import AnyCommand, verb_of
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.roles import Actor
from escrow_tui.scenarios.log import UNDONE
from escrow_tui.scenarios.session.run_record import RunRecord
from escrow_tui.store.rows.seats import REVOKED

# Taking back copies the journal; this many entries take a second or two.
MOST_COPIED = 50_000


def take_back(desk: Desk, record: RunRecord, undoes: Callable[[Actor], bool]) -> str:
    """Take back the last act of certain actors; return a sentence that says which, or why not."""
    if why_not := _why_not(desk):
        return why_not
    last = desk.last_act(undoes, record.floor)
    if last is None:
        return "Nothing to take back yet."
    said = f"Taken back: {_act_words(last.entry)}."
    child = desk.fork(last.upto)
    record.save(replace(record.run, market=child))
    record.note(UNDONE, said)
    return said


def _why_not(desk: Desk) -> str:
    """Say why nothing can be taken back: others sit in the market, or it is too large."""
    with desk.store.reading() as reading:
        seats = reading.seats(desk.market)
        entries = market_row(reading, desk.market).seq
    if entries > MOST_COPIED:
        return (
            f"Nothing can be taken back in a market of {entries:,} entries:"
            f" it would be copied whole, and more than {MOST_COPIED:,} take too long."
        )
    if any(one.state != REVOKED for one in seats):
        return "Nothing can be taken back in a market with seats: others may have acted on it."
    return ""


def _act_words(entry: Entry) -> str:
    if entry.command is None:
        return f"the move of the clock to {date_of(entry.at)}"
    order = order_id_of(entry)
    return f"{verb_words(entry.command)}, order {order}" if order else verb_words(entry.command)


def verb_words(command: AnyCommand) -> str:
    """Return a command's verb in words."""
    return verb_of(command).replace("_", " ")
