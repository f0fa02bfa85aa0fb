"""A policy file that is wrong names every fault; one with a base holds only what differs."""

from pathlib import Path

import pytest

from escrow_tui.files import Faults, seeds
from escrow_tui.policy import load_policy, policy_reader, preset_names, unknown_policy

WHOLE = (seeds() / "policies" / "aliexpress.toml").read_text(encoding="utf-8")
HEAD = 'format = 1\nname = "mine"\ntitle = "Mine"\nbase = "aliexpress"\n'


def faults(path: Path) -> list[tuple[int, int, str]]:
    """The faults of a file that must be refused."""
    with pytest.raises(Faults) as error:
        load_policy(path)
    return [(fault.line, fault.column, fault.message) for fault in error.value.faults]


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    """A policy file in a folder of the test's own."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def row(name: str, value: str) -> str:
    """A row as its four lines; the value stands in the second, at column 9."""
    return f'[{name}]\nvalue = {value}\nsource = "ours: a test"\n'


def test_a_file_with_a_base_changes_only_its_rows(tmp_path: Path) -> None:
    """What it says replaces the base's, with its own source; the meaning stays."""
    base = load_policy("aliexpress")
    mine = load_policy(written(tmp_path, HEAD + row("processing_days", "3")))
    assert (mine.name, mine.title, mine.base) == ("mine", "Mine", "aliexpress")
    assert mine.policy.processing_days == 3
    assert mine.policy.protection_days_by_country == base.policy.protection_days_by_country
    assert mine.row("processing_days").means == base.row("processing_days").means
    assert mine.row("processing_days").source == "ours: a test"
    assert [each.name for each in mine.rows] == [each.name for each in base.rows]


def test_a_base_may_have_a_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest file wins."""
    monkeypatch.setattr(policy_reader, "seeds", lambda: tmp_path)
    presets = tmp_path / "policies"
    presets.mkdir()
    written(presets, WHOLE, "aliexpress.toml")
    middle = HEAD + row("processing_days", "3") + row("max_disputes", "1")
    written(presets, middle, "strict.toml")
    top = HEAD.replace('"aliexpress"', '"strict"') + row("max_disputes", "5")
    policy = load_policy(written(tmp_path, top)).policy
    assert (policy.processing_days, policy.max_disputes, policy.protection_days) == (3, 5, 60)


def test_bases_in_a_circle_are_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when a policy names itself."""
    monkeypatch.setattr(policy_reader, "seeds", lambda: tmp_path)
    presets = tmp_path / "policies"
    presets.mkdir()
    written(presets, HEAD.replace('"aliexpress"', '"b"'), "a.toml")
    written(presets, HEAD.replace('"aliexpress"', '"a"'), "b.toml")
    written(presets, HEAD.replace('"aliexpress"', '"self"'), "self.toml")
    for name in preset_names():
        with pytest.raises(Faults) as error:
            load_policy(name)
        (fault,) = error.value.faults
        assert (fault.line, fault.column) == (4, 8)
        assert "rests on this policy itself" in fault.message


def test_an_unknown_base_is_one_fault(tmp_path: Path) -> None:
    """And does not make every row missing."""
    path = written(tmp_path, HEAD.replace("aliexpress", "aliexpres"))
    assert faults(path) == [(4, 8, 'no policy "aliexpres"; did you mean "aliexpress"?')]


def test_the_faults_of_a_base_stand_in_its_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of both files come at once."""
    monkeypatch.setattr(policy_reader, "seeds", lambda: tmp_path)
    (tmp_path / "policies").mkdir()
    broken = WHOLE.replace("value = 20", "value = -20", 1)
    written(tmp_path / "policies", broken, "aliexpress.toml")
    with pytest.raises(Faults) as error:
        load_policy(written(tmp_path, HEAD + row("max_disputes", "'two'")))
    assert [Path(each.file).name for each in error.value.faults] == ["mine.toml", "aliexpress.toml"]


def test_an_unknown_name_suggests_the_nearest() -> None:
    """A name is not a path."""
    with pytest.raises(Faults, match='no policy "alixpress"; did you mean "aliexpress"'):
        load_policy("alixpress")


def test_a_name_that_looks_like_a_way_out_is_no_path() -> None:
    """Only what ends in .toml is opened."""
    with pytest.raises(Faults, match=r"there are aliexpress, .*, or name a \.toml file"):
        load_policy("../../secrets")


def test_a_name_is_cut_where_it_is_too_long() -> None:
    """A message stays one that can be read."""
    assert len(unknown_policy("z" * 9_000)) < 200


def test_a_missing_row_is_named(tmp_path: Path) -> None:
    """There is no default behind the file."""
    text = WHOLE[: WHOLE.index("[weekend]")]
    assert [message for _, _, message in faults(written(tmp_path, text))] == [
        "row [weekend] is missing; give it a value, means and source",
        "row [holidays] is missing; give it a value, means and source",
    ]


def test_a_row_without_its_words_is_named(tmp_path: Path) -> None:
    """Value, meaning and source are needed; with a base the meaning may stay."""
    text = WHOLE[: WHOLE.index("[holidays]")] + '[holidays]\nmeans = " "\n'
    line = WHOLE[: WHOLE.index("[holidays]")].count("\n") + 1
    assert faults(written(tmp_path, text)) == [
        (line, 1, '"value" is missing; write value = ...'),
        (line, 1, '"source" is missing; write source = ...'),
        (line + 1, 9, "means must say something; write one sentence"),
    ]


def test_unknown_rows_and_keys_suggest_the_nearest(tmp_path: Path) -> None:
    """At the key that is unknown."""
    text = HEAD + row("procesing_days", "3") + row("max_disputes", "1") + "mean = 'x'\n"
    assert faults(written(tmp_path, text)) == [
        (5, 1, 'unknown key "procesing_days"; did you mean "processing_days"?'),
        (11, 1, 'unknown key "mean"; did you mean "means"?'),
    ]


WRONG = [
    ("processing_days", "'seven'", 9, "value must be a whole number"),
    ("processing_days", "3.5", 9, "value must be a whole number, not the number 3.5"),
    ("processing_days", "true", 9, "value must be a whole number, not true"),
    ("processing_days", "-1", 9, "processing_days must be from 1 to 3,650, not -1"),
    ("processing_days", "3651", 9, "must be from 1 to 3,650, not 3,651"),
    ("appeal_window_days", "-1", 9, "must be from 0 to 3,650"),
    ("verification_hours", "87601", 9, "must be from 1 to 87,600"),
    ("cancel_answer_hours", "87601", 9, "must be from 0 to 87,600"),
    ("commission_bps", "10001", 9, "must be from 0 to 10,000"),
    ("max_disputes", "101", 9, "must be from 0 to 100"),
    ("counterfeit_multiple", "3", 9, "must be from 1 to 2, not 3"),
    ("dispute_before_delivery", "1", 9, "value must be true or false"),
    ("replacement_allowed", "'yes'", 9, 'value must be true or false, not the text "yes"'),
    ("mediator_silence", "'buyer'", 9, 'must be "refund", "seller" or "split"'),
    ("ruling_executed", "true", 9, 'must be "after_appeal_window" or "at_once", not true'),
    ("escalation", "'manuel'", 9, 'did you mean "manual"?'),
    ("evidence_edits", "'once'", 9, 'must be "until_closed" or "one_shot"'),
    ("proposals", "'turns'", 9, 'must be "free" or "in_turns"'),
    ("chargeback_money", "'freezed'", 9, 'did you mean "frozen"?'),
    ("fx_refund", "'today'", 9, 'must be "original" or "current"'),
    ("seller_answer_counts", "'weeks'", 9, 'must be "days" or "business_days"'),
    ("chargeback_fee", "15", 9, "value must be a text in quotes, not the number 15"),
    ("chargeback_fee", "''", 9, 'chargeback_fee: "" is not an amount; write it like "25.99 USD"'),
    ("chargeback_fee", "'-1.00 USD'", 9, "is not an amount"),
    ("withdrawal_fee", "'15.00'", 9, "is not a currency known here"),
    ("withdrawal_fee", "'15.00 USX'", 9, '"USX" is not a currency known here'),
    ("return_label_cost", "'5.001 USD'", 9, "too many decimals; USD is written with 2"),
    ("return_label_cost", "'99999999999999 USD'", 9, "is too large"),
    ("signature_from", "'0.00 USD'", 9, 'must be more than 0.00 USD; write "" for never'),
    ("signature_from", "'never'", 9, "is not an amount"),
    ("signature_from", "false", 9, "value must be a text in quotes, not false"),
    ("label_payer", "'seller'", 9, "value must be a table of key = value"),
    ("label_payer", "{ damagd = 'buyer' }", 11, 'did you mean "damaged"?'),
    ("label_payer", "{ damaged = 'buyer', weather = 'buyer' }", 30, "; reasons are no_scans, "),
    ("label_payer", "{ damaged = 'platform' }", 21, 'must be "buyer" or "seller"'),
    ("protection_days_by_country", "{ RU = 'x' }", 16, "each item of value must be a whole"),
    ("protection_days_by_country", "{ DE = 20, RU = -9 }", 25, "must be from 1 to 3,650"),
    ("protection_days_by_country", "{ Rus = 90 }", 11, "two capital letters"),
    ("protection_days_by_country", "{ R1 = 90 }", 11, "two capital letters"),
    ("warn_days", "[3, 0]", 13, "warn_days must be from 1 to"),
    ("warn_days", "[3, 1, 3]", 16, "warn_days names 3 twice"),
    ("weekend", "['sunday', 'saterday']", 20, 'did you mean "saturday"?'),
    ("weekend", "['sunday', 'sunday']", 20, "weekend names sunday twice"),
    ("holidays", "['2026-02-30']", 10, "is no date"),
    ("holidays", "['20261225']", 10, 'write one that exists such as "2026-12-25"'),
    ("holidays", "[2026-12-25]", 10, "each item of value must be a text in quotes"),
]


@pytest.mark.parametrize(("name", "value", "column", "says"), WRONG)
def test_a_wrong_value_is_named_at_its_place(
    name: str, value: str, column: int, says: str, tmp_path: Path
) -> None:
    """Kind, range, words, dates: line and column of the very value."""
    ((line, at, message),) = faults(written(tmp_path, HEAD + row(name, value)))
    assert (line, at) == (6, column)
    assert says in message


def test_a_week_keeps_a_business_day(tmp_path: Path) -> None:
    """Otherwise no refund would ever arrive."""
    days = "['monday','tuesday','wednesday','thursday','friday','saturday','sunday']"
    ((_, _, message),) = faults(written(tmp_path, HEAD + row("weekend", days)))
    assert "a week needs a business day" in message


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    """A wrong value hides neither another one nor a contradiction."""
    text = HEAD + row("processing_days", "'x'") + row("max_disputes", "-1") + row("nothing", "1")
    text += row("negotiation_days", "2") + row("escalate_from_days", "3")
    assert [line for line, _, _ in faults(written(tmp_path, text))] == [6, 9, 11, 18]
