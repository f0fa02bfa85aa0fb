"""Commands to try: for every verb a good one, and several that are each wrong in one way."""

from collections.abc import Callable

from msgspec.structs import replace

from escrow_tui.engine import commands as c
from escrow_tui.engine.order import Order
from escrow_tui.engine.terms import (
    EvidenceKind,
    Parcel,
    Party,
    Reason,
    ReturnFault,
    ShipmentState,
    Side,
)
from tests.given.orders import TRACKING

Pick = Callable[[int], int]
Build = Callable[[Order, Pick, bool], c.AnyCommand]
BUILDS: dict[str, Build] = {}
PHOTO = c.Exhibit(EvidenceKind.PHOTO, "a cracked spout")
CITIES = ("", "Berlin", "Leipzig", "Paris")
_STATES = tuple(ShipmentState)
_ON_THE_WAY = _STATES[1:6]
_REASONS = (*Reason,)
_DAY = 86_400


def build(verb: str, order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    """Make a command of a verb; a spoilt one is wrong in one of the possible ways."""
    return BUILDS[verb](order, pick, spoilt)


def _verb(name: str) -> Callable[[Build], Build]:
    def note(made: Build) -> Build:
        BUILDS[name] = made
        return made

    return note


def _always(command: c.AnyCommand) -> Build:
    return lambda _order, _pick, _spoilt: command


_PLAIN: tuple[c.AnyCommand, ...] = (
    c.Pay(),
    c.Cancel(),
    c.RequestCancel(),
    c.WithdrawCancel(),
    c.AcceptCancel(),
    c.ConfirmReceipt(),
    c.WithdrawDispute(),
    c.AcceptClaim(),
    c.Escalate(),
    c.ConfirmReturn(),
    c.VerifyPayment(),
    c.SettleRefund(),
    c.AcceptChargeback(),
)
BUILDS.update({c.verb_of(command): _always(command) for command in _PLAIN})


def _amount(order: Order, pick: Pick, spoilt: bool, least: int = 1) -> int:
    whole = order.outstanding
    if spoilt:
        return (least - 1, -1, whole + 1, 10**14)[pick(4)]
    return max(least, (1, whole // 2, whole, whole, whole * 2 // 5, min(3_333, whole))[pick(6)])


def _text(pick: Pick, spoilt: bool) -> str:
    return ("", "x" * 2_001, " \n")[pick(3)] if spoilt else ("as it is", "in words")[pick(2)]


def _exhibits(pick: Pick, spoilt: bool) -> tuple[c.Exhibit, ...]:
    if not spoilt:
        return (PHOTO,) * (1 + pick(2))
    return ((), (c.Exhibit(EvidenceKind.PHOTO, _text(pick, True)),), (PHOTO,) * 41)[pick(3)]


def _result(order: Order, pick: Pick, spoilt: bool, least: int) -> tuple[int, bool, bool]:
    """Choose an amount, and whether there is a return or a replacement."""
    kind = pick(8)
    if kind == 0:
        return (1 if spoilt else 0, pick(3) == 0, True)
    return (_amount(order, pick, spoilt, 1 if kind < 3 else least), kind < 3, False)


@_verb("decline_payment")
def _decline(order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    by_cash = order.method == "western_union"
    code = ("not_paid_in", "amount_differs")[pick(2)] if by_cash else "card_expired"
    return c.DeclinePayment("no such code" if spoilt else code)


def _days(pick: Pick, spoilt: bool) -> int:
    return (0, -1, 121, 10**9)[pick(4)] if spoilt else 1 + pick(30)


@_verb("extend_processing")
def _extend_processing(_order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    return c.ExtendProcessing(_days(pick, spoilt))


@_verb("extend_protection")
def _extend_protection(_order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    return c.ExtendProtection(_days(pick, spoilt))


@_verb("refund")
def _refund(order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    """A part more often than everything, which would be the end."""
    if spoilt and pick(3) == 0:
        return c.Refund(1, "no such line")
    line = order.lines[pick(len(order.lines))].id if pick(2) else ""
    amount = _amount(order, pick, spoilt)
    if line and not spoilt:
        amount = min(amount, order.line_shares[0])
    return c.Refund(amount if spoilt or pick(3) == 0 else max(1, amount // 3), line)


def _tracking(pick: Pick, spoilt: bool) -> str:
    return ("RR473124820CN", "", "RR4731248290CN", "rr473124829cn")[pick(4)] if spoilt else TRACKING


def _sent(kind: type[c.Ship | c.Reship | c.ShipReplacement | c.ShipReturn]) -> Build:
    return lambda _order, pick, spoilt: kind(_tracking(pick, spoilt))


BUILDS["ship"] = _sent(c.Ship)
BUILDS["reship"] = _sent(c.Reship)
BUILDS["ship_replacement"] = _sent(c.ShipReplacement)
BUILDS["ship_return"] = _sent(c.ShipReturn)


@_verb("scan")
def _scan(order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    """A scan of the travelling parcel; a spoilt one is of the wrong parcel, late or repeated."""
    back = order.return_ is not None and order.return_.parcel is not None
    of = Parcel.RETURN if back and pick(4) else Parcel.ORDER
    if spoilt:
        return _odd_scan(order, pick, of)
    last = (ShipmentState.RETURNED_TO_SENDER, ShipmentState.LOST)
    status = (*_ON_THE_WAY, ShipmentState.DELIVERED, ShipmentState.DELIVERED, *last)[pick(9)]
    return c.Scan(
        status=status,
        city=CITIES[pick(4)],
        post_code="",
        weight=pick(2_000),
        signature=pick(2) == 0,
        of=of,
    )


def _odd_scan(order: Order, pick: Pick, of: Parcel) -> c.Scan:
    if pick(3) == 0:
        return c.Scan(status=ShipmentState.IN_TRANSIT, of=Parcel.RETURN)
    parcel = order.return_.parcel if of is Parcel.RETURN and order.return_ else order.shipment
    if pick(2) and parcel and parcel.scans:
        again = parcel.scans[-1]
        return c.Scan(status=again.status, city=again.city, post_code=again.post_code, of=of)
    return c.Scan(status=(ShipmentState.LABEL, ShipmentState.ACCEPTED)[pick(2)], of=of)


@_verb("open_parcel")
def _open_parcel(_order: Order, _pick: Pick, _spoilt: bool) -> c.AnyCommand:
    return c.OpenParcel("mug-cracked")


@_verb("open_dispute")
def _open_dispute(order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    """A dispute for one of the reasons; a spoilt one lacks its evidence or claims too much."""
    which = pick(3) if spoilt else -1
    amount, back, again = _result(order, pick, which == 0, 1)
    counterfeit = pick(6) == 0
    reason = Reason.COUNTERFEIT if counterfeit else _REASONS[pick(len(_REASONS))]
    evidence = _exhibits(pick, which == 1)
    if which == 2:
        evidence = (c.Exhibit(EvidenceKind.INVOICE, "a bill"),)
    return c.OpenDispute(
        reason=reason, claim=amount, evidence=evidence, return_goods=back, replacement=again
    )


@_verb("edit_claim")
def _edit_claim(order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    return c.EditClaim(_amount(order, pick, spoilt))


@_verb("propose")
def _propose(order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    which = pick(2) if spoilt else -1
    amount, back, again = _result(order, pick, which == 0, 0)
    return c.Propose(amount, " " if which == 1 else "", back, again)


@_verb("accept_proposal")
def _accept_proposal(_order: Order, pick: Pick, _spoilt: bool) -> c.AnyCommand:
    return c.AcceptProposal(tuple(Party)[pick(len(Party))])


@_verb("reject_claim")
def _reject(_order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    return c.RejectClaim(_exhibits(pick, spoilt) if spoilt or pick(3) == 0 else ())


@_verb("add_evidence")
def _add_evidence(_order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    return c.AddEvidence(EvidenceKind.PHOTO, _text(pick, spoilt))


@_verb("send_message")
def _send(_order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    return c.SendMessage(_text(pick, spoilt))


@_verb("open_evidence")
def _open_evidence(order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    return c.OpenEvidence(f"E{99 if spoilt else 1 + pick(max(1, min(3, len(order.evidence))))}")


@_verb("ask_evidence")
def _ask(_order: Order, pick: Pick, _spoilt: bool) -> c.AnyCommand:
    return c.AskEvidence(tuple(Side)[pick(2)])


def _decision(kind: type[c.Rule] | type[c.DecideAppeal]) -> Build:
    def decided(order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
        which = pick(6) if spoilt else -1
        amount, back, again = _result(order, pick, which == 0, 0)
        reasons = ((), (_text(pick, True),))[pick(2)] if which == 1 else ("it is cracked",)
        rows = ("no_such_row",) if which == 2 else ("evidence_days",) * pick(2)
        sure = (-1, 101)[pick(2)] if which == 3 else 80
        note = " " if which == 4 else ""
        gift = (-1, order.price + 1)[pick(2)] if which == 5 else (0, 0, 500)[pick(3)]
        gift = gift if spoilt else min(gift, order.price)
        return kind(
            refund=amount,
            reasons=reasons,
            policy_rows=rows,
            confidence=sure,
            note=note,
            return_goods=back,
            replacement=again,
            goodwill=gift,
        )

    return decided


BUILDS["rule"] = _decision(c.Rule)
BUILDS["decide_appeal"] = _decision(c.DecideAppeal)


@_verb("appeal")
def _appeal(_order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    return c.Appeal(_exhibits(pick, spoilt))


@_verb("contest_return")
def _contest(_order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    return c.ContestReturn(tuple(ReturnFault)[pick(5)], _exhibits(pick, spoilt))


@_verb("review")
def _review(_order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    which = pick(2) if spoilt else -1
    stars = (0, 6)[pick(2)] if which == 0 else 1 + pick(5)
    return c.Review(stars, _text(pick, True) if which == 1 else "")


@_verb("open_chargeback")
def _open_chargeback(order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    """Up to what was captured, whatever has been refunded since."""
    if spoilt:
        return c.OpenChargeback((0, -1, order.captured + 1)[pick(3)])
    return c.OpenChargeback(max(1, order.captured * (1 + pick(5)) // 5))


@_verb("answer_chargeback")
def _answer(_order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    return c.AnswerChargeback(_exhibits(pick, spoilt))


@_verb("decide_chargeback")
def _decide_chargeback(_order: Order, pick: Pick, _spoilt: bool) -> c.AnyCommand:
    return c.DecideChargeback(tuple(Side)[pick(2)])


@_verb("place_order")
def _place(order: Order, pick: Pick, spoilt: bool) -> c.AnyCommand:
    """A new order like an existing one; a spoilt one is wrong in one way."""
    line = c.Line("a", max(1, order.goods))
    good = c.PlaceOrder(
        buyer=order.buyer,
        seller=order.seller,
        lines=(line,),
        currency=order.currency,
        pay_in=order.pay_in,
        rate=order.rate,
    )
    return _spoil(good, pick) if spoilt else good


def _spoil(good: c.PlaceOrder, pick: Pick) -> c.PlaceOrder:
    return (
        replace(good, seller=good.buyer),
        replace(good, buyer="somebody"),
        replace(good, lines=()),
        replace(good, lines=(c.Line("a", (0, 10**14)[pick(2)]),)),
        replace(good, shipping=-1),
        replace(good, method="shells"),
        replace(good, currency="XXX"),
        replace(good, pay_in="EUR" if good.currency != "EUR" else "USD", rate="-1"),
        replace(good, pay_in="XXX"),
        replace(good, pay_in="JPY" if good.currency != "JPY" else "USD", rate="0.0000000001"),
        replace(good, lines=(good.lines[0], good.lines[0])),
    )[pick(11)]
