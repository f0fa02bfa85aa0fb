"""The library lists every exercise quickly, also beside a broken file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from escrow_tui.files import Faults, seeds
from escrow_tui.scenarios.scenario_library import load_scenario, scenario_heads, scenario_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two of the shipped exercises."""
    for name in ("cracked-teapot", "first-order"):
        shutil.copy(seeds() / "scenarios" / f"{name}.toml", tmp_path)
    return tmp_path


def test_the_easiest_exercise_stands_first(folder: Path) -> None:
    """With everything that the lobby shows."""
    first, second = scenario_heads(folder)
    assert (first.id, first.difficulty, first.fault) == ("first-order", 1, "")
    assert (second.id, second.role, second.title) == (
        "cracked-teapot",
        "mediator",
        "The cracked teapot",
    )
    assert first.objectives
    assert first.preview
    assert first.minutes


def test_the_head_is_the_one_that_the_reader_gives() -> None:
    """Reading a head alone takes no other road than the words of the file."""
    for head in scenario_heads():
        assert load_scenario(head.id).head == head


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "broken.toml:1:"),
        ("format = 1\nid = 3", "id must be a text in quotes"),
        ('format = 1\nid = "other"', 'write id = "broken"'),
        ("", '"id" is missing'),
        ("\x00\x01", "neither key = value nor [header]"),
    ],
)
def test_a_broken_file_shows_its_fault_and_stops_nobody(folder: Path, text: str, said: str) -> None:
    """It stands last, with the first fault and how many more there are."""
    (folder / "broken.toml").write_text(text, encoding="utf-8")
    *whole, broken = scenario_heads(folder)
    assert [head.id for head in whole] == ["first-order", "cracked-teapot"]
    assert broken.id == "broken"
    assert "broken.toml" in broken.fault
    with pytest.raises(Faults) as caught:
        load_scenario("broken", folder)
    assert said in str(caught.value)
    more = len(caught.value.faults) - 1
    assert broken.fault.endswith(f"(and {more} more)") == bool(more)


def test_what_is_no_file_and_what_is_no_text_is_told_too(folder: Path) -> None:
    """A folder named like an exercise, and bytes that are no UTF-8."""
    (folder / "a.toml").mkdir()
    (folder / "b.toml").write_bytes(b"title = \xff")
    faults = {head.id: head.fault for head in scenario_heads(folder)}
    assert "this is a folder" in faults["a"]
    assert "not UTF-8" in faults["b"]


def test_a_file_under_another_name_is_told(folder: Path) -> None:
    """The lobby finds an exercise by its file's name."""
    shutil.copy(folder / "first-order.toml", folder / "my-order.toml")
    last = scenario_heads(folder)[-1]
    assert last.id == "my-order"
    assert 'write id = "my-order"' in last.fault


def test_a_pipe_is_told_and_not_waited_for(folder: Path) -> None:
    """Reading it would never end."""
    os.mkfifo(folder / "pipe.toml")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from escrow_tui.scenarios.scenario_library import scenario_heads\n"
        "print(scenario_heads(Path(sys.argv[1]))[-1].fault)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "no ordinary file" in told.stdout


def test_an_empty_folder_has_no_exercises(tmp_path: Path) -> None:
    """And no trouble."""
    assert scenario_heads(tmp_path) == ()


def test_an_unknown_name_is_answered_with_a_near_one(folder: Path) -> None:
    """Also a name that is a path out of the folder."""
    assert scenario_path("first-order", folder) == folder / "first-order.toml"
    with pytest.raises(Faults, match='no exercise "first-oder"; did you mean "first-order"'):
        scenario_path("first-oder", folder)
    with pytest.raises(Faults, match="no exercise"):
        load_scenario("../policies/aliexpress", folder)


def test_the_lobby_loads_no_reader_and_nothing_heavy() -> None:
    """What the first frame waits for is the heads alone."""
    code = (
        "import sys\n"
        "from escrow_tui.scenarios.scenario_library import scenario_heads\n"
        "assert len(scenario_heads()) >= 5\n"
        "heavy = 'sqlalchemy sqlmodel pydantic faker tree_sitter textual "
        "escrow_tui.scenarios.file.scenario_reader escrow_tui.engine escrow_tui.coach'.split()\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
