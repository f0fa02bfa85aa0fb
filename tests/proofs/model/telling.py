"""What the second model is told: a command that was done, or a timer that rang."""

from escrow_tui.engine import commands as c
from escrow_tui.engine.roles import Actor
from tests.proofs.model import bank, course, money, quarrel
from tests.proofs.model.life import Life, Result
from tests.proofs.model.numbers import DAY

Rates = dict[str, str]


def tell(life: Life, command: c.AnyCommand, actor: Actor, rates: Rates, now: int) -> None:
    """Let a command happen that nothing speaks against."""
    party = "platform" if actor.role == "mediator" else str(actor.role)
    if party == "platform" and life.quarrel:
        _take_case(life, actor.person)
    match command:
        case c.Pay():
            course.paid(life, now)
        case c.VerifyPayment():
            course.verified(life, now)
        case c.Cancel() | c.DeclinePayment() | c.AcceptCancel():
            course.call_off(life, now)
        case c.RequestCancel():
            course.ask_to_call_off(life, now)
        case c.WithdrawCancel():
            course.want_it_after_all(life, now)
        case c.ExtendProcessing():
            life.timers.add("order", "processing", command.days * DAY)
        case c.ExtendProtection():
            life.timers.add("order", "protection", command.days * DAY)
        case c.Refund():
            _refund(life, command, now)
        case c.Ship() | c.Reship() | c.ShipReplacement():
            course.sent(life, now)
        case c.Scan():
            course.scanned(life, command, now)
        case c.OpenParcel():
            life.opened = True
        case c.ConfirmReceipt():
            course.complete(life, now)
        case c.Review():
            life.reviewed = True
        case c.SettleRefund():
            for number in list(life.refunds):
                money.settle(life, number, rates.get(life.pay_in, ""))
        case c.OpenChargeback() | c.AnswerChargeback() | c.AcceptChargeback():
            _of_bank(life, command, now)
        case c.DecideChargeback():
            (bank.won if command.won_by == "seller" else bank.lost)(life, now)
        case _:
            _in_case(life, command, party, now)


def _of_bank(
    life: Life, command: c.OpenChargeback | c.AnswerChargeback | c.AcceptChargeback, now: int
) -> None:
    match command:
        case c.OpenChargeback():
            bank.charge_back(life, command.amount, now)
        case c.AnswerChargeback():
            quarrel.filed(life, "seller", len(command.evidence))
            bank.defended(life, now)
        case c.AcceptChargeback():
            bank.lost(life, now)


def _in_case(life: Life, command: c.AnyCommand, party: str, now: int) -> None:
    match command:
        case c.OpenDispute():
            quarrel.open_up(life, command, now)
            quarrel.filed(life, party, len(command.evidence))
        case c.EditClaim():
            quarrel.edit(life, command.claim)
        case c.WithdrawDispute():
            life.part_is_over(now)
        case c.AcceptClaim():
            quarrel.execute(life, quarrel.the(life).claim, now)
        case c.RejectClaim():
            quarrel.filed(life, party, len(command.evidence))
            quarrel.answered(life, now)
        case c.Propose():
            _propose(life, command, party, now)
        case c.AcceptProposal():
            quarrel.accept(life, command.of, party, now)
        case c.Escalate():
            quarrel.to_mediation(life, now)
        case c.AddEvidence():
            quarrel.filed(life, party, 1)
        case c.OpenEvidence():
            quarrel.the(life).seen.add(command.evidence)
        case c.AskEvidence():
            quarrel.ask(life, command.from_, now)
        case c.Rule():
            wanted = Result(command.refund, command.return_goods, command.replacement)
            quarrel.rule(life, wanted, command.goodwill, now)
        case c.Appeal():
            quarrel.filed(life, party, len(command.evidence))
            quarrel.appeal(life, now)
        case c.DecideAppeal():
            quarrel.decide_appeal(life, command, now)
        case _:
            _in_return(life, command, now)


def _in_return(life: Life, command: c.AnyCommand, now: int) -> None:
    match command:
        case c.ShipReturn():
            quarrel.send_back(life, now)
        case c.ConfirmReturn():
            quarrel.arrived(life, now)
        case c.ContestReturn():
            quarrel.filed(life, "seller", len(command.evidence))
            quarrel.contest(life, now)
        case _:
            assert isinstance(command, c.SendMessage), command


def _take_case(life: Life, person: str) -> None:
    """A mediator who acts on a case has it; in a review another one has."""
    case = quarrel.the(life)
    if case.stage == "APPEAL_REVIEW":
        case.reviewer = person
    else:
        case.judge = person


def _refund(life: Life, command: c.Refund, now: int) -> None:
    whole = command.amount == life.outstanding
    money.give_back(life, command.amount, now, command.line)
    if whole:
        life.end("REFUNDED", now)


def _propose(life: Life, command: c.Propose, party: str, now: int) -> None:
    """The seller's first word is his answer to the claim."""
    wanted = Result(command.amount, command.return_goods, command.replacement)
    quarrel.say(life, party, wanted)
    if party == "seller" and quarrel.the(life).stage == "AWAITING_SELLER":
        quarrel.answered(life, now)


def ring(life: Life, name: str, subject: int, rates: Rates, now: int) -> None:
    """Let a timer bring what the plan says."""
    match name:
        case "payment_due" | "verification" | "processing" | "cancel_answer":
            course.call_off(life, now)
        case "false_shipment":
            assert life.box is not None
            life.box.false = True
            life.timers.drop("order", name)
        case "protection" | "auto_confirm":
            course.complete(life, now)
        case "reship" | "replacement_ship":
            money.pay_out(life, life.outstanding, now)
        case "after_sales":
            life.end("CLOSED", now)
        case "return_ship":
            money.pay_out(life, 0, now)
        case "return_transit":
            quarrel.contest(life, now)
        case "return_confirm":
            quarrel.arrived(life, now)
        case "chargeback_answer" | "chargeback_bank":
            bank.lost(life, now)
        case "refund":
            money.settle(life, subject, rates.get(life.pay_in, ""))
        case "clearance":
            money.clear(life)
        case _:
            _ring_in_dispute(life, name, now)


def _ring_in_dispute(life: Life, name: str, now: int) -> None:
    case = quarrel.the(life)
    match name:
        case "seller_answer":
            quarrel.execute(life, case.claim, now)
        case "negotiation":
            quarrel.to_mediation(life, now)
        case "evidence":
            quarrel.rule_for_silence(life, now)
        case "mediator_silence":
            quarrel.silence_of_mediator(life, now)
        case _:
            assert name in ("appeal_window", "appeal_review"), name
            assert case.ruled is not None
            quarrel.execute(life, case.ruled, now)
