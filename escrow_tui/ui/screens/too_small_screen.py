"""What is shown on a terminal that is too small for anything else."""

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

LEAST = (60, 20)


class TooSmallScreen(ModalScreen[None]):
    """One sentence; it goes away when there is room again."""

    # In one column a scrollbar would leave no room for the words, and so come and go for ever.
    DEFAULT_CSS = """
    TooSmallScreen { align: center middle; background: $background; overflow: hidden; }
    TooSmallScreen Static { text-align: center; width: 100%; }
    """

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static(
            f"Make the terminal at least {LEAST[0]} by {LEAST[1]}; nothing is lost.", markup=False
        )
