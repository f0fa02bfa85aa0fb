"""A screen whose keys and buttons come from the registry of actions."""

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.screen import Screen, ScreenResultType
from textual.widgets import Button

from escrow_tui.files.storage_error import StorageError
from escrow_tui.ui.ground.actions import Action, actions_at, binding_of, key_of
from escrow_tui.ui.messages import Goto
from escrow_tui.ui.running.store_trouble import Minding
from escrow_tui.ui.safety.text import clean, shown


class KeyedScreen(Minding, Screen[ScreenResultType]):
    """A subclass sets `place`, and gets the actions of that place and of its base class.

    The method `do_x` does the action `x`, unless its row says where it goes. The method `can_x`
    is optional: it returns "" while the action is possible, the reason while it is not, and None
    to hide it. A button does the action that its id names.
    """

    place: ClassVar[str] = ""
    actions: ClassVar[dict[str, Action]] = {}
    from_desk: ClassVar[bool] = False
    """Whether `back` leads to the desk, rather than to the previous screen."""
    order_id = ""

    def __init_subclass__(cls, **options: bool) -> None:
        if place := cls.__dict__.get("place"):
            own = actions_at(place)
            cls.actions = {**cls.actions, **{action.id: action for action in own}}
            cls.BINDINGS = [binding_of(action) for action in own]
        super().__init_subclass__(**options)

    def __init__(
        self, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name, id, classes)
        self._reasons: dict[str, str | None] = {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide the actions that this screen does not offer, and dim those not possible now."""
        if action != "do":
            return True
        (name,) = parameters
        reason = self.reason_against(str(name))
        return True if reason == "" else (False if reason is None else None)

    def reason_against(self, name: str) -> str | None:
        """Return why an action is not possible now, "" if it is, None if it is hidden."""
        action = self.actions.get(name)
        if action is None or action.goes == self.place or (action.of_order and not self.order_id):
            return None
        can: Callable[[], str | None] | None = getattr(self, f"can_{name}", None)
        if can is None:
            return ""
        # Otherwise every key in the footer would wait for a store that does not answer.
        if gone := getattr(self.app, "gone", ""):
            return gone if self._reasons.get(name) is not None else None
        try:
            self._reasons[name] = can()
        except StorageError as problem:
            return str(problem)
        return self._reasons[name]

    def action_do(self, name: str) -> None:
        """Do an action of the registry, or say why it is not possible."""
        reason = self.reason_against(name)
        if reason:
            self.say(reason, bad=True)
        elif reason is not None:
            self._do(self.actions[name])

    def _do(self, action: Action) -> None:
        if action.goes:
            about = self.order_id if action.of_order else ""
            self.post_message(Goto(action.goes, about, action.about))
        else:
            getattr(self, f"do_{action.id}")()

    def on_key(self, event: events.Key) -> None:
        """Say why a dimmed key does nothing, which Textual does not."""
        pressed = self.active_bindings.get(event.key)
        if pressed is None or pressed.enabled or pressed.node is not self:
            return
        if reason := self.reason_against(pressed.binding.id or ""):
            event.stop()
            self.say(reason, bad=True)

    # -- buttons

    def label(self, name: str, title: str = "") -> str:
        """Return the label of an action's button: its title, or the given one, and its key."""
        action = self.actions[name]
        return f"{title or action.title} ({key_of(action)})"

    @on(Button.Pressed)
    def _do_as_named(self, event: Button.Pressed) -> None:
        """Do the action that the button is named after."""
        self.action_do(event.button.id or "")

    def show_buttons(self) -> None:
        """Hide and dim the buttons like the keys, with the reason as a tooltip."""
        for button in self.query(Button):
            reason = self.reason_against(button.id or "")
            button.display = reason is not None
            button.disabled = bool(reason)
            button.tooltip = shown(reason) if reason else None
        self.refresh_bindings()

    def say(self, text: str, *, bad: bool = False) -> None:
        """Show a toast."""
        self.notify(
            clean(text, 600), severity="warning" if bad else "information", markup=False, timeout=6
        )
