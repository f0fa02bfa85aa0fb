"""A story's own rows over a policy, with faults at their place in the story."""

from escrow_tui.engine.money import Money
from escrow_tui.engine.policy import policy_hash
from escrow_tui.engine.policy_switches import FxRefund, MediatorSilence
from escrow_tui.engine.terms import Reason, Side
from escrow_tui.files import Reader, document_from_text
from escrow_tui.policy import PolicyFile, load_policy, with_overrides

BASE = load_policy("aliexpress")


def overridden(text: str) -> tuple[PolicyFile, list[tuple[int, int, str]]]:
    """The policy under a story's overrides, and the faults noted."""
    reader = Reader(document_from_text(text, "a/folder/story.toml"))
    policy_file = with_overrides(BASE, reader.table("overrides"))
    return policy_file, [(each.line, each.column, each.message) for each in reader.faults]


def test_rows_are_put_over_the_policy() -> None:
    """Every kind of value; the rest stays."""
    story, faults = overridden(
        'overrides = { processing_days = 3, mediator_silence = "split", warn_days = [2],'
        " protection_days_by_country = { DE = 30 } }"
    )
    assert faults == []
    assert story.policy.processing_days == 3
    assert story.policy.mediator_silence is MediatorSilence.SPLIT
    assert story.policy.warn_days == (2,)
    assert story.policy.protection_for("DE") == (30, "protection_days_by_country")
    assert story.policy.protection_for("RU") == (60, "protection_days")
    assert story.policy.auto_confirm_days == 7
    assert policy_hash(story.policy) != policy_hash(BASE.policy)


def test_amounts_and_tables_are_written_as_in_a_policy_file() -> None:
    """An amount as a text, pairs as a table; what a table does not name is as its row says."""
    story, faults = overridden(
        'overrides = { chargeback_fee = "0.00 USD", signature_from = "750 USD", '
        'label_payer = { damaged = "buyer" }, fx_refund = "current" }'
    )
    assert faults == []
    assert story.policy.chargeback_fee == Money(0, "USD")
    assert story.policy.signature_from == Money(75_000, "USD")
    assert story.policy.label_payer_for(Reason.DAMAGED) is Side.BUYER
    assert story.policy.label_payer_for(Reason.CHANGE_OF_MIND) is Side.SELLER
    assert story.policy.fx_refund is FxRefund.CURRENT
    assert story.row("signature_from").value == "750.00 USD"
    assert story.row("signature_from").source == "ours: set in story.toml in place of never"
    assert story.row("label_payer").value == "damaged buyer"


def test_a_price_may_be_set_back_to_never() -> None:
    """An empty text is a value, not a row left out."""
    reader = Reader(document_from_text('overrides = { signature_from = "" }', "story.toml"))
    story = with_overrides(load_policy("ebay"), reader.table("overrides"))
    assert reader.faults == []
    assert story.policy.signature_from is None
    assert story.row("signature_from").value == "never"


def test_wrong_amounts_and_reasons_are_faults_in_the_story() -> None:
    """A reason at its name, an amount at its text."""
    story, faults = overridden(
        "[overrides]\nchargeback_fee = 'much'\nlabel_payer = { damagd = 'buyer' }\n"
        "signature_from = '1.00 US'\n"
    )
    places = sorted((line, column) for line, column, _ in faults)
    assert places == [(2, 18), (3, 17), (4, 18)]
    assert faults[1][2] == '"damagd" is no reason to dispute; did you mean "damaged"?'
    assert story == BASE


def test_an_overridden_row_says_so() -> None:
    """The number is not the source's any more; no folder of the machine is shown."""
    row = overridden("overrides = { processing_days = 3 }")[0].row("processing_days")
    assert row.value == "3"
    assert row.source == "ours: set in story.toml in place of 7"
    assert row.means == BASE.row("processing_days").means


def test_the_table_form_is_read_too() -> None:
    """[overrides] and braces are the same to TOML."""
    assert overridden("[overrides]\nprocessing_days = 3\n")[0].policy.processing_days == 3


def test_no_overrides_leave_the_policy() -> None:
    """A story may leave them out."""
    assert overridden("format = 1") == (BASE, [])


def test_wrong_rows_and_values_are_faults_in_the_story() -> None:
    """All at once; the good rows are taken."""
    story, faults = overridden(
        "format = 1\n[overrides]\nprocesing_days = 3\nmax_disputes = 'two'\n"
        "commission_bps = 20_000\nauto_confirm_days = 9\nholidays = ['soon']\n"
    )
    assert [(line, column) for line, column, _ in faults] == [(3, 1), (4, 16), (5, 18), (7, 13)]
    assert faults[0][2].endswith('did you mean "processing_days"?')
    assert faults[1][2] == 'max_disputes must be a whole number, not the text "two"'
    assert story.policy.auto_confirm_days == 9
    assert story.policy.max_disputes == 2


def test_a_contradiction_with_the_preset_is_a_fault_at_the_override() -> None:
    """The row of the preset is not in the story, the other one is."""
    story, faults = overridden("overrides = { escalate_from_days = 8 }")
    ((line, column, message),) = faults
    assert (line, column) == (1, 36)
    assert "negotiation_days" in message
    assert story == BASE


def test_overrides_that_are_no_table_are_a_fault() -> None:
    """And nothing is changed."""
    story, faults = overridden("overrides = [1]")
    assert faults == [(1, 13, "overrides must be a table, not a list")]
    assert story == BASE
