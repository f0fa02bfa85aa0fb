"""Stories as they are played: their results, and where one stops that does not go as it says."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from escrow_tui.desk.desk import Desk
from escrow_tui.engine.answers import Answer
from escrow_tui.engine.commands import COMMANDS, AnyCommand
from escrow_tui.engine.roles import Actor
from escrow_tui.engine.terms import ENDED, ChargebackPhase, DisputePhase, Phase, ReturnPhase
from escrow_tui.engine.trust import Figure
from escrow_tui.files import seeds
from escrow_tui.scenarios.file.step_reader import Act, Expect
from escrow_tui.scenarios.file.story import read_story
from escrow_tui.scenarios.story.result_table import story_text
from escrow_tui.scenarios.story.story_player import PlayedStory, play_story
from escrow_tui.scenarios.story.story_result import RefusalResult, StepResult
from escrow_tui.store import Reading
from tests.given.story_files import (
    DELIVERED,
    DISPUTED,
    MEDIATED,
    ORDER,
    PAID,
    PHOTO,
    SHIPPED,
    played,
    told,
    with_steps,
)

SHIPPED_STORIES = sorted((seeds() / "stories").glob("*.toml"))


def said(result: PlayedStory) -> list[str]:
    """What each step led to, in a word."""
    return [
        step.refused.code if isinstance(step.refused, RefusalResult) else ", ".join(step.events)
        for step in result.outcome.steps
    ]


@pytest.mark.parametrize("path", SHIPPED_STORIES, ids=lambda path: path.stem)
def test_every_shipped_story_goes_as_it_says(path: Path) -> None:
    """Each states its final balances itself, and no invariant breaks on the way."""
    result = play_story(read_story(path))
    assert result.failed == ""
    assert result.outcome.violations == ()
    assert any("balances/" in line for line in path.read_text().splitlines())
    sums: dict[str, int] = {}
    for held in result.outcome.balances.values():
        for currency, minor in held.items():
            sums[currency] = sums.get(currency, 0) + minor
    assert set(sums.values()) == {0}


def test_a_story_is_shipped_for_every_way_that_an_order_can_go() -> None:
    """Each is named after what it shows, and says so in its first line."""
    assert {path.stem for path in SHIPPED_STORIES} == set(
        "appeal-overturns cancel-race cancel-withdrawn chargeback-in-dispute-lost"
        " chargeback-in-dispute-won counterfeit-double debt-repaid declined dispute-withdrawn"
        " empty-box evidence-silence expired-card false-shipment foreign foreign-current-rate"
        " foreign-in-three-pieces full-refund goodwill happy-path partial-refund"
        " refund-and-chargeback refused-step release-to-the-seller replacement replacement-lost"
        " return-and-refund same-end-after same-end-before sent-once-more silence"
        " silence-from-every-phase western-union".split()
    )
    for path in SHIPPED_STORIES:
        assert path.read_text(encoding="utf-8").startswith("# "), path


def test_every_verb_is_walked_by_a_step_of_a_story_that_goes_well() -> None:
    """A verb that can be read but not played is found here."""
    steps = (step for path in SHIPPED_STORIES for step in read_story(path).steps)
    walked = {step.verb for step in steps if isinstance(step, Act) and not step.refused}
    assert walked == COMMANDS.keys()


def test_a_refund_before_the_release_ends_as_one_after_it() -> None:
    """The two stories have the same end, to the last balance."""
    before, after = (
        play_story(read_story(seeds() / "stories" / f"same-end-{when}.toml")).outcome
        for when in ("before", "after")
    )
    assert before.orders == after.orders
    assert before.balances == after.balances


def test_silence_leaves_an_order_in_every_phase_that_time_ends() -> None:
    """The stories begin in every phase, of an order and its parts, that time can end."""
    story = read_story(seeds() / "stories" / "silence-from-every-phase.toml")
    expected = [step.holds for step in story.steps if isinstance(step, Expect)]
    left = {value for holds in expected[: len(story.orders)] for _, value in holds}
    kinds = (Phase, DisputePhase, ReturnPhase, ChargebackPhase)
    every = {phase.value for kind in kinds for phase in kind}
    # An order is frozen where its chargeback runs.
    assert left == every - ENDED - {Phase.FROZEN}


def test_the_result_has_the_names_of_the_contract() -> None:
    """A part that is not there is null; amounts are whole minor units."""
    result = msgspec.json.decode(msgspec.json.encode(played(DISPUTED).outcome))
    assert list(result) == ["steps", "orders", "balances", "violations", "journal_sha256"]
    (order,) = result["orders"].values()
    assert order == {
        "phase": "DELIVERED",
        "shipment": "delivered",
        "dispute": "AWAITING_SELLER",
        "return": None,
        "chargeback": None,
        "captured": 10_000,
        "held": 10_000,
        "refunded": 0,
        "released": 0,
        "commission": 0,
        "charged_back": 0,
        "deadlines": [
            {"name": "seller_answer", "at": "2026-03-07T09:00:00Z", "rule": "seller_answer_days"}
        ],
    }
    assert result["balances"]["escrow:A"] == {"USD": 10_000}
    assert result["steps"][0] == {
        "by": "buyer",
        "do": "pay",
        "order": "A",
        "at": "2026-03-02T09:00:00Z",
        "events": ["payment_captured"],
        "due": ["payment_verified"],
    }


def test_each_part_of_an_order_is_told_in_a_place_of_its_own() -> None:
    """A return and a chargeback have a phase each, and the amount charged back is counted."""
    back = (
        DISPUTED.replace(PHOTO, f"return_goods = true, {PHOTO}"),
        '{ by = "seller", do = "accept_claim" }',
        '{ by = "bank", do = "open_chargeback", amount = "100.00" }',
        '{ by = "seller", do = "accept_chargeback" }',
    )
    parts = []
    for upto in (2, 3, 4):
        order = played(*back[:upto]).outcome.orders["A"]
        parts.append((order.dispute, order.return_, order.chargeback, order.charged_back))
    assert parts == [
        (None, "AWAITING_RETURN", None, 0),
        (None, "AWAITING_RETURN", "AWAITING_ANSWER", 0),
        (None, None, None, 10_000),
    ]


def test_the_table_for_people_names_each_part_that_runs() -> None:
    """A dispute, a return, a chargeback, beside the phase of the order."""
    back = DISPUTED.replace(PHOTO, f"return_goods = true, {PHOTO}")
    frozen = '{ by = "bank", do = "open_chargeback", amount = "100.00" }'
    accepted = '{ by = "seller", do = "accept_claim" }'
    assert "in dispute: AWAITING_SELLER" in story_text(played(back).outcome)
    assert "going back: AWAITING_RETURN, charged back: AWAITING_ANSWER" in story_text(
        played(back, accepted, frozen).outcome
    )


def test_a_refused_step_tells_code_message_and_rule() -> None:
    """It has no events."""
    step = '{ by = "buyer", do = "open_dispute", reason = "no_scans", claim = "1", refused = true }'
    last = played(SHIPPED, step).outcome.steps[-1]
    assert isinstance(last, StepResult)
    assert last.events == ()
    assert isinstance(last.refused, RefusalResult)
    assert (last.refused.code, last.refused.rule) == ("DISPUTE_TOO_EARLY", "dispute_earliest_days")
    assert last.refused.message.startswith("The parcel was shipped 0 days ago")


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (
            '{ by = "buyer", do = "pay", refused = "WRONG_PHASE" }',
            "story.toml:2:39 buyer pay: expected the refusal WRONG_PHASE; came payment_captured",
        ),
        (
            '{ by = "buyer", do = "pay", refused = true }',
            "story.toml:2:39 buyer pay: expected a refusal; came payment_captured",
        ),
        (
            '{ by = "seller", do = "pay" }',
            "story.toml:2:23 seller pay: expected no refusal; came the refusal WRONG_ROLE: A seller"
            " may not do this; it is for the buyer.",
        ),
        (
            '{ by = "seller", do = "pay", refused = "WRONG_PHASE" }',
            "story.toml:2:40 seller pay: expected the refusal WRONG_PHASE; came the refusal"
            " WRONG_ROLE: A seller may not do this; it is for the buyer.",
        ),
        (
            '{ do = "advance", days = 1, refused = true }',
            "story.toml:2:39 advance: expected a refusal; came nothing happened",
        ),
        (
            '{ do = "advance", seconds = -1 }',
            "story.toml:2:8 advance: expected no refusal; came the refusal TIME_GOES_BACK",
        ),
        (
            '{ do = "expect", is = { "orders/A/phase" = "SHIPPED" } }',
            'story.toml:2:44 expect orders/A/phase: expected "SHIPPED"; came "AWAITING_PAYMENT"',
        ),
        (
            '{ do = "expect", is = { "orders/A/fase" = "SHIPPED" } }',
            'expect orders/A/fase: there is no "fase" in orders/A; it holds phase, shipment, ',
        ),
        (
            '{ do = "expect", is = { "order/A/phase" = "SHIPPED" } }',
            'there is no "order" in the result; it holds steps, orders, balances, violations, jou',
        ),
        (
            '{ do = "expect", is = { "orders/B/phase" = "SHIPPED" } }',
            'there is no "B" in orders; it holds A',
        ),
        (
            '{ do = "expect", is = { "orders/A/phase/x" = 1 } }',
            'there is no "x" inside orders/A/phase, which is "AWAITING_PAYMENT"',
        ),
        (
            '{ do = "expect", is = { "steps/1/do" = "pay" } }',
            'there is no "1" in steps; it holds 0',
        ),
        (
            '{ do = "expect", is = { "balances/escrow:A/USX" = 0 } }',
            'there is no "escrow:A" in balances; it holds nothing',
        ),
        (
            '{ do = "expect", is = { "balances/escrow:A/USD" = 1 } }',
            "expect balances/escrow:A/USD: expected 1; came 0",
        ),
        (
            '{ do = "expect", is = { "orders/A/captured" = false } }',
            "expect orders/A/captured: expected false; came 0",
        ),
    ],
)
def test_a_step_that_goes_another_way_stops_the_story(step: str, sentence: str) -> None:
    """It is reported with its line, what was expected and what happened; the rest is not played."""
    result = played(step, PAID)
    assert sentence in result.failed
    assert len(result.outcome.steps) == 1


def test_an_expectation_may_name_anything_in_the_result() -> None:
    """Accounts that were never touched hold 0; null is written as a text."""
    expected = (
        '"orders/A/phase" = "AWAITING_SHIPMENT", "orders/A/dispute" = "null",'
        ' "balances/escrow:A/USD" = 10000, "balances/seller:seller-1:debt/USD" = 0,'
        ' "steps/0/events" = ["payment_captured"], "violations" = [],'
        ' "orders/A/deadlines/0/name" = "processing"'
    )
    result = played(PAID, f'{{ do = "expect", is = {{ {expected} }} }}')
    assert result.failed == ""


def test_a_hash_that_is_expected_is_the_journals() -> None:
    """It is computed at that point of the story."""
    wanted = played(PAID).outcome.journal_sha256
    expect = f'{{ do = "expect", is = {{ journal_sha256 = "{wanted}" }} }}'
    assert played(PAID, expect).failed == ""
    assert "expected" in played(expect, PAID).failed


def test_an_order_that_cannot_be_placed_stops_the_story() -> None:
    """Its own line is named."""
    order = '[[order]]\nid = "A"\nprice = "0.00 USD"\n'
    result = played(PAID, order=order)
    assert result.failed.startswith("story.toml:6:1 order A is refused, BAD_AMOUNT: 0.00 USD is")
    assert result.outcome.orders == {}


def test_the_same_id_again_gets_the_first_answer() -> None:
    """It takes effect once, is not refused, and nothing is verified twice."""
    pay = '{ by = "buyer", do = "pay", id = "pay-1" }'
    result = played(pay, pay)
    assert result.failed == ""
    first, again = result.outcome.steps
    assert first.events == again.events == ("payment_captured",)
    assert again.due == ()
    assert result.outcome.balances["ext:buyer"] == {"USD": -10_000}


@pytest.mark.parametrize(
    "again",
    [
        '{ by = "buyer", do = "cancel", id = "one" }',
        '{ by = "seller", do = "cancel", id = "one" }',
        '{ do = "advance", days = 1, id = "one", refused = "COMMAND_ID_REUSED" }',
    ],
)
def test_an_id_of_another_command_is_refused(again: str) -> None:
    """Another verb, another person, or time."""
    again = again.replace('id = "one" }', 'id = "one", refused = "COMMAND_ID_REUSED" }')
    result = played('{ by = "buyer", do = "pay", id = "one" }', again)
    assert result.failed == ""


def test_a_move_of_the_clock_that_is_delivered_twice_moves_it_once() -> None:
    """The same id with another span is refused, and so is a command with it."""
    day = '{ do = "advance", days = 21, id = "d" }'
    other = '{ do = "advance", days = 2, id = "d", refused = "COMMAND_ID_REUSED" }'
    command = '{ by = "buyer", do = "pay", id = "d", refused = "COMMAND_ID_REUSED" }'
    result = played(day, day, other, command)
    assert result.failed == ""
    assert said(result)[:2] == ["order_expired", "order_expired"]
    assert {step.at for step in result.outcome.steps} == {"2026-03-23T09:00:00Z"}


@pytest.mark.parametrize(
    ("seconds", "word"), [(86_399, "order_cancelled, refund_booked"), (86_400, "WRONG_PHASE")]
)
def test_a_cancel_in_the_last_second_of_verification_is_in_time(seconds: int, word: str) -> None:
    """At 24:00:00 the deadline has fired already."""
    refused = ', refused = "WRONG_PHASE"' if word == "WRONG_PHASE" else ""
    steps = (
        PAID,
        f'{{ do = "advance", seconds = {seconds} }}',
        f'{{ by = "buyer", do = "cancel"{refused} }}',
    )
    result = play_story(told(with_steps(*steps).replace('verify = "auto"\n', "")))
    assert result.failed == ""
    assert said(result)[-1] == word
    assert result.outcome.orders["A"].phase == "CANCELLED"


def test_time_does_not_go_back() -> None:
    """Not by a span, and not to an instant; the clock stays where it is."""
    result = played(
        '{ do = "advance", days = 2 }',
        '{ do = "advance", hours = -1, refused = "TIME_GOES_BACK" }',
        '{ do = "advance", to = "2026-03-02T09:00:00Z", refused = "TIME_GOES_BACK" }',
    )
    assert result.failed == ""
    assert result.outcome.steps[-1].at == "2026-03-04T09:00:00Z"


def test_time_goes_to_the_next_deadline_as_long_as_there_is_one() -> None:
    """If none is running, the step says so."""
    following = '{ do = "advance", to = "next" }'
    result = played(following, following)
    assert said(result) == ["order_expired"]
    assert result.failed == "story.toml:3:24 advance: expected a deadline; none runs"


def test_time_ends_before_the_calendar_does() -> None:
    """A story that jumps too far is stopped with a sentence."""
    result = played(*['{ do = "advance", days = 366000 }'] * 2)
    assert result.failed == "story.toml:2:8 advance: time ends here on 2999-12-31T00:00:00Z"


def test_deposits_are_put_down_before_the_story_starts() -> None:
    """The money comes from the seller's bank, and pays a clawback before there is a debt."""
    text = with_steps(
        DELIVERED,
        '{ by = "buyer", do = "confirm_receipt" }',
        f'{{ by = "buyer", do = "open_dispute", reason = "damaged", claim = "100.00", {PHOTO} }}',
        '{ by = "seller", do = "accept_claim" }',
    )
    text = text.replace("format = 1\n", 'format = 1\ndeposits = { seller-1 = "60.00 USD" }\n')
    outcome = play_story(told(text)).outcome
    assert outcome.balances["ext:bank"] == {"USD": -6_000}
    assert outcome.balances["seller:seller-1:pending"] == {"USD": 0}
    assert outcome.balances["seller:seller-1:deposit"] == {"USD": 6_000}
    assert outcome.orders["A"].released == 0
    assert outcome.violations == ()


def test_rows_of_the_policy_can_be_set_for_one_story() -> None:
    """Three days to ship in place of seven."""
    text = with_steps(PAID, '{ do = "advance", days = 3 }')
    text = text.replace("format = 1\n", "format = 1\noverrides = { processing_days = 3 }\n")
    assert said(play_story(told(text)))[-1] == "order_cancelled, refund_booked"


def test_a_violation_fails_the_story_at_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk names it; the story stops at the step that broke it."""
    real = Desk.submit

    def broken(desk: Desk, actor: Actor, order: str, command: AnyCommand, id: str) -> Answer:
        desk.violations.append("2: escrow is below zero (order A)")
        return real(desk, actor, order, command, id)

    monkeypatch.setattr(Desk, "submit", broken)
    result = played(PAID, PAID)
    assert result.failed.startswith("story.toml:2:1 violated: 2: escrow is below zero (order A)")
    assert result.outcome.violations[0] == "2: escrow is below zero (order A)"


def test_balances_that_differ_from_the_journal_are_a_violation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The journal is folded again at the end of every story, and all money sums to zero."""
    real = Reading.balances

    def off(
        reading: Reading, market: str, accounts: Iterable[str] | None = None
    ) -> dict[tuple[str, str], int]:
        wrong = {("escrow:A", "USD"): 1} if accounts is None else {}
        return real(reading, market, accounts) | wrong

    monkeypatch.setattr(Reading, "balances", off)
    result = played(PAID)
    assert result.failed.startswith("story.toml: violated: 10: escrow:A is at 1 USD, not as the")
    assert result.outcome.violations[1:] == ("1: a transfer leaves -9999 USD",)


def test_figures_of_trust_that_differ_from_the_journal_are_a_violation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They are counted again with the balances."""
    counted = {("seller-1", Figure.ORDERS): 2, ("buyer-1", Figure.ORDERS): 1}
    monkeypatch.setattr(Reading, "trust", lambda *_: counted)
    assert played(PAID).outcome.violations == (
        "10: orders of seller-1 is 2, not as the journal says",
    )


def test_what_is_asked_of_the_market_is_played_without_an_order() -> None:
    """The same id takes effect once, and the result has no order of that name."""
    withdraw = '{ by = "seller", do = "withdraw_money", amount = "50.00 USD", id = "w" }'
    confirmed = f'{DELIVERED}, {{ by = "buyer", do = "confirm_receipt" }}'
    of_a = confirmed.replace(" }", ', order = "A" }')
    two = ORDER + ORDER.replace('"A"', '"B"')
    result = played(of_a, '{ do = "advance", days = 3 }', withdraw, withdraw, order=two)
    assert result.failed == ""
    assert said(result)[-2:] == ["money_withdrawn", "money_withdrawn"]
    assert result.outcome.balances["ext:bank"] == {"USD": 5_000}
    assert list(result.outcome.orders) == ["A", "B"]


def test_the_same_story_gives_the_same_journal_in_every_process() -> None:
    """Whatever the order of sets and the time zone."""
    code = (
        "from escrow_tui.scenarios.story.story_player import play_story\n"
        "from tests.given.story_files import *\n"
        "print(played(MEDIATED).outcome.journal_sha256)"
    )
    here = played(MEDIATED).outcome.journal_sha256
    assert len(here) == 64
    assert played(DISPUTED).outcome.journal_sha256 != here
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati"}
    there = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=Path(__file__).parents[3],
    )
    assert there.stdout.strip() == here
