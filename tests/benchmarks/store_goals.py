"""How the benchmarks of the store print a figure beside its goal."""

import sys


def say(line: str) -> None:
    """Write a line at once: the next one may take minutes."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def at_most(row: str, what: str, figure: float, goal: float) -> bool:
    """Print a figure that must not exceed its goal; tell whether it does not."""
    return _told(row, what, figure, figure <= goal, f"at most {goal:g}")


def at_least(row: str, what: str, figure: float, goal: float) -> bool:
    """Print a figure that must reach its goal; tell whether it does."""
    return _told(row, what, figure, figure >= goal, f"at least {goal:g}")


def _told(row: str, what: str, figure: float, held: bool, goal: str) -> bool:
    shown = f"{figure:,.0f}" if abs(figure) >= 100 or figure == int(figure) else f"{figure:.2f}"
    say(f"   {shown:>8} {what}, goal {goal}: {'held' if held else f'MISSED: {row}'}")
    return held
