"""A small drive; `python -m tests.proofs drive` goes ten times as far, or farther on request."""

import pytest

from tests.proofs.beside import Coverage
from tests.proofs.drive import drive, missed, replayed
from tests.proofs.game import STEPS_A_GAME
from tests.proofs.plants import PLANTS
from tests.proofs.plants.planting import Planting

_COMMANDS = 20_000


def test_seeded_commands_break_nothing_and_try_everything() -> None:
    """Every event, every refusal, a second around every deadline, every value of every switch."""
    driven = drive(_COMMANDS, seed=1)
    assert driven.violations == []
    assert driven.seen.steps == _COMMANDS
    assert driven.seen.comparisons > _COMMANDS
    assert missed(driven.seen, floor=1) == []


def test_what_was_not_tried_is_named() -> None:
    """Without a drive, everything is named."""
    lines = missed(Coverage(), floor=1)
    assert "refusal NOT_YOURS: 0, the floor is 1" in lines
    assert "event order_shipped: 0, the floor is 1" in lines
    assert "appeal_review -1 s: 0, the floor is 1" in lines
    assert "no policy had mediator_silence = split" in lines


def test_the_same_seed_plays_the_same_games() -> None:
    """So a failure can be replayed."""
    assert replayed(7, 3 * STEPS_A_GAME) == replayed(7, 3 * STEPS_A_GAME)
    assert replayed(7, 3 * STEPS_A_GAME) != replayed(8, 3 * STEPS_A_GAME)


def test_a_failure_is_replayed_by_its_seed_and_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """The replay fails at the same step as the drive."""
    PLANTS["each_foreign_piece_is_rounded_alone"](Planting(monkeypatch))
    driven = drive(_COMMANDS, seed=3)
    assert driven.step > STEPS_A_GAME
    told = replayed(3, driven.step)
    assert told[-len(driven.violations) :] == driven.violations
    assert told[: len(driven.told)] == driven.told
