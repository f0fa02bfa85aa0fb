"""Reads what the trainee does not see: evidence, parcels, goals, endings, the reference's money."""

from enum import StrEnum

from escrow_tui.coach.plan import PlannedExhibit
from escrow_tui.coach.predicates import ANY_ORDER
from escrow_tui.coach.values import Ending, Goal, MoneyByParty
from escrow_tui.engine.terms import EvidenceKind, Party
from escrow_tui.files import Reader
from escrow_tui.pictures import parse_picture
from escrow_tui.scenarios.file.arguments import unknown_name
from escrow_tui.scenarios.file.predicate_readers import (
    Known,
    event_name,
    read_predicates,
    signed_amount,
)
from escrow_tui.scenarios.file.scenario import Found
from escrow_tui.scenarios.file.scenario_fields import needed_text, unique_name

PARTIES = ("buyer", "seller", "platform")
FEWEST_ENDINGS = 3


class Owner(StrEnum):
    """The parties that hand in evidence."""

    BUYER = "buyer"
    SELLER = "seller"


class Worth(StrEnum):
    """What a piece of evidence is worth."""

    STRONG = "strong"
    WEAK = "weak"
    MISLEADING = "misleading"


def read_evidence(tables: tuple[Reader, ...]) -> tuple[PlannedExhibit, ...]:
    """Read the pieces of evidence that the parties can hand in."""
    return tuple(_evidence(table) for table in tables)


def _evidence(table: Reader) -> PlannedExhibit:
    table.only("owner", "kind", "shows", "picture", "worth", "proves", "available")
    return PlannedExhibit(
        owner=Party(table.need("owner", Owner, Owner.BUYER)),
        kind=table.need("kind", EvidenceKind, EvidenceKind.PHOTO),
        shows=needed_text(table, "shows"),
        picture=_picture(table, "picture") if "picture" in table.values else "",
        worth=table.need("worth", Worth, Worth.WEAK).value,
        proves=needed_text(table, "proves"),
        available=event_name(table, "available"),
    )


def _picture(table: Reader, key: str) -> str:
    spec = table.take(key, str, "")
    try:
        if isinstance(table.values[key], str):
            parse_picture(spec)
    except ValueError as error:
        table.report(key, str(error))
    return spec


def read_found(table: Reader, known: Known) -> tuple[Found, ...]:
    """Read what is in the parcels: a picture for each order, `*` for any other."""
    orders = (*known.orders, ANY_ORDER)
    for order in table.values:
        if order not in orders:
            table.report(order, unknown_name(order, "order", orders), at="key")
    return tuple(Found(order, _picture(table, order)) for order in table.values)


def read_goals(reader: Reader, known: Known) -> tuple[Goal, ...]:
    """Read the goals: at least one, each with at least one predicate."""
    tables, taken = reader.tables("goal"), set[str]()
    if not tables:
        reader.report((), "an exercise needs a goal; write [[goal]]")
    return tuple(_goal(table, taken, known) for table in tables)


def _goal(table: Reader, taken: set[str], known: Known) -> Goal:
    table.only("id", "text", "missed", "holds")
    goal_id = unique_name(table, "id", taken, "goal")
    asked = table.tables("holds")
    if not asked:
        table.report("holds", 'say when the goal is reached: holds = [{ event = "..." }]')
    text, missed = needed_text(table, "text"), needed_text(table, "missed")
    return Goal(goal_id, text, missed, read_predicates(asked, known))


def read_endings(reader: Reader, known: Known) -> tuple[Ending, ...]:
    """Read the endings: at least three; the last, and only the last, has no predicate."""
    tables, taken = reader.tables("ending"), set[str]()
    if len(tables) < FEWEST_ENDINGS:
        message = f"an exercise needs {FEWEST_ENDINGS} endings at least, not {len(tables)}"
        reader.report(("ending",) if tables else (), message)
    return tuple(_ending(one, taken, known, last=one is tables[-1]) for one in tables)


def _ending(table: Reader, taken: set[str], known: Known, *, last: bool) -> Ending:
    table.only("id", "title", "when", "why", "rule", "source", "instead")
    asked = table.tables("when")
    if last and asked:
        table.report("when", "the last ending is told when no other is; write when = []")
    if not last and not asked:
        table.report("when", "only the last ending may be always true; say when this one is told")
    return Ending(
        id=unique_name(table, "id", taken, "ending"),
        title=needed_text(table, "title"),
        when=read_predicates(asked, known),
        why=needed_text(table, "why"),
        rule=needed_text(table, "rule"),
        source=needed_text(table, "source"),
        instead=needed_text(table, "instead"),
    )


def read_currency(reader: Reader, orders: tuple[str, ...]) -> str:
    """Return the one currency of an exercise: that of its orders, or of the reference's money."""
    written = reader.table("reference").values.get("buyer")
    code = written.rpartition(" ")[2] if isinstance(written, str) else "USD"
    return next(filter(None, orders), code)


def read_reference(reader: Reader, currency: str) -> MoneyByParty:
    """Read how much money each party has at the end if the exercise is solved."""
    table = reader.table("reference")
    if "reference" not in reader.values:
        reader.report((), "the money of the solution is missing; write [reference]")
        return MoneyByParty(currency, 0, 0, 0)
    table.only(*PARTIES)
    for party in PARTIES:
        table.need(party, str, "")
    return MoneyByParty(currency, *(signed_amount(table, party, currency) for party in PARTIES))
