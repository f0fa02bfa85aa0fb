"""Where the shipped data is: policies, scenarios and stories that a trainer may edit."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def seeds(package: Path = PACKAGE) -> Path:
    """Return the folder of shipped data: inside an installed package, beside it in a checkout.

    Raises:
        FileNotFoundError: neither place has it, so the installation is incomplete.
    """
    for folder in (package / "seeds", package.parent / "seeds"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"no folder 'seeds' inside {package} or beside it; install escrow-tui again"
    )
