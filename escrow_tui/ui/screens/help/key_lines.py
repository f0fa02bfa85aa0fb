"""The keys of a screen as help lists them, one line an action."""

import msgspec
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from escrow_tui.ui.ground.keyed_screen import KeyedScreen

# Of Textual's own keys only these are worth a line.
_OF_TEXTUAL = ("app.focus_next", "app.focus_previous", "command_palette", "quit")


class KeyLine(msgspec.Struct, frozen=True, kw_only=True):
    """A key of the screen beneath; `reason` says why it does nothing now."""

    key: str
    title: str
    help: str
    reason: str
    action: str
    node: DOMNode

    @property
    def told(self) -> str:
        """What it does, or why it does nothing now."""
        return f"not now: {self.reason}" if self.reason else self.help


def key_lines(beneath: Screen[None]) -> tuple[KeyLine, ...]:
    """Return the keys of a screen, one line per action; those of the registry come first."""
    found: dict[str, KeyLine] = {}
    for node, binding, enabled, tooltip in beneath.active_bindings.values():
        if not binding.description or not _helps(node, binding):
            continue
        key = beneath.app.get_key_display(binding)
        line = found.get(binding.action) or KeyLine(
            key="",
            title=binding.description,
            help=tooltip or binding.description,
            reason="" if enabled else _reason(beneath, binding),
            action=binding.action,
            node=node,
        )
        both = f"{line.key} {key}".strip()
        found[binding.action] = msgspec.structs.replace(line, key=both)
    return tuple(sorted(found.values(), key=lambda line: not line.action.startswith("do(")))


def _helps(node: DOMNode, binding: Binding) -> bool:
    """Say whether a key is ours, or one of Textual's that is worth a line."""
    if binding.action.startswith("do(") or binding.action in _OF_TEXTUAL:
        return True
    ours = (cls for cls in type(node).__mro__ if cls.__module__.startswith("escrow_tui"))
    own = (one for cls in ours for one in cls.__dict__.get("BINDINGS", ()))
    return any(isinstance(one, Binding) and one.action == binding.action for one in own)


def _reason(beneath: Screen[None], binding: Binding) -> str:
    """Return why an action does nothing now."""
    told = beneath.reason_against(binding.id or "") if isinstance(beneath, KeyedScreen) else ""
    return told or "there is nothing to do it with."
