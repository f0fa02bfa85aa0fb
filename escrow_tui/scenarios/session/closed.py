"""The answers of closed questions, each made from the refusal that says why it is closed."""

from escrow_tui.engine.answers import Answer, Refused
from escrow_tui.views.money_views import Preview
from escrow_tui.views.shop import Quote

NO_UNDO = "Nothing can be taken back from a seat: others may have acted on it."


def no_act(refused: Refused) -> Refused:
    """Answer a command."""
    return refused


def no_purchase(refused: Refused) -> tuple[Answer, ...]:
    """Answer a purchase."""
    return (refused,)


def no_words(refused: Refused) -> str:
    """Say why."""
    return refused.sentence


def no_undo(_: Refused) -> str:
    """Say that what one takes back, others would lose."""
    return NO_UNDO


def no_preview(refused: Refused) -> Preview:
    """Preview a command that would be refused."""
    return Preview(
        possible=False, why_not=refused.explanation, says=(), changes=(), check="", later=""
    )


def no_quote(refused: Refused) -> Quote:
    """Quote nothing."""
    return Quote((), "", "", refused.sentence)


def no_list(_: Refused) -> tuple[()]:
    """List nothing."""
    return ()


def no_view(_: Refused) -> None:
    """Show nothing."""
