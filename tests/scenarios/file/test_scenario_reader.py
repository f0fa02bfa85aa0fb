"""A scenario's file is read into values, and everything wrong in it is reported at once."""

import pytest

from escrow_tui.coach.predicates import BalanceIs, EventHappens, Noted, OrderEnds
from escrow_tui.coach.values import MoneyByParty
from escrow_tui.engine.commands import AcceptProposal, Scan
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import Party
from escrow_tui.files import Faults, document_from_text
from escrow_tui.scenarios.file.act_reader import Act
from escrow_tui.scenarios.file.scenario import Found, Scenario
from escrow_tui.scenarios.file.scenario_reader import read_scenario

RIGHT = """\
format = 1
id = "pot"
family = "damaged"
title = "A pot"
role = "mediator"
difficulty = 2
minutes = 8
objectives = ["Look first"]
preview = "A buyer and a seller disagree."
task = "Decide."
overrides = { negotiation_days = 9 }
start = "2026-02-02T09:00:00Z"
seed = 36
done = [{ event = "dispute_ruled" }, { order = "*", phase = ["CLOSED"] }]
hints = ["Look.", "It broke in the van."]
[[order]]
id = "A"
price = "45.00 USD"
[[setup]]
by = "buyer"
do = "pay"
[[setup]]
do = "advance"
hours = 3
[truth]
text = "It broke in the van."
words = ["In the van"]
found = { A = "teapot/white/crack" }
[[evidence]]
owner = "seller"
kind = "photo"
shows = "before packing"
picture = "teapot/white"
worth = "misleading"
proves = "nothing"
available = "order_shipped"
[[inject]]
name = "agrees"
when = { event = "proposal_made", by = "mediator", least = { amount = "15.00" } }
after = { days = 1, hours = 2 }
unless = { event = "dispute_ruled" }
steps = [{ by = "seller", do = "accept_proposal", of = "platform" }]
[[inject]]
name = "shows"
[[inject.steps]]
by = "seller"
do = "add_evidence"
kind = "photo"
shows = "before packing"
picture = "teapot/white"
[[goal]]
id = "fair"
text = "A part went back."
missed = "No part went back."
holds = [
  { event = "dispute_executed", least = { refund = "12.00" }, most = { refund = "18.00 USD" } },
  { balance = "escrow:A", most = "-0.01" },
  { noted = "hint", times_most = 1 },
]
[[ending]]
id = "part"
title = "A part"
why = "w"
rule = "r"
source = "s"
instead = "i"
[[ending.when]]
event = "dispute_ruled"
by = "mediator"
where = { policy_rows = "max_disputes" }
least = { policy_rows = 1 }
before = "order_closed"
[[ending]]
id = "looked"
title = "Looked"
when = [{ event = "evidence_opened", times_least = 2, times_most = 4 }]
why = "w"
rule = "r"
source = "s"
instead = "i"
[[ending]]
id = "rest"
title = "The rest"
when = []
why = "w"
rule = "r"
source = "s"
instead = "i"
[reference]
buyer = "-27.00 USD"
seller = "25.65 USD"
platform = "1.35"
[[solution]]
name = "rule"
ending = "part"
steps = [
  { by = "mediator", do = "rule", refund = "18.00", reasons = ["r"] },
  { do = "advance", days = 1 },
]
[[must_fail]]
name = "wait"
goal = "fair"
ending = "rest"
steps = [{ do = "advance", days = 31 }]
"""


def read(text: str) -> Scenario:
    """Read a text as the file pot.toml."""
    return read_scenario(document_from_text(text, "pot.toml"))


def faults(text: str) -> list[str]:
    """Return everything that is wrong in a text, as `line:column message`."""
    with pytest.raises(Faults) as caught:
        read(text)
    return [f"{one.line}:{one.column} {one.message}" for one in caught.value.faults]


def changed(old: str, new: str) -> str:
    """Return the right file with one place changed."""
    assert RIGHT.count(old) == 1, old
    return RIGHT.replace(old, new)


def test_a_right_file_gives_the_situation() -> None:
    """Its head, its market, and the truth about the parcel."""
    scenario = read(RIGHT)
    assert (scenario.head.id, scenario.head.role, scenario.head.difficulty) == (
        "pot",
        "mediator",
        2,
    )
    assert scenario.policy.policy.negotiation_days == 9
    assert (scenario.start, scenario.seed) == (1_770_022_800, 36)
    assert (scenario.listings, scenario.verify) == (0, False)
    assert [placed.id for placed in scenario.orders] == ["A"]
    assert len(scenario.setup) == 2
    assert scenario.words == ("In the van",)
    assert scenario.found == (Found("A", "teapot/white/crack"),)


def test_a_right_file_gives_the_coachs_plan() -> None:
    """Goals, endings, the evidence's worth, and amounts in minor units."""
    plan = read(RIGHT).plan
    assert (plan.role, plan.title, plan.task) == (Role.MEDIATOR, "A pot", "Decide.")
    assert plan.done == (EventHappens(event="dispute_ruled"), OrderEnds("*", ("CLOSED",)))
    assert plan.goals[0].holds == (
        EventHappens(
            event="dispute_executed", least=(("refund", 1_200),), most=(("refund", 1_800),)
        ),
        BalanceIs("escrow:A", "USD", -(10**13), -1),
        Noted("hint", times_least=0, times_most=1),
    )
    assert plan.endings[0].when == (
        EventHappens(
            event="dispute_ruled",
            by="mediator",
            where=(("policy_rows", "max_disputes"),),
            least=(("policy_rows", 1),),
            before="order_closed",
        ),
    )
    assert plan.endings[1].when == (
        EventHappens(event="evidence_opened", times_least=2, times_most=4),
    )
    assert plan.endings[2].when == ()
    assert plan.reference == MoneyByParty("USD", -2_700, 2_565, 135)
    (photo,) = plan.evidence
    assert (photo.owner, photo.worth, photo.available) == (
        Party.SELLER,
        "misleading",
        "order_shipped",
    )


def test_a_right_file_gives_what_everybody_does() -> None:
    """Injects with their trigger and delay, and the trainee's ways."""
    scenario = read(RIGHT)
    agrees, shows = scenario.injects
    assert agrees.when == EventHappens(
        event="proposal_made", by="mediator", least=(("amount", 1_500),)
    )
    assert (agrees.after, agrees.unless) == (93_600, EventHappens(event="dispute_ruled"))
    (step,) = agrees.steps
    assert isinstance(step, Act)
    assert step.command == AcceptProposal(Party.PLATFORM)
    assert (shows.when, shows.after, shows.unless) == (None, 0, None)
    assert (scenario.solutions[0].name, scenario.solutions[0].ending) == ("rule", "part")
    assert (scenario.must_fails[0].goal, scenario.must_fails[0].ending) == ("fair", "rest")


@pytest.mark.parametrize(
    "step",
    [
        'do = "open_dispute", reason = "damaged", claim = "1.00", evidence = [PIECE]',
        'do = "reject_claim", evidence = [PIECE]',
        'do = "appeal", evidence = [PIECE]',
        'do = "contest_return", kind = "empty", evidence = [PIECE]',
        'do = "answer_chargeback", evidence = [PIECE]',
    ],
)
def test_every_piece_that_is_handed_in_is_described(step: str) -> None:
    """Whichever verb hands it in: without a description its worth is unknown."""
    answer = '{ by = "seller", do = "accept_proposal", of = "platform" }'
    piece = '{ kind = "photo", shows = "before packing", picture = "teapot/white" }'
    own = f'{{ by = "seller", {step.replace("PIECE", piece)} }}'
    assert read(changed(answer, own)).injects[0].steps
    (fault,) = faults(changed(answer, own.replace("before packing", "after packing")))
    assert "no [[evidence]] of this owner" in fault


def test_whole_numbers_that_are_no_money_are_written_as_they_are() -> None:
    """Such as stars, and the instant at which a card expires."""
    asked = '{ event = "review_written", least = { stars = 4 } }'
    read_again = read(changed('done = [{ event = "dispute_ruled" }', f"done = [{asked}"))
    assert read_again.plan.done[0] == EventHappens(event="review_written", least=(("stars", 4),))
    expires = asked.replace("review_written", "order_placed").replace("stars", "card_expires")
    assert read(changed('done = [{ event = "dispute_ruled" }', f"done = [{expires}")).plan.done


def test_where_a_refund_was_taken_is_asked_for_by_its_names() -> None:
    """The fields of a struct inside an event count as the event's own."""
    asked = '{ event = "refund_booked", least = { debt = "1.00" }, where = { way = "card" } }'
    read_again = read(changed('done = [{ event = "dispute_ruled" }', f"done = [{asked}"))
    debt = EventHappens(event="refund_booked", where=(("way", "card"),), least=(("debt", 100),))
    assert read_again.plan.done[0] == debt


def test_without_an_order_an_inject_is_about_the_trainees_own() -> None:
    """Its order is `*`, for whatever the trainee buys."""
    text = changed('[[order]]\nid = "A"\nprice = "45.00 USD"\n', "").replace("A = ", '"*" = ')
    text = text.replace('[[setup]]\nby = "buyer"\ndo = "pay"\n', "")
    text = text.replace(
        '  { by = "mediator", do = "rule", refund = "18.00", reasons = ["r"] },\n', ""
    )
    text = text.replace(
        '{ by = "seller", do = "accept_proposal", of = "platform" }',
        '{ by = "carrier", do = "scan", status = "accepted" }',
    )
    scenario = read(text)
    (step,) = scenario.injects[0].steps
    assert isinstance(step, Act)
    assert (step.order, type(step.command)) == ("*", Scan)
    assert scenario.found == (Found("*", "teapot/white/crack"),)


WRONG = [
    ("format = 1", "format = 2", "1:10 format 2 is not known here; write format = 1"),
    ('id = "pot"', 'id = "pan"', '2:6 the id is the file\'s name; write id = "pot"'),
    ('id = "pot"', 'id = "a pot"', '2:6 "a pot" is no id; write up to 40 letters'),
    ('title = "A pot"', 'title = " "', "4:9 title must say something"),
    ('title = "A pot"\n', "", '1:1 "title" is missing'),
    ('role = "mediator"', 'role = "buier"', 'is no chair of a trainee; did you mean "buyer"?'),
    ("difficulty = 2", "difficulty = 6", "6:14 difficulty must be from 1 to 5, not 6"),
    ("minutes = 8", 'minutes = "8"', "7:11 minutes must be a whole number"),
    ('objectives = ["Look first"]', "objectives = []", "objectives must hold one text at least"),
    ('task = "Decide."', 'taks = "Decide."', 'unknown key "taks"; did you mean "task"?'),
    ("overrides = {", 'policy = "alliexpress"\noverrides = {', 'did you mean "aliexpress"?'),
    ("negotiation_days = 9", "negotiation_day = 9", 'did you mean "negotiation_days"?'),
    ('"2026-02-02T09:00:00Z"', '"2026-02-30T09:00:00Z"', "is no instant"),
    ("seed = 36", "seed = -1", "13:8 seed must be from 0"),
    ("seed = 36", 'seed = 36\nverify = "manual"', 'verify must be "auto" or left out'),
    ("seed = 36", "seed = 36\nlistings = 501", "listings must be from 0 to 500"),
    ('hints = ["Look.", "It broke in the van."]', "hints = [1]", "each item of hints"),
    ('"*", phase = ["CLOSED"]', '"*", phase = ["CLOSE"]', 'did you mean "CLOSED"?'),
    ('{ order = "*", phase', '{ order = "B", phase', '"B" is no order; known are A, *'),
    ('"*", phase = ["CLOSED"]', '"*", event = "paid"', 'write one of event = "..."'),
    ("words = [", "word = [", 'unknown key "word"; did you mean "words"?'),
    ("found = { A =", "found = { B =", '"B" is no order; known are A, *'),
    ('"teapot/white/crack"', '"teapot/white/crak"', '"crak" is no flaw; there are'),
    ('owner = "seller"', 'owner = "platform"', 'owner must be "buyer" or "seller"'),
    ('worth = "misleading"', 'worth = "mislead"', 'did you mean "misleading"?'),
    (
        'owner = "seller"\nkind = "photo"',
        'owner = "seller"\nkind = "foto"',
        'did you mean "photo"?',
    ),
    ('available = "order_shipped"', 'available = "shipped"', 'did you mean "order_shipped"?'),
    ('name = "shows"', 'name = "agrees"', 'inject "agrees" stands here twice'),
    ('event = "proposal_made"', 'event = "proposed"', '"proposed" is no event'),
    ('by = "mediator", least = { am', 'by = "mediater", least = { am', "is no role"),
    ('least = { amount = "15.00" }', 'least = { amont = "1.00" }', 'did you mean "amount"?'),
    ('least = { amount = "15.00" }', "least = { amount = 15 }", "amount must be a text in quotes"),
    ('least = { amount = "15.00" }', 'least = { amount = "15 EUR" }', "this exercise is in USD"),
    ('least = { amount = "15.00" }', 'least = { by = "1.00" }', "by is no number; ask for it"),
    ('least = { amount = "15.00" }', 'where = { by = "platfrm" }', 'did you mean "platform"?'),
    ("after = { days = 1, hours = 2 }", "after = { day = 1 }", 'did you mean "days"?'),
    ("after = { days = 1, hours = 2 }", "after = { days = -1 }", "cannot come before"),
    ('of = "platform" }]', 'of = "platform" }, { do = "advance", days = 1 }]', "holds commands"),
    ('{ by = "seller", do = "accept', '{ by = "mediator", do = "accept', "is the trainee"),
    ('do = "accept_proposal"', 'do = "acept_proposal"', 'did you mean "accept_proposal"?'),
    (
        'do = "add_evidence"\nkind = "photo"',
        'do = "add_evidence"\nkind = "invoice"',
        "no [[evidence]] of this owner",
    ),
    ("holds = [\n", "hold = [\n", "say when the goal is reached"),
    ('missed = "No part went back."\n', "", '"missed" is missing'),
    ('"18.00 USD"', '"eighteen"', '"eighteen" is not an amount'),
    (', most = "-0.01"', "", "say how much"),
    ('noted = "hint", times_most = 1', 'noted = "hints"', '"hints" is no note'),
    ('noted = "hint", times_most = 1', 'noted = "hint", times_most = -1', "must not be less"),
    ('where = { policy_rows = "max_disputes" }', 'where = { policy_rows = "max" }', "is no policy"),
    ('before = "order_closed"', 'before = "order_close"', 'did you mean "order_closed"?'),
    ("times_least = 2, times_most = 4", "times_least = 5, times_most = 4", "must not be less"),
    ('id = "looked"', 'id = "part"', 'ending "part" stands here twice'),
    ("when = []", 'when = [{ event = "order_closed" }]', "the last ending is told when no other"),
    (
        'when = [{ event = "evidence_opened", times_least = 2, times_most = 4 }]',
        "",
        "only the last",
    ),
    ('seller = "25.65 USD"', 'seller = "25.65 EUR"', "this exercise is in USD"),
    ('platform = "1.35"\n', "", '"platform" is missing'),
    ('{ by = "mediator", do = "rule"', '{ by = "seller", do = "rule"', "acts by an inject"),
    ('{ do = "advance", days = 1 }', '{ do = "expect", is = { a = 1 } }', "goals say"),
    ('do = "advance"\nhours = 3', 'do = "expect"\nis = { a = 1 }', "a setup expects nothing"),
    ('name = "rule"\nending = "part"', 'name = "rule"\nending = "par"', 'did you mean "part"?'),
    ('goal = "fair"', 'goal = "fare"', 'did you mean "fair"?'),
    ('task = "Decide."', 'task = "It lay IN THE VAN."', "10:8 this tells the truth too early"),
    (
        'do = "pay"',
        'do = "send_message"\ntext = "In the van"',
        "22:8 this tells the truth too early",
    ),
    ('hints = ["Look."', 'hints = ["Look in the van."', "15:10 this tells the truth too early"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG, ids=[new for _, new, _ in WRONG])
def test_a_fault_is_told_at_its_place(old: str, new: str, said: str) -> None:
    """One change, and a sentence that says what would be right."""
    found = faults(changed(old, new))
    assert [one for one in found if said in one], found


@pytest.mark.parametrize("part", ["goal", "solution", "must_fail"])
def test_a_missing_part_is_told(part: str) -> None:
    """Without it, nothing could prove that the exercise works."""
    start = RIGHT.index(f"[[{part}]]")
    end = RIGHT.find("\n[", start + 1) + 1
    without = RIGHT[:start] + (RIGHT[end:] if end else "")
    assert [one for one in faults(without) if f"[[{part}]]" in one]


def test_too_few_endings_are_told() -> None:
    """With fewer than three there is nothing to find out."""
    start = RIGHT.index('[[ending]]\nid = "part"')
    end = RIGHT.index('[[ending]]\nid = "rest"')
    assert [
        one
        for one in faults(RIGHT[:start] + RIGHT[end:])
        if "needs 3 endings at least, not 1" in one
    ]


def test_a_missing_reference_is_told() -> None:
    """The debrief would have nothing to compare the trainee's money with."""
    start, end = RIGHT.index("[reference]"), RIGHT.index("[[solution]]")
    assert [one for one in faults(RIGHT[:start] + RIGHT[end:]) if "write [reference]" in one]


def test_all_faults_come_at_once_in_the_order_of_lines() -> None:
    """So that a trainer can fix them in one go."""
    text = changed('goal = "fair"', 'goal = "fare"')
    text = text.replace("difficulty = 2", "difficulty = 0")
    text = text.replace('event = "proposal_made"', 'event = "proposal_maid"')
    found = faults(text)
    assert len(found) == 3
    assert [int(one.partition(":")[0]) for one in found] == sorted(
        int(one.partition(":")[0]) for one in found
    )


def test_no_fault_is_told_twice() -> None:
    """A field that two parts use is read once."""
    for old, new in (("seed = 36", "seed = -1"), ('title = "A pot"', "title = 3")):
        found = faults(changed(old, new))
        assert len(found) == len(set(found)) == 1
