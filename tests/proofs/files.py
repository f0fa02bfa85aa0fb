"""Places where no store can be used, disks that are full, and a server that is killed.

Each command of the program prints one sentence, changes nothing and exits with 2. When the disk
fills up or the server goes down during commands, nothing acknowledged is lost, and work goes on.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import msgspec

from tests.proofs import full, served, strange
from tests.proofs.verdict import Progress, say, verdict

HELP = "strange files, full disks, a killed server: one sentence each, and nothing is lost"
ROOMS = (40, 100, 200, 400, 800, 1_600, 3_200, 5_000)
KILLS, CLIENTS, COMMANDS = 10, 4, 600


def strangers() -> tuple[int, list[str]]:
    """Run every command on every strange place; return how many ran, and what went wrong."""
    runs, wrong, progress = 0, [], Progress("files")
    for case in strange.CASES:
        for command in case.commands:
            with tempfile.TemporaryDirectory() as folder:
                faults = strange.faults_of(case, command, Path(folder))
                for path in Path(folder).rglob("*"):
                    if path.is_dir() and not path.is_symlink():
                        path.chmod(0o755)
            wrong += [f"{command} on {case.what}: {fault}" for fault in faults]
            runs += 1
            progress.tell(f"{runs} commands on strange places, {len(wrong)} faults")
    return runs, wrong


def disks() -> tuple[int, list[str]]:
    """Fill disks at several moments; return the number of commands given, and what went wrong."""
    given, wrong = 0, []
    for kilobytes in ROOMS:
        result = full.in_a_process(kilobytes)
        given += result.before + result.after
        said = sorted(set(result.said))
        say(f"{kilobytes} kB: {result.before} commands, then {said[0] if said else 'nothing'!r}")
        wrong += [f"{kilobytes} kB: {one}" for one in (*result.wrong, *unclear(said))]
    return given, wrong


def unclear(said: list[str]) -> list[str]:
    """Name each text that is no sentence about a full disk."""
    unlike = [one for one in said if "disk is full" not in one or "\n" in one]
    return [f"it said {one!r}" for one in unlike] if said else ["it was never full"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice of one part."""
    parser.add_argument("--only", choices=("strange", "full", "server"), default="")
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    parser.add_argument("--kilobytes", type=int, default=0, help=argparse.SUPPRESS)


def main(options: argparse.Namespace) -> int:
    """Try all of it, and print what went wrong."""
    if options.inside:
        result = full.on_a_small_disk(Path(options.inside), options.kilobytes)
        sys.stdout.write(msgspec.json.encode(result).decode())
        return 0
    wrong: list[str] = []
    if options.only in ("", "strange"):
        runs, faults = strangers()
        wrong += faults
        say(f"{runs} commands on {len(strange.CASES)} strange places: {len(faults)} faults")
    if options.only in ("", "full"):
        given, faults = disks()
        wrong += faults
        say(f"{given:,} commands around {len(ROOMS)} full disks: {len(faults)} faults")
    if options.only in ("", "server"):
        result_of = served.killed(KILLS, CLIENTS, COMMANDS)
        wrong += result_of.wrong
        for sentence in sorted(set(result_of.said)):
            say(f"told {result_of.said.count(sentence)} times: {sentence}")
        say(
            f"{result_of.acknowledged:,} commands of {CLIENTS} clients under {result_of.kills}"
            f" kills of the server: {len(result_of.wrong)} faults"
        )
    for fault in wrong:
        say(fault)
    return verdict("files", not wrong, f"{len(wrong)} faults")
