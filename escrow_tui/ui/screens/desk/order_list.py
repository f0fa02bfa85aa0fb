"""A chair's orders as a list: its columns, and the cells of each row."""

from textual import events

from escrow_tui.ui.widgets.row_list import ListRow, RowList
from escrow_tui.views.order_row import OrderRow

# Mark, order, article, stage, held, deadline: the widths with much room, and with little.
_ROOMY = (1, 5, 0, 38, 13, 30)
_TIGHT = (1, 3, 0, 22, 11, 20)


class OrderList(RowList):
    """Orders in six columns, as wide as the list allows."""

    def __init__(self, *, empty: str, disputes: bool) -> None:
        named = ("Claimed for", "Claim") if disputes else ("Stage", "Held")
        self._titles = (" ", "#", "Article", *named, "Next deadline")
        super().__init__(tuple(zip(self._titles, _TIGHT, strict=True)), empty=empty)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the widths of the columns."""
        widths = _ROOMY if event.size.width >= 106 else _TIGHT
        self._columns = tuple(zip(self._titles, widths, strict=True))
        self.refresh()


def order_cells(row: OrderRow) -> ListRow:
    """Return the cells of an order, by its stage and what is held of it."""
    return ("▶" if row.mine else "", row.id, row.title, row.stage, row.held, _due(row))


def case_cells(row: OrderRow) -> ListRow:
    """Return the cells of a case, by what is claimed, and for what reason."""
    return ("▶" if row.mine else "", row.id, row.title, row.reason, row.claim, _due(row))


def _due(row: OrderRow) -> str:
    """Put the time left first, so that a narrow column cuts only the title."""
    title, _, left = row.due.rpartition(" in ")
    said = f"{left}: {title}" if left else ""
    return f"! {said}" if row.soon and said else said
