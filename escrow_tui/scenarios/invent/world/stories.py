"""What happens to the orders of a world: one row a story, with its share of the orders.

A story is written as `act LEAST-MOST, act LEAST-MOST`: a row of `verbs.ACTS`, and how many hours
after the step before. What time alone brings is left out: the engine's deadlines see to it.
"""

import msgspec

HOUR = 3_600
# How many hours the market has existed at its present.
SPAN = 270 * 24


class StoryStep(msgspec.Struct, frozen=True):
    """An act, from `least` to `most` hours after the step before."""

    act: str
    least: int
    most: int


class OrderStory(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of story; `share` orders of every deck follow it.

    `ago` is how many hours before the market's present its last step is, at least and at most.
    `quick` orders are promised within a week, `card` orders are paid by card.
    """

    name: str
    share: int
    steps: tuple[StoryStep, ...]
    ago: tuple[int, int]
    quick: bool = False
    card: bool = False


def _steps(told: str) -> tuple[StoryStep, ...]:
    return tuple(_step(one) for one in told.split(", ") if one)


def _step(told: str) -> StoryStep:
    act, hours = told.split(" ")
    least, most = hours.split("-")
    return StoryStep(act, int(least), int(most))


# Beginnings that many stories share: how far the parcel comes, and how a quarrel starts.
_PAID = "pay 0-40, verify 1-20"
_SENT = f"{_PAID}, ship 6-120"
_MOVING = f"{_SENT}, accepted 3-30, departed 6-40"
_ABROAD = f"{_MOVING}, arrived 30-120, customs 12-72"
_SLOW = f"{_ABROAD}, out 12-60, delivered 2-9"
_QUICK = f"{_SENT}, accepted 2-20, departed 4-20, out 6-30, delivered 2-9"
_SPOILT = f"{_SLOW}, open_spoilt 1-60"
_DONE = f"{_SPOILT}, confirm 1-24"
_REFUSED = f"{_SPOILT}, dispute_part 1-48, reject 5-90"
_MEDIATED = f"{_SPOILT}, dispute_full 1-48, reject 5-80, escalate 5-60"
_RULED = f"{_MEDIATED}, look 5-90, rule_part 1-90"
_APPEALED = f"{_RULED}, appeal_buyer 5-160"
_AGREED_BACK = f"{_SPOILT}, dispute_return 1-48, accept_claim 4-100"
_BACK_SENT = f"{_AGREED_BACK}, ship_return 5-200, back_accepted 4-40"
_BACK = f"{_BACK_SENT}, back_delivered 48-400"
_SWAP = f"{_SPOILT}, dispute_swap 1-48, accept_claim 4-100"
_CHARGED = f"{_SLOW}, chargeback 24-150"
_LATE = f"{_MOVING}, dispute_late 245-500"
_SENT_BACK = f"{_MOVING}, came_back 90-300"

_EVER = (0, SPAN)
_DAY = 24


def _over(days: int) -> tuple[int, int]:
    """Return an `ago` of at least this many days, so that the story has come to its end."""
    return days * _DAY, SPAN


_Row = tuple[str, int, str, tuple[int, int]]

# The past: these orders have ended, or go on by deadlines alone.
_PAST: tuple[_Row, ...] = (
    ("bought and praised", 60, f"{_SLOW}, confirm 2-120, review 1-200", _EVER),
    ("bought and confirmed", 20, f"{_SLOW}, open 1-60, confirm 1-80", _EVER),
    ("bought and forgotten", 48, _SLOW, _EVER),
    ("asked and answered", 10, f"{_PAID}, ask_when 2-30, answer_when 1-9, ship 4-60, "
     "accepted 3-30, departed 6-40, arrived 30-120, out 12-60, delivered 2-9, confirm 2-120, "
     "review 1-90", _EVER),
    ("never paid", 11, "", _over(21)),
    ("not wanted", 4, "cancel 1-200", _over(2)),
    ("not wanted when paid", 3, "pay 0-40, cancel 0-9", _over(16)),
    ("declined", 5, "pay 0-40, decline 1-20", _over(16)),
    ("not verified", 2, "pay 0-40", _over(18)),
    ("called off", 4, f"{_PAID}, request_cancel 1-60, accept_cancel 1-40", _over(16)),
    ("called off by silence", 2, f"{_PAID}, request_cancel 1-60", _over(18)),
    ("wanted after all", 2, f"{_PAID}, request_cancel 1-60, withdraw_cancel 1-30, ship 2-40, "
     "accepted 3-30, departed 6-40, out 24-90, delivered 2-9, confirm 2-90", _EVER),
    ("sent all the same", 2, f"{_PAID}, request_cancel 1-60, ship 1-40, accepted 3-30, "
     "departed 6-40, out 24-90, delivered 2-9", _EVER),
    ("never sent", 4, _PAID, _over(24)),
    ("out of stock", 3, f"{_PAID}, seller_cancel 2-100", _over(16)),
    ("more time to send", 3, f"{_PAID}, extend_processing 60-140, ship 20-60, accepted 3-30, "
     "departed 6-40, out 24-90, delivered 2-9, confirm 2-90", _EVER),
    ("given back before it was sent", 2, f"{_PAID}, refund_all 2-100", _over(16)),
    ("never scanned again", 2, f"{_MOVING}, extend_protection 200-900", _over(90)),
    ("never seen", 2, f"{_SENT}, dispute_unseen 125-200", _over(22)),
    ("late, and given back", 3, f"{_LATE}, accept_claim 5-100", _over(16)),
    ("late, and arrived", 2, f"{_LATE}, arrived 2-9, withdraw_dispute 1-40, out 5-30, "
     "delivered 2-9, confirm 2-90", _EVER),
    ("spoilt, a part accepted", 7, f"{_SPOILT}, dispute_part 1-48, accept_claim 4-100", _over(16)),
    ("spoilt, a part by silence", 3, f"{_SPOILT}, dispute_part 1-48", _over(24)),
    ("spoilt, agreed", 7, f"{_REFUSED}, propose_seller 1-20, propose_buyer 1-20, "
     "accept_of_buyer 1-20", _over(16)),
    ("spoilt, less accepted", 4, f"{_SPOILT}, dispute_full 1-48, propose_seller 5-90, "
     "accept_of_seller 1-40", _over(16)),
    ("spoilt, made good at once", 6, f"{_SPOILT}, refund_part 5-50, confirm 5-50", _over(30)),
    ("spoilt, one line given back", 2, f"{_SPOILT}, refund_line 5-50, confirm 5-50", _over(30)),
    ("taken back for a promise", 2, f"{_REFUSED}, tempt 1-20, withdraw_dispute 1-20", _over(30)),
    ("ruled in part", 4, f"{_RULED}, settle 180-400", _over(24)),
    ("ruled in full", 3, f"{_MEDIATED}, look 5-90, rule_full 1-90", _over(24)),
    ("ruled for the seller", 3, f"{_MEDIATED}, add_of_seller 2-30, look 5-90, rule_none 1-90",
     _over(10)),
    ("ruled with goodwill", 2, f"{_MEDIATED}, look 5-90, rule_goodwill 1-90", _over(24)),
    ("ruled to send back", 1, f"{_MEDIATED}, look 5-90, rule_return 1-90, ship_return 180-300, "
     "back_accepted 4-40, back_delivered 48-300, confirm_return 5-100", _over(16)),
    ("the seller brought nothing", 2, f"{_MEDIATED}, ask_seller 5-90", _over(28)),
    ("the buyer brought nothing", 1, f"{_MEDIATED}, ask_buyer 5-90", _over(12)),
    ("agreed before the mediator", 2, f"{_MEDIATED}, propose_platform 5-90, "
     "accept_platform_buyer 1-40, accept_platform_seller 1-40", _over(16)),
    ("nobody ruled", 1, _MEDIATED, _over(50)),
    ("appealed and changed", 2, f"{_RULED}, appeal_seller 5-160, decide_none 5-200", _over(24)),
    ("appealed and kept", 2, f"{_APPEALED}, decide_part 5-200", _over(24)),
    ("appealed in vain", 1, _APPEALED, _over(28)),
    ("sent back", 4, f"{_BACK}, confirm_return 5-200", _over(16)),
    ("sent back, and silence", 2, _BACK, _over(28)),
    ("not sent back", 2, _AGREED_BACK, _over(12)),
    ("a change of mind", 3, f"{_QUICK}, open 1-40, dispute_mind 1-90, accept_claim 4-100, "
     "ship_return 5-200, back_accepted 4-40, back_delivered 48-200, confirm_return 5-200",
     _over(16)),
    ("what came back was wrong", 2, f"{_BACK}, contest 5-200, look 5-90, rule_part 1-90",
     _over(24)),
    ("lost on the way back", 1, f"{_BACK_SENT}, rule_none 740-900", _over(10)),
    ("replaced", 3, f"{_SWAP}, ship_replacement 5-140, accepted 3-30, departed 6-40, "
     "out 60-200, delivered 2-9, confirm 2-90, review 2-90", _EVER),
    ("not replaced", 1, _SWAP, _over(24)),
    ("came back, sent once more", 2, f"{_SENT_BACK}, reship 5-200, accepted 3-30, departed 6-40, "
     "out 60-200, delivered 2-9, confirm 2-90", _EVER),
    ("came back for good", 2, _SENT_BACK, _over(26)),
    ("complained afterwards", 4, f"{_DONE}, dispute_part 100-300, accept_claim 4-60", _over(16)),
    ("given back afterwards", 2, f"{_DONE}, dispute_full 100-300, reject 4-60, escalate 4-60, "
     "rule_full 5-200", _over(24)),
    ("twice in dispute", 1, f"{_REFUSED}, withdraw_dispute 5-40, dispute_full 2-40, "
     "accept_claim 4-60", _over(16)),
    ("charged back, and won", 3, f"{_CHARGED}, answer_bank 5-200, bank_seller 100-1000", _over(5)),
    ("charged back, and lost", 2, f"{_CHARGED}, answer_bank 5-200, bank_buyer 100-1000", _over(5)),
    ("charged back, accepted", 2, f"{_CHARGED}, accept_bank 5-200", _over(5)),
    ("charged back in silence", 2, _CHARGED, _over(12)),
    ("given back twice", 1, f"{_SPOILT}, refund_all 5-60, settle 20-200, chargeback 24-400, "
     "answer_bank 5-200, bank_buyer 100-1000", _over(5)),
)  # fmt: skip

# The present: these orders wait for somebody.
_PRESENT: tuple[_Row, ...] = (
    ("to pay", 6, "", (1, 450)),
    ("to pay, with a question", 2, "ask_when 1-40, answer_when 1-20", (1, 300)),
    ("to verify", 4, "pay 0-40", (0, 22)),
    ("to send", 9, _PAID, (0, 150)),
    ("to send, with more time", 2, f"{_PAID}, extend_processing 20-140", (0, 40)),
    ("to call off", 3, f"{_PAID}, request_cancel 1-60", (0, 44)),
    ("just sent", 3, _SENT, (0, 110)),
    ("sent and not seen", 2, _SENT, (130, 700)),
    ("on the way", 7, _MOVING, (0, 220)),
    ("in customs", 3, _ABROAD, (0, 90)),
    ("at the door", 2, f"{_ABROAD}, out 12-60", (0, 8)),
    ("came back", 2, _SENT_BACK, (0, 230)),
    ("arrived", 6, _SLOW, (0, 160)),
    ("opened", 3, f"{_SLOW}, open 1-60", (0, 90)),
    ("just confirmed", 5, f"{_QUICK}, confirm 2-90", (0, 340)),
    ("to replace", 2, _SWAP, (0, 160)),
    ("replaced, on the way", 1, f"{_SWAP}, ship_replacement 5-140, accepted 3-30", (0, 200)),
    ("for the seller to answer", 3, f"{_SPOILT}, dispute_part 1-48", (0, 115)),
    ("late, for the seller to answer", 2, _LATE, (0, 115)),
    ("afterwards, for the seller to answer", 2, f"{_DONE}, dispute_part 100-300", (0, 68)),
    ("refused", 3, _REFUSED, (0, 70)),
    ("talking", 3, f"{_REFUSED}, propose_seller 1-20, propose_buyer 1-20", (0, 36)),
    ("for a mediator", 3, _MEDIATED, (0, 700)),
    ("for a mediator by time", 2, _REFUSED, (170, 780)),
    ("looked at", 2, f"{_MEDIATED}, add_of_seller 2-30, look 5-90", (0, 500)),
    ("asked for evidence", 2, f"{_MEDIATED}, ask_seller 5-90", (0, 70)),
    ("ruled", 3, _RULED, (0, 160)),
    ("to review", 3, _APPEALED, (0, 230)),
    ("to send back", 2, _AGREED_BACK, (0, 230)),
    ("on the way back", 3, _BACK_SENT, (0, 600)),
    ("back", 2, _BACK, (0, 230)),
    ("charged back", 3, _CHARGED, (0, 230)),
    ("charged back, at the bank", 2, f"{_CHARGED}, answer_bank 5-200", (0, 1700)),
    ("charged back in a dispute", 1, f"{_REFUSED}, chargeback 1-50", (0, 230)),
    ("called off, the money on its way", 2, f"{_PAID}, seller_cancel 2-100", (0, 150)),
    ("a part given back, on its way", 2, f"{_SPOILT}, dispute_part 1-48, accept_claim 4-100",
     (0, 150)),
)  # fmt: skip

# Cash taken in by an agent is refunded at once, and there are no chargebacks on it.
_BANKS = {"chargeback", "settle"}
STORIES: tuple[OrderStory, ...] = tuple(
    OrderStory(
        name=name,
        share=share,
        steps=_steps(told),
        ago=ago,
        quick="out 6-30" in told,
        card=bool(_BANKS & set(told.split())),
    )
    for name, share, told, ago in (*_PAST, *_PRESENT)
)
# How many orders contain every story by its share.
DECK = sum(story.share for story in STORIES)
