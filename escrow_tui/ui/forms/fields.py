"""The widgets of a form's fields, and the values that were typed into them."""

from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Select, SelectionList, Static
from textual.widgets.selection_list import Selection

from escrow_tui.engine.commands import Exhibit
from escrow_tui.engine.money import Money, parse_money
from escrow_tui.ui.forms.form import Field, FieldKind
from escrow_tui.ui.safety.text import clean, rich_text, shown
from escrow_tui.ui.widgets.check_boxes import Checks
from escrow_tui.views.choices import Choices


class MissingError(ValueError):
    """A required field is still empty."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a field needs to know: its choices, its first value, and what 100 % means."""

    choices: Choices = ()
    exhibits: tuple[Exhibit, ...] = ()
    kinds: Choices = ()
    first: str = ""
    whole_minor: int = 0
    currency: str = "USD"


# These are shown beside their title; the others need rows of their own below it.
_TYPED = frozenset({FieldKind.AMOUNT, FieldKind.MONEY, FieldKind.NUMBER, FieldKind.TEXT})
_ON_ONE_LINE = _TYPED | {FieldKind.CHOICE, FieldKind.SWITCH}


class FieldRow(Vertical):
    """One field: its title, its widget, and a line for what is wrong with it."""

    DEFAULT_CSS = """
    FieldRow { height: auto; }
    FieldRow .line { height: 1; }
    FieldRow .title { text-style: bold; width: 16; }
    FieldRow .above { text-style: bold; width: 1fr; }
    FieldRow .wrong { color: $error; display: none; padding-left: 16; }
    FieldRow.bad .wrong { display: block; }
    FieldRow Input, FieldRow Select { width: 1fr; }
    FieldRow Checks { height: auto; max-height: 7; border: none; padding: 0; }
    FieldRow .line Checks { width: 1fr; height: 1; }
    FieldRow .line Checks > .option-list--option-highlighted { background: $surface; }
    FieldRow .line Checks:focus > .option-list--option-highlighted {
        background: $block-cursor-background;
    }
    FieldRow .own { height: 1; }
    FieldRow .whole { height: auto; display: none; padding-left: 2; color: $text-muted; }
    FieldRow.cut .whole { display: block; }
    """

    def __init__(self, field: Field, asked: Asked) -> None:
        super().__init__(id=f"field-{field.name}")
        self.field = field
        self.asked = asked

    def compose(self) -> ComposeResult:
        """The title, the widget, and a line for an error."""
        if self.field.kind in _ON_ONE_LINE:
            with Horizontal(classes="line"):
                yield Static(shown(self.field.title), classes="title")
                yield from self._widgets()
        else:
            ticks = "" if self.field.kind is FieldKind.EXHIBIT else "; space ticks"
            hint = f" ({self.field.hint}{ticks})" if self.field.hint else ""
            yield Static(shown(f"{self.field.title}{hint}"), classes="above")
            yield from self._widgets()
        yield Static("", classes="wrong", markup=False)

    def _widgets(self) -> ComposeResult:
        kind, name = self.field.kind, self.field.name
        if kind in _TYPED:
            yield Input(
                value=self.asked.first,
                compact=True,
                id=f"input-{name}",
                placeholder=clean(self.field.hint),
            )
        elif kind is FieldKind.CHOICE:
            yield _select(self.asked.choices, f"select-{name}", self.asked.first)
        elif kind is FieldKind.SWITCH:
            # Textual's own switch tells its two states apart by colour alone.
            yield Checks(
                Selection(shown(self.field.hint), "yes"), id=f"checks-{name}", compact=True
            )
        elif kind is FieldKind.CHECKS:
            options = [Selection(shown(words), value) for value, words in self.asked.choices]
            yield Checks(*options, id=f"checks-{name}", compact=True)
        elif kind is FieldKind.EXHIBITS:
            if self.asked.exhibits:
                yield Checks(*self._exhibits(), id=f"checks-{name}", compact=True)
                yield Static("", classes="whole", markup=False)
            yield from self._own()
        else:
            choices = [(value, words) for words, value in self._numbered()]
            yield _select(choices, "select-exhibit")
            yield from self._own()

    def _numbered(self) -> list[tuple[str, str]]:
        return [(exhibit_words(one), str(nth)) for nth, one in enumerate(self.asked.exhibits)]

    def _exhibits(self) -> list[Selection[str]]:
        return [Selection(shown(words), value) for words, value in self._numbered()]

    def _own(self) -> ComposeResult:
        """Ask for a new piece of evidence: its kind, and what it shows."""
        with Horizontal(classes="own"):
            yield _select(self.asked.kinds, "own-kind")
            yield Input(compact=True, id="own-shows", placeholder="or your own: what it shows")

    @on(Checks.SelectionHighlighted)
    def _say_whole(self, event: Checks.SelectionHighlighted[str]) -> None:
        """Show the full text of a piece of evidence that is cut off in the list."""
        if self.field.kind is FieldKind.EXHIBITS:
            # The first message comes before the list has a width.
            self.call_after_refresh(self._measure, event.selection_list, event.selection.value)

    def _measure(self, listed: SelectionList[str], value: str) -> None:
        words = exhibit_words(self.asked.exhibits[int(value)])
        self.set_class(cell_len(words) > listed.content_size.width - len("▐X▌ "), "cut")
        self.query_one(".whole", Static).update(shown(words, 400))

    def value(self) -> object:
        """Return the value, or None if nothing was given.

        Raises:
            ValueError: the field does not accept it; the message says why.
        """
        value = self._read()
        if value in (None, "", ()) and self.field.required:
            raise MissingError(self.field.title)
        return None if value in ("", ()) else value

    def _read(self) -> object:
        kind = self.field.kind
        if kind is FieldKind.TEXT:
            return self._typed().strip()
        if kind is FieldKind.NUMBER:
            return _whole(self._typed(), self.field.title)
        if kind is FieldKind.AMOUNT:
            return typed_amount(self._typed(), self.asked.whole_minor, self.asked.currency)
        if kind is FieldKind.MONEY:
            return typed_money(self._typed(), self.asked.currency)
        if kind is FieldKind.SWITCH:
            return bool(self.query_one(Checks).selected)
        if kind is FieldKind.CHECKS:
            return tuple(self.query_one(Checks).selected)
        if kind is FieldKind.CHOICE:
            return _chosen(self.query_one(f"#select-{self.field.name}", Select))
        if kind is FieldKind.EXHIBITS:
            ticked = [value for checks in self.query(Checks) for value in checks.selected]
            chosen = [msgspec.to_builtins(self.asked.exhibits[int(one)]) for one in ticked]
            return (*chosen, *self._own_piece())
        chosen_one = _chosen(self.query_one("#select-exhibit", Select))
        if chosen_one is None:
            return next((msgspec.to_builtins(one) for one in self._own_piece()), None)
        return msgspec.to_builtins(self.asked.exhibits[int(str(chosen_one))])

    def _own_piece(self) -> Sequence[dict[str, str]]:
        text = self.query_one("#own-shows", Input).value.strip()
        if not text:
            return ()
        kind = _chosen(self.query_one("#own-kind", Select))
        if kind is None:
            raise ValueError("Choose what kind of evidence your own piece is")
        return ({"kind": str(kind), "shows": text},)

    def _typed(self) -> str:
        return self.query_one(f"#input-{self.field.name}", Input).value

    def tell(self, wrong: str) -> None:
        """Show what is wrong with the value; "" if nothing is."""
        self.set_class(bool(wrong), "bad")
        self.query_one(".wrong", Static).update(shown(wrong))


def _select(choices: Sequence[tuple[str, str]], id: str, first: str = "") -> Select[str]:
    known = any(value == first for value, _ in choices)
    # A Text, because Select searches no other kind of content for what is typed.
    return Select[str](
        [(rich_text(words), value) for value, words in choices],
        id=id,
        compact=True,
        prompt="choose",
        value=first if known else Select.NULL,
    )


def _chosen(select: Widget) -> object:
    assert isinstance(select, Select)
    return None if select.is_blank() else select.value


def _whole(text: str, title: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().lstrip("-").isdecimal() or len(text) > 12:
        raise ValueError(f"{title} is a whole number")
    return int(text)


def typed_amount(text: str, whole_minor: int, currency: str) -> int | None:
    """Read an amount, or a share such as `40 %` of the whole, in minor units; None if empty."""
    text = text.strip()
    if not text:
        return None
    share = text.removesuffix("%").strip()
    if share != text:
        if not share.isdecimal() or int(share) > 100:
            raise ValueError("A share goes from 0 % to 100 %")
        return (whole_minor * int(share) + 50) // 100
    money = parse_money(text, currency)
    if money.currency != currency:
        raise ValueError(f"This order is in {currency}")
    return money.minor


def typed_money(text: str, currency: str) -> Money | None:
    """Read an amount of any currency, by default of `currency`; None if empty."""
    return parse_money(text, currency) if text.strip() else None


def exhibit_words(exhibit: Exhibit) -> str:
    """Return the words for a piece of evidence in a list."""
    return f"{exhibit.kind.replace('_', ' ')}: {exhibit.shows}"
