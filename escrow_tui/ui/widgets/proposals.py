"""The proposals of a dispute side by side, each with a bar for its share of the price."""

from rich.cells import cell_len
from textual.reactive import reactive

from escrow_tui.ui.widgets.text_canvas import Drawn, DrawnLine, fitted, padded
from escrow_tui.views.parts import ProposalView

_PARTIES = ("buyer", "seller", "platform")


class ProposalBoard(Drawn):
    """One box per party, five rows; a heavy frame means that another party accepts it."""

    proposals: reactive[tuple[ProposalView, ...]] = reactive((), layout=True)

    def lines(self, width: int) -> tuple[DrawnLine, ...]:
        """The boxes at this width."""
        standing = {one.by: one for one in self.proposals}
        share, rest = divmod(width, len(_PARTIES))
        boxes = [
            _box(party, standing.get(party), share + (nth < rest))
            for nth, party in enumerate(_PARTIES)
        ]
        return tuple(tuple(part for box in boxes for part in box[row]) for row in range(5))


def _box(party: str, one: ProposalView | None, width: int) -> tuple[DrawnLine, ...]:
    """Frame, amount, share, who accepts it, frame."""
    others = [name for name in (one.accepted_by.split(", ") if one else []) if name != party]
    corners, across, down = ("┏┓┗┛", "━", "┃") if others else ("╭╮╰╯", "─", "│")
    look = "here" if others else "frame" if one else "gone"
    title = fitted(f"The {party} proposes" if width > 26 else party.capitalize(), width - 6)
    top = f" {across * (width - 5 - cell_len(title))}{corners[1]}"
    inside = _inside(one, others, width - 4)
    return (
        ((f"{corners[0]}{across} ", look), (title, "text" if one else "dim"), (top, look)),
        *(
            ((f"{down} ", look), (padded(text, width - 4), said), (f" {down}", look))
            for text, said in inside
        ),
        ((corners[2] + across * (width - 2) + corners[3], look),),
    )


def _inside(
    one: ProposalView | None, others: list[str], width: int
) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
    if one is None:
        return (("nothing yet", "gone"), ("", "text"), ("", "text"))
    back, drawn = _wants(one, width)
    yes = f"✓ accepted by the {' and the '.join(others)}" if others else "nobody else accepts it"
    return ((back, "text"), (drawn, "text"), (yes, "here" if others else "dim"))


def _wants(one: ProposalView, width: int) -> tuple[str, str]:
    """What is proposed: an amount with its bar, or a replacement; maybe after a return."""
    if one.replacement:
        return "a replacement", "once goods are back" if one.return_goods else ""
    after = " if returned" if one.return_goods else " back"
    whole = f"{one.amount}{after}"
    return (whole if cell_len(whole) <= width else one.amount), _bar(one.share, width)


def _bar(share: str, width: int) -> str:
    """The share of the price that would go back."""
    cells = max(1, min(20, width - 6))
    full = round(int(share.split()[0]) * cells / 100)
    return f"{'■' * full}{'□' * (cells - full)} {share}"
