"""The command line: its help, its exit codes, and what it prints where."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from escrow_tui import cli
from escrow_tui.cli import screen_commands
from escrow_tui.cli.console import DIFFERENT, WELL, WRONG
from escrow_tui.policy import load_policy
from escrow_tui.policy.row_values import ROWS
from escrow_tui.store import SqliteFile, StoreProblem, open_store
from escrow_tui.store.rows.runs import RunRow
from tests.cli.in_a_process import ROOT, in_a_process
from tests.given.story_files import DISPUTED, PAID, with_steps


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A story that goes well."""
    path = tmp_path / "story.toml"
    path.write_text(with_steps(DISPUTED))
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str, str]]:
    """What the screen was opened with, in place of a screen."""
    calls: list[tuple[Path, str, str]] = []

    def run_app(where: SqliteFile, *, play: str = "", run: str = "") -> int:
        calls.append((where.path, play, run))
        return 0

    screen = ModuleType("escrow_tui.ui.app")
    monkeypatch.setattr(screen, "run_app", run_app, raising=False)
    monkeypatch.setattr(screen_commands, "has_terminal", lambda: True)
    monkeypatch.setitem(sys.modules, "escrow_tui.ui.app", screen)
    monkeypatch.delenv("ESCROW_TUI_STORE", raising=False)
    return calls


def test_a_story_is_printed_as_a_table(story: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its steps with their events, its orders, and its money with decimals."""
    assert cli.main(["run", str(story)]) == WELL
    out, err = capsys.readouterr()
    assert err == ""
    rows = [" ".join(line.split()) for line in out.splitlines()]
    assert rows[0] == "1 2026-03-02 09:00:00 buyer pay A payment_captured; then payment_verified"
    assert any(row.startswith("order A DELIVERED delivered in dispute: AWAITING_") for row in rows)
    assert "escrow:A 100.00 USD" in rows


def test_a_story_is_printed_as_one_json_object(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing else stands on standard output."""
    assert cli.main(["run", str(story), "--json"]) == WELL
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out)["orders"]["A"]["dispute"] == "AWAITING_SELLER"


def test_a_story_that_goes_another_way_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The result is printed all the same; the line is named on standard error."""
    path = tmp_path / "other.toml"
    path.write_text(with_steps(PAID, PAID))
    assert cli.main(["run", str(path), "--json"]) == DIFFERENT
    out, err = capsys.readouterr()
    assert json.loads(out)["steps"][1]["refused"]["code"] == "WRONG_PHASE"
    assert err.startswith(f"{path}:3:22 buyer pay: expected no refusal; came the refusal WRONG_PHA")
    assert err.count("\n") == 1


def test_a_wrong_file_ends_with_2_and_all_its_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with file, line and column, its source line, and a caret under the place."""
    path = tmp_path / "wrong.toml"
    path.write_text(with_steps('{ by = "byer", do = "pay" }', '{ by = "buyer", do = "pya" }'))
    assert cli.main(["run", str(path)]) == WRONG
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f'{path}:2:8 "byer" is no role; did you mean "buyer"?',
        '  { by = "byer", do = "pay" },',
        "         ^",
        f'{path}:3:22 "pya" is no verb; did you mean "pay"?',
        '  { by = "buyer", do = "pya" },',
        "                       ^",
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere.toml", "there is no such file"),
        ("", "this is a folder; name a TOML file"),
        ("syntax.toml", "3:1 neither key = value nor [header]"),
        ("bytes.toml", "this is not UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, sentence: str
) -> None:
    """Missing, a folder, no TOML, no text."""
    (tmp_path / "syntax.toml").write_text("format = 1\n\n!\n")
    (tmp_path / "bytes.toml").write_bytes(b"format = \xff\n")
    assert cli.main(["run", str(tmp_path / name)]) == WRONG
    assert sentence in capsys.readouterr().err


def test_a_store_that_cannot_be_used_is_told_in_a_sentence(
    story: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a full disk."""
    from escrow_tui.scenarios.story import story_player

    def full(_: Path) -> None:
        raise StoreProblem("The store failed: the disk is full.")

    monkeypatch.setattr(story_player, "open_store", full)
    assert cli.main(["run", str(story)]) == WRONG
    assert capsys.readouterr().err == "The store failed: the disk is full.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["ran", "x.toml"],
        ["run", "x.toml", "--jso"],
        ["play"],
        ["--nothing"],
        ["policy"],
        ["policy", "shwo"],
        ["policy", "show"],
        ["policy", "check"],
        ["policy", "diff", "ebay"],
        ["policy", "list", "--jso"],
    ],
)
def test_a_wrong_command_line_ends_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It shows how the program is used."""
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == WRONG
    assert "usage: escrow-tui" in capsys.readouterr().err


def test_without_a_command_the_lobby_opens(
    opened: list[tuple[Path, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On the store in the user's own data folder, which is made."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert cli.main([]) == WELL
    ((path, play, run),) = opened
    assert (path.name, path.parent.name, play, run) == ("market.sqlite", "escrow-tui", "", "")
    assert path.parent.is_dir()
    assert path.is_relative_to(tmp_path)


@pytest.mark.parametrize("before", [True, False])
def test_an_exercise_begins_on_the_store_that_is_named(
    opened: list[tuple[Path, str, str]], tmp_path: Path, before: bool
) -> None:
    """The option stands before the command or after it; the folder is made."""
    path = tmp_path / "deep" / "own.sqlite"
    option, command = ["--store", str(path)], ["play", "first-order"]
    assert cli.main([*option, *command] if before else [*command, *option]) == WELL
    assert opened == [(path, "first-order", "")]
    assert path.parent.is_dir()


def test_the_store_may_be_named_by_the_environment(
    opened: list[tuple[Path, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The option takes precedence."""
    monkeypatch.setenv("ESCROW_TUI_STORE", str(tmp_path / "by-env.sqlite"))
    cli.main([])
    cli.main(["--store", str(tmp_path / "by-option.sqlite")])
    assert [path.name for path, _, _ in opened] == ["by-env.sqlite", "by-option.sqlite"]


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(
    opened: list[tuple[Path, str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file stands in its place."""
    (tmp_path / "file").write_text("")
    assert cli.main(["--store", str(tmp_path / "file" / "own.sqlite")]) == WRONG
    assert "the store's folder cannot be made" in capsys.readouterr().err
    assert opened == []


def test_the_newest_open_run_is_resumed(
    opened: list[tuple[Path, str, str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Or the one that is named; where there is none, a sentence says how to begin."""
    path = tmp_path / "own.sqlite"
    resume = ["resume", "--store", str(path)]
    assert cli.main(resume) == WRONG
    assert "begin one with: escrow-tui play NAME" in capsys.readouterr().err
    store = open_store(path)
    policy = load_policy("aliexpress").policy
    with store.writing() as writing:
        writing.create_market("market", "A market", 0, writing.put_policy(policy))
        for run, day, finished in (("one", 1, ""), ("two", 2, ""), ("three", 3, "2026-03-04")):
            created = f"2026-03-0{day}T00:00:00Z"
            writing.save_run(
                RunRow(
                    id=run,
                    scenario="first-order",
                    title="A first order",
                    chair="buyer",
                    mode="practice",
                    seed=1,
                    market="market",
                    state="",
                    created=created,
                    finished=finished,
                    score=None,
                    ending="",
                    content="",
                )
            )
    store.close()
    assert cli.main(resume) == WELL
    assert cli.main([*resume, "one"]) == WELL
    assert [run for _, _, run in opened] == ["two", "one"]


def test_without_a_terminal_the_screen_is_not_opened() -> None:
    """A pipe gets one sentence that says what to do instead."""
    ended = in_a_process()
    assert ended.returncode == WRONG
    assert ended.stderr == "this needs a terminal; without one: escrow-tui run STORY.toml\n"


def test_an_exercise_that_is_not_there_is_told_before_the_screen(
    opened: list[tuple[Path, str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """With the name that was perhaps meant."""
    assert cli.main(["play", "cracked-teepot"]) == WRONG
    assert 'did you mean "cracked-teapot"?' in capsys.readouterr().err
    assert opened == []


def in_rows(text: str) -> list[str]:
    """The lines of a text with one space between words."""
    return [" ".join(line.split()) for line in text.splitlines()]


POLICY_COMMANDS = [
    (["list"], "aliexpress-strict from aliexpress in 2 rows AliExpress's own practice"),
    (["show", "ebay"], "signature_from = 750.00 USD"),
    (["check", "ebay"], f"ebay: fine, {len(ROWS)} rows"),
    (
        ["diff", "aliexpress", "sharetribe"],
        f"aliexpress and sharetribe: 10 of {len(ROWS)} rows differ",
    ),
    (["diff", "ebay", "ebay"], "ebay and ebay: no row differs"),
]


@pytest.mark.parametrize(("arguments", "line"), POLICY_COMMANDS)
def test_policies_are_told_on_standard_output(
    arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As lines for a person, and as one JSON value for a program; nothing is wrong."""
    assert cli.main(["policy", *arguments]) == WELL
    out, err = capsys.readouterr()
    assert line in in_rows(out)
    assert max(map(len, out.splitlines())) <= 80
    assert cli.main(["policy", *arguments, "--json"]) == WELL
    told, err_of_json = capsys.readouterr()
    assert json.loads(told)
    assert (err, err_of_json) == ("", "")


@pytest.mark.parametrize("act", [["show"], ["check"], ["diff", "ebay"]])
@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_a_wrong_policy_ends_with_2_and_all_its_faults(
    act: list[str], as_json: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with file, line and column, its source line, and a caret under the place."""
    path = tmp_path / "wrong.toml"
    path.write_text(
        'format = 1\nname = "w"\ntitle = "W"\nbase = "ebay"\n'
        "evidence_days = { value = 40, source = 'ours: a test' }\n"
        "max_disputs = { value = 1, source = 'ours: a test' }\n"
    )
    assert cli.main(["policy", *act, str(path), *as_json]) == WRONG
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(f"{path}:5:27 evidence_days is more than mediator_silence_days: ")
    assert lines[1:] == [
        "  evidence_days = { value = 40, source = 'ours: a test' }",
        "                            ^",
        f'{path}:6:1 unknown key "max_disputs"; did you mean "max_disputes"?',
        "  max_disputs = { value = 1, source = 'ours: a test' }",
        "  ^",
    ]


def test_one_wrong_policy_hides_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The fine ones are printed; the exit code is about all of them."""
    assert cli.main(["policy", "check", str(tmp_path / "none.toml"), "ebay"]) == WRONG
    out, err = capsys.readouterr()
    assert out == f"ebay: fine, {len(ROWS)} rows\n"
    assert err == f"{tmp_path}/none.toml:1:1 there is no such file; check its name and folder\n"


@pytest.mark.parametrize("arguments", [["show", "ebey"], ["diff", "ebay", "ebey"]])
def test_a_policy_that_is_not_there_is_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """With the name that was perhaps meant."""
    assert cli.main(["policy", *arguments]) == WRONG
    assert capsys.readouterr() == ("", 'no policy "ebey"; did you mean "ebay"?\n')


STRANGE = [
    "\x1b[31m.toml",
    "\x1b]0;title\x07",
    "\u202eebay",
    "\udcff.toml",
    "\udcff",
    "a\0b.toml",
    "a\nb.toml",
    "",
    "x" * 5_000 + ".toml",
    "/dev/null.toml",
    "../../../etc/passwd",
    "%s%n.toml",
]


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("act", [["show"], ["check"], ["check", "--json"], ["diff", "ebay"]])
def test_a_strange_name_is_answered_in_a_sentence(
    act: list[str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback, and nothing that would control the terminal."""
    assert cli.main(["policy", *act, name]) == WRONG
    out, err = capsys.readouterr()
    assert len(err.splitlines()) == 1
    assert err.strip().isprintable()
    assert all(line.isprintable() for line in out.splitlines())


def test_a_wrong_option_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """What was typed is shown with a visible character in place of each invisible one."""
    with pytest.raises(SystemExit):
        cli.main(["policy", "list", "--\x1b[31mred"])
    assert "unrecognized arguments: --\ufffd[31mred" in capsys.readouterr().err


def test_policies_are_told_without_what_a_market_needs() -> None:
    """Neither the store's libraries nor, for files without faults, the parser that finds lines."""
    code = (
        "import sys\n"
        "from escrow_tui.cli import main\n"
        "main(['policy', 'check', 'ebay'])\n"
        "heavy = ('textual', 'sqlalchemy', 'sqlmodel', 'pydantic', 'faker', 'tree_sitter')\n"
        "print('heavy:', [name for name in heavy if name in sys.modules])"
    )
    assert in_a_process(code=code).stdout == f"ebay: fine, {len(ROWS)} rows\nheavy: []\n"


def test_the_version_is_printed() -> None:
    """As the package says."""
    out = in_a_process("--version")
    assert (out.returncode, out.stdout.split()[0]) == (0, "escrow-tui")


def test_a_terminal_without_the_letters_gets_escapes(tmp_path: Path) -> None:
    """An encoding that lacks a letter is no error, and no message controls the terminal."""
    path = tmp_path / "story.toml"
    step = '{ by = "seller", do = "ship", tracking = "é\u202e", refused = "TRACKING_INVALID" }'
    path.write_text(with_steps(PAID, step), encoding="utf-8")
    ended = in_a_process("run", str(path), PYTHONIOENCODING="ascii")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "\\xe9\\ufffd is no S10 number" in ended.stdout


def test_a_reader_who_has_enough_is_no_error(story: Path) -> None:
    """As `escrow-tui run STORY.toml --json | head -1` does."""
    program = subprocess.Popen(
        [sys.executable, "-m", "escrow_tui", "run", str(story), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert program.stdout is not None
    program.stdout.close()
    assert program.stderr is not None
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait() == DIFFERENT
