"""One value of any kind of struct, every field filled with something other than its default.

Only the payment method is a real one: no other can be read from a store.
"""

from enum import StrEnum
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

import msgspec


def sample(kind: object) -> object:
    """Make a value of a struct, an enum, a tuple, a union or a plain type."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = get_type_hints(kind)
        values = {name: sample(hints[name]) for name in kind.__struct_fields__}
        return kind(**values | ({"method": "debit_card"} if "method" in values else {}))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return list(kind)[-1]
    if get_origin(kind) in (UnionType, Union):
        return sample(get_args(kind)[0])
    if get_origin(kind) is tuple:
        return tuple(sample(part) for part in get_args(kind) if part is not Ellipsis)
    plain: dict[object, object] = {str: "Ünï \x1b[31m'", int: -(2**53), bool: True}
    return plain[kind]
