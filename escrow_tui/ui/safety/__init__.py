"""Safety of the terminal, and of the text that other people typed."""
