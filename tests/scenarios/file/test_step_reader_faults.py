"""Every wrong step is reported with line and column, all of them at once."""

import pytest

from tests.given.story_files import DISPUTED, HEAD, ORDER, fault, faults, with_steps

RULE = 'by = "mediator", do = "rule", refund = "1.00 USD", reasons = ["x"]'


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ('do = "pay"', '"by" is missing; write by = ...'),
        ('by = "buyer"', '"do" is missing; write do = ...'),
        ('by = "byer", do = "pay"', '"byer" is no role; did you mean "buyer"?'),
        ('by = "buyer:", do = "pay"', '"" is no id; write up to 40 letters'),
        ('by = "buyer:a b", do = "pay"', '"a b" is no id'),
        ('by = 7, do = "pay"', "by must be a text in quotes, not the number 7"),
        ('by = "instructor", do = "pay"', '"instructor" is not built yet; this version knows: '),
        ('by = "seller", do = "shipp"', '"shipp" is no verb; did you mean "ship"?'),
        ('by = "seller", do = "xyzzy"', '"xyzzy" is no verb; known are place_order, pay, cancel'),
        ('by = "buyer", do = "pay", order = "B"', '"B" is no order; known are A'),
        ('by = "buyer", do = "pay", ordr = "A"', 'unknown key "ordr"; did you mean "order"?'),
        ('by = "buyer", do = "pay", days = 3', 'unknown key "days"; known are by, do, order, id'),
        ('by = "buyer", do = "pay", id = "step 2"', '"step 2" is no id'),
        (
            'by = "buyer", do = "pay", refused = "WRONG_ROLL"',
            '"WRONG_ROLL" is no refusal\'s code; did you mean "WRONG_ROLE"?',
        ),
        ('by = "buyer", do = "pay", refused = 7', "refused must be a text in quotes"),
        ('by = "seller", do = "ship"', '"tracking" is missing; write tracking = ...'),
        ('by = "buyer", do = "extend_processing"', '"days" is missing'),
        ('by = "buyer", do = "extend_processing", days = "3"', "days must be a whole number"),
        ('by = "buyer", do = "extend_processing", days = true', "days must be a whole number"),
        ('by = "buyer", do = "edit_claim", claim = 25', "claim must be a text in quotes"),
        ('by = "buyer", do = "edit_claim", claim = "25,99"', '"25,99" is not an amount'),
        ('by = "buyer", do = "edit_claim", claim = "1.005"', '"1.005" has too many decimals'),
        (
            'by = "buyer", do = "edit_claim", claim = "25.99 EUR"',
            '"25.99 EUR" is in EUR; this order is in USD, write that',
        ),
        ('by = "buyer", do = "edit_claim", claim = "25.99 XXX"', '"XXX" is not a currency'),
        (
            'by = "buyer", do = "open_dispute", reason = "damagd", claim = "1.00"',
            'not the text "damagd"; did you mean "damaged"?',
        ),
        ('by = "buyer", do = "accept_proposal", of = "bank"', 'of must be "buyer", "seller" or'),
        (
            'by = "buyer", do = "add_evidence", kind = "foto", shows = "x"',
            'did you mean "photo"?',
        ),
        (
            'by = "seller", do = "reject_claim", evidence = [{ kind = "photo" }]',
            '"shows" is missing; write shows = ...',
        ),
        (
            'by = "seller", do = "reject_claim", evidence = [{ kind = "photo", show = "x", '
            'shows = "x" }]',
            'unknown key "show"; did you mean "shows"?',
        ),
        ('by = "seller", do = "reject_claim", evidence = "E1"', "evidence must be a list of table"),
        (
            'by = "buyer", do = "open_parcel", found = "mug/blue/crackk"',
            '"crackk" is no flaw; there are: ',
        ),
        ('by = "carrier", do = "scan", status = "gone"', 'status must be "label", "accepted"'),
        (
            'by = "carrier", do = "scan", status = "lost", weight = "1200 g"',
            '"1200 g" is no weight; write it like "1.20 kg"',
        ),
        (
            'by = "carrier", do = "scan", status = "lost", signature = "yes"',
            "signature must be true or false",
        ),
        (
            'by = "mediator", do = "rule", refund = "1.00", reasons = "damaged"',
            "reasons must be a list in brackets",
        ),
        (
            f'{RULE}, policy_rows = ["commision_bps"]',
            '"commision_bps" is no row of the policy; did you mean "commission_bps"?',
        ),
        (
            'by = "buyer", do = "request_cancel", days = 1',
            'unknown key "days"; known are by, d',
        ),
        ('by = "seller", do = "refund"', '"amount" is missing; write amount = ...'),
        ('by = "seller", do = "refund", amount = "1.00 EUR"', '"1.00 EUR" is in EUR; this order'),
        ('by = "seller", do = "refund", amount = "-1.00"', '"-1.00" is not an amount; write it'),
        ('by = "seller", do = "refund", amount = "nan"', '"nan" is not an amount'),
        ('by = "seller", do = "refund", amount = "1.001"', '"1.001" has too many decimals'),
        ('by = "mediator", do = "ask_evidence"', '"from" is missing; write from = ...'),
        ('by = "mediator", do = "ask_evidence", from = "carrier"', 'from must be "buyer" or "sel'),
        ('by = "buyer", do = "appeal"', '"evidence" is missing; write evidence = ...'),
        ('by = "seller", do = "contest_return", kind = "emty"', 'did you mean "empty"?'),
        ('by = "buyer", do = "review", stars = "5"', "stars must be a whole number"),
        ('by = "carrier", do = "scan", status = "lost", of = "orders"', 'did you mean "order"?'),
        ('by = "bank", do = "open_chargeback"', '"amount" is missing'),
        ('by = "bank", do = "decide_chargeback", won_by = "bank"', 'won_by must be "buyer" or '),
        ('by = "bank", do = "set_rate", currency = "EUX", rate = "1"', '"EUX" is no currency; d'),
        ('by = "bank", do = "set_rate", currency = "EUR", rate = 0.9', "rate must be a text in q"),
        ('by = "seller", do = "withdraw_money", amount = "1.001"', "has too many decimals"),
        ('by = "seller", do = "withdraw_money", amount = "1 EUX"', '"EUX" is not a currency'),
        ('by = "seller", do = "withdraw_money"', '"amount" is missing'),
        (f'{RULE}, goodwill = "5.00 EUR"', '"5.00 EUR" is in EUR; this order is in USD'),
        (f"{RULE}, return_goods = 1", "return_goods must be true or false"),
        ('do = "advance"', "say how far: days, hours, minutes, seconds, or to ="),
        ('do = "advance", days = 1, to = "next"', "say how far: "),
        ('do = "advance", days = 1.5', "days must be a whole number, not the number 1.5"),
        ('do = "advance", weeks = 1, days = 1', 'unknown key "weeks"'),
        ('do = "advance", days = 400000', "this is too far; at most 366,000 days"),
        ('do = "advance", to = "nex"', '"nex" is no instant; write one like "2026-03-02T09:00'),
        ('do = "advance", to = "2026-02-30T09:00:00Z"', "is no instant"),
        ('do = "advance", to = "2026-03-02T09:00:00"', "is no instant"),
        ('do = "advance", to = "9999-03-02T09:00:00Z"', "of the years 2000 to 2999"),
        ('do = "advance", days = 1, by = "buyer"', "only the clock moves time"),
        ('do = "expect"', "say what must hold: is = {"),
        ('do = "expect", is = { x = 1 }, order = "A"', 'unknown key "order"; known are do, is'),
        (
            'by = "buyer", do = "place_order", order = "B"',
            '"price" is missing; write price = ...',
        ),
        (
            'by = "buyer", do = "place_order", price = "1.00 USD"',
            '"order" is missing; write order = ...',
        ),
    ],
)
def test_each_fault_says_what_would_be_right(step: str, sentence: str) -> None:
    """One fault, on the step's own line."""
    assert sentence in fault(f"{{ {step} }}")


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        ('id = "A"', '"price" is missing'),
        ('price = "1.00 USD"', '"id" is missing'),
        ('id = "A/B"\nprice = "1.00 USD"', '"A/B" is no id'),
        ('id = "A"\nprice = "1.00"', '"" is not a currency known here; write it like "25.99 USD"'),
        ('id = "A"\nprice = 100', "price must be a text in quotes"),
        ('id = "A"\nprice = "1.00 USD"\nshipping = "1.00 EUR"', '"1.00 EUR" is in EUR'),
        ('id = "A"\nprice = "1.00 USD"\nbuyer = "Ann Lee"', '"Ann Lee" is no id'),
        ('id = "A"\nprice = "1.00 USD"\nto = "Germany"', "a country is two capital letters such a"),
        ('id = "A"\nprice = "1.00 USD"\npromised_days = 0', "promised_days must be from 1 to 365"),
        (
            'id = "A"\nprice = "1.00 USD"\nmethod = "creditcard"',
            '"creditcard" is no payment method; did you mean "credit_card"?',
        ),
        ('id = "A"\nprice = "1.00 USD"\npay_in = "EUR"', '"rate" is missing; write how many EUR'),
        ('id = "A"\nprice = "1.00 USD"\npay_in = "EUX"\nrate = "1"', '"EUX" is no currency; did y'),
        ('id = "A"\nprice = "1.00 USD"\nrate = "0.92"', "rate belongs to a buyer abroad"),
        ('id = "A"\nprice = "1.00 USD"\ncolour = "red"', 'unknown key "colour"'),
        (
            'id = "A"\nprice = "1.00 USD"\ncard_expires = "2027-01"',
            '"2027-01" is no instant; write one like "2026-03-02T09:00:00Z"',
        ),
        (
            'id = "A"\nprice = "1.00 USD"\nlines = [{ id = "a", amount = "0.60 USD" }]',
            "the lines make 0.60 USD, and the price is 1.00 USD",
        ),
        (
            'id = "A"\nprice = "1.00 USD"\nlines = [{ id = "a", amount = "0.50" }, '
            '{ id = "a", amount = "0.50" }]',
            'line "a" stands here twice',
        ),
        ('id = "A"\nprice = "1.00 USD"\nlines = [{ amount = "1.00" }]', '"id" is missing'),
    ],
)
def test_an_order_has_faults_of_its_own(order: str, sentence: str) -> None:
    """Every key that can be wrong."""
    (found,) = faults(f"{HEAD}[[order]]\n{order}\n")
    assert sentence in found[2]


def test_an_order_that_two_tables_name_is_a_fault() -> None:
    """The second one is reported."""
    ((line, column, said),) = faults(HEAD + ORDER + ORDER)
    assert (line, column) == (7, 6)
    assert said == 'order "A" stands here twice; give one another id'


def test_where_there_are_several_orders_each_step_names_one() -> None:
    """Without any order, a step cannot act."""
    assert fault('{ by = "buyer", do = "pay" }', ORDER + ORDER.replace('"A"', '"B"')) == (
        '"order" is missing; name one of A, B'
    )
    assert "no order is placed; write [[order]]" in fault('{ by = "buyer", do = "pay" }', "")
    assert "none is placed" in fault('{ by = "buyer", do = "pay", order = "A" }', "")


def test_who_withdraws_is_named_where_the_orders_do_not_tell() -> None:
    """A currency is not guessed either, if the orders have several."""
    other = ORDER.replace('"A"', '"B"')
    step = '{ by = "seller", do = "withdraw_money", amount = "5.00" }'
    assert fault(step, ORDER + other + 'seller = "seller-2"\n') == (
        'which seller? name an order, or the person, as "seller:seller-1"'
    )
    yen = other.replace("100.00 USD", "5000 JPY")
    assert fault(step, ORDER + yen) == (
        '"" is not a currency known here; write it like "25.99 USD"'
    )


def test_a_wrong_price_is_the_only_fault_of_an_orders_amounts() -> None:
    """Without a currency its other amounts cannot be judged."""
    wrong = ORDER.replace("100.00 USD", "much")
    step = '{ by = "buyer", do = "edit_claim", claim = "25.99" }'
    assert [said for _, _, said in faults(with_steps(step, order=wrong))] == [
        '"much" is not an amount; write it like "25.99 USD"'
    ]


def test_all_faults_of_a_story_come_at_once() -> None:
    """Of the head, the orders and the steps, each with its line and column."""
    text = (
        "format = 2\n"
        'policy = "aliexpres"\n'
        "overrides = { processing_day = 3 }\n"
        'start = "yesterday"\n'
        'verify = "now"\n'
        'deposits = { "seller 1" = "1.00" }\n'
        'colour = "red"\n'
        f"{ORDER}"
        'method = "cash"\n'
        "[[step]]\n"
        'by = "byer"\n'
        'do = "shp"\n'
        "[[step]]\n"
        'do = "open_dispute"\n'
        'reason = "broken"\n'
    )
    found = faults(text)
    assert [(line, column) for line, column, _ in found] == [
        (1, 10),
        (2, 10),
        (3, 15),
        (4, 9),
        (5, 10),
        (6, 14),
        (6, 27),
        (7, 1),
        (11, 10),
        (13, 6),
        (14, 6),
        (15, 1),
        (15, 1),
        (17, 10),
    ]
    assert found[1][2] == '"aliexpres" is no policy; did you mean "aliexpress"?'
    assert {said.split(";")[0] for line, _, said in found if line == 15} == {
        '"by" is missing',
        '"claim" is missing',
    }


def test_a_right_story_has_no_fault() -> None:
    """The steps that the other tests start from are right themselves."""
    assert faults(with_steps(DISPUTED)) == []
