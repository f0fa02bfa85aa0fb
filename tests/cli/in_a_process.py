"""Runs the program in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def in_a_process(
    *arguments: str, code: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program, or a piece of code, in a process of its own."""
    what = ("-c", code) if code else ("-m", "escrow_tui", *arguments)
    return subprocess.run(
        [sys.executable, *what],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
    )
