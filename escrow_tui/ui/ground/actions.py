"""The one registry of actions: keys, footer, palette and help are all derived from it."""

from collections.abc import Callable

import msgspec
from textual.app import SystemCommand
from textual.binding import Binding


class Action(msgspec.Struct, frozen=True):
    """Something a person can do with a key; `shown` puts it into the footer."""

    id: str
    key: str
    title: str
    help: str
    shown: bool = False


ACTIONS: dict[str, Action] = {
    action.id: action
    for action in (
        Action("help", "question_mark", "Help", "Every key of this screen, and what it does", True),
        Action("act", "a", "Act", "Everything that you can do with this order now", True),
        Action("why", "w", "Why not?", "What cannot be done now, why, and what would help", True),
        Action("open", "enter", "Open", "Open what the cursor is on"),
        Action("shop", "s", "Shop", "Browse the catalogue, fill the cart, check out", True),
        Action("cart", "c", "Cart", "Put the article into the cart, or take it out", True),
        Action("checkout", "b", "Check out", "Buy what is in the cart", True),
        Action("inspect", "i", "Inspect", "Look at the parcel beside its listing", True),
        Action("evidence", "e", "Evidence", "Look at the pieces of evidence", True),
        Action("rule", "r", "Rule", "Decide the dispute", True),
        Action("withdraw", "b", "Withdraw", "Take money that is yours to your bank", True),
        Action("rate", "r", "Rate", "Set the bank's rate of the day", True),
        Action("money", "m", "Money", "Where the money is, and every movement of it", True),
        Action("timeline", "t", "Timeline", "What happened, and the deadlines to come", True),
        Action("next", "n", "Next", "Move the clock to the next deadline", True),
        Action("day", "d", "+1 day", "Move the clock by one day", True),
        Action("hour", "o", "+1 hour", "Move the clock by one hour"),
        Action("undo", "u", "Undo", "Take your last act back", True),
        Action("coach", "g", "Goal", "The task, and the hints so far", True),
        Action("hint", "h", "Hint", "Take the next hint; its cost is shown first"),
        Action("finish", "f", "Debrief", "Say that you are done, and open the debrief", True),
        Action("place_pay", "ctrl+s", "Place and pay", "Order, and pay the platform", True),
        Action("place", "ctrl+o", "Pay later", "Order; it waits for your payment", True),
        Action("unpack", "p", "Open parcel", "Open the parcel, and see what lies in it", True),
        Action("confirm", "c", "Confirm receipt", "The goods came as promised", True),
        Action("dispute", "x", "Dispute", "Claim money back", True),
        Action("words", "v", "In words", "Say in words what the pictures show", True),
        Action("hand_in", "plus", "Hand in", "Hand in one more piece of evidence", True),
        Action("search", "slash", "Search", "Filter what is listed", True),
        Action("free", "p", "Free play", "A market of your own, in every chair", True),
        Action("anew", "x", "Start anew", "Play it from the start; the old run is kept", True),
        Action("back", "escape", "Back", "Where you came from", True),
        Action("lobby", "l", "Lobby", "The library of exercises; everything is kept"),
        Action("quit", "ctrl+q", "Quit", "Leave; everything is kept"),
        Action("chair1", "f1", "Buyer", "Sit in the buyer's chair"),
        Action("chair2", "f2", "Seller", "Sit in the seller's chair"),
        Action("chair3", "f3", "Mediator", "Sit in the mediator's chair"),
        Action("chair4", "f4", "Backstage", "Be the carrier and the bank"),
    )
}


def bindings(*ids: str) -> list[Binding]:
    """Return the bindings of actions by their ids; `action_do` of the screen gets the id."""
    return [_binding(ACTIONS[one]) for one in ids]


def _binding(action: Action) -> Binding:
    return Binding(
        action.key,
        f"do('{action.id}')",
        action.title,
        show=action.shown,
        tooltip=action.help,
        id=action.id,
    )


def system_command(action: Action, do: Callable[[], object]) -> SystemCommand:
    """Return the palette's row of an action."""
    return SystemCommand(action.title, action.help, do)
