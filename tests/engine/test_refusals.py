"""Every refusal that the engine can give is reached, with its row, facts and sentence."""

from string import Formatter

import msgspec
import pytest

from escrow_tui.engine import commands as c
from escrow_tui.engine.answers import REFUSALS, Refused
from escrow_tui.engine.context import refuse
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.policy import Policy
from tests.each import for_each
from tests.engine.cases_quarrel import QUARREL
from tests.engine.cases_trade import TRADE, Case
from tests.given.orders import (
    BUYER,
    MEDIATED,
    OTHER_BUYER,
    OTHER_MEDIATOR,
    START,
    World,
    given,
    then_refused,
)

CASES: dict[str, Case] = {**TRADE, **QUARREL}
# The desk gives these, as the engine only gets one order and one instant, and no ids.
OF_THE_DESK: dict[str, str] = {
    "UNKNOWN_ORDER": "There is no order A; choose one from the list.",
    "ORDER_EXISTS": "There is already an order A; give the new one another id.",
    "TIME_GOES_BACK": "The market's clock stands at now; it cannot go back to then.",
    "COMMAND_ID_REUSED": "The id one was used for another command; use a new one.",
    "SEAT_REVOKED": "This seat was revoked by the trainer; ask for a new code, and join again.",
    "OTHER_SEAT": "Your seat is that of buyer:buyer-2; it acts for nobody else.",
    "SEAT_CLOCK": "In a market with seats the clock is moved by the trainer, or backstage.",
    "SEAT_PRICE": "A seat orders from the shop, at its prices: fill the cart and check out.",
}
THEIR_FACTS = {"order": "A", "now": "now", "asked": "then", "id": "one", "seat": "buyer:buyer-2"}


def told(case: Case) -> World:
    """Return the world after a case's story."""
    if case.steps is None:
        return World(case.policy)
    return given(*case.steps, policy=case.policy, lines=case.lines, method=case.method)


def names_in(code: str) -> set[str]:
    """Return the names of the facts in a code's sentence."""
    return {name for _, name, _, _ in Formatter().parse(REFUSALS[code]) if name}


def test_every_code_of_the_table_has_a_case() -> None:
    """A new code without a test fails here."""
    assert set(CASES) | set(OF_THE_DESK) == set(REFUSALS)
    assert not set(CASES) & set(OF_THE_DESK)
    assert not set(TRADE) & set(QUARREL)


@for_each("code", CASES)
def test_a_refusal_says_why_and_changes_nothing(code: str) -> None:
    """It has the code, the policy row and the sentence, word for word."""
    case = CASES[code]
    world = told(case)
    before = (dict(world.orders), dict(world.balances), list(world.history))
    refused = then_refused(world.when(case.command, by=case.by), code)
    assert (refused.rule, refused.sentence) == (case.rule, case.sentence)
    assert (world.orders, world.balances, world.history) == before


@for_each("code", CASES)
def test_a_refusal_carries_the_facts_of_its_sentence_and_no_others(code: str) -> None:
    """A fact without a place would be lost, and a missing one would be a KeyError."""
    case = CASES[code]
    refused = then_refused(told(case).when(case.command, by=case.by), code)
    assert {name for name, _ in refused.facts} == names_in(code)
    assert not refused.rule or refused.rule in Policy.__struct_fields__


@pytest.mark.parametrize("code", OF_THE_DESK)
def test_the_desks_sentences_can_be_told_too(code: str) -> None:
    """With their facts they make whole sentences."""
    facts = tuple((name, THEIR_FACTS[name]) for name in sorted(names_in(code)))
    assert Refused(code, "", facts).sentence == OF_THE_DESK[code]


@for_each("code", REFUSALS)
def test_a_sentence_is_one_line_that_ends(code: str) -> None:
    """It has to fit on a status line."""
    assert REFUSALS[code].endswith(".")
    assert "\n" not in REFUSALS[code]


def test_an_explanation_is_the_sentence_with_the_policy_row_behind_it() -> None:
    """One text, so that no screen can show the sentence and forget the row."""
    assert refuse("NOT_DELIVERED").explanation == refuse("NOT_DELIVERED").sentence
    late = refuse("REVIEW_TOO_LATE", "review_days", date="2026-05-01 09:00")
    told = "The time to review ended on 2026-05-01 09:00. Policy row: review_days."
    assert late.explanation == told


def test_facts_are_kept_as_text_in_their_order() -> None:
    """So a refusal is a plain value for a log."""
    refused = refuse("BAD_DAYS", days=0, most=120)
    assert refused == Refused("BAD_DAYS", "", (("days", "0"), ("most", "120")))
    assert msgspec.json.decode(msgspec.json.encode(refused), type=Refused) == refused
    assert refuse("PARTIAL_REFUND", "partial_refunds", whole=1).rule == "partial_refunds"


def test_an_instant_is_told_in_utc_to_the_minute() -> None:
    """Whatever the machine's time zone is."""
    assert date_of(START) == "2026-03-02 09:00"
    assert date_of(START + 59) == "2026-03-02 09:00"


def test_who_may_not_is_told_before_when() -> None:
    """A wrong role or a stranger is told that, and not about the phase."""
    world = given()
    then_refused(world.when(c.Rule(refund=1, reasons=()), by=BUYER), "WRONG_ROLE", role="buyer")
    then_refused(world.when(c.ConfirmReceipt(), by=OTHER_BUYER), "NOT_YOURS", role="buyer")


def test_whose_case_it_is_is_told_before_the_phase() -> None:
    """The case of a ruling is checked first; an appeal is for another mediator anyway."""
    world = given(*MEDIATED, c.OpenEvidence("E1"))
    decided = c.DecideAppeal(refund=1, reasons=("x",))
    then_refused(world.when(decided, by=OTHER_MEDIATOR), "WRONG_PHASE")
    then_refused(
        world.when(c.Rule(refund=1, reasons=()), by=OTHER_MEDIATOR), "NOT_YOUR_CASE", mediator="1"
    )
