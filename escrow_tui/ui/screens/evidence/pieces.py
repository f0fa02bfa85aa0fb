"""Words for a piece of evidence, and for the scans of a parcel."""

from collections import Counter
from collections.abc import Sequence

from escrow_tui.ui.widgets.facts import Fact, Section
from escrow_tui.ui.widgets.row_list import ListRow
from escrow_tui.views.choices import OrderView
from escrow_tui.views.parts import EvidenceView, ParcelView

NOT_SHIPPED = "Nothing was shipped yet: there is no number and no scan."
NOT_SCANNED = "The carrier has not seen the parcel yet."


def parcel_sections(view: OrderView) -> tuple[Section, ...]:
    """Return the parcel that goes back, if there is one, and the order's own."""
    back = view.head.return_
    if back is None or back.parcel is None:
        return (Section("", _scanned(view.parcel)),)
    return (
        Section("On the way back", _scanned(back.parcel)),
        Section("The order's parcel", _scanned(view.parcel)),
    )


def _scanned(parcel: ParcelView | None) -> tuple[Fact, ...]:
    """Return the number with its check, then the scans, latest first."""
    if parcel is None:
        return (Fact("", NOT_SHIPPED, "dim"),)
    scans = [
        Fact(one.date[5:10], ", ".join(filter(None, [one.status, one.place, one.detail])))
        for one in reversed(parcel.scans)
    ]
    warning = [Fact("! Warning", parcel.warning, "here")] if parcel.warning else []
    number = Fact("Number", f"{parcel.tracking} ({parcel.number_check})")
    return (*warning, number, *(scans or [Fact("", NOT_SCANNED, "dim")]))


def piece_row(one: EvidenceView, every: Sequence[EvidenceView], *, sealing: bool) -> ListRow:
    """Return the row of a piece; with `sealing` a mark says whether it was opened."""
    mark = ("■" if one.opened else "□") if sealing else ""
    same = same_file(one, every)
    file = f"same as {same}" if same else one.checksum
    return (mark, one.id, one.owner, one.kind, one.date[5:10], file)


def same_file(one: EvidenceView, every: Sequence[EvidenceView]) -> str:
    """Return the id of the first other piece with the same checksum, "" if there is none."""
    alike = (other.id for other in every if other.checksum == one.checksum)
    return next((id for id in alike if id != one.id), "")


def counted(pieces: Sequence[EvidenceView]) -> str:
    """Say how many pieces each owner has handed in."""
    counts = Counter(one.owner for one in pieces)
    return ", ".join(f"{owner} {count}" for owner, count in counts.items()) or "nothing"


def piece_title(one: EvidenceView | None) -> str:
    """Return the title over a piece."""
    return f"{one.id}: {one.kind} of the {one.owner}" if one else "No evidence"


def piece_caption(one: EvidenceView | None) -> str:
    """Return the caption of its picture."""
    if one is None:
        return ""
    if not one.opened:
        return f"{one.id}: not opened"
    return one.id if one.picture else f"{one.id}: no picture"
