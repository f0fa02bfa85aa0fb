"""`escrow-tui store`: shows, examines, copies and upgrades the store."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from escrow_tui.cli.command_row import Handler, RunCommand
from escrow_tui.cli.console import DIFFERENT, WELL, json_of, print_result
from escrow_tui.cli.progress_bar import progress_bar
from escrow_tui.cli.store_option import add_store_option, store_named

if TYPE_CHECKING:
    from escrow_tui.store.address import Address
    from escrow_tui.store.derived.difference import StoreDifference

_Done = tuple[int, object, str]


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    add_store_option(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON value")


def _add_rebuild(parser: argparse.ArgumentParser) -> None:
    _add_arguments(parser)
    parser.add_argument("--rebuild", action="store_true", help="write anew what is derived")


def _add_destination(parser: argparse.ArgumentParser) -> None:
    _add_arguments(parser)
    parser.add_argument(
        "to", nargs="?", default="", metavar="TO", help="a new file, or an empty database"
    )


def _telling(do: "Callable[[Address, argparse.Namespace], _Done]") -> RunCommand:
    """Return a command that calls `do` with the store named, and prints its answer."""

    def run(given: argparse.Namespace) -> int:
        code, value, text = do(_with_driver(store_named(given)), given)
        if given.json:
            print_result(json_of(value))
        else:
            from escrow_tui.files.fault import visible

            print_result("\n".join(visible(line) for line in text.splitlines()))
        return code

    return run


def _with_driver(where: "Address") -> "Address":
    """Return the address; for a store on a server, check that the driver is installed."""
    from escrow_tui.store.address import PostgresDatabase

    if isinstance(where, PostgresDatabase):
        from escrow_tui.store.postgres.server_problems import need_driver

        need_driver()
    return where


def _info(where: "Address", _given: argparse.Namespace) -> _Done:
    from escrow_tui.store.care.info import info
    from escrow_tui.store.care.info_text import printed

    found = info(where)
    return WELL, found, printed(found)


def _doctor(where: "Address", given: argparse.Namespace) -> _Done:
    from escrow_tui.store.care.examination import examine

    with progress_bar("examining") as report:
        found = examine(where, report)
    if found is None or not given.rebuild or not found.can_be_rebuilt:
        return _diagnosis(where, found)
    return _rebuilt(where)


def _rebuilt(where: "Address") -> _Done:
    from escrow_tui.store.care.backup import back_up
    from escrow_tui.store.care.examination import examine, rebuild_all

    with progress_bar("copying") as report:
        backup = back_up(where, None, report)
    with progress_bar("writing anew") as report:
        rebuild_all(where, report)
    with progress_bar("examining") as report:
        return _diagnosis(where, examine(where, report), backup)


def _diagnosis(
    where: "Address", found: "StoreDifference | None", backup: "Address | None" = None
) -> _Done:
    """Say what was found; `backup` is where the store is as it was before a rebuild."""
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
    with progress_bar("copying") as report:
        made = back_up(where, to, report)
    value = {"store": str(where), "backup": str(made)}
    return WELL, value, f"{made} holds a copy of {where}, and can be opened as a store."


def _upgrade(where: "Address", _given: argparse.Namespace) -> _Done:
    from escrow_tui.store.upgrades.running import upgrade

    done = upgrade(where)
    if done.was == done.is_now:
        return WELL, done, f"{where} is of schema {done.is_now} already; nothing was done."
    kept = f"; {done.backup} holds what was there before" if done.backup else ""
    return WELL, done, f"{where} was brought from schema {done.was} to {done.is_now}{kept}."


INFO = Handler(_add_arguments, _telling(_info))
DOCTOR = Handler(_add_rebuild, _telling(_doctor))
BACKUP = Handler(_add_destination, _telling(_backup))
UPGRADE = Handler(_add_arguments, _telling(_upgrade))
