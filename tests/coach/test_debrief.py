"""The debrief says what was done, how it ended and why, and what money and evidence mean."""

import pytest
from msgspec.structs import replace

from escrow_tui.coach.debrief import debrief, money_by_party, money_rows, trainee_story
from escrow_tui.coach.playthrough import Note, Playthrough
from escrow_tui.coach.values import MoneyByParty, MoneyRow
from escrow_tui.engine.entry import Entry, account_stream
from escrow_tui.engine.events import MoneyWithdrawn
from escrow_tui.engine.roles import Role
from tests.coach.played import BALANCES, PLAN, SELLER, as_buyer, played


def test_a_debrief_tells_the_ending_with_its_rule_and_source() -> None:
    """All parts of the ending, and the truth."""
    told = debrief(PLAN, played())
    assert (told.exercise, told.title, told.ending) == ("pot", "The pot", "A part back")
    assert (told.why, told.rule, told.source, told.instead) == (
        "A part went back.",
        "r2",
        "s2",
        "i2",
    )
    assert told.truth == PLAN.truth


def test_a_goal_missed_is_not_passed() -> None:
    """One of two goals and one hint make 45 points."""
    told = debrief(PLAN, played(notes=(Note("hint", "1"),)))
    assert (told.passed, told.score) == (False, 45)
    assert [line.reached for line in told.goals] == [False, True]


def test_every_goal_reached_is_passed_whatever_the_hints_cost() -> None:
    """Hints cost points only."""
    told = debrief(replace(PLAN, goals=PLAN.goals[1:]), played(notes=(Note("hint", "1"),)))
    assert (told.passed, told.score) == (True, 95)


def test_what_was_done_begins_where_the_trainee_sat_down() -> None:
    """It has the trainee's acts and passed deadlines, with dates, but nothing of the setup."""
    assert trainee_story(Role.MEDIATOR, played()) == (
        "2026-03-10 09:00  You: Mediator 1 took the case. The mediator opened evidence E1.",
        "2026-03-11 09:00  You: Ruled: 18.00 USD goes back to the buyer.",
        "2026-03-12 09:00  Time alone: The dispute ended with a refund of 18.00 USD. "
        "18.00 USD goes back to the buyer, out of escrow.",
        "2026-03-13 09:00  Time alone: Escrow paid the seller 25.65 USD; commission 1.35 USD. "
        "The order ended.",
        "2026-03-14 09:00  Time alone: The refund of 18.00 USD arrived.",
    )


def test_a_party_reads_how_it_was_ruled() -> None:
    """The buyer's list also contains the ruling, as an act of the mediator."""
    told = trainee_story(Role.BUYER, replace(played(), floor=0))
    assert told[0] == "2026-03-03 09:00  You: The order was placed: 45.00 USD."
    assert "2026-03-11 09:00  The mediator: Ruled: 18.00 USD goes back to the buyer." in told
    assert not [line for line in told if "The seller rejected" in line]
    assert "The order was placed" not in repr(trainee_story(Role.BUYER, played()))


def test_an_entry_that_says_nothing_to_the_role_is_left_out() -> None:
    """A line without a sentence would look like an error."""
    for role in (Role.BUYER, Role.SELLER, Role.MEDIATOR):
        assert not [line for line in trainee_story(role, played()) if line.endswith(": ")]


def test_the_money_is_what_each_has_moved() -> None:
    """All of the seller's accounts count."""
    assert money_by_party(played(), "USD") == MoneyByParty("USD", -2_700, 2_565, 135)
    assert money_by_party(played(), "EUR") == MoneyByParty("EUR", 0, 0, 0)


@pytest.mark.parametrize(
    ("account", "minor", "expected"),
    [
        ("buyer:buyer-1:wallet", 500, MoneyByParty("USD", -2_200, 2_565, 135)),
        ("platform:fx", -300, MoneyByParty("USD", -3_000, 2_565, 135)),
        ("seller:seller-1:debt", -65, MoneyByParty("USD", -2_700, 2_500, 135)),
        ("seller:seller-1:deposit", 35, MoneyByParty("USD", -2_700, 2_600, 135)),
        ("platform:goodwill", -500, MoneyByParty("USD", -2_700, 2_565, -365)),
        ("platform:dispute_fees", -1_500, MoneyByParty("USD", -2_700, 2_565, -1_365)),
        ("platform:chargeback_loss", -1_800, MoneyByParty("USD", -2_700, 2_565, -1_665)),
        ("platform:carrier_cost", -600, MoneyByParty("USD", -2_700, 2_565, -465)),
        ("platform:withdrawal_fees", 1_500, MoneyByParty("USD", -2_700, 2_565, 1_635)),
    ],
)
def test_what_the_acts_of_the_three_change_counts(
    account: str, minor: int, expected: MoneyByParty
) -> None:
    """Wallet and exchange count as the buyer's, debt as the seller's, goodwill as the platform's.

    The payment processor's fee does not count.
    """
    balances = {**BALANCES, (account, "USD"): minor}
    assert (
        money_by_party(Playthrough(entries=(), orders={}, balances=balances, notes=()), "USD")
        == expected
    )


def test_what_a_seller_withdrew_still_counts_as_theirs() -> None:
    """Withdrawals count less the fee, and only in this currency."""
    home = (MoneyWithdrawn("seller-1", 565, 15, "USD"), MoneyWithdrawn("seller-1", 9, 0, "EUR"))
    entry = Entry(
        market="m",
        seq=1,
        stream=account_stream("seller-1"),
        version=1,
        at=0,
        actor=SELLER,
        command_id="",
        command=None,
        events=home,
    )
    balances = {**BALANCES, ("seller:seller-1:available", "USD"): 0}
    taken = money_by_party(
        Playthrough(entries=(entry,), orders={}, balances=balances, notes=()), "USD"
    )
    assert taken == MoneyByParty("USD", -2_700, 2_550, 135)


def test_your_money_is_compared_with_the_references() -> None:
    """Each amount has a sign and the currency, and the difference is shown."""
    yours, reference = MoneyByParty("USD", 0, -5, 135), MoneyByParty("USD", -2_700, 2_565, 135)
    assert money_rows(yours, reference) == (
        MoneyRow("Buyer", "0.00 USD", "-27.00 USD", "+27.00 USD"),
        MoneyRow("Seller", "-0.05 USD", "+25.65 USD", "-25.70 USD"),
        MoneyRow("Platform", "+1.35 USD", "+1.35 USD", "as it should be"),
    )


def test_evidence_is_told_with_its_worth_and_whether_the_mediator_looked() -> None:
    """E1 was opened and E2 was not; the bill was never handed in."""
    photo, packing, bill = debrief(PLAN, played()).evidence
    assert photo.what == "The buyer's photo: the pot on my table"
    assert (photo.worth, photo.proves, photo.opened) == ("strong", "that it is damaged", True)
    assert (packing.worth, packing.opened) == ("misleading", False)
    assert bill.what == "The seller's invoice (not handed in): a bill"
    assert not bill.opened


def test_a_party_knows_its_own_evidence_and_the_log_tells_the_rest() -> None:
    """The buyer knows their own photo, but has to open the seller's."""
    unseen = debrief(as_buyer(), played()).evidence
    assert [piece.opened for piece in unseen] == [True, False, False]
    seen = debrief(as_buyer(), played(notes=(Note("evidence", "E2"),))).evidence
    assert [piece.opened for piece in seen] == [True, True, False]


def test_tries_that_were_refused_are_told() -> None:
    """The debrief quotes the log."""
    notes = (Note("refused", "rule: A ruling needs at least one reason."), Note("hint", "1"))
    assert debrief(PLAN, played(notes=notes)).tries_refused == (notes[0].about,)
