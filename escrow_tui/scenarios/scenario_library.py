"""The library of exercises: a folder of files, each with its head in the lobby."""

from pathlib import Path
from typing import TYPE_CHECKING

from escrow_tui.files import Fault, Faults, did_you_mean, seeds
from escrow_tui.scenarios.file.head import ScenarioHead, read_head

if TYPE_CHECKING:
    from escrow_tui.scenarios.file.scenario import Scenario


def scenario_heads(folder: Path | None = None) -> tuple[ScenarioHead, ...]:
    """The head of every exercise, the easiest first; a broken file's says what is wrong with it."""
    heads = (_head(path) for path in _folder(folder).glob("*.toml"))
    return tuple(sorted(heads, key=lambda head: (bool(head.fault), head.difficulty, head.id)))


def scenario_path(name: str, folder: Path | None = None) -> Path:
    """The file of an exercise.

    Raises:
        Faults: there is no exercise of that name; the sentence names one that is near.
    """
    names = sorted(path.stem for path in _folder(folder).glob("*.toml"))
    if name in names:
        return _folder(folder) / f"{name}.toml"
    instead = did_you_mean(name, names) or f"; there are {', '.join(names) or 'none'}"
    raise Faults([Fault(name, 1, 1, f'no exercise "{name[:64]}"{instead}', "")])


def load_scenario(name: str, folder: Path | None = None) -> "Scenario":
    """Read the exercise of a name.

    Raises:
        Faults: there is none of that name, or everything that is wrong in its file.
    """
    # The reader of whole files is not needed before somebody starts an exercise.
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
        return ScenarioHead(path.stem, "", path.name, "", 0, 0, (), "", fault)
