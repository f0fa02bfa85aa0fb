"""A place whose list is narrowed by the words typed into a filter above it."""

from textual import on
from textual.widgets import Input

from escrow_tui.ui.ground.place import PlaceScreen
from escrow_tui.ui.widgets.row_list import RowList


class ListPlace(PlaceScreen):
    """A subclass yields an `Input` with the id `filter` over its `RowList`.

    Its `read()` lists what has the words; `listed` is what it has listed so far. Its place has the
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
        """Close the filter; without one, go back."""
        typed = self.query_one("#filter", Input)
        if not typed.has_class("open"):
            super().do_back()
            return
        typed.value = ""
        typed.remove_class("open")
        self.do_to_list()

    @on(Input.Changed, "#filter")
    def _search(self) -> None:
        """List what has the words, from its beginning."""
        self.listed = ()
        self.query_one(RowList).cursor = 0
        self.read()

    @on(Input.Submitted, "#filter")
    def do_to_list(self) -> None:
        """Go from the filter to what it left."""
        self.query_one(RowList).focus()
