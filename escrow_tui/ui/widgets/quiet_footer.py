"""The keys of a screen: as many as fit, and rebuilt only when they change."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

_PALETTE = 12
# These two always stay: they lead to all other keys, and back.
_STAYS = frozenset({"do('help')", "do('back')"})


class QuietFooter(Footer):
    """Textual's footer rebuilds all of its keys whenever the bindings are refreshed.

    A change of screen refreshes them about ten times, which is half of its cost.
    """

    _shown: tuple[object, ...] = ()

    async def recompose(self) -> None:
        """Rebuild the keys if they have changed."""
        # A call scheduled for after a refresh may come when the screen is already closed.
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
        """Fit the keys to the new width."""
        self.call_after_refresh(self.recompose)

    def compose(self) -> ComposeResult:
        """Yield the keys that fit, closer together if it is narrow; no key is cut."""
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
    """Return the least important key: the palette, then the last dimmed one, then the last."""
    palette = [key for key in keys if key.has_class("-command-palette")]
    rest = [key for key in keys if key.action not in _STAYS and key not in palette]
    dimmed = [key for key in rest if key.has_class("-disabled")]
    return next((group[-1] for group in (palette, dimmed, rest) if group), None)
