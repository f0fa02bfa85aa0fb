"""The second line of defence: every line of every widget passes through here to the terminal."""

import re
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class SafeLines(LineFilter):
    """Drops control characters and hyperlinks from the segments of a line.

    A control character takes no cell in Textual's count, so the line's width does not change. The
    app keeps one instance, because Textual caches each line by its filter, and adds it last:
    `get_line_filters` returns `[*super().get_line_filters(), self._safe_lines]`.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without them; a line that has none is returned unchanged."""
        unsafe = _UNSAFE.search
        return [
            segment
            if unsafe(segment.text) is None and (segment.style is None or not segment.style.link)
            else _safe(segment)
            for segment in segments
        ]


def _safe(segment: Segment) -> Segment:
    text = _SURROGATES.sub("�", _CONTROLS.sub("", segment.text))
    style = segment.style
    return Segment(text, style.update_link(None) if style is not None and style.link else style)
