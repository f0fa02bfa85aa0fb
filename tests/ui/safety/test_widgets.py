"""Every hostile text in every widget in use, in its safe form and then with the filter alone."""

import re
from collections.abc import Callable, Iterable, Sequence

import pytest
from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.filter import LineFilter
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget
from textual.widgets import (
    Button,
    Checkbox,
    DataTable,
    Input,
    Label,
    OptionList,
    Select,
    SelectionList,
    Static,
    Tab,
    Tabs,
    TextArea,
    Tree,
)
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from escrow_tui.ui.safety.line_filter import SafeLines
from escrow_tui.ui.safety.text import clean, rich_text, shown, template
from tests.given.hostile_text import HOSTILE
from tests.ui.settling import paint

Texts = Sequence[str]
Maker = Callable[[Texts], Iterable[Widget]]
LIMIT = 90
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Wall(App[None]):
    """A screen full of widgets, and an action that nobody may run."""

    CSS = """
    Vertical { height: auto }
    OptionList, SelectionList, SelectOverlay, DataTable, Tree { height: auto; max-height: 900 }
    TextArea { height: 4 }
    """

    def __init__(self, maker: Maker, texts: Texts, *, is_filtered: bool = False) -> None:
        super().__init__()
        self.maker = maker
        self.texts = texts
        self.safe_lines = SafeLines(enabled=is_filtered)
        self.harmed = False

    def get_line_filters(self) -> Sequence[LineFilter]:
        """As in the real app, but one test does without the second line of defence."""
        filters = super().get_line_filters()
        return [*filters, self.safe_lines] if self.safe_lines.enabled else filters

    def compose(self) -> ComposeResult:
        """The widgets, one below the other."""
        yield Vertical(*self.maker(self.texts))

    def on_mount(self) -> None:
        """Open what is closed."""
        for select in self.query(Select):
            select.expanded = True

    def action_harm(self) -> None:
        """What a hostile text tries to run."""
        self.harmed = True


def assert_harmless(app: Wall, needle: str | None) -> None:
    """No control on the wire, no link, nothing to click, and the text itself is there."""
    strips = paint(app)
    wire = COLOURS.sub("", "\n".join(strip.render(app.console) for strip in strips))
    assert not CONTROLS.search(wire.replace("\n", ""))
    assert not [s for strip in strips for s in strip if s.style and s.style.link]
    assert not clickable(strips)
    assert needle is None or needle in wire
    assert not app.harmed


def clickable(strips: Iterable[Strip]) -> list[str]:
    """The segments that run an action when they are clicked."""
    return [s.text for strip in strips for s in strip if s.style and "@click" in s.style.meta]


def each(make: Callable[[str], Widget]) -> Maker:
    """One widget for each text."""
    return lambda texts: [make(text) for text in texts]


def titled(text: str) -> Widget:
    """A widget with a title and a subtitle on its border."""
    widget = Static("body")
    widget.styles.border = ("round", "white")
    widget.border_title = shown(text, LIMIT)
    widget.border_subtitle = shown(text, LIMIT)
    return widget


def table(texts: Texts) -> Iterable[Widget]:
    """A table with each text as a cell and as a row's label, and a table with it as a column."""
    rows: DataTable[Text] = DataTable()
    rows.add_column("text")
    for text in texts:
        rows.add_row(rich_text(text, LIMIT), label=rich_text(text, 8))
        columns: DataTable[Text] = DataTable()
        columns.add_column(rich_text(text, LIMIT))
        yield columns
    yield rows


def tree(texts: Texts) -> Iterable[Widget]:
    """Trees with each text as a root and as a leaf."""
    for text in texts:
        widget: Tree[None] = Tree(rich_text(text, LIMIT))
        widget.root.expand().add_leaf(rich_text(text, LIMIT))
        yield widget


SAFE: dict[str, Maker] = {
    "static": each(lambda text: Static(shown(text, LIMIT))),
    "static, several lines": each(lambda text: Static(shown(text, LIMIT, multiline=True))),
    "static, no markup": each(lambda text: Static(clean(text, LIMIT), markup=False)),
    "template": each(lambda text: Label(template("Seller [b]$name[/b]:", name=text))),
    "label": each(lambda text: Label(shown(text, LIMIT))),
    "button": each(lambda text: Button(shown(text, LIMIT))),
    "checkbox": each(lambda text: Checkbox(shown(text, LIMIT))),
    "input": each(lambda text: Input(clean(text, LIMIT))),
    "placeholder": each(lambda text: Input(placeholder=clean(text, LIMIT))),
    "text area": each(lambda text: TextArea(clean(text, LIMIT, multiline=True))),
    "text area's placeholder": each(lambda text: TextArea(placeholder=shown(text, LIMIT))),
    "border": each(titled),
    "option": lambda texts: [OptionList(*(Option(shown(text, LIMIT)) for text in texts))],
    "select": lambda texts: [
        Select([(rich_text(text, LIMIT), text) for text in texts], value=texts[-1])
    ],
    "selection": lambda texts: [
        SelectionList(*(Selection(shown(text, LIMIT), n) for n, text in enumerate(texts)))
    ],
    "tab": lambda texts: [
        Tabs(*(Tab(shown(text, LIMIT // 2)) for text in pair))
        for pair in zip(texts[::2], texts[1::2], strict=False)
    ],
    "table": table,
    "tree": tree,
}
NEEDLE = "Track my parcel"


@pytest.mark.parametrize("maker", SAFE.values(), ids=SAFE)
async def test_the_safe_form_is_harmless(maker: Maker) -> None:
    """Without help from the filter, each widget shows each text and does nothing else."""
    app = Wall(maker, HOSTILE)
    async with app.run_test(size=(100, 900)) as pilot:
        await pilot.pause()
        assert_harmless(app, NEEDLE)


async def test_a_tooltip_is_harmless() -> None:
    """A tooltip is drawn for each text in turn."""
    target = Static("here")
    app = Wall(lambda _: [target], ())
    async with app.run_test(size=(100, 60), tooltips=True) as pilot:
        await pilot.hover(target)
        for text in HOSTILE:
            target.tooltip = shown(text)
            app.screen._handle_tooltip_timer(target)
            await pilot.pause()
            assert_harmless(app, None)
        target.tooltip = shown(NEEDLE)
        app.screen._handle_tooltip_timer(target)
        await pilot.pause()
        assert_harmless(app, NEEDLE)


async def test_a_notification_is_harmless() -> None:
    """A notification and its title show each text."""
    app = Wall(lambda _: [], ())
    async with app.run_test(size=(100, 900), notifications=True) as pilot:
        for text in HOSTILE:
            app.notify(clean(text), title=clean(text), markup=False)
        await pilot.pause()
        await pilot.pause()
        assert_harmless(app, NEEDLE)


SHORT = [text for text in HOSTILE if len(text) < LIMIT]
LINK = Style(link="https://evil.example/")
UNSAFE: dict[str, Maker] = {
    "content": each(lambda text: Static(Content(text))),
    "no markup": each(lambda text: Label(text, markup=False)),
    "linked": each(lambda text: Label(Content.styled(text, LINK))),
    "option": lambda texts: [OptionList(*(Option(Content(text)) for text in texts))],
    "text": each(lambda text: Static(Text(text, style="link https://evil.example/"))),
}


@pytest.mark.parametrize("maker", UNSAFE.values(), ids=UNSAFE)
async def test_what_was_not_cleaned_is_stopped_by_the_filter(maker: Maker) -> None:
    """Even if somebody forgets `clean`, no control and no link leaves the app."""
    app = Wall(maker, SHORT, is_filtered=True)
    async with app.run_test(size=(100, 900)) as pilot:
        await pilot.pause()
        assert_harmless(app, NEEDLE)


async def test_without_the_filter_a_control_would_leave_the_app() -> None:
    """So the test above would see one."""
    app = Wall(each(lambda text: Static(Content(text))), ["\x1b]0;owned"])
    async with app.run_test() as pilot:
        await pilot.pause()
        with pytest.raises(AssertionError):
            assert_harmless(app, None)
