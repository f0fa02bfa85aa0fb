"""Judges whether a step went as the story says, with a sentence for one that did not."""

from collections.abc import Callable, Mapping

from escrow_tui.engine.answers import Refused
from escrow_tui.files import Place
from escrow_tui.scenarios.file.step_reader import Act, Advance, Expect
from escrow_tui.scenarios.story.result_paths import UnknownPath, is_expected, look_up, written

Parts = Mapping[str, Callable[[], object]]


class StepFailed(Exception):  # noqa: N818 - not an error of the program; the story expected something else
    """A step did not go as the story says; the text says what was expected and what happened."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place = place


def judge(step: Act | Advance, name: str, refused: Refused | None, events: tuple[str, ...]) -> None:
    """Compare what happened with what the step says.

    Raises:
        StepFailed: it was refused against the story, or was not, or with another code.
    """
    expected = step.refused
    if refused is None and expected is not False:
        code = "a refusal" if expected is True else f"the refusal {expected}"
        came = ", ".join(events) or "nothing happened"
        raise StepFailed((*step.place, "refused"), f"{name}: expected {code}; came {came}")
    if refused is None or expected in (True, refused.code):
        return
    came = f"came the refusal {refused.code}: {refused.sentence}"
    if expected is False:
        raise StepFailed((*step.place, "do"), f"{name}: expected no refusal; {came}")
    raise StepFailed((*step.place, "refused"), f"{name}: expected the refusal {expected}; {came}")


def check_expectations(step: Expect, parts: Parts) -> None:
    """Check every path of an expectation; `parts` works out each part of the result when called.

    Raises:
        StepFailed: a value is not the one expected, or there is no such path.
    """
    for path, expected in step.holds:
        head = path.partition("/")[0]
        # Only the part that the path begins with is worked out.
        found = {name: part() if name == head else None for name, part in parts.items()}
        try:
            came = look_up(found, path)
        except UnknownPath as error:
            raise StepFailed((*step.place, "is", path), f"expect {path}: {error}") from None
        if not is_expected(expected, came):
            wanted = f"expected {written(expected)}; came {written(came)}"
            raise StepFailed((*step.place, "is", path), f"expect {path}: {wanted}")
