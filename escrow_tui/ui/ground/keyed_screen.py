"""A screen whose keys and buttons are the rows of the registry of actions."""

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
    """A subclass names its `place`; with that it has the place's rows, and its base's.

    The action `x` is the method `do_x`, where its row does not say where it goes. `can_x`, where
    there is one, returns the reason why it cannot be done now, "" where it can, and None where it
    is not to be seen. A button whose id is an action's does that action.
    """

    place: ClassVar[str] = ""
    actions: ClassVar[dict[str, Action]] = {}
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
        """Hide what is not to be seen here, and dim what cannot be done now."""
        if action != "do":
            return True
        (name,) = parameters
        reason = self.reason_against(str(name))
        return True if reason == "" else (False if reason is None else None)

    def reason_against(self, name: str) -> str | None:
        """Return why an action cannot be done now, "" where it can; None where it is hidden."""
        action = self.actions.get(name)
        if action is None or action.goes == self.place or (action.of_order and not self.order_id):
            return None
        can: Callable[[], str | None] | None = getattr(self, f"can_{name}", None)
        if can is None:
            return ""
        # A store that does not answer would be waited for by each key of the footer.
        if gone := getattr(self.app, "gone", ""):
            return gone if self._reasons.get(name) is not None else None
        try:
            self._reasons[name] = can()
        except StorageError as problem:
            return str(problem)
        return self._reasons[name]

    def action_do(self, name: str) -> None:
        """Do an action of the registry, or say why it cannot be done."""
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
        """Say why a dimmed key does nothing: Textual passes over it in silence."""
        pressed = self.active_bindings.get(event.key)
        if pressed is None or pressed.enabled or pressed.node is not self:
            return
        if reason := self.reason_against(pressed.binding.id or ""):
            event.stop()
            self.say(reason, bad=True)

    # -- buttons

    def label(self, name: str, title: str = "") -> str:
        """Return what stands on the button of an action: its title, or another one, and its key."""
        action = self.actions[name]
        return f"{title or action.title} ({key_of(action)})"

    @on(Button.Pressed)
    def _do_as_named(self, event: Button.Pressed) -> None:
        """Do what the button is named after."""
        self.action_do(event.button.id or "")

    def show_buttons(self) -> None:
        """Hide and dim the buttons as the keys, with the reason as a tooltip."""
        for button in self.query(Button):
            reason = self.reason_against(button.id or "")
            button.display = reason is not None
            button.disabled = bool(reason)
            button.tooltip = shown(reason) if reason else None
        self.refresh_bindings()

    def say(self, text: str, *, bad: bool = False) -> None:
        """Tell the person something that has no place of its own on the screen."""
        self.notify(
            clean(text, 600), severity="warning" if bad else "information", markup=False, timeout=6
        )
