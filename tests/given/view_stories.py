"""Stories that contain every event between them, each with the policy rows that it needs."""

from collections.abc import Mapping

import msgspec

from escrow_tui.engine import commands as c
from escrow_tui.engine.money import Money
from escrow_tui.engine.policy_switches import ChargebackMoney
from escrow_tui.engine.terms import Party, Reason, ReturnFault, Side
from escrow_tui.views.order_facts import OrderFacts
from tests.given import orders as g
from tests.given.facts import told_by


class Told(msgspec.Struct, frozen=True):
    """A story: its steps, the policy rows that differ, and the terms of its order."""

    steps: tuple[g.Step, ...]
    policy: Mapping[str, object] = {}
    placing: Mapping[str, object] = {}

    def facts(self) -> OrderFacts:
        """Return the facts of the story for its views."""
        return told_by(*self.steps, policy=self.policy, **self.placing)


LINES = (c.Line("a", 6_000, "Teapot"), c.Line("b", 4_000, "Cups"))
FAKE = c.OpenDispute(reason=Reason.COUNTERFEIT, claim=10_000, evidence=(g.PHOTO,))
GENEROUS = c.Rule(
    refund=4_000,
    reasons=("worn",),
    policy_rows=("evidence_days",),
    confidence=80,
    note="fair",
    goodwill=1_337,
)
TO_GO_BACK_RULED: tuple[g.Step, ...] = (
    *g.MEDIATED,
    c.Rule(refund=4_000, reasons=("worn",), return_goods=True, goodwill=1_337),
)
REPLACE_RETURNED = c.OpenDispute(
    reason=Reason.DAMAGED, claim=0, evidence=(g.PHOTO,), return_goods=True, replacement=True
)
LABEL: Mapping[str, object] = {"return_label_cost": Money(1_200, "USD")}
ABROAD: Mapping[str, object] = {"pay_in": "EUR", "rate": "0.92"}
CONTESTED: tuple[g.Step, ...] = (*g.BACK, c.ContestReturn(ReturnFault.DAMAGED, (g.PHOTO,)))

EVERYTHING: dict[str, Told] = {
    "cash": Told(g.PAID, placing={"method": "western_union"}),
    "declined": Told((c.Pay(), c.DeclinePayment("card_expired"))),
    "unpaid": Told((g.days(20),)),
    "patient": Told((*g.PAID, c.ExtendProcessing(3))),
    "cancelled": Told((*g.CANCEL_ASKED, c.AcceptCancel())),
    "not cancelled": Told((*g.CANCEL_ASKED, c.WithdrawCancel())),
    "protected": Told((*g.SHIPPED, c.ExtendProtection(3))),
    "false": Told((*g.SHIPPED, g.days(5))),
    "cleared": Told((*g.COMPLETED, c.Review(4, "good"), g.days(20))),
    "settled": Told((*g.REFUNDED, g.days(20)), placing=ABROAD),
    "unsigned": Told(
        (*g.SHIPPED, c.Scan(status=g.DELIVER.status, city="Berlin")),
        {"signature_from": Money(1, "USD")},
    ),
    "of a line": Told((*g.DELIVERED, c.Refund(1_000, "b")), placing={"lines": LINES}),
    "clawed back": Told((*g.COMPLETED, c.Refund(1_000))),
    "opened": Told((*g.DELIVERED, c.OpenParcel("teapot"), g.DISPUTE, c.EditClaim(2_000))),
    "withdrawn": Told((*g.DISPUTED, c.WithdrawDispute())),
    "agreed": Told((*g.DISPUTED, (g.SELLER, c.Propose(900)), c.AcceptProposal(Party.SELLER))),
    "offered": Told(
        (*g.NEGOTIATED, (g.SELLER, c.Propose(0, "new", return_goods=True, replacement=True)))
    ),
    "written": Told((*g.DISPUTED, c.SendMessage("hi"), c.SendMessage("Write me on WhatsApp"))),
    "asked": Told((*g.MEDIATED, c.OpenEvidence("E1"), c.AskEvidence(Side.SELLER))),
    "asked in vain": Told((*g.MEDIATED, c.AskEvidence(Side.BUYER), g.days(3))),
    "nobody rules": Told((*g.MEDIATED, g.days(30))),
    "generous": Told((*g.MEDIATED, GENEROUS)),
    "executed": Told((*g.MEDIATED, GENEROUS, g.days(7))),
    "appealed": Told(g.APPEALED),
    "decided": Told((*g.APPEALED, c.DecideAppeal(refund=0, reasons=("worn",), replacement=True))),
    "undecided": Told((*g.APPEALED, g.days(10))),
    "counterfeit": Told(
        (
            *g.DELIVERED,
            FAKE,
            c.RejectClaim(),
            c.Escalate(),
            c.Rule(refund=10_000, reasons=("fake",)),
            g.days(7),
        ),
        {"counterfeit_multiple": 2},
    ),
    "ruled to go back": Told((*TO_GO_BACK_RULED, g.days(7))),
    "going back": Told(g.GOING_BACK, LABEL),
    "back": Told(g.BACK),
    "returned": Told((*g.BACK, c.ConfirmReturn())),
    "never sent": Told((*g.TO_GO_BACK, g.days(10))),
    "lost on the way back": Told((*g.GOING_BACK, g.days(30))),
    "contested": Told(CONTESTED),
    "to be swapped": Told((*g.DELIVERED, REPLACE_RETURNED, c.AcceptClaim())),
    "replaced": Told((*g.TO_BE_REPLACED, c.ShipReplacement(g.TRACKING))),
    "frozen": Told(g.FROZEN, placing=ABROAD),
    "asked by the bank": Told(g.FROZEN, {"chargeback_money": ChargebackMoney.FROZEN}),
    "frozen in a dispute": Told((*g.MEDIATED, g.CHARGE_BACK)),
    "answered": Told(g.ANSWERED),
    "won": Told((*g.ANSWERED, c.DecideChargeback(Side.SELLER))),
    "lost": Told((*g.DELIVERED, c.Refund(1_000), g.CHARGE_BACK, c.DecideChargeback(Side.BUYER))),
    "lost by silence": Told((*g.FROZEN, g.days(10))),
}
