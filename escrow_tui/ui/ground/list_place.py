"""A place with a list, and a filter above it that narrows the list by words."""

from textual import on
from textual.widgets import Input

from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.widgets.row_list import RowList


class ListPlace(PlaceScreen):
    """A subclass yields an `Input` with the id `filter` over its `RowList`.

    Its `read()` lists what matches `words`; `listed` is what is listed so far. Its place needs the
    actions `search` and `to_list`.
    """

    DEFAULT_CSS = """
    ListPlace #filter { display: none; }
    ListPlace #filter.open { display: block; }
    """

    listed: tuple[object, ...] = ()

    @property
    def words(self) -> str:
        """What is typed into the filter."""
        return self.query_one("#filter", Input).value

    def do_search(self) -> None:
        """Open the filter."""
        self.query_one("#filter").add_class("open")
        self.query_one("#filter").focus()

    def do_back(self) -> None:
        """Close the filter, or go back if it is closed."""
        typed = self.query_one("#filter", Input)
        if not typed.has_class("open"):
            super().do_back()
            return
        typed.value = ""
        typed.remove_class("open")
        self.do_to_list()

    @on(Input.Changed, "#filter")
    def _search(self) -> None:
        """List what matches, from the top."""
        self.listed = ()
        self.query_one(RowList).cursor = 0
        self.read()

    @on(Input.Submitted, "#filter")
    def do_to_list(self) -> None:
        """Go from the filter to the list."""
        self.query_one(RowList).focus()
