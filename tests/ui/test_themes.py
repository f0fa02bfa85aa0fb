"""What our themes promise to eyes: WCAG contrast, of all that Textual derives."""

import pytest
from textual.color import Color
from textual.theme import Theme

from escrow_tui.ui.themes import ESCROW_CONTRAST, THEMES
from tests.each import for_each

NAMES = ("primary", "secondary", "accent", "warning", "error", "success")
TEXTS = (
    *("foreground", "text-muted", "text-disabled", "footer-key-foreground"),
    *NAMES,
    *(f"text-{name}" for name in NAMES),
)
GROUNDS = ("background", "surface", "panel")


def _luminance(colour: Color) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour.rgb)
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(theme: Theme, text: str, ground: str) -> float:
    colours = theme.to_color_system().generate()
    pair = [_luminance(Color.parse(colours[name])) for name in (text, ground)]
    return (max(pair) + 0.05) / (min(pair) + 0.05)


@for_each("ground", GROUNDS)
@for_each("text", TEXTS)
@for_each("theme", THEMES)
def test_no_text_is_under_the_least_contrast(theme: Theme, text: str, ground: str) -> None:
    """4.5:1 in every theme; 7:1 in the one of high contrast."""
    least = 7 if theme is ESCROW_CONTRAST else 4.5
    assert _contrast(theme, text, ground) >= least


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_cursor_and_tinted_words_can_be_read(theme: Theme) -> None:
    """A chosen row, and a word on the pale ground of its own colour."""
    assert _contrast(theme, "block-cursor-foreground", "block-cursor-background") >= 4.5
    for name in NAMES:
        assert _contrast(theme, f"text-{name}", f"{name}-muted") >= 4.5, name


def test_body_text_of_the_contrast_theme_is_white_on_black() -> None:
    """The most that a screen can give."""
    assert _contrast(ESCROW_CONTRAST, "foreground", "background") == pytest.approx(21)


def test_the_themes_have_the_names_that_a_user_chooses_by() -> None:
    """The names stand in people's configuration."""
    assert [theme.name for theme in THEMES] == ["escrow-dark", "escrow-light", "escrow-contrast"]
