"""The banner over every screen while the store fails."""

from textual.widgets import Static


class TroubleBanner(Static):
    """One sentence that says what to do; it goes when the store is back."""

    DEFAULT_CSS = """
    TroubleBanner {
        dock: top; width: 100%; height: auto; max-height: 4; padding: 0 1;
        background: $error; color: $background; text-style: bold;
    }
    """
