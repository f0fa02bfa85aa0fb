"""The exercises as the lobby lists them, each with the progress of its runs."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

import msgspec
from textual.content import Content

from escrow_tui.scenarios.file.head import ScenarioHead
from escrow_tui.ui.safety.text import shown, template
from escrow_tui.ui.widgets.row_list import ListRow

COLUMNS = (
    (" ", 1),
    ("Exercise", 17),
    ("Title", 26),
    ("You are", 8),
    ("Level", 5),
    ("Best", 4),
    ("Family", 0),
)
_GOING = ("running", "finishing")
LEGEND = "· new  ▶ in progress  ✓ passed  ✗ missed  ! broken file"


class RunGlance(Protocol):
    """What the lobby needs to know about a run."""

    @property
    def id(self) -> str:
        """The id by which it is resumed."""

    @property
    def scenario(self) -> str:
        """Its exercise; empty for a free market."""

    @property
    def title(self) -> str:
        """The exercise's title, or the market's."""

    @property
    def created(self) -> str:
        """When it was begun, in real time as ISO text; empty if that is unknown."""

    @property
    def state(self) -> str:
        """`running`, `finishing` (interrupted while ending), `passed` or `missed`."""

    @property
    def score(self) -> int | None:
        """The score out of 100, once it is finished."""


class Standing(StrEnum):
    """The progress in an exercise."""

    NEW = "new"
    RUNNING = "in progress"
    PASSED = "passed"
    MISSED = "missed"
    BROKEN = "broken file"


_MARKS: dict[Standing, str] = {
    Standing.NEW: "·",
    Standing.RUNNING: "▶",
    Standing.PASSED: "✓",
    Standing.MISSED: "✗",
    Standing.BROKEN: "!",
}
FREE = ScenarioHead(
    id="",
    family="",
    title="Free play",
    role="",
    difficulty=0,
    minutes=0,
    objectives=(
        "buy anything, and pay in each of the four ways",
        "ship, lose, inspect, dispute, rule: every act there is",
        "see what each chair sees, and what silence costs",
    ),
    preview="A market of your own, without a task. You sit in every chair, and you are the carrier"
    " and the bank as well: F1 to F4 change chairs.",
)


class Exercise(msgspec.Struct, frozen=True):
    """An exercise with its progress, the run in progress, and the best score."""

    head: ScenarioHead
    standing: Standing
    run: str
    best: int | None

    @property
    def words(self) -> str:
        """Everything that the filter searches."""
        head = self.head
        parts = (head.id or "free-play", head.title, head.family, head.role, head.preview)
        return " ".join((*parts, *head.objectives, self.standing)).casefold()


def standing_of(head: ScenarioHead, runs: Sequence[RunGlance]) -> Exercise:
    """Return the progress in an exercise; `runs` are those of all exercises, newest first."""
    mine = [run for run in runs if run.scenario == head.id]
    going = mine[0].id if mine and mine[0].state in _GOING else ""
    standing = Standing.NEW
    if head.fault:
        standing = Standing.BROKEN
    elif going:
        standing = Standing.RUNNING
    elif any(run.state == "passed" for run in mine):
        standing = Standing.PASSED
    elif mine:
        standing = Standing.MISSED
    scores = [run.score for run in mine if run.score is not None]
    return Exercise(head, standing, going, max(scores, default=None))


def other_markets(runs: Sequence[RunGlance]) -> tuple[Exercise, ...]:
    """Return the open free markets but the newest, which is the row of free play itself."""
    free = [run for run in runs if run.scenario == FREE.id][1:]
    return tuple(_market(run) for run in free if run.state in _GOING)


def _market(run: RunGlance) -> Exercise:
    head = msgspec.structs.replace(FREE, title=run.title, preview=_begun(run))
    return Exercise(head, Standing.RUNNING, run.id, None)


def _begun(run: RunGlance) -> str:
    when = f" on {run.created[:10]} at {run.created[11:16]} (UTC)" if run.created else ""
    return f"A free market that was begun{when}. {FREE.preview}"


def next_of(listed: Sequence[Exercise], runs: Sequence[RunGlance]) -> int:
    """Return the row to continue with: the newest run in progress, else the first not passed."""
    newest = next((run.id for run in runs if run.state in _GOING), "")
    if newest:
        return next((at for at, one in enumerate(listed) if one.run == newest), 0)
    left = (at for at, one in enumerate(listed) if one.standing in (Standing.NEW, Standing.MISSED))
    return next(left, 0)


def row_of(one: Exercise) -> ListRow:
    """Return the row of an exercise, in the order of `COLUMNS`."""
    head = one.head
    return (
        _MARKS[one.standing],
        head.id or "free-play",
        head.title,
        head.role or ("" if head.fault else "everyone"),
        _level(head.difficulty),
        "" if one.best is None else f"{one.best:>4}",
        head.family.replace("_", " "),
    )


def _level(difficulty: int) -> str:
    return "●" * difficulty + "○" * (5 - difficulty) if difficulty else ""


def about(one: Exercise) -> Content:
    """Describe an exercise without giving anything away."""
    head = one.head
    if head.fault:
        lead = template(
            "[b]$title[/b]\n[$error]! This exercise cannot be played:[/]\n", title=head.title
        )
        return lead + shown(head.fault, 1_000, multiline=True)
    best = "" if one.best is None else f" · best {one.best} of 100"
    standing = f"{_MARKS[one.standing]} {one.standing}{best}"
    parts = [
        template("[b $primary]$title[/]\n", title=head.title),
        template(
            "[$accent]$standing[/][$text-muted] · $facts[/]\n\n",
            standing=standing,
            facts=_facts(head),
        ),
        shown(head.preview, 1_500, multiline=True),
        Content.from_markup("\n\n[b]You will practise[/b]"),
        *(template("\n○ $objective", objective=objective) for objective in head.objectives),
    ]
    return Content("").join(parts)


def _facts(head: ScenarioHead) -> str:
    if not head.role:
        return "you are everyone · as long as you like"
    level = f"{_level(head.difficulty)} level {head.difficulty} of 5"
    family = head.family.replace("_", " ")
    return f"you are the {head.role} · {family} · {level} · about {head.minutes} min"
