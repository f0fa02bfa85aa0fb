"""The store: S1 to S4 and R1 to R3, each figure beside its floor or peer and its goal.

`python -m tests.benchmarks store [--store URL] [--only ROW ...] [--orders N]`

Without a URL a file is measured, and for S4 a server that is started here. The URL must name a
server on which databases may be made: S4, R1 and R2 use new ones, which are dropped afterwards.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from escrow_tui.store import PostgresDatabase
from tests.benchmarks import store_bytes, store_commands, store_pages, store_server, store_writers
from tests.given.server import database, running

ROWS = ("S1", "S2", "S3", "S4", "R1", "R2", "R3")


def main(arguments: list[str]) -> int:
    """Measure what is asked for; return 1 if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks store", description=__doc__)
    parser.add_argument("--store", default="", help="the URL of a server, instead of a file")
    parser.add_argument("--only", nargs="+", choices=ROWS, default=ROWS, metavar="ROW")
    parser.add_argument("--orders", type=int, default=store_pages.MANY, help="the most, for R1, R2")
    parser.add_argument("--commands", type=int, default=store_writers.COMMANDS, help="for S3")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        measured = _on_server if asked.store else _in_files
        return 0 if all(list(measured(asked, Path(folder)))) else 1


def _in_files(asked: argparse.Namespace, folder: Path) -> Iterator[bool]:
    if {"S1", "S2"} & set(asked.only):
        yield from store_commands.main(_new(folder, "commands"))
    if "R3" in asked.only:
        yield from store_bytes.main(_new(folder, "bytes"))
    if {"R1", "R2"} & set(asked.only):
        pages = _new(folder, "pages")
        yield from store_pages.main(pages / "few.db", pages / "many.db", asked.orders)
    if "S4" in asked.only:
        with running(durable=True) as server, database(server) as url:
            yield from store_server.main(url)
    if "S3" in asked.only:
        yield from store_writers.main(_new(folder, "writers"), asked.commands)


def _on_server(asked: argparse.Namespace, _: Path) -> Iterator[bool]:
    if "S4" in asked.only:
        with database(asked.store) as url:
            yield from store_server.main(url)
    if {"R1", "R2"} & set(asked.only):
        with database(asked.store) as few, database(asked.store) as many:
            both = PostgresDatabase(few), PostgresDatabase(many)
            yield from store_pages.main(*both, asked.orders)


def _new(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    return made
