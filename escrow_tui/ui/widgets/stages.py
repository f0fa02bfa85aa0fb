"""The stages of an order, drawn as a strip."""

from textual.reactive import reactive

from escrow_tui.ui.widgets.text_canvas import Drawn, DrawnLine, fitted
from escrow_tui.ui.widgets.track import TrackPoint, columns, drawn_track
from escrow_tui.views.parts import StageState, StageView

_GLYPHS: dict[StageState, str] = {
    StageState.DONE: "●",
    StageState.HERE: "◉",
    StageState.AHEAD: "○",
    StageState.FAILED: "✕",
}
_LOOKS: dict[StageState, str] = {
    StageState.DONE: "done",
    StageState.HERE: "here",
    StageState.AHEAD: "dim",
    StageState.FAILED: "failed",
}


class StageStrip(Drawn):
    """Three rows: the strip, the titles, the notes; a shorter form if they do not fit."""

    stages: reactive[tuple[StageView, ...]] = reactive((), layout=True)

    def __init__(
        self,
        stages: tuple[StageView, ...] = (),
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(StageStrip.stages, stages)

    def lines(self, width: int) -> tuple[DrawnLine, ...]:
        """The strip at this width."""
        if not self.stages:
            return ()
        points = [_point(stage) for stage in self.stages]
        widths = columns(points, width)
        return drawn_track(points, widths) if widths else _short(self.stages, points, width)


def _point(stage: StageView) -> TrackPoint:
    return TrackPoint(
        title=stage.title,
        note=stage.note,
        glyph=_GLYPHS[stage.state],
        look=_LOOKS[stage.state],
        reached=stage.state is not StageState.AHEAD,
        here=stage.state is StageState.HERE,
    )


def _short(
    stages: tuple[StageView, ...], points: list[TrackPoint], width: int
) -> tuple[DrawnLine, DrawnLine, DrawnLine]:
    """Glyphs only, then in words the current stage and the next."""
    track = drawn_track(points, _even(len(points), width), marker=False)[0]
    at = _standing(stages)
    here = f"{points[at].glyph} {stages[at].title} · {at + 1} of {len(stages)}"
    if stages[at].note:
        here += f" · {stages[at].note}"
    ahead = next((stage for stage in stages[at + 1 :] if stage.state is StageState.AHEAD), None)
    then = f"then {_GLYPHS[StageState.AHEAD]} {ahead.title} {ahead.note}".rstrip() if ahead else ""
    return (
        track,
        [(fitted(here, width), points[at].look)],
        [(fitted(then, width), "dim")],
    )


def _even(count: int, width: int) -> tuple[int, ...]:
    """Columns of equal width, narrow enough to look like one strip."""
    return (max(1, min(6, width // count)),) * count


def _standing(stages: tuple[StageView, ...]) -> int:
    """The current stage, or the last one reached."""
    reached = [
        i for i, stage in enumerate(stages) if stage.state in (StageState.DONE, StageState.FAILED)
    ]
    here = [i for i, stage in enumerate(stages) if stage.state is StageState.HERE]
    return (here or reached[-1:] or [0])[0]
