"""A form: a verb's title and fields, and the command that is built from their values."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from escrow_tui.engine.commands import AnyCommand
from escrow_tui.engine.money import Money


class FieldKind(StrEnum):
    """How a field is asked for."""

    AMOUNT = "amount"
    MONEY = "money"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    CHECKS = "checks"
    SWITCH = "switch"
    EXHIBITS = "exhibits"
    EXHIBIT = "exhibit"


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a form; `name` is the command's field, `hint` says what is expected.

    `stand_in` is used for the preview while the field is empty; it moves no money.
    `without` names a switch that makes this amount zero, so that it need not be given.
    """

    name: str
    title: str
    kind: FieldKind
    hint: str = ""
    required: bool = True
    stand_in: object = None
    without: str = ""


class Form(msgspec.Struct, frozen=True):
    """A verb's title, what it means, and its fields."""

    title: str
    means: str
    fields: tuple[Field, ...] = ()


def build(verb: str, values: Mapping[str, object]) -> AnyCommand:
    """Return the command of a verb from plain values.

    Raises:
        ValueError: a value does not fit; the message says which.
    """
    given = dict(values)
    if isinstance(exhibit := given.pop("exhibit", None), Mapping):
        given |= exhibit
    if isinstance(money := given.pop("money", None), Money):
        given |= {"amount": money.minor, "currency": money.currency}
    try:
        command: AnyCommand = msgspec.convert({"do": verb, **given}, AnyCommand)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None
    return command
