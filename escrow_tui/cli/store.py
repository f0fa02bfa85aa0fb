"""`escrow-tui store`: what the store is, whether it is sound, a copy of it, and its upgrade."""

import argparse
import sys
from typing import TYPE_CHECKING

from escrow_tui.cli.common import DIFFERENT, WELL, Parser, store_named, store_option
from escrow_tui.cli.progress import bar

if TYPE_CHECKING:
    from escrow_tui.store.address import Address
    from escrow_tui.store.derived.difference import Difference

_EXAMPLES = """\
examples:
  escrow-tui store info                        where it is, its engine, and what it holds
  escrow-tui store doctor                      is every row what the journal says?
  escrow-tui store doctor --rebuild            write anew what follows from the journal
  escrow-tui store backup                      a copy beside the store, while it is in use
  escrow-tui store backup class-3.sqlite       a copy there, of a file or of a server's database
  escrow-tui store upgrade                     bring a store of an older version up to date
  escrow-tui store info --store postgresql://anna@db.example/market

--json prints one JSON value.

exit code: 0 all is well, 1 the doctor found a difference, 2 nothing could be done"""

# Each act with a line of help, and its examples.
_ACTS = {
    "info": (
        "where the store is, which engine and version, and what it holds",
        """\
examples:
  escrow-tui store info
  escrow-tui store info --json""",
    ),
    "doctor": (
        "hold every row and the books against the journal, and name the first difference",
        """\
examples:
  escrow-tui store doctor
  escrow-tui store doctor --json
  escrow-tui store doctor --rebuild            after a backup, write what is derived anew

It only reads. It recomputes the chain of every journal, folds it, and compares every row of
orders, balances, counts and figures, and of a file every page.

exit code: 0 it is sound, 1 there is a difference, 2 it could not look""",
    ),
    "backup": (
        "copy the store into a new file or an empty database: a store itself",
        """\
examples:
  escrow-tui store backup                      beside it, named by the date and the time
  escrow-tui store backup class-3.sqlite       there; nothing is ever overwritten
  escrow-tui store backup postgresql://anna@db.example/market     into an empty database

Others may go on working meanwhile. Of a server's database it makes a file that needs no server;
for regular backups of one, pg_dump is the tool.""",
    ),
    "upgrade": (
        "bring a store that an older version wrote up to date",
        """\
examples:
  escrow-tui store upgrade
  escrow-tui store upgrade --store postgresql://anna@db.example/market

A file is copied beside itself first. Each step is done whole or not at all. Of a database on a
server, make a copy before with pg_dump.""",
    ),
}


def add(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Add the command `store` with its four acts."""
    store = commands.add_parser(
        "store",
        prog="escrow-tui store",
        usage="escrow-tui store info | doctor [--rebuild] | backup [TO] | upgrade  [--json]",
        help="look after the store: info, doctor, backup, upgrade",
        description=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    acts = store.add_subparsers(dest="act", metavar="info, doctor, backup, upgrade", required=True)
    for act, (what, examples) in _ACTS.items():
        one = acts.add_parser(
            act,
            prog=f"escrow-tui store {act}",
            parents=[store_option()],
            help=what,
            description=examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        one.add_argument("--json", action="store_true", help="print one JSON value")
        if act == "doctor":
            one.add_argument("--rebuild", action="store_true", help="write anew what is derived")
        if act == "backup":
            one.add_argument(
                "to", nargs="?", default="", metavar="TO", help="a new file, or an empty database"
            )


def run(given: argparse.Namespace) -> int:
    """Do what was asked with the store; what came of it goes to standard output."""
    where = _with_driver(store_named(given))
    code, value, text = _DONE[given.act](where, given)
    if given.json:
        import msgspec

        text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    else:
        from escrow_tui.files.fault import visible

        text = "\n".join(visible(line) for line in text.splitlines())
    print(text)
    sys.stdout.flush()
    return code


def _with_driver(where: "Address") -> "Address":
    """See that for a store on a server the driver is there."""
    from escrow_tui.store.address import PostgresDatabase

    if isinstance(where, PostgresDatabase):
        from escrow_tui.store.postgres.server_problems import need_driver

        need_driver()
    return where


_Done = tuple[int, object, str]


def _info(where: "Address", _given: argparse.Namespace) -> _Done:
    from escrow_tui.store.care.info import info
    from escrow_tui.store.care.info_text import printed

    found = info(where)
    return WELL, found, printed(found)


def _doctor(where: "Address", given: argparse.Namespace) -> _Done:
    from escrow_tui.store.care.examination import examine

    with bar("examining") as told:
        found = examine(where, told)
    if found is None or not given.rebuild or not found.can_be_rebuilt:
        return _diagnosis(where, found)
    return _rebuilt(where)


def _rebuilt(where: "Address") -> _Done:
    from escrow_tui.store.care.backup import back_up
    from escrow_tui.store.care.examination import examine, rebuild_all

    with bar("copying") as told:
        backup = back_up(where, None, told)
    with bar("writing anew") as told:
        rebuild_all(where, told)
    with bar("examining") as told:
        return _diagnosis(where, examine(where, told), backup)


def _diagnosis(
    where: "Address", found: "Difference | None", backup: "Address | None" = None
) -> _Done:
    """Tell what was found; `backup` holds what was there before it was written anew."""
    import msgspec

    text = str(found) if found else f"{where} is sound: every row is what its journals say."
    if backup:
        text = f"What is derived was written anew; {backup} holds what was there before.\n{text}"
    value: dict[str, object] = {"store": str(where), "sound": found is None, "difference": None}
    if found:
        told = {"sentence": str(found), "remedy": found.remedy}
        value["difference"] = {**msgspec.structs.asdict(found), **told}
    return DIFFERENT if found else WELL, {**value, "backup": backup and str(backup)}, text


def _backup(where: "Address", given: argparse.Namespace) -> _Done:
    from escrow_tui.store.address import address_of
    from escrow_tui.store.care.backup import back_up

    to = _with_driver(address_of(given.to)) if given.to else None
    with bar("copying") as told:
        made = back_up(where, to, told)
    value = {"store": str(where), "backup": str(made)}
    return WELL, value, f"{made} holds a copy of {where}, and can be opened as a store."


def _upgrade(where: "Address", _given: argparse.Namespace) -> _Done:
    from escrow_tui.store.upgrades.running import upgrade

    done = upgrade(where)
    if done.was == done.is_now:
        return WELL, done, f"{where} is of schema {done.is_now} already; nothing was done."
    kept = f"; {done.backup} holds what was there before" if done.backup else ""
    return WELL, done, f"{where} was brought from schema {done.was} to {done.is_now}{kept}."


_DONE = {"info": _info, "doctor": _doctor, "backup": _backup, "upgrade": _upgrade}
