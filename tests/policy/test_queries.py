"""What the command line says of policies: for a person in eighty columns, and for a program."""

import json
from pathlib import Path

import pytest

from escrow_tui.files import seeds
from escrow_tui.policy import load_policy, policy_reader, preset_names
from escrow_tui.policy.comparison import differing_rows
from escrow_tui.policy.policy_text import COLUMNS, printed_list
from escrow_tui.policy.queries import check_policies, compare_policies, list_policies, show_policy
from escrow_tui.policy.row_values import ROWS
from escrow_tui.policy.shelf import Shelved

HEAD = 'format = 1\nname = "{name}"\ntitle = "{title}"\nbase = "aliexpress"\n'


def written(folder: Path, rows: str = "", name: str = "mine", title: str = "Mine") -> str:
    """The path of a policy file on the base of the default one."""
    path = folder / "mine.toml"
    path.write_text(HEAD.format(name=name, title=title) + rows, encoding="utf-8")
    return str(path)


def row(name: str, value: str, source: str = "ours: a test") -> str:
    """A row of a policy file."""
    return f'[{name}]\nvalue = {value}\nsource = "{source}"\n'


def test_the_list_names_each_policy_with_what_it_changes() -> None:
    """A policy that rests on no other has nothing to differ from."""
    said = list_policies(as_json=False)
    assert said.problems == ()
    lines = [" ".join(line.split()) for line in said.text.splitlines()]
    assert lines[0] == "policy differs title"
    assert lines[1].startswith("aliexpress - AliExpress, as the source")
    strict = "aliexpress-strict from aliexpress in 2 rows AliExpress's own practice"
    assert strict in lines
    assert [line.split()[0] for line in lines if " rows " in line] == list(preset_names()[1:])


def test_the_list_for_a_program_names_the_rows() -> None:
    """One object a policy."""
    found = json.loads(list_policies(as_json=True).text)
    assert [one["name"] for one in found] == list(preset_names())
    strict = next(one for one in found if one["name"] == "aliexpress-strict")
    assert strict["base"] == "aliexpress"
    assert strict["differs"] == ["replacement_allowed", "seller_sees_address"]


def test_a_policy_without_a_title_keeps_its_line() -> None:
    """Nothing that is listed vanishes."""
    found = (Shelved("a", "", "", ()), Shelved("b", "Two", "a", ("max_disputes",)))
    assert printed_list(found).splitlines() == [
        "policy  differs          title",
        "a       -",
        "b       from a in 1 row  Two",
    ]


def test_a_broken_preset_hides_none_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its faults are told once, though two policies rest on it."""
    (tmp_path / "policies").mkdir()
    whole = (seeds() / "policies" / "aliexpress.toml").read_text(encoding="utf-8")
    texts = {
        "aliexpress": whole,
        "broken": HEAD.format(name="broken", title="B") + row("max_disputes", "-1"),
        "one": HEAD.format(name="one", title="One") + row("max_disputes", "1"),
        "rests": HEAD.format(name="rests", title="R").replace('"aliexpress"', '"broken"'),
    }
    for name, text in texts.items():
        (tmp_path / "policies" / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(policy_reader, "seeds", lambda: tmp_path)
    said = list_policies(as_json=False)
    (problem,) = said.problems
    assert "broken.toml:6:9 max_disputes must be from 0 to 100, not -1" in problem
    names = [line.split()[0] for line in said.text.splitlines() if line[0] != " "]
    assert names == ["policy", "aliexpress", "one"]
    assert "from aliexpress in 1 row  " in said.text


@pytest.mark.parametrize("name", preset_names())
def test_a_policy_is_shown_with_every_row_in_eighty_columns(name: str) -> None:
    """Value, meaning and source, whole, whatever the lines are broken into."""
    text = show_policy(name, as_json=False).text
    assert max(map(len, text.splitlines())) <= COLUMNS
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    file = load_policy(name)
    assert paragraphs[1:] == [
        f"{row.name} = {row.value} {row.means} from: {row.source}" for row in file.rows
    ]
    assert file.title in paragraphs[0]


@pytest.mark.parametrize("name", preset_names())
def test_a_program_reads_the_values_as_a_file_writes_them(name: str) -> None:
    """Numbers as numbers, amounts as texts, pairs as tables."""
    told = json.loads(show_policy(name, as_json=True).text)
    assert [each["name"] for each in told["rows"]] == list(ROWS)
    values = {each["name"]: each["value"] for each in told["rows"]}
    assert values["protection_days_by_country"] == {"BR": 120, "RU": 90}
    assert values["chargeback_fee"] == "15.00 USD"
    assert values["signature_from"] == ("750.00 USD" if name == "ebay" else "")
    assert values["replacement_allowed"] is (name not in ("aliexpress-strict", "sharetribe"))
    assert (told["name"], told["base"]) == (name, "" if name == "aliexpress" else "aliexpress")


def test_a_program_reads_every_row_with_its_words() -> None:
    """The same as a person does."""
    told = json.loads(show_policy("ebay", as_json=True).text)
    file = load_policy("ebay")
    assert [(each["means"], each["source"]) for each in told["rows"]] == [
        (each.means, each.source) for each in file.rows
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("alixpress", 'no policy "alixpress"; did you mean "aliexpress"?'),
        ("zzz", 'no policy "zzz"; there are aliexpress, aliexpress-2013, '),
        ("\x1b[31mred", 'no policy "\ufffd[31mred"; there are '),
        ("\udcff", 'no policy "\ufffd"; there are '),
        ("", 'no policy ""; there are '),
    ],
)
def test_a_name_that_is_no_policy_is_a_sentence(name: str, sentence: str) -> None:
    """With the one that was perhaps meant, and nothing that steers a terminal."""
    for said in (show_policy(name, as_json=False), compare_policies("ebay", name, as_json=True)):
        assert said.text == ""
        (problem,) = said.problems
        assert problem.startswith(sentence)


def test_two_unknown_names_are_told_at_once() -> None:
    """One that stands twice, once."""
    assert len(compare_policies("nope", "nada", as_json=False).problems) == 2
    assert len(compare_policies("nope", "nope", as_json=False).problems) == 1


def test_files_that_are_fine_are_said_to_be(tmp_path: Path) -> None:
    """A file and a preset alike."""
    path = written(tmp_path, row("max_disputes", "1"))
    said = check_policies([path, "ebay"], as_json=False)
    count = len(ROWS)
    assert said.text.splitlines() == [f"{path}: fine, {count} rows", f"ebay: fine, {count} rows"]
    assert said.problems == ()


def test_every_fault_of_every_file_is_told(tmp_path: Path) -> None:
    """Each with file, line, column, its line and a caret; the good file is told too."""
    path = written(tmp_path, row("max_disputes", "-1") + row("procesing_days", "3"))
    said = check_policies([path, "ebay", str(tmp_path / "nowhere.toml")], as_json=False)
    assert said.text == f"ebay: fine, {len(ROWS)} rows"
    assert said.problems == (
        f"{path}:6:9 max_disputes must be from 0 to 100, not -1\n  value = -1\n          ^",
        f'{path}:8:1 unknown key "procesing_days"; did you mean "processing_days"?\n'
        "  [procesing_days]\n  ^",
        f"{tmp_path}/nowhere.toml:1:1 there is no such file; check its name and folder",
    )


def test_a_program_reads_the_faults_of_each_file(tmp_path: Path) -> None:
    """Also of a name that is no text: what JSON cannot hold is written as an escape."""
    path = written(tmp_path, row("max_disputes", "-1"))
    said = check_policies([path, "ebay", "\udcff.toml", "\udcff"], as_json=True)
    wrong, good, strange, unknown = json.loads(said.text)
    assert (wrong["file"], wrong["rows"]) == (path, 0)
    assert wrong["faults"] == [
        {
            "file": path,
            "line": 6,
            "column": 9,
            "message": "max_disputes must be from 0 to 100, not -1",
            "excerpt": "value = -1",
        }
    ]
    assert good == {"file": "ebay", "rows": len(ROWS), "faults": []}
    assert strange["file"] == strange["faults"][0]["file"] == "\\udcff.toml"
    assert unknown["faults"][0]["message"].startswith('no policy "\\udcff"')
    assert len(said.problems) == 3


def test_json_is_read_back_whole_and_steers_no_terminal(tmp_path: Path) -> None:
    """Also beyond the first 65,536 characters of Unicode."""
    strange = "\u202e \u200b \U000e0001 \u00e9 \U0001f600"
    path = written(tmp_path, title=strange)
    text = show_policy(path, as_json=True).text
    assert all(line.isprintable() for line in text.splitlines())
    assert json.loads(text)["title"] == strange


def test_a_difference_shows_both_values_and_both_sources(tmp_path: Path) -> None:
    """In the order of the policy; rows that are alike are left out."""
    path = written(tmp_path, row("warn_days", "[]") + row("signature_from", '"1 EUR"', "ours: b"))
    said = compare_policies("aliexpress", path, as_json=False)
    assert said.text.splitlines() == [
        f"aliexpress and mine: 2 of {len(ROWS)} rows differ",
        "",
        "signature_from",
        "  aliexpress: never",
        "    from: ours: never; eBay, undated, grade O: from 750 USD",
        "  mine: 1.00 EUR",
        "    from: ours: b",
        "",
        "warn_days",
        "  aliexpress: 3, 1",
        "    from: cashbackhunter, undated, grade B: 3-4 days before the end; the last",
        "          day is ours",
        "  mine: none",
        "    from: ours: a test",
    ]


def test_a_program_reads_a_difference() -> None:
    """Values in the order of the names."""
    told = json.loads(compare_policies("ebay", "aliexpress-strict", as_json=True).text)
    assert told["policies"] == ["ebay", "aliexpress-strict"]
    values = {each["name"]: each["values"] for each in told["rows"]}
    assert values["signature_from"] == ["750.00 USD", ""]
    assert values["seller_sees_address"] == [False, True]
    assert len(values) == 10
    first = told["rows"][0]
    assert first["sources"] == [
        load_policy(name).row(first["name"]).source for name in told["policies"]
    ]


def test_policies_with_the_same_values_do_not_differ(tmp_path: Path) -> None:
    """However a value is written, and wherever it comes from."""
    same = row("return_label_cost", '"0 USD"') + row(
        "protection_days_by_country", "{ BR = 120, RU = 90 }"
    )
    path = written(tmp_path, same)
    assert differing_rows(load_policy("aliexpress"), load_policy(path)) == ()
    assert (
        compare_policies("aliexpress", path, as_json=False).text
        == "aliexpress and mine: no row differs"
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [("a\u202eb\\nc", "m"), ("", "m"), ("t", "n" * 200), ("\u200b" * 90, "\u2066m")],
)
def test_no_text_of_a_file_steers_the_terminal(tmp_path: Path, title: str, name: str) -> None:
    """Neither its name nor its title nor a source, however long."""
    path = written(tmp_path, row("max_disputes", "1", "ours: \u202e\u2066 x"), name, title)
    for said in (show_policy(path, as_json=False), compare_policies("ebay", path, as_json=False)):
        assert all(line.isprintable() for line in said.text.split("\n"))
        assert max(map(len, said.text.splitlines())) <= COLUMNS
