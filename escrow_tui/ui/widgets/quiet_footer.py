"""The keys of a screen: as many as there is room for, drawn anew only when others are shown."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

_PALETTE = 12
# Whatever else is left out: who sees these two finds the rest, and the way back.
_STAYS = frozenset({"do('help')", "do('back')"})


class QuietFooter(Footer):
    """Textual's footer makes all of its keys anew at each refresh of the bindings.

    A change of screens refreshes them about ten times, which is half of what it costs.
    """

    _shown: tuple[object, ...] = ()

    async def recompose(self) -> None:
        """Make the keys anew, where others are to be shown."""
        # A call that was left for after the refresh may come when the screen has been closed.
        if not self.is_attached:
            return
        keys = tuple(
            (binding.key, binding.description, enabled, tooltip)
            for _, binding, enabled, tooltip in self.screen.active_bindings.values()
            if binding.show
        )
        if self._shown != (shown := (self.app.size.width, keys)):
            self._shown = shown
            await super().recompose()

    def on_resize(self, event: events.Resize) -> None:
        """Make room, or use it."""
        self.call_after_refresh(self.recompose)

    def compose(self) -> ComposeResult:
        """Yield what fits: closer together where it is narrow, and no key cut."""
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        room = self.app.size.width
        close = _width(keys, 3) > room
        self.set_reactive(Footer.compact, close)
        self.set_class(close, "-compact")
        while close and _width(keys, 2) > room and (least := _least(keys)):
            keys.remove(least)
        yield from keys


def _width(keys: Sequence[FooterKey], gap: int) -> int:
    return sum(
        _PALETTE
        if key.has_class("-command-palette")
        else cell_len(key.key_display + key.description) + gap
        for key in keys
    )


def _least(keys: Sequence[FooterKey]) -> FooterKey | None:
    """Return what can be missed most: the palette, then what does nothing now, then the last."""
    palette = [key for key in keys if key.has_class("-command-palette")]
    rest = [key for key in keys if key.action not in _STAYS and key not in palette]
    dimmed = [key for key in rest if key.has_class("-disabled")]
    return next((group[-1] for group in (palette, dimmed, rest) if group), None)
