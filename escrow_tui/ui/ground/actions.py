"""The registry of actions: keys, footer, buttons, palette and help all come from its rows."""

import msgspec
from textual.binding import Binding

MARKET, DIALOG = "market", "dialog"
"""Stand in `at` for every screen inside a market, and for every dialog."""


class Keyed(msgspec.Struct, frozen=True):
    """A key with its words; several keys are separated by commas, and the first is shown."""

    id: str
    key: str
    title: str
    help: str


class Action(Keyed, frozen=True, kw_only=True):
    """What a person can do at some places; the screen's method `do_<id>` does it.

    Attributes:
        at: the places that have it, separated by spaces; its `id` is unique at each of them.
        shown: whether it is in the footer, or has a button in a dialog.
        goes: the place that it leads to; such an action needs no method.
        about: passed on to that place, such as the verb of a form.
        of_order: it concerns the chosen order, and is hidden if there is none.
    """

    at: str
    shown: bool = True
    goes: str = ""
    about: str = ""
    of_order: bool = False


# The footer shows them in this order; on the screens of a market, those at MARKET come last.
ACTIONS: tuple[Action, ...] = (
    Action(
        "help",
        "question_mark",
        "Help",
        "Every key of this screen, and what it does",
        at=f"{MARKET} {DIALOG} lobby",
        goes="help",
    ),
    Action("act", "a", "Act", "Everything that you can do with this order now", at="order case"),
    Action(
        "open", "enter", "Open", "Open what the cursor is on", at="desk lobby evidence", shown=False
    ),
    Action(
        "anew", "x", "Start anew", "Play it from the start; the old run is kept", at="lobby debrief"
    ),
    Action("free", "p", "Free play", "A market of your own, in every chair", at="lobby"),
    Action("search", "slash", "Search", "Filter what is listed", at="desk shop lobby"),
    Action(
        "shop",
        "s",
        "Shop",
        "Browse the catalogue, fill the cart, check out",
        at="desk",
        goes="shop",
    ),
    Action("withdraw", "b", "Withdraw", "Take money that is yours to your bank", at="desk"),
    Action(
        "rate",
        "r",
        "Rate",
        "Set the bank's rate of the day",
        at="desk",
        goes="act",
        about="set_rate",
    ),
    Action("cart", "c", "Cart", "Put the article into the cart, or take it out", at="shop"),
    Action("checkout", "b", "Check out", "Buy what is in the cart", at="shop checkout"),
    Action("place_pay", "ctrl+s", "Place and pay", "Order, and pay the platform", at="checkout"),
    Action("place", "ctrl+o", "Pay later", "Order; it waits for your payment", at="checkout"),
    Action(
        "inspect",
        "i",
        "Inspect",
        "Look at the parcel beside its listing",
        at="order",
        goes="inspect",
        of_order=True,
    ),
    Action(
        "unpack",
        "p",
        "Open parcel",
        "Open the parcel, and see what lies in it",
        at="inspect",
        goes="act",
        about="open_parcel",
        of_order=True,
    ),
    Action(
        "confirm",
        "c",
        "Confirm receipt",
        "The goods came as promised",
        at="inspect",
        goes="act",
        about="confirm_receipt",
        of_order=True,
    ),
    Action(
        "dispute",
        "x",
        "Dispute",
        "Claim money back",
        at="inspect",
        goes="act",
        about="open_dispute",
        of_order=True,
    ),
    Action(
        "hand_in",
        "plus",
        "Hand in",
        "Hand in one more piece of evidence",
        at="evidence",
        goes="act",
        about="add_evidence",
        of_order=True,
    ),
    Action("words", "v", "In words", "Say in words what the pictures show", at="inspect evidence"),
    Action(
        "evidence",
        "e",
        "Evidence",
        "Look at the pieces of evidence",
        at="order case inspect",
        goes="evidence",
        of_order=True,
    ),
    Action("rule", "r", "Rule", "Decide the dispute", at="case"),
    Action(
        "why",
        "w",
        "Why not?",
        "What cannot be done now, why, and what would help",
        at="order case inspect evidence",
        goes="why",
        of_order=True,
    ),
    # -- on every screen of a market
    Action(
        "money",
        "m",
        "Money",
        "Where the money is, and every movement of it",
        at=MARKET,
        goes="money",
        of_order=True,
    ),
    Action(
        "timeline",
        "t",
        "Timeline",
        "What happened, and the deadlines to come",
        at=MARKET,
        goes="timeline",
        of_order=True,
    ),
    Action("next", "n", "Next", "Move the clock to the next deadline", at=MARKET),
    Action("day", "d", "+1 day", "Move the clock by one day", at=MARKET),
    Action("hour", "o", "+1 hour", "Move the clock by one hour", at=MARKET, shown=False),
    Action("undo", "u", "Undo", "Take your last act back", at=MARKET),
    Action("coach", "g", "Goal", "The task, and the hints so far", at=MARKET, goes="coach"),
    Action(
        "hint",
        "h",
        "Hint",
        "Take the next hint; its cost is shown first",
        at=MARKET,
        shown=False,
        goes="coach",
        about="hint",
    ),
    Action(
        "finish",
        "f",
        "Debrief",
        "Say that you are done, and open the debrief",
        at=MARKET,
        goes="debrief",
    ),
    Action("back", "escape", "Back", "Where you came from", at=f"{MARKET} lobby"),
    Action(
        "lobby",
        "l",
        "Lobby",
        "The library of exercises; everything is kept",
        at=MARKET,
        shown=False,
        goes="lobby",
    ),
    Action("chair1", "f1", "Buyer", "Sit in the buyer's chair", at=MARKET, shown=False),
    Action("chair2", "f2", "Seller", "Sit in the seller's chair", at=MARKET, shown=False),
    Action("chair3", "f3", "Mediator", "Sit in the mediator's chair", at=MARKET, shown=False),
    Action("chair4", "f4", "Backstage", "Be the carrier and the bank", at=MARKET, shown=False),
    # -- before a market stands
    Action("again", "enter", "Try again", "Take the seat once more", at="seat"),
    Action("quit", "escape", "Leave", "End the program; the seat stays yours", at="seat"),
    # -- dialogs: the button on the left first; the last one is the chief one
    Action("close", "escape", "Keep looking", "Go back; nothing was done", at="act"),
    Action("confirm", "ctrl+s", "Confirm", "Give the command", at="act"),
    Action("close", "escape,w", "Go back", "Back to the order", at="why"),
    Action("open", "enter", "Open", "Open the form of what the cursor is on", at="why"),
    Action("close", "escape", "Stay here", "Nothing happens", at="clock"),
    Action("move", "enter,y", "Move", "Let the time pass", at="clock"),
    Action("close", "escape", "Go on", "Back to the exercise", at="coach"),
    Action("take", "y", "Take the hint", "It costs what stands above", at="coach"),
    Action("close", "escape,n", "Go on playing", "Back to the exercise", at="end"),
    Action("end", "y", "End it", "Open the debrief", at="end"),
    Action("close", "escape", "Stay", "Go on", at="leave"),
    Action("quit", "enter,y", "Leave", "End the program; the seat stays yours", at="leave"),
    Action("close", "escape,question_mark", "Close", "Back to the screen beneath", at="help"),
    Action("run", "enter", "Run", "Do it on the screen beneath", at="help"),
    # -- moving about within a screen
    Action("search", "slash", "Search", "Filter what is listed", at="help", shown=False),
    Action(
        "to_list",
        "down",
        "To the list",
        "From the filter to what it left",
        at="desk shop lobby help",
        shown=False,
    ),
    Action("down", "j,down", "Down", "Scroll down", at="debrief coach", shown=False),
    Action("up", "k,up", "Up", "Scroll up", at="debrief coach", shown=False),
)

_KEY_NAMES = {"escape": "esc", "plus": "+", "question_mark": "?", "slash": "/"}


def actions_at(place: str) -> tuple[Action, ...]:
    """Return the actions that name this place, in the order of the registry."""
    return tuple(action for action in ACTIONS if place in action.at.split())


def key_of(action: Action) -> str:
    """Return the key as it is written on buttons and in sentences."""
    key = action.key.partition(",")[0]
    return _KEY_NAMES.get(key, key)


def key_at(place: str, action_id: str) -> str:
    """Return the key of an action at a place, as it is written in a sentence.

    Raises:
        StopIteration: the place has no such action.
    """
    return key_of(next(action for action in actions_at(place) if action.id == action_id))


def binding_of(action: Action) -> Binding:
    """Return Textual's binding; it calls the screen's `action_do` with the id."""
    return Binding(
        action.key,
        f"do('{action.id}')",
        action.title,
        show=action.shown,
        tooltip=action.help,
        id=action.id,
    )
