"""A few writers and readers; `python -m tests.proofs writers` and `readers` have thousands."""

from pathlib import Path

from tests.proofs.readers import watched
from tests.proofs.writers import written


def test_writers_on_the_same_orders_lose_nothing(tmp_path: Path) -> None:
    """Each is acknowledged all that it gave, and nobody is turned away."""
    result = written(tmp_path / "store.db", writers=3, commands=40)
    assert str(result.found) == "0 lost, 0 doubled, 0 that nobody gave"
    assert result.acknowledged == 120
    assert result.troubles == []
    assert len(result.times) == 3


def test_a_refresh_is_of_one_instant(tmp_path: Path) -> None:
    """Orders, counters and balances fit together, while others write."""
    seen, commands = watched(tmp_path / "store.db", reads=600, readers=1, writers=2)
    assert seen.wrong == []
    assert seen.reads == 600
    assert seen.new >= 20
    assert commands >= seen.new // 2
