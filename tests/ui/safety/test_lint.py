"""The check finds each bad form, passes the good ones, and finds nothing in the ui."""

from pathlib import Path
from textwrap import dedent

import pytest

import escrow_tui
from tests.ui.safety.lint import faults, read

UI = Path(escrow_tui.__file__).parent / "ui"

BAD = (
    "Static(view.title)",
    "Static(content=view.title)",
    'Static(f"Order {number}")',
    'Static("Order " + number)',
    'Static("Order %s" % number)',
    'Static("Order {}".format(number))',
    'Static("a" if sure else name)',
    "Static(name or 'nobody')",
    "Static(str(shown(name)))",
    "Static(shown(name).plain)",
    "Static(clean(name))",
    "Label(name)",
    "Label(', '.join(names))",
    "Label(words())",
    "self.query_one(Label).update(name)",
    "Button(name)",
    "Checkbox(name)",
    "OptionList(name)",
    "OptionList('a', name)",
    "OptionList(*names)",
    "OptionList(*[name for name in names])",
    "Option(name)",
    "self.add_option(name)",
    "Select([(name, 1)])",
    "Select([('a', 0), (name, 1)])",
    "Select([(name, n) for n, name in enumerate(names)])",
    "Select(pairs)",
    "Select([], prompt=name)",
    "Selection(name, 1)",
    "Tab(name)",
    "Tabs(name)",
    "TabPane(name)",
    "Collapsible(title=name)",
    "Tree(name)",
    "root.add_leaf(name)",
    "table.add_column(name)",
    "table.add_columns('a', name)",
    "table.add_row('a', name)",
    "table.add_row('a', label=name)",
    "table.update_cell(row, column, name)",
    "self.notify(name)",
    "self.notify('done', title=name)",
    "Input(placeholder=name)",
    "TextArea(placeholder=clean(name))",
    "Button('a', tooltip=name)",
    "Anything(tooltip=name)",
    "widget.with_tooltip(name)",
    "self.border_title = name",
    "self.border_subtitle = f'{name}'",
    "self.tooltip = view.why",
    "DiscoveryHit(name, run)",
    "Hit(1.0, name, run)",
    "Markdown(name)",
    "Content.from_markup(name)",
    "Content.from_markup(f'[b]{name}[/b]')",
    "Text.from_markup(name)",
    "template(name)",
    "template(f'[b]{name}[/b]', name=name)",
    "template(words(), name=name)",
    "words(escape(name))",
    "markup.escape(name)",
    "words = name\nStatic(words)",
    "words = 'a'\nwords = name\nStatic(words)",
    "for word in names:\n    Static(word)",
    "def show(word: str) -> None:\n    Static(word)",
    "def show(word: Content | str) -> None:\n    Static(word)",
    "def show(word) -> None:\n    Static(word)",
    "def words() -> str:\n    return name\nStatic(words())",
    "def render(self) -> str:\n    return name",
)
GOOD = (
    "Static('text')",
    "Static('[b]ours[/b] ' 'too')",
    "Static('a' + 'b')",
    "Static()",
    "Static(shown(name))",
    "Static(shown(name).stylize('bold'))",
    "Static(Content(' ').join(parts))",
    "Static(template('Seller [b]$name[/b]', name=name))",
    "Static(Content.from_markup('Seller [b]$name[/b]', name=name))",
    "Static(Content.styled(name, 'bold'))",
    "Static(HEADLINE)",
    "Static(texts.HEADLINE)",
    "Static(name, markup=False)",
    "Label(shown(a) if a else 'nobody')",
    "Label(shown(a) + ' ' + shown(b))",
    "Label('a', id=name)",
    "Button(shown(name), id=f'order-{number}')",
    "OptionList(*[Option(shown(name), id=name) for name in names])",
    "Select([(rich_text(name), name) for name in names])",
    "Select([('a', name), ('b', name)])",
    "table.add_row(rich_text(a), 'b')",
    "self.notify(clean(name), markup=False)",
    "self.notify('done', title=clean(name))",
    "Input(placeholder=clean(name))",
    "Input(name)",
    "TextArea(placeholder=shown(name))",
    "self.border_title = shown(name)",
    "self.title = name",
    "re.match(name, title=name)",
    "words = shown(name)\nStatic(words)",
    "words = 'a'\nwords += 'b'\nStatic(words)",
    "for word in ('a', 'b'):\n    Static(word)",
    "for key, word in WORDS:\n    Static(word)",
    "def show(word: Content) -> None:\n    Static(word)",
    "def show(words: tuple[Option, ...]) -> None:\n    OptionList(*words)",
    "def words() -> Content:\n    return shown(name)\nStatic(self.words())",
    "class A:\n    def f(self):\n        self.head = shown(name)\n    def g(self):\n"
    "        Static(self.head)",
    "def render(self) -> Content:\n    return shown(name)",
)


@pytest.mark.parametrize("source", BAD)
def test_a_bad_form_is_found(source: str) -> None:
    """Each way in which a `str` could be read as markup."""
    assert len(faults({"screen.py": source})) == 1


@pytest.mark.parametrize("source", GOOD)
def test_a_good_form_passes(source: str) -> None:
    """Each safe form, and text that is not shown."""
    assert faults({"screen.py": source}) == []


def test_a_fault_is_named_with_its_place() -> None:
    """So that it can be found."""
    assert faults({"ui/a.py": "", "ui/b.py": "\n\nLabel(name)"}) == [
        "ui/b.py:3: Label() is given a str that may be read as markup"
    ]


def test_a_maker_is_not_trusted_if_another_function_of_its_name_returns_a_str() -> None:
    """The check sees only names."""
    ours = "def words() -> Content:\n    return shown(name)\nStatic(words())"
    theirs = "def words() -> str:\n    return name"
    assert faults({"a.py": ours}) == []
    assert len(faults({"a.py": ours, "b.py": theirs})) == 1


def test_a_name_in_one_function_is_not_that_in_another() -> None:
    """What is safe in one may be typed text in the other."""
    source = dedent("""
        def safe(word: Content) -> None:
            Static(word)

        def unsafe(word: str) -> None:
            Static(word)
    """)
    assert faults({"a.py": source}) == [
        "a.py:6: Static() is given a str that may be read as markup"
    ]


def test_no_screen_shows_an_unsafe_text() -> None:
    """The modules of the ui, as they are."""
    sources = read(UI)
    assert "safety/text.py" in sources
    sources.pop("safety/text.py")  # where a template is read: the only place that may
    sources.pop("ground/actions.py")  # the registry: all of its words are ours
    assert faults(sources) == []
