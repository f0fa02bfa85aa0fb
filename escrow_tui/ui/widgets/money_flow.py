"""Where the money is: buyer, escrow and seller as boxes, with the amounts between them."""

import msgspec
from rich.cells import cell_len
from textual.reactive import reactive

from escrow_tui.ui.widgets.text_canvas import Drawn, DrawnLine, fitted, padded
from escrow_tui.views.parts import Flow

_MIDDLE = 18  # the least width of the middle box, so that its bar can be read
_GAP = 5  # the least width of an arrow
_SECONDS = 0.9
# What goes back to the buyer: a refund, or what their bank takes.
_BACK = ("refunded_minor", "charged_back_minor")
_Part = tuple[str, str]


class _Back(msgspec.Struct, frozen=True):
    """What went back, for the buyer's box and for the arrow to it."""

    name: str
    amount: str
    minor: int


class _Sizes(msgspec.Struct, frozen=True):
    """Widths in cells of a gap, of each outer box, and of the middle box."""

    gap: int
    side: int
    middle: int


class MoneyFlow(Drawn):
    """Five rows; boxes that hold money have a heavy frame, arrows that carried it a heavy line."""

    flow: reactive[Flow | None] = reactive(None)
    progress: reactive[float] = reactive(1.0)

    def __init__(
        self, flow: Flow | None = None, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._moving: frozenset[str] = frozenset()
        self.set_reactive(MoneyFlow.flow, flow)

    def watch_flow(self, old: Flow | None, new: Flow | None) -> None:
        """Animate each arrow whose amount has grown."""
        self._moving = _grown(old, new)
        if self._moving and self.app.animation_level != "none":
            self.progress = 0.0
            self.animate("progress", 1.0, duration=_SECONDS)

    def lines(self, width: int) -> tuple[DrawnLine, ...]:
        """The boxes, or a list where they do not fit; always five rows."""
        if self.flow is None:
            return ((),) * 5
        sizes = _sizes(self.flow, width)
        if sizes is None:
            return _listed(self.flow, width)
        moving = self._moving if self.progress < 1 else frozenset()
        return _boxes(self.flow, sizes, moving, self.progress)


def _grown(old: Flow | None, new: Flow | None) -> frozenset[str]:
    if old is None or new is None:
        return frozenset()
    names = ("paid_minor", "to_seller_minor", *_BACK)
    return frozenset(name for name in names if getattr(new, name) > getattr(old, name))


def _back(flow: Flow) -> _Back:
    """Return the refund, or what the bank took back if there is none."""
    if flow.refunded_minor or not flow.charged_back_minor:
        return _Back("refunded_minor", flow.refunded, flow.refunded_minor)
    return _Back("charged_back_minor", flow.charged_back, flow.charged_back_minor)


def _boxes(
    flow: Flow, sizes: _Sizes, moving: frozenset[str], progress: float
) -> tuple[DrawnLine, ...]:
    gap, side, middle = sizes.gap, sizes.side, sizes.middle
    gone = _back(flow)
    back = gone.minor > 0
    buyer = _box(
        flow.buyer_title,
        (
            _said("paid", flow.paid, side - 4),
            _said("back", gone.amount, side - 4) if back else "",
        ),
        side,
        rests=back,
    )
    escrow = _box(
        flow.escrow_title,
        (_said("holds", flow.held, middle - 4), _bar(flow, middle - 4)),
        middle,
        rests=flow.held_minor > 0,
    )
    seller = _box(
        flow.seller_title,
        (_said("gets", flow.to_seller, side - 4), ""),
        side,
        rests=flow.to_seller_minor > 0,
    )
    blank: _Part = (" " * gap, "text")

    def arrow(name: str, amount: str, minor: int) -> _Part:
        at = progress if name in moving else None
        return _arrow(amount, minor, gap, backward=name in _BACK, token=at)

    first = (
        arrow("paid_minor", flow.paid, flow.paid_minor),
        arrow("to_seller_minor", flow.to_seller, flow.to_seller_minor),
    )
    second = (arrow(gone.name, gone.amount, gone.minor) if back else blank, blank)
    between = ((blank, blank), first, second, (blank, blank))
    rows = [
        (*buyer[row], left, *escrow[row], right, *seller[row])
        for row, (left, right) in enumerate(between)
    ]
    return (*rows, _foot(flow, 2 * (gap + side) + middle))


def _sizes(flow: Flow, width: int) -> _Sizes | None:
    """Return the widths, or None if an amount would be cut."""
    longest = max(
        cell_len(amount)
        for amount in (flow.paid, flow.held, flow.to_seller, flow.refunded, flow.charged_back)
    )
    side, middle = longest + 4, max(_MIDDLE, longest + 4)
    room = (width - 2 * side - middle) // 2
    if room < _GAP:
        return None
    gap = min(longest + (8 if width >= 100 else 5), room)
    inner = width - 2 * gap
    title = max(cell_len(flow.buyer_title), cell_len(flow.seller_title)) + 6
    side = max(side, min(max(title, inner * 3 // 10), (inner - middle) // 2))
    return _Sizes(gap=gap, side=side, middle=inner - 2 * side)


def _box(title: str, inside: tuple[str, str], width: int, *, rests: bool) -> tuple[DrawnLine, ...]:
    """Four rows of a box; heavy where money rests."""
    corners, across, down = ("┏┓┗┛", "━", "┃") if rests else ("╭╮╰╯", "─", "│")
    look = "here" if rests else "frame"
    shown = fitted(title, width - 6)
    top = f"{corners[0]}{across} ", shown, f" {across * (width - 5 - cell_len(shown))}{corners[1]}"
    bottom = corners[2] + across * (width - 2) + corners[3]
    middle = [
        ((f"{down} ", look), (padded(text, width - 4), "text"), (f" {down}", look))
        for text in inside
    ]
    return (
        ((top[0], look), (top[1], "text"), (top[2], look)),
        *middle,
        ((bottom, look),),
    )


def _said(word: str, amount: str, width: int) -> str:
    """The word and the amount, or the amount alone if both do not fit."""
    whole = f"{word} {amount}"
    return whole if cell_len(whole) <= width else fitted(amount, width)


def _bar(flow: Flow, width: int) -> str:
    """The share of what was paid that is held now."""
    share = flow.held_minor / flow.paid_minor if flow.paid_minor > 0 else 0.0
    cells = max(width - 5, 1)
    full = round(share * cells)
    if 0 < flow.held_minor < flow.paid_minor:
        full = min(max(full, 1), cells - 1)
    return f"{'■' * full}{'□' * (cells - full)} {round(share * 100):>3}%"


def _arrow(amount: str, minor: int, width: int, *, backward: bool, token: float | None) -> _Part:
    """An arrow with its amount, or a thin one if nothing has moved yet."""
    if minor <= 0:
        return "╌" * (width - 1) + "▷", "gone"
    body = f" {amount} " if cell_len(amount) + 4 <= width else ""
    left = (width - 1 - cell_len(body)) // 2
    line = "━" * left + body + "━" * (width - 1 - left - cell_len(body))
    if token is not None:
        at = round((1 - token if backward else token) * (width - 2))
        line = line[:at] + "●" + line[at + 1 :]
    return ("◀" + line if backward else line + "▶"), "here"


def _foot(flow: Flow, width: int) -> DrawnLine:
    """The note, and at the right what the platform took."""
    fee = f"▶ platform commission {flow.commission}" if flow.commission_minor > 0 else ""
    note = padded(" · ".join(filter(None, [_taken(flow), flow.note])), width - cell_len(fee) - 3)
    return ((f" {note} ", "dim"), (fee, "text"), (" ", "text"))


def _taken(flow: Flow) -> str:
    """Say what the bank took, which the arrow back alone does not tell from a refund."""
    return f"charged back {flow.charged_back}" if flow.charged_back_minor > 0 else ""


def _listed(flow: Flow, width: int) -> tuple[DrawnLine, ...]:
    """One line per box, for a narrow widget."""
    gone = _back(flow)
    back = f"back to the buyer {gone.amount}" if gone.minor > 0 else ""
    fee = f"platform {flow.commission}" if flow.commission_minor > 0 else ""
    bar = _bar(flow, 15)
    held = f"{flow.escrow_title} holds {flow.held}"
    return (
        ((fitted(f"{flow.buyer_title} paid {flow.paid}", width), "text"),),
        ((fitted(f"▶ {held}", width), "here" if flow.held_minor > 0 else "text"),),
        ((f"  {bar}", "dim"),) if width >= 17 else (),
        (
            (
                fitted(f"▶ {flow.seller_title} gets {flow.to_seller}", width),
                "here" if flow.to_seller_minor > 0 else "text",
            ),
        ),
        ((fitted(" · ".join(filter(None, (back, _taken(flow), fee, flow.note))), width), "dim"),),
    )
