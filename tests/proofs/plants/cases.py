"""Faults of disputes, rulings, appeals, returns and replacements."""

from collections.abc import Iterable

from msgspec.structs import replace

from escrow_tui.engine import context, mediation, returns, settlement
from escrow_tui.engine import events as e
from escrow_tui.engine.order import Order
from escrow_tui.engine.process import ProcessRow
from escrow_tui.engine.roles import Role
from escrow_tui.engine.terms import DisputePhase, Party, Phase, Side
from escrow_tui.engine.timer import Timer
from tests.proofs.plants.planting import Plant, Planting, Rewrite


def anybody_may_act_on_any_order(fault: Planting) -> None:
    """Another buyer's commands are carried out."""
    fault.permitted("NOT_YOURS")


def an_appeal_is_decided_by_the_same_mediator(fault: Planting) -> None:
    """The mediator who ruled reviews their own ruling."""
    fault.permitted("SAME_MEDIATOR")


def two_mediators_have_one_case(fault: Planting) -> None:
    """Another mediator's commands are carried out in an assigned case."""
    fault.permitted("NOT_YOUR_CASE")


def a_buyer_may_rule(fault: Planting) -> None:
    """One row too many in the process table."""
    fault.rows(
        ProcessRow(verb="rule", role=Role.BUYER, phases=tuple(Phase), during=tuple(DisputePhase))
    )


def amounts_have_no_bounds(fault: Planting) -> None:
    """A claim, an offer and a ruling may be of any amount."""
    fault.function(context.amount_fault, lambda *_given: None)


def one_sides_word_is_an_agreement(fault: Planting) -> None:
    """The platform's proposal is executed when only the buyer has accepted it."""

    def wrong(right: Rewrite) -> Rewrite:
        def made(order: Order, event: e.ProposalMade, at: int) -> Order:
            after = right(order, event, at)
            case = after.dispute
            assert case is not None
            taken = tuple(
                replace(one, accepted_by=(*one.accepted_by, Party.SELLER))
                if one.by is Party.PLATFORM
                else one
                for one in case.proposals
            )
            return replace(after, dispute=replace(case, proposals=taken))

        return made

    fault.rewriting(e.ProposalMade, wrong)


def silence_without_evidence_wins(fault: Planting) -> None:
    """A buyer who brings no evidence gets the claim."""
    right = mediation.ruled_without_evidence

    def ruled(order: Order, why: str, given: context.Context) -> tuple[e.AnyEvent, ...]:
        assert order.dispute is not None
        asked = replace(order, dispute=replace(order.dispute, asked=Side.SELLER))
        return right(asked, why, given)

    fault.function(right, ruled)


def a_ruling_waits_for_no_appeal(fault: Planting) -> None:
    """The money moves before anybody can appeal."""

    def change(timer: Timer) -> Iterable[Timer]:
        window = timer.name == "appeal_window"
        yield replace(timer, rule="escalate_from_days") if window else timer

    fault.timers(change)


def disputes_are_not_counted(fault: Planting) -> None:
    """An order may be disputed any number of times."""

    def wrong(right: Rewrite) -> Rewrite:
        return lambda order, event, at: replace(right(order, event, at), dispute_count=0)

    fault.rewriting(e.DisputeOpened, wrong)


def a_signature_is_not_needed(fault: Planting) -> None:
    """A delivery without a signature starts the buyer's last days."""

    def spoil(event: e.AnyEvent) -> Iterable[e.AnyEvent]:
        yield replace(event, proven=True) if isinstance(event, e.ParcelScanned) else event

    fault.events(spoil)


def a_return_never_sent_pays_the_buyer(fault: Planting) -> None:
    """The buyer keeps the goods and the money."""

    def never_sent(order: Order, why: str, given: context.Context) -> tuple[e.AnyEvent, ...]:
        whole = order.outstanding
        return (e.ReturnClosed(0, False, why), *settlement.pay_out(order, whole, given))

    fault.function(returns.never_sent, never_sent)


def a_contested_return_forgets_what_was_agreed(fault: Planting) -> None:
    """The case comes back with the original claim instead of the ruling's."""

    def wrong(right: Rewrite) -> Rewrite:
        def contested(order: Order, event: e.ReturnContested, at: int) -> Order:
            after = right(order, event, at)
            assert order.return_ is not None
            assert after.dispute is not None
            before = order.return_.dispute.claim
            return replace(after, dispute=replace(after.dispute, claim=before))

        return contested

    fault.rewriting(e.ReturnContested, wrong)


def goods_go_back_twice(fault: Planting) -> None:
    """A second return may be agreed after one was contested."""

    def wrong(right: Rewrite) -> Rewrite:
        return lambda order, event, at: replace(right(order, event, at), returned_goods=False)

    fault.rewriting(e.ReturnShipped, wrong)


def a_replacements_money_is_lost(fault: Planting) -> None:
    """The seller is never paid for the goods that are sent again."""

    def wrong(right: Rewrite) -> Rewrite:
        return lambda order, event, at: replace(right(order, event, at), held=0)

    fault.rewriting(e.ReplacementShipped, wrong)


def goods_are_replaced_again_and_again(fault: Planting) -> None:
    """Replacements are not counted."""

    def wrong(right: Rewrite) -> Rewrite:
        return lambda order, event, at: replace(right(order, event, at), replacements=0)

    fault.rewriting(e.ReplacementShipped, wrong)


PLANTS: tuple[Plant, ...] = (
    anybody_may_act_on_any_order,
    an_appeal_is_decided_by_the_same_mediator,
    two_mediators_have_one_case,
    a_buyer_may_rule,
    amounts_have_no_bounds,
    one_sides_word_is_an_agreement,
    silence_without_evidence_wins,
    a_ruling_waits_for_no_appeal,
    disputes_are_not_counted,
    a_signature_is_not_needed,
    a_return_never_sent_pays_the_buyer,
    a_contested_return_forgets_what_was_agreed,
    goods_go_back_twice,
    a_replacements_money_is_lost,
    goods_are_replaced_again_and_again,
)
