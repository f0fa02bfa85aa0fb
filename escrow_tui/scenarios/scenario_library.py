"""The library of exercises: a folder of files whose heads are listed in the lobby."""

from pathlib import Path
from typing import TYPE_CHECKING

from escrow_tui.files import Fault, Faults, did_you_mean, seeds
from escrow_tui.scenarios.file.head import ScenarioHead, read_head

if TYPE_CHECKING:
    from escrow_tui.scenarios.file.scenario import Scenario


def scenario_heads(folder: Path | None = None) -> tuple[ScenarioHead, ...]:
    """Return the head of every exercise, the easiest first; a faulty file's head has a fault."""
    heads = (_head(path) for path in _folder(folder).glob("*.toml"))
    return tuple(sorted(heads, key=lambda head: (bool(head.fault), head.difficulty, head.id)))


def scenario_path(name: str, folder: Path | None = None) -> Path:
    """Return the path of an exercise's file.

    Raises:
        Faults: there is no exercise of that name; the sentence suggests a similar one.
    """
    names = sorted(path.stem for path in _folder(folder).glob("*.toml"))
    if name in names:
        return _folder(folder) / f"{name}.toml"
    instead = did_you_mean(name, names) or f"; there are {', '.join(names) or 'none'}"
    raise Faults(
        [
            Fault(
                file=name,
                line=1,
                column=1,
                message=f'no exercise "{name[:64]}"{instead}',
                excerpt="",
            )
        ]
    )


def load_scenario(name: str, folder: Path | None = None) -> "Scenario":
    """Read an exercise.

    Raises:
        Faults: there is none of that name, or its file has faults.
    """
    # The lobby must open without loading the reader of whole files.
    from escrow_tui.scenarios.file.scenario_reader import read_scenario

    return read_scenario(scenario_path(name, folder))


def _folder(folder: Path | None) -> Path:
    return folder or seeds() / "scenarios"


def _head(path: Path) -> ScenarioHead:
    head = read_head(path)
    if head and head.id == path.stem:
        return head
    from escrow_tui.scenarios.file.scenario_reader import read_scenario

    try:
        return read_scenario(path).head
    except Faults as error:
        first, more = str(error.faults[0]), len(error.faults) - 1
        fault = f"{first} (and {more} more)" if more else first
        return ScenarioHead(
            id=path.stem,
            family="",
            title=path.name,
            role="",
            difficulty=0,
            minutes=0,
            objectives=(),
            preview="",
            fault=fault,
        )
