"""The folder of shipped data is found in a checkout and in a wheel."""

from pathlib import Path

import pytest

from escrow_tui.files import seeds


def test_a_checkout_has_seeds_beside_the_package(tmp_path: Path) -> None:
    """An editable install uses the folder beside the package."""
    (tmp_path / "seeds").mkdir()
    assert seeds(tmp_path / "escrow_tui") == tmp_path / "seeds"


def test_a_wheel_has_seeds_inside_the_package(tmp_path: Path) -> None:
    """The folder inside wins, so that another program's `seeds` beside it is not used."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "escrow_tui" / "seeds").mkdir(parents=True)
    assert seeds(tmp_path / "escrow_tui") == tmp_path / "escrow_tui" / "seeds"


def test_no_seeds_at_all_is_a_clear_error(tmp_path: Path) -> None:
    """With a broken installation, the error says what to do."""
    with pytest.raises(FileNotFoundError, match="install escrow-tui again"):
        seeds(tmp_path / "escrow_tui")


def test_this_installation_has_policies() -> None:
    """The real folder exists."""
    assert (seeds() / "policies" / "aliexpress.toml").is_file()
