"""A few cuts of the power; `python -m tests.proofs powercut` makes thousands."""

from pathlib import Path
from random import Random

import pytest

from tests.proofs.platter import (
    MODES,
    SECTOR,
    Change,
    Delete,
    Mode,
    Platter,
    Step,
    Sync,
    Truncate,
    Write,
)
from tests.proofs.powercut import MAKING_STEPS, Cut, judge, recorded, run

_CUTS = 60
OLD, NEW = b"o" * 2 * SECTOR, b"n" * 2 * SECTOR
HALVES = {OLD, NEW, NEW[:SECTOR] + OLD[SECTOR:], OLD[:SECTOR] + NEW[SECTOR:]}


def test_a_cut_loses_nothing_that_was_acknowledged() -> None:
    """At any instant, whatever became of what was not synced."""
    result = run(_CUTS, seed=1)
    assert (result.lost, result.unsound) == (0, [])
    assert set(result.modes.values()) == {_CUTS // len(MODES)}
    assert result.in_doubt > _CUTS


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_the_cuts_notice_what_a_weaker_pragma_loses(synchronous: str) -> None:
    """Otherwise they could not show what FULL keeps."""
    result = run(_CUTS, seed=1, synchronous=synchronous)
    assert result.lost or result.unsound


def test_a_store_whose_making_was_cut_off_can_be_made(tmp_path: Path) -> None:
    """Even before the first table exists: at each instant, torn or in another order."""
    recording, platter, result = recorded(tmp_path, commands=1), Platter(), Cut()
    chance = Random(1)
    for step in recording.steps[:MAKING_STEPS]:
        for mode in MODES[-2:]:
            judge(recording, 0, platter, mode, tmp_path, chance, result)
        platter.take(step)
    assert result.unsound == []


SAFE: tuple[Step, ...] = (Write("a", 0, OLD), Sync("a"))
AFTER: tuple[tuple[Change, Mode, set[bytes]], ...] = (
    (Write("a", 0, NEW), "kept", {NEW}),
    (Write("a", 0, NEW), "dropped", {OLD}),
    (Write("a", 0, NEW), "any of them", {OLD, NEW}),
    (Write("a", 0, NEW), "torn", HALVES),
    (Write("a", 0, NEW), "reordered", HALVES),
    (Truncate("a", 3), "kept", {OLD[:3]}),
    (Truncate("a", 3), "any of them", {OLD, OLD[:3]}),
    (Write("a", len(OLD) + 1, b"n"), "kept", {OLD + b"\0n"}),
    (Delete("a", synced=False), "dropped", {OLD}),
    (Delete("a", synced=False), "torn", {OLD, b"gone"}),
    (Delete("a", synced=True), "dropped", {b"gone"}),
)


@pytest.mark.parametrize(("change", "mode", "contents"), AFTER)
def test_what_was_not_synced_is_in_doubt(change: Change, mode: Mode, contents: set[bytes]) -> None:
    """Each mode leaves what it promises, and a random one sooner or later everything possible."""
    platter, chance = Platter(), Random(1)
    for step in (*SAFE, change):
        platter.take(step)
    found = {platter.after_cut(mode, chance).get("a", b"gone") for _ in range(200)}
    assert found == contents


@pytest.mark.parametrize("mode", MODES)
def test_what_was_synced_is_safe(mode: Mode) -> None:
    """The last change before a sync is there after every cut."""
    platter = Platter()
    for step in (*SAFE, Write("a", 0, NEW), Sync("a"), Write("b", 0, OLD)):
        platter.take(step)
    assert platter.after_cut(mode, Random(1))["a"] == NEW


def test_a_new_file_holds_nothing_of_the_deleted_one() -> None:
    """It is another file with the same name; the folder may still show the old one."""
    platter, chance = Platter(), Random(1)
    for step in (*SAFE, Delete("a", synced=False), Write("a", 0, b"n")):
        platter.take(step)
    found = {platter.after_cut("any of them", chance).get("a", b"gone") for _ in range(200)}
    assert found == {OLD, b"n", b"gone"}
