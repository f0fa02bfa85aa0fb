"""What others did meanwhile, in words: for toasts, and for an open form."""

from collections.abc import Sequence

from escrow_tui.desk.session import News
from escrow_tui.engine.roles import Role

_MOST_TOASTS = 3
_NOBODY = ("", Role.CLOCK)


def toasts(news: Sequence[News]) -> tuple[str, ...]:
    """Return at most a few sentences: the last ones, and how many more there are."""
    said = tuple(f"{_whose(one)}: {one.sentence}" for one in news)
    if len(said) <= _MOST_TOASTS:
        return said
    told = said[1 - _MOST_TOASTS :]
    return (*told, f"… and {len(said) - len(told)} more: your orders show them all.")


def meanwhile(news: Sequence[News]) -> str:
    """Say what was done last while a form was open, and how much before it; "" for nothing."""
    if not news:
        return ""
    last, before = news[-1], len(news) - 1
    who = "time passed for" if last.by in _NOBODY else f"the {last.by} acted on"
    more = f" ({before} more before it)" if before else ""
    return f"Meanwhile {who} order {last.order}{more}: {last.sentence}"


def _whose(one: News) -> str:
    return f"Order {one.order}" if one.by in _NOBODY else f"Order {one.order}, the {one.by}"
