"""A few writers and readers; `python -m tests.proofs writers` and `readers` have thousands."""

from escrow_tui.store import Address
from tests.proofs.readers import watched
from tests.proofs.writers import written


def test_writers_on_the_same_orders_lose_nothing(where: Address) -> None:
    """All commands of each are acknowledged, and nobody is turned away."""
    result = written(where, writers=3, commands=40)
    assert str(result.found) == "0 lost, 0 doubled, 0 that nobody gave"
    assert result.acknowledged == 120
    assert result.troubles == []
    assert len(result.times) == 3


def test_a_refresh_shows_one_instant(where: Address) -> None:
    """Orders, counters and balances fit together while others write."""
    seen, commands = watched(where, reads=300, readers=1, writers=2)
    assert seen.wrong == []
    assert seen.reads == 300
    assert seen.new >= 10
    assert commands > 0
