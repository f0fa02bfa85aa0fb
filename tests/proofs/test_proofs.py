"""The command that runs the proofs: it lists them, and ends with a verdict and its exit code."""

import pytest

from tests.proofs.__main__ import PROOFS, main
from tests.proofs.verdict import verdict


def test_without_a_name_the_command_lists_the_proofs(capsys: pytest.CaptureFixture[str]) -> None:
    """With a line of help for each."""
    assert main([]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in PROOFS)


def test_a_proof_ends_with_its_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    """A drive that is too short to try everything fails, and says so."""
    assert main(["model", "--commands", "500"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("PASS model: ")
    assert main(["drive", "--commands", "4000", "--seed", "1"]) == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith("FAIL drive: 4000 commands")


@pytest.mark.parametrize(("passed", "code"), [(True, 0), (False, 1)])
def test_a_verdict_is_a_line_and_an_exit_code(
    passed: bool, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """PASS and 0, or FAIL and 1."""
    assert verdict("explore", passed, "3 states") == code
    assert capsys.readouterr().out == f"{'PASS' if passed else 'FAIL'} explore: 3 states\n"
