"""The debrief: the ending and its reason, what was done, the money, and the evidence's worth."""

from collections.abc import Iterator, Mapping

from escrow_tui.coach.goals import ending_of, goal_lines, hints_taken, score
from escrow_tui.coach.plan import Plan, PlannedExhibit
from escrow_tui.coach.playthrough import Playthrough
from escrow_tui.coach.values import Debrief, EvidenceLine, MoneyByParty, MoneyRow
from escrow_tui.engine.commands import Exhibit
from escrow_tui.engine.entry import Entry
from escrow_tui.engine.events import AnyEvent, EvidenceAdded, EvidenceOpened, MoneyWithdrawn
from escrow_tui.engine.evidence import checksum
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.instant import date_of
from escrow_tui.engine.money import plain
from escrow_tui.engine.order import Order
from escrow_tui.engine.roles import Role
from escrow_tui.views.event_sentences import tell
from escrow_tui.views.vocabulary import KIND_WORDS, PARTY_WORDS

REFUSED, OPENED = "refused", "evidence"
_BUYER = ("ext:buyer", "platform:fx")
_SELLER_PARTS = ("pending", "available", "deposit", "debt")
_PLATFORM_PARTS = (
    "commission",
    "goodwill",
    "dispute_fees",
    "chargeback_loss",
    "carrier_cost",
    "withdrawal_fees",
)


def debrief(plan: Plan, played: Playthrough) -> Debrief:
    """Say how an exercise went; its market must have run to its end."""
    goals, ending = goal_lines(plan, played), ending_of(plan, played)
    return Debrief(
        exercise=plan.id,
        title=plan.title,
        ending=ending.title,
        passed=all(line.reached for line in goals),
        score=score(goals, hints_taken(played)),
        why=ending.why,
        rule=ending.rule,
        source=ending.source,
        instead=ending.instead,
        truth=plan.truth,
        did=trainee_story(plan.role, played),
        money=money_rows(money_by_party(played, plan.reference.currency), plan.reference),
        goals=goals,
        evidence=tuple(_weighed(one, plan.role, played) for one in plan.evidence),
        tries_refused=tuple(note.about for note in played.notes if note.kind == REFUSED),
    )


def trainee_story(role: Role, played: Playthrough) -> tuple[str, ...]:
    """Say what the trainee, the mediator and the clock did after the setup, with dates."""
    return tuple(_told(role, played))


def _told(role: Role, played: Playthrough) -> Iterator[str]:
    orders: dict[str, Order] = {}
    who = {Role.CLOCK: "Time alone", Role.MEDIATOR: "The mediator", role: "You"}
    for entry in played.entries:
        kind, _, order_id = entry.stream.partition(":")
        if kind != "order":
            continue
        said = _said(entry, order_id, orders, role)
        if said and entry.seq > played.floor and entry.actor.role in who:
            yield f"{date_of(entry.at)}  {who[entry.actor.role]}: {said}"


def _said(entry: Entry, order_id: str, orders: dict[str, Order], role: Role) -> str:
    """Return an entry's events as sentences, and update the order in `orders`."""
    told = []
    for event in entry.events:
        orders[order_id] = evolve(orders.get(order_id), event, order_id, entry.at)
        told.append(tell(event, orders[order_id], role))
    return " ".join(filter(None, told))


def money_by_party(played: Playthrough, currency: str) -> MoneyByParty:
    """Return how much of a currency each party has; a seller's withdrawals still count as theirs.

    Of the platform's money only what the parties' acts change counts, not the processor's fees.
    """
    # A buyer who pays in another currency moves this one through the platform's exchange.
    held = {name: minor for (name, code), minor in played.balances.items() if code == currency}
    return MoneyByParty(
        currency,
        buyer=sum(held.get(name, 0) for name in _BUYER) + _sum(held, "buyer", ("wallet",)),
        seller=_sum(held, "seller", _SELLER_PARTS) + _taken_home(played, currency),
        platform=_sum(held, "platform", _PLATFORM_PARTS),
    )


def _taken_home(played: Playthrough, currency: str) -> int:
    return sum(
        event.amount - event.fee
        for event in _events(played)
        if isinstance(event, MoneyWithdrawn) and event.currency == currency
    )


def _sum(held: Mapping[str, int], party: str, parts: tuple[str, ...]) -> int:
    split = ((name.split(":"), minor) for name, minor in held.items())
    return sum(minor for name, minor in split if name[0] == party and name[-1] in parts)


def money_rows(yours: MoneyByParty, reference: MoneyByParty) -> tuple[MoneyRow, ...]:
    """Compare each party's money with the reference solution's."""
    pairs = (
        ("Buyer", yours.buyer, reference.buyer),
        ("Seller", yours.seller, reference.seller),
        ("Platform", yours.platform, reference.platform),
    )
    return tuple(
        MoneyRow(
            party,
            _signed(mine, yours.currency),
            _signed(theirs, yours.currency),
            _signed(mine - theirs, yours.currency) if mine != theirs else "as it should be",
        )
        for party, mine, theirs in pairs
    )


def _signed(minor: int, currency: str) -> str:
    return f"{'+' if minor > 0 else ''}{plain(minor, currency)} {currency}"


def _weighed(one: PlannedExhibit, role: Role, played: Playthrough) -> EvidenceLine:
    """Return what a piece of evidence was worth, and whether it was handed in and opened."""
    mark = checksum(Exhibit(one.kind, one.shows, one.picture))
    ids = {
        event.id
        for event in _events(played)
        if isinstance(event, EvidenceAdded) and (event.owner, event.checksum) == (one.owner, mark)
    }
    handed = "" if ids else " (not handed in)"
    what = f"The {PARTY_WORDS[one.owner]}'s {KIND_WORDS[one.kind]}{handed}: {one.shows}"
    # A party knows the evidence that it hands in itself.
    opened = bool(ids) and (one.owner.value == role.value or bool(ids & _opened(role, played)))
    return EvidenceLine(what, one.worth, one.proves, opened)


def _opened(role: Role, played: Playthrough) -> set[str]:
    """Return the ids of opened evidence: a mediator's from the journal, a party's from the log."""
    if role is Role.MEDIATOR:
        return {one.evidence for one in _events(played) if isinstance(one, EvidenceOpened)}
    return {note.about for note in played.notes if note.kind == OPENED}


def _events(played: Playthrough) -> Iterator[AnyEvent]:
    return (event for entry in played.entries for event in entry.events)
