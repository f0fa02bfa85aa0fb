"""The shipped policies: each row says what it means and where it comes from."""

import msgspec
import pytest

from escrow_tui.engine.policy import (
    MediatorSilence,
    Policy,
    RulingExecuted,
    policy_hash,
)
from escrow_tui.files import read_document, seeds
from escrow_tui.policy import load_policy, preset_names

FIELDS = tuple(field.name for field in msgspec.structs.fields(Policy))
ALIEXPRESS = load_policy("aliexpress")


@pytest.mark.parametrize("name", preset_names())
@pytest.mark.parametrize("field", FIELDS)
def test_each_row_has_a_value_a_meaning_and_a_source(name: str, field: str) -> None:
    """A trainer reads one whole sentence and a source with its grade, or that the row is ours."""
    row = load_policy(name).row(field)
    assert row.value
    assert row.means[0].isupper()
    assert row.means.endswith(".")
    assert row.source.startswith("ours") or "grade " in row.source


@pytest.mark.parametrize("name", preset_names())
def test_the_rows_stand_in_the_order_of_the_policy(name: str) -> None:
    """None is left out and none is invented."""
    assert tuple(row.name for row in load_policy(name).rows) == FIELDS


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_named_after_its_file(name: str) -> None:
    """The name in a story finds the file."""
    assert read_document(seeds() / "policies" / f"{name}.toml").data["name"] == name


def test_aliexpress_has_the_numbers_of_the_domain_page() -> None:
    """Written out here a second time, so that a slip in the file is seen."""
    assert ALIEXPRESS.policy == Policy(
        payment_due_days=20,
        verification_hours=24,
        processing_days=7,
        protection_days=60,
        protection_days_by_country=(("BR", 120), ("RU", 90)),
        auto_confirm_days=7,
        reship_days=10,
        dispute_earliest_days=10,
        dispute_at_once_promised_below_days=5,
        dispute_after_confirm_days=15,
        dispute_before_delivery=True,
        max_disputes=2,
        seller_answer_days=5,
        seller_answer_after_sales_days=3,
        negotiation_days=7,
        escalate_from_days=0,
        mediator_silence_days=30,
        mediator_silence=MediatorSilence.REFUND,
        appeal_window_days=7,
        ruling_executed=RulingExecuted.AFTER_APPEAL_WINDOW,
        refund_card_business_days=10,
        refund_wallet_business_days=0,
        commission_bps=500,
        clearance_business_days=3,
        warn_days=(3, 1),
        weekend=("saturday", "sunday"),
        holidays=(),
    )


def test_a_row_that_no_policy_has_is_a_key_error() -> None:
    """A slip in the program is not passed over."""
    with pytest.raises(KeyError):
        ALIEXPRESS.row("protection_hours")


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("protection_days", "60"),
        ("dispute_before_delivery", "true"),
        ("mediator_silence", "refund"),
        ("warn_days", "3, 1"),
        ("protection_days_by_country", "BR 120, RU 90"),
        ("holidays", "none"),
    ],
)
def test_a_row_has_its_value_as_text(row: str, value: str) -> None:
    """Ready for the screen's help."""
    assert ALIEXPRESS.row(row).value == value


def test_the_hash_is_of_the_content() -> None:
    """The same rows give the same hash, one other number another."""
    policy = ALIEXPRESS.policy
    assert policy_hash(policy) == policy_hash(load_policy("aliexpress").policy)
    changed = msgspec.structs.replace(policy, warn_days=(3, 2))
    assert policy_hash(changed) != policy_hash(policy)
    assert len(policy_hash(policy)) == 64
