"""The filter that every line passes."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from escrow_tui.ui.safety.line_filter import SafeLines
from tests.each import for_each
from tests.given.hostile_text import HOSTILE

BLACK = Color(0, 0, 0)


def filtered(*segments: Segment) -> list[Segment]:
    """The segments behind the filter."""
    return SafeLines().apply(list(segments), BLACK)


def test_a_safe_segment_is_returned_itself() -> None:
    """If there is nothing to drop, no new segment is made."""
    segments = [Segment("plain"), Segment("кружка", Style(bold=True)), Segment("")]
    assert all(a is b for a, b in zip(filtered(*segments), segments, strict=True))


@for_each("text", HOSTILE)
def test_a_control_is_dropped_and_the_line_stays_as_wide(text: str) -> None:
    """No control character is left, and Textual's count of cells still fits."""
    (segment,) = filtered(Segment(text))
    assert not [c for c in segment.text if ord(c) < 32 or 127 <= ord(c) < 160]
    assert cell_len(segment.text) == cell_len(text)
    segment.text.encode()  # a lone surrogate cannot be written


def test_a_link_is_dropped_and_the_rest_of_the_style_is_kept() -> None:
    """Colours stay, and so does the meta that Textual uses for its own clicks."""
    style = Style(bold=True, link="https://evil.example/") + Style(meta={"offset": (1, 2)})
    (segment,) = filtered(Segment("x", style))
    assert segment.style is not None
    assert segment.style.link is None
    assert segment.style.bold
    assert segment.style.meta == {"offset": (1, 2)}
