"""The plan of the house holds: floors, pure rooms, and tables that are complete."""

import ast
import subprocess
import sys
from pathlib import Path

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


HEAVY = ("sqlalchemy", "sqlmodel", "pydantic", "faker", "tree_sitter", "PIL")


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
