"""The keys of a screen: drawn anew when they have changed, and only then."""

from textual.widgets import Footer


class QuietFooter(Footer):
    """Textual's footer makes all of its keys anew at each refresh of the bindings.

    A change of screens refreshes them about ten times, which is half of what it costs.
    """

    _keys: tuple[tuple[str, str, bool, str], ...] = ()

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
        if keys != self._keys:
            self._keys = keys
            await super().recompose()
