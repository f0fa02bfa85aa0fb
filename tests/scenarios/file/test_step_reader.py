"""The grammar of steps: every verb, every kind of argument, who acts, and how time moves."""

import msgspec
import pytest

from escrow_tui.engine.commands import (
    COMMANDS,
    AcceptProposal,
    AddEvidence,
    Appeal,
    AskEvidence,
    ContestReturn,
    DecideAppeal,
    DecideChargeback,
    EditClaim,
    Exhibit,
    ExtendProtection,
    Line,
    OpenChargeback,
    OpenDispute,
    OpenParcel,
    PlaceOrder,
    Propose,
    Refund,
    RejectClaim,
    Reship,
    Review,
    Rule,
    Scan,
    SendMessage,
    SetRate,
    Ship,
    ShipReturn,
    WithdrawMoney,
    WithdrawWallet,
)
from escrow_tui.engine.roles import Actor, Role
from escrow_tui.engine.terms import (
    EvidenceKind,
    Parcel,
    Party,
    Reason,
    ReturnFault,
    ShipmentState,
    Side,
)
from escrow_tui.engine.tracking import tracking_fault
from escrow_tui.files import Reader, document_from_text
from escrow_tui.scenarios.file.grammar import LATER_ROLES, PLACE_ORDER, VERBS
from escrow_tui.scenarios.file.order_reader import PlacedOrder, read_orders
from escrow_tui.scenarios.file.step_reader import Act, Advance, Expect, Setting, read_steps
from tests.given.story_files import ORDER, PHOTO, act, only_step, told, with_steps

YEN = ORDER.replace("100.00 USD", "5000 JPY")


def test_the_table_has_every_command_with_every_argument() -> None:
    """A command or an argument of the engine that a file cannot express is found here."""
    unsaid, unknown = COMMANDS.keys() - VERBS.keys(), VERBS.keys() - COMMANDS.keys()
    assert not unsaid, f"no file can say {unsaid}; give them rows in VERBS of file/grammar.py"
    assert not unknown, f"the engine has no command {unknown}"
    for verb, arguments in VERBS.items():
        if verb != PLACE_ORDER:
            # The amount of a withdrawal names its currency itself.
            told = ("currency",) if verb.startswith("withdraw_") and arguments else ()
            assert (*arguments, *told) == COMMANDS[verb].__struct_encode_fields__, verb


def test_no_role_is_both_there_and_still_to_come() -> None:
    """A role that exists is not listed as planned."""
    assert not LATER_ROLES & set(Role)


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (
            f'do = "open_dispute", reason = "damaged", claim = "25.99 USD", {PHOTO}',
            OpenDispute(
                reason=Reason.DAMAGED,
                claim=2599,
                evidence=(Exhibit(EvidenceKind.PHOTO, "a crack"),),
            ),
        ),
        (
            'do = "open_dispute", reason = "no_scans", claim = "25.9"',
            OpenDispute(reason=Reason.NO_SCANS, claim=2590),
        ),
        ('do = "extend_protection", days = 12', ExtendProtection(12)),
        ('do = "accept_proposal", of = "platform"', AcceptProposal(Party.PLATFORM)),
        (
            'do = "add_evidence", kind = "invoice", shows = "paid", picture = "receipt"',
            AddEvidence(EvidenceKind.INVOICE, "paid", "receipt"),
        ),
        ('do = "send_message", text = "Where is it?"', SendMessage("Where is it?")),
        ('do = "open_parcel", found = "mug/blue/crack"', OpenParcel("mug/blue/crack")),
        ('do = "open_parcel"', OpenParcel()),
        (
            'do = "open_dispute", reason = "no_scans", claim = "0", replacement = true',
            OpenDispute(reason=Reason.NO_SCANS, claim=0, replacement=True),
        ),
        ('do = "reject_claim"', RejectClaim()),
        ('do = "refund", amount = "4.00", line = "mugs"', Refund(400, "mugs")),
        (
            'do = "propose", amount = "5", return_goods = true, note = "send it back"',
            Propose(500, "send it back", return_goods=True),
        ),
        ('do = "ask_evidence", from = "seller"', AskEvidence(Side.SELLER)),
        (f'do = "appeal", {PHOTO}', Appeal((Exhibit(EvidenceKind.PHOTO, "a crack"),))),
        (
            'do = "decide_appeal", refund = "1.00", reasons = ["x"], goodwill = "5.00",'
            " return_goods = true",
            DecideAppeal(refund=100, reasons=("x",), return_goods=True, goodwill=500),
        ),
        ('do = "contest_return", kind = "empty"', ContestReturn(ReturnFault.EMPTY)),
        ('do = "ship_return", tracking = "R1"', ShipReturn("R1")),
        ('do = "review", stars = 5, text = "Good."', Review(5, "Good.")),
        ('do = "open_chargeback", amount = "100.00 USD"', OpenChargeback(10_000)),
        ('do = "decide_chargeback", won_by = "seller"', DecideChargeback(Side.SELLER)),
        ('do = "set_rate", currency = "EUR", rate = "0.9174"', SetRate("EUR", "0.9174")),
        (
            'do = "scan", status = "in_transit", of = "return"',
            Scan(status=ShipmentState.IN_TRANSIT, of=Parcel.RETURN),
        ),
        ('do = "ship", tracking = "whatever it is"', Ship("whatever it is")),
        (
            'do = "scan", status = "delivered", city = "Berlin", post_code = "10115",'
            ' weight = "1.2 kg", signature = true',
            Scan(
                status=ShipmentState.DELIVERED,
                city="Berlin",
                post_code="10115",
                weight=1200,
                signature=True,
            ),
        ),
        (
            'do = "scan", status = "lost", weight = "0.005 kg"',
            Scan(status=ShipmentState.LOST, weight=5),
        ),
        (
            'do = "rule", refund = "40.00 USD", reasons = ["damaged", "a photo shows it"],'
            ' policy_rows = ["commission_bps"], confidence = 70, note = "clear"',
            Rule(
                refund=4000,
                reasons=("damaged", "a photo shows it"),
                policy_rows=("commission_bps",),
                confidence=70,
                note="clear",
            ),
        ),
    ],
)
def test_arguments_are_read_by_their_kind(arguments: str, command: msgspec.Struct) -> None:
    """Amounts, days, words, texts, lists, weights and switches."""
    assert act(f'{{ by = "buyer", {arguments} }}').command == command


def test_an_amount_without_a_currency_is_in_the_orders() -> None:
    """The order's decimals count: yen have none."""
    claim = '{ by = "buyer", do = "edit_claim", claim = "1200" }'
    assert act(claim, YEN).command == EditClaim(1200)


@pytest.mark.parametrize(
    ("amount", "command"),
    [
        ("1200", WithdrawWallet(1200, "JPY")),
        ("12.00 EUR", WithdrawWallet(1200, "EUR")),
        ("1.200 KWD", WithdrawWallet(1200, "KWD")),
    ],
)
def test_money_is_withdrawn_in_the_orders_currency_or_in_the_one_that_is_named(
    amount: str, command: WithdrawWallet
) -> None:
    """A wallet may hold several currencies."""
    step = f'{{ by = "buyer", do = "withdraw_wallet", amount = "{amount}" }}'
    assert act(step, YEN).command == command


def test_what_is_asked_of_the_market_needs_no_order() -> None:
    """If all orders share seller and currency, those are meant; otherwise the step names them."""
    other = ORDER.replace('"A"', '"B"')
    withdrawn = 'do = "withdraw_money", amount = "5.00"'
    same = act(f'{{ by = "seller", {withdrawn} }}', ORDER + other)
    assert (same.order, same.by.person) == ("", "seller-1")
    assert same.command == WithdrawMoney(500, "USD")
    two = ORDER + other + 'seller = "seller-2"\n'
    named = act(f'{{ by = "seller:seller-2", {withdrawn} }}', two)
    assert (named.order, named.by.person) == ("", "seller-2")
    of_order = act(f'{{ by = "seller", {withdrawn}, order = "B" }}', two)
    assert (of_order.order, of_order.by.person) == ("B", "seller-2")
    rate = act('{ by = "bank", do = "set_rate", currency = "EUR", rate = "1" }', two)
    assert (rate.order, rate.by.person) == ("", "bank")


def test_auto_makes_a_right_number_which_depends_on_order_and_seed() -> None:
    """Another order, another seed and a second shipment each get another parcel number.

    A return is handed over in the buyer's country.
    """
    numbers = []
    for verb, order_id, seed in (
        ("ship", "A", 0),
        ("ship", "B", 0),
        ("ship", "A", 1),
        ("reship", "A", 0),
        ("ship_return", "A", 0),
    ):
        text = f'step = [{{ by = "seller", do = "{verb}", tracking = "auto" }}]'
        reader = Reader(document_from_text(text, "steps.toml"))
        command = PlaceOrder(
            buyer="buyer-1", seller="seller-1", lines=(), currency="USD", origin="TR"
        )
        placed = PlacedOrder((), order_id, command)
        (step,) = read_steps(reader.tables("step"), Setting((placed,), seed))
        assert isinstance(step, Act)
        assert isinstance(step.command, Ship | Reship | ShipReturn)
        numbers.append(step.command.tracking)
    assert len(set(numbers)) == 5
    assert [tracking_fault(number) for number in numbers] == [""] * 5
    assert [number[-2:] for number in numbers] == ["TR", "TR", "TR", "TR", "DE"]


@pytest.mark.parametrize(
    ("by", "actor"),
    [
        ("buyer", Actor(Role.BUYER, "ann")),
        ("buyer:bob", Actor(Role.BUYER, "bob")),
        ("seller", Actor(Role.SELLER, "shop")),
        ("seller:other", Actor(Role.SELLER, "other")),
        ("mediator", Actor(Role.MEDIATOR, "1")),
        ("mediator:2", Actor(Role.MEDIATOR, "2")),
        ("carrier", Actor(Role.CARRIER, "carrier")),
        ("bank", Actor(Role.BANK, "bank")),
        ("clock", Actor(Role.CLOCK, "clock")),
    ],
)
def test_a_role_without_a_name_is_the_orders_own_person(by: str, actor: Actor) -> None:
    """A verb that the role may not use is read as well; it is refused when played."""
    order = f'{ORDER}buyer = "ann"\nseller = "shop"\n'
    read = act(f'{{ by = "{by}", do = "pay" }}', order)
    assert read.by == actor
    assert read.written == by


def test_an_order_is_named_where_there_are_several() -> None:
    """The buyer is that order's own."""
    two = ORDER + ORDER.replace('"A"', '"B"') + 'buyer = "buyer-2"\n'
    read = act('{ by = "buyer", do = "pay", order = "B" }', two)
    assert (read.order, read.by.person) == ("B", "buyer-2")


def test_an_order_may_be_placed_by_a_step() -> None:
    """It has the keys of [[order]], and earlier steps may name the order already."""
    place = (
        '{ by = "buyer:bob", do = "place_order", order = "B", price = "7.50", '
        'lines = [{ id = "x", amount = "5.00" }, { id = "y", amount = "2.50" }] }'
    )
    place = place.replace('"7.50"', '"7.50 EUR"')
    steps = told(with_steps('{ by = "buyer", do = "pay", order = "B" }', place)).steps
    assert isinstance(steps[0], Act)
    assert isinstance(steps[1], Act)
    assert steps[0].by.person == steps[1].by.person == "bob"
    lines = (Line("x", 500), Line("y", 250))
    assert steps[1].command == PlaceOrder(
        buyer="bob", seller="seller-1", lines=lines, currency="EUR"
    )


def test_an_order_says_everything_or_the_least() -> None:
    """Only id and price are needed; the rest has defaults."""
    text = (
        f'{ORDER}{ORDER.replace(chr(34) + "A", chr(34) + "B")}shipping = "5"\nbuyer = "ann"\n'
        'seller = "shop"\nfrom = "TR"\nto = "BR"\npromised_days = 4\nmethod = "debit_card"\n'
        'pay_in = "EUR"\nrate = "0.92"\ncard_expires = "2026-03-02T09:00:01Z"\n'
    )
    least, most = read_orders(Reader(document_from_text(text, "orders.toml")).tables("order"))
    line = (Line("goods", 10_000, "Goods"),)
    assert least.command == PlaceOrder(
        buyer="buyer-1",
        seller="seller-1",
        lines=line,
        currency="USD",
        shipping=0,
        origin="CN",
        destination="DE",
        promised_days=30,
        method="credit_card",
        pay_in="",
        rate="",
    )
    assert most.command == PlaceOrder(
        buyer="ann",
        seller="shop",
        lines=line,
        currency="USD",
        shipping=500,
        origin="TR",
        destination="BR",
        promised_days=4,
        method="debit_card",
        pay_in="EUR",
        rate="0.92",
        card_expires=1_772_442_001,
    )


def test_a_step_says_its_id_and_the_refusal_that_must_come() -> None:
    """A code, or any."""
    one = act('{ by = "buyer", do = "pay", id = "pay-1", refused = "WRONG_PHASE" }')
    assert (one.id, one.refused) == ("pay-1", "WRONG_PHASE")
    assert act('{ by = "buyer", do = "pay", refused = true }').refused is True
    assert act('{ by = "buyer", do = "pay" }').refused is False


def test_time_moves_by_a_span_to_an_instant_or_to_the_next_deadline() -> None:
    """The parts of a span add up."""
    span = only_step('{ do = "advance", days = 1, hours = 2, minutes = 3, seconds = 4 }')
    assert isinstance(span, Advance)
    assert span.seconds == 86_400 + 7_200 + 180 + 4
    instant = only_step('{ by = "clock", do = "advance", to = "2026-03-02T09:00:01Z" }')
    assert isinstance(instant, Advance)
    assert instant.to == 1_772_442_001
    following = only_step('{ do = "advance", to = "next", id = "n", refused = "TIME_GOES_BACK" }')
    assert following == Advance(
        place=following.place, seconds=0, to=None, to_next=True, id="n", refused="TIME_GOES_BACK"
    )


def test_an_expectation_keeps_its_paths_and_values() -> None:
    """Any TOML value is allowed."""
    read = only_step('{ do = "expect", is = { "orders/A/phase" = "SHIPPED", "violations" = [] } }')
    assert isinstance(read, Expect)
    assert read.holds == (("orders/A/phase", "SHIPPED"), ("violations", []))


def test_a_step_knows_its_place() -> None:
    """The document knows the line and column of a step, in whichever form it is written."""
    story = told(f'format = 1\n{ORDER}[[step]]\nby = "buyer"\ndo = "pay"\n')
    fault = story.document.fault((*story.steps[0].place, "do"), "here")
    assert (fault.line, fault.column) == (7, 6)
