"""The widgets of a form's fields, and what was typed into them as plain values."""

from collections.abc import Sequence

import msgspec
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Select, SelectionList, Static, Switch
from textual.widgets.selection_list import Selection

from escrow_tui.engine.commands import Exhibit
from escrow_tui.engine.money import parse_money
from escrow_tui.ui.forms import Field, Kind
from escrow_tui.ui.safety.text import clean, shown
from escrow_tui.views.choices import Choices

OWN = "own"


class Asked(msgspec.Struct, frozen=True):
    """What a field needs to know: what can be chosen, its first value, and what 100 % is."""

    choices: Choices = ()
    exhibits: tuple[Exhibit, ...] = ()
    kinds: Choices = ()
    first: str = ""
    whole_minor: int = 0
    currency: str = "USD"


class FieldRow(Vertical):
    """One field: its title, its widget, and a line for what is wrong with it."""

    DEFAULT_CSS = """
    FieldRow { height: auto; margin-bottom: 1; }
    FieldRow .title { text-style: bold; width: 1fr; }
    FieldRow .wrong { color: $error; display: none; }
    FieldRow.bad .wrong { display: block; }
    FieldRow Input, FieldRow Select { width: 1fr; }
    FieldRow SelectionList { height: auto; max-height: 8; border: none; padding: 0; }
    FieldRow .own { height: auto; display: none; }
    FieldRow .own.chosen { display: block; }
    """

    def __init__(self, field: Field, asked: Asked) -> None:
        super().__init__(id=f"field-{field.name}")
        self.field = field
        self.asked = asked

    def compose(self) -> ComposeResult:
        """The title, the widget, the place for a fault."""
        title = f"{self.field.title}  {self.field.hint}" if self.field.hint else self.field.title
        yield Static(shown(title), classes="title")
        yield from self._widgets()
        yield Static("", classes="wrong", markup=False)

    def _widgets(self) -> ComposeResult:
        kind = self.field.kind
        if kind in (Kind.TEXT, Kind.NUMBER, Kind.AMOUNT):
            yield Input(self.asked.first, compact=True, id=f"input-{self.field.name}")
        elif kind is Kind.CHOICE:
            yield _select(self.asked.choices, f"select-{self.field.name}")
        elif kind is Kind.CHECKS:
            options = [Selection(shown(words), value) for value, words in self.asked.choices]
            yield SelectionList[str](*options, id=f"checks-{self.field.name}", compact=True)
        elif kind is Kind.SWITCH:
            yield Switch(id=f"switch-{self.field.name}")
        elif kind is Kind.EXHIBITS:
            options = [
                Selection(shown(exhibit_words(one)), str(index))
                for index, one in enumerate(self.asked.exhibits)
            ]
            yield SelectionList[str](*options, id=f"checks-{self.field.name}", compact=True)
            yield from self._own()
        else:
            choices = [
                (str(index), exhibit_words(one)) for index, one in enumerate(self.asked.exhibits)
            ]
            yield _select((*choices, (OWN, "Something of my own...")), "select-exhibit")
            yield from self._own()

    def _own(self) -> ComposeResult:
        """A piece of one's own: its kind, and what it shows."""
        with Horizontal(classes="own chosen"):
            yield _select(self.asked.kinds, "own-kind", prompt="your own: kind")
            yield Input(compact=True, id="own-shows", placeholder="what it shows")

    def value(self) -> object:
        """Return what was given, None where nothing was.

        Raises:
            ValueError: it is not what the field asks for, with a sentence.
        """
        value = self._read()
        if value in (None, "", ()) and self.field.required:
            raise ValueError(f"{self.field.title} is missing")
        return None if value in ("", ()) else value

    def _read(self) -> object:
        kind = self.field.kind
        if kind is Kind.TEXT:
            return self._typed().strip()
        if kind is Kind.NUMBER:
            return _whole(self._typed(), self.field.title)
        if kind is Kind.AMOUNT:
            return amount_of(self._typed(), self.asked.whole_minor, self.asked.currency)
        if kind is Kind.SWITCH:
            return self.query_one(Switch).value
        if kind is Kind.CHECKS:
            return tuple(self.query_one(SelectionList).selected)
        if kind is Kind.CHOICE:
            return _chosen(self.query_one(f"#select-{self.field.name}", Select))
        if kind is Kind.EXHIBITS:
            ticked = self.query_one(SelectionList).selected
            chosen = [msgspec.to_builtins(self.asked.exhibits[int(one)]) for one in ticked]
            return (*chosen, *self._own_piece())
        chosen_one = _chosen(self.query_one("#select-exhibit", Select))
        if chosen_one in (None, OWN):
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
        """Show what is wrong with the value, or that nothing is."""
        self.set_class(bool(wrong), "bad")
        self.query_one(".wrong", Static).update(shown(wrong))


def _select(choices: Sequence[tuple[str, str]], id: str, prompt: str = "choose") -> Select[str]:
    options = [(clean(words), value) for value, words in choices]
    return Select[str](options, id=id, compact=True, prompt=prompt)


def _chosen(select: Widget) -> object:
    assert isinstance(select, Select)
    return None if select.is_blank() else select.value


def _whole(text: str, title: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().lstrip("-").isdecimal() or len(text) > 12:
        raise ValueError(f"{title} is a whole number")
    return int(text)


def amount_of(text: str, whole_minor: int, currency: str) -> int | None:
    """Read an amount, or a share of the whole such as `40 %`, as minor units; None for nothing."""
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


def exhibit_words(exhibit: Exhibit) -> str:
    """Name a piece of evidence in a list."""
    return f"{exhibit.kind.replace('_', ' ')}: {exhibit.shows}"
