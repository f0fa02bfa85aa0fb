"""A few kills of an upgrade; `python -m tests.proofs upgrades` kills it at every step."""

from tests.proofs.upgrades import LEAST_STATEMENTS, killed

_EVERY = 40


def test_a_killed_upgrade_leaves_the_old_store_or_the_new_one() -> None:
    """It is whole, with a sound backup once there is one, and the next upgrade succeeds."""
    result = killed(_EVERY)
    assert result.wrong == []
    assert result.old >= 5
    assert result.new >= 1
    assert result.old + result.new == result.kills
    assert result.backups >= 2
    assert result.statements >= LEAST_STATEMENTS
