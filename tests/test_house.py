"""The plan of the house holds: floors, pure rooms, and tables that are complete."""

import ast
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import msgspec
import pytest

from tests.each import for_each

PACKAGE = Path(__file__).parent.parent / "escrow_tui"
PURE = ("engine", "views", "coach", "pictures")

# All that a pure room may import beside the rooms below it: nothing here knows when, where or with
# what luck it is asked.
ALLOWED_MODULES = frozenset(
    "collections datetime decimal enum escrow_tui functools hashlib math msgspec operator re typing"
    " zlib".split()
)
FORBIDDEN_CALLS = frozenset({"now", "today", "utcnow", "open", "print", "input", "getenv"})


def modules_of(room: str) -> list[Path]:
    """Every module of a room."""
    return sorted((PACKAGE / room).rglob("*.py"))


def impurities(source: str) -> list[str]:
    """Name every clock, chance and file that a module touches."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        found += [name for name in names if name.partition(".")[0] not in ALLOWED_MODULES]
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in FORBIDDEN_CALLS:
                found.append(f"{name}()")
    return found


@for_each("path", [path for room in PURE for path in modules_of(room)])
def test_pure_rooms_have_no_clock_no_chance_and_no_files(path: Path) -> None:
    """The same question gets the same answer anywhere, at any time."""
    assert impurities(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "from random import choice",
        "import os.path",
        "datetime.now()",
        "open('x')",
        "import rich",
    ],
)
def test_the_search_for_impurities_finds_them(source: str) -> None:
    """A check that could not fail would be worth nothing."""
    assert impurities(source)


def test_the_import_contracts_hold() -> None:
    """The contracts of pyproject.toml, each with its reason there."""
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_every_module_says_what_it_is() -> None:
    """A module docstring of one or two sentences."""
    silent = [
        str(path.relative_to(PACKAGE))
        for path in sorted(PACKAGE.rglob("*.py"))
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


HEAVY = (
    *("sqlalchemy", "sqlmodel", "pydantic", "faker", "tree_sitter", "PIL"),
    *("escrow_tui.engine", "escrow_tui.desk"),
)


def test_nothing_heavy_is_loaded_before_the_first_frame(tmp_path: Path) -> None:
    """The lobby paints before the libraries behind it are imported."""
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from escrow_tui.ui.app import EscrowApp\n"
        f"EscrowApp(Path({str(tmp_path / 'market.sqlite')!r})).get_default_screen()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def names_defined_in(path: Path) -> set[str]:
    """Every name that a module defines itself; of a package, what its modules define."""
    if path.is_dir():
        return set().union(*(names_defined_in(each) for each in path.rglob("*.py")))
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Assign(targets=targets):
                found |= {one.id for one in targets if isinstance(one, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
    return found


def passed_on(source: str) -> list[str]:
    """Name what a source takes from another room's module that only passes it on."""
    found = []
    for node in ast.walk(ast.parse(source)):
        module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        if not module.startswith("escrow_tui.") or module.startswith("escrow_tui.ui."):
            continue
        assert isinstance(node, ast.ImportFrom)
        home = PACKAGE.parent.joinpath(*module.split("."))
        defined = names_defined_in(home if home.is_dir() else home.with_suffix(".py"))
        found += [
            f"{module}.{alias.name}"
            for alias in node.names
            if alias.name not in defined and not (home / f"{alias.name}.py").exists()
        ]
    return found


def test_ui_takes_a_name_only_from_the_module_that_defines_it() -> None:
    """A room that passed on the store's or the engine's names would be a hole in the contracts."""
    holes = {
        str(path.relative_to(PACKAGE)): names
        for path in modules_of("ui")
        if (names := passed_on(path.read_text(encoding="utf-8")))
    }
    assert holes == {}


def test_the_search_for_names_that_are_passed_on_finds_them() -> None:
    """Names of the store through other rooms; a room's own names, and its modules, are none."""
    source = (
        "from escrow_tui.desk.session import Session, Append\n"
        "from escrow_tui.files import Faults\n"
        "from escrow_tui.scenarios import opening\n"
        "from escrow_tui.ui.messages import Goto\n"
        "def later() -> None:\n"
        "    from escrow_tui.scenarios.lobby import glance, runs_at\n"
    )
    found = passed_on(source)
    assert found == ["escrow_tui.desk.session.Append", "escrow_tui.scenarios.lobby.glance"]


# A public name stands in one file. These stand in more, each for its reason.
SHARED_NAMES = {
    "upgrade": "every module of store/upgrades has this door, and those modules never change",
}
MOST_SHARED_NAMES = 8


def public_names(source: str) -> set[str]:
    """Name the public functions, classes and type aliases that a module defines."""
    found: set[str] = set()
    for node in ast.parse(source).body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(name)
            case ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]):
                found.add(name)
    return {name for name in found if not name.startswith("_") and not name.isupper()}


def names_in_several(sources: Mapping[str, str]) -> dict[str, list[str]]:
    """Return each public name that stands in several files, with those files."""
    files: dict[str, list[str]] = {}
    for file, source in sorted(sources.items()):
        for name in public_names(source):
            files.setdefault(name, []).append(file)
    return {name: found for name, found in files.items() if len(found) > 1}


def test_a_public_name_means_one_thing() -> None:
    """A reader who meets it in a call knows what it is, without looking at the imports."""
    sources = {
        str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8")
        for path in PACKAGE.rglob("*.py")
    }
    shared = names_in_several(sources)
    unexplained = {name: files for name, files in shared.items() if name not in SHARED_NAMES}
    assert unexplained == {}, "rename those of the higher floor"
    assert SHARED_NAMES.keys() - shared.keys() == set(), "these are shared no more"
    assert len(SHARED_NAMES) <= MOST_SHARED_NAMES


def test_the_search_for_shared_names_finds_them() -> None:
    """Functions, classes and type aliases count; constants and private names do not."""
    one = "A = 1\n_b = 2\nKind = int | str\nclass Row: ...\ndef told(): ...\n"
    other = "A = 2\n_b = 3\nKind = str\nclass Row: ...\nasync def told(): ...\n"
    found = names_in_several({"one.py": one, "other.py": other, "third.py": "def new(): ..."})
    assert found == {name: ["one.py", "other.py"] for name in ("Kind", "Row", "told")}


# These are built from a row of a table, column by column, or from one that a page of data holds.
BUILT_BY_PLACE = {"MarketRow", "RunHead", "RunRow", "LogRow", "SeatRow", "Person", "Private"}
BUILT_BY_PLACE |= {"Ware"}
MOST_BY_PLACE = 4


def structs_of_the_package() -> set[type[msgspec.Struct]]:
    """Return every struct that a module of the package defines."""
    found: set[type[msgspec.Struct]] = set()
    for info in walk_packages([str(PACKAGE)], "escrow_tui."):
        if info.name != "escrow_tui.__main__":
            module = vars(import_module(info.name))
            found |= {
                one
                for one in module.values()
                if isinstance(one, type)
                and issubclass(one, msgspec.Struct)
                and one.__module__ == info.name
            }
    return found


def test_a_struct_of_many_fields_is_built_by_keyword() -> None:
    """Of five values in a row nobody sees which is which."""
    by_place = {
        one.__name__ for one in structs_of_the_package() if len(one.__match_args__) > MOST_BY_PLACE
    }
    assert by_place - BUILT_BY_PLACE == set(), "give it kw_only=True"
    assert BUILT_BY_PLACE - by_place == set(), "these are built by keyword now"
