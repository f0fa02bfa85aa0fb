"""A few journals replayed in another process; `python -m tests.proofs replay` takes a thousand."""

from pathlib import Path

from tests.proofs.replay import OTHERS, again, elsewhere, hashed, played, read, written

_JOURNALS, _SEED = 20, 9


def test_another_process_decides_and_folds_the_same(tmp_path: Path) -> None:
    """With another hash seed, time zone and language."""
    path = tmp_path / "journals.jsonl"
    written(played(_JOURNALS, _SEED), path)
    here = hashed(read(path))
    assert here.journals == _JOURNALS
    assert here.entries > 20 * _JOURNALS
    assert elsewhere(path, _JOURNALS, _SEED, OTHERS[0]) == (here, here)


def test_another_journal_has_other_hashes(tmp_path: Path) -> None:
    """One entry less changes both the hash of the decisions and that of the folds."""
    path = tmp_path / "journals.jsonl"
    journals = list(played(3, _SEED))
    written([*journals[:-1], journals[-1][:-1]], path)
    shorter, whole = again(path, 3, _SEED)
    assert shorter.decided != whole.decided
    assert whole == hashed(journals)
