"""Starts the program: `escrow-tui`, or `python -m escrow_tui`."""

import sys

from escrow_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
