"""Lets go of widgets that are gone."""

from typing import Any

from textual.app import App


def prune_watchers(app: App[Any]) -> None:
    """Drop what dead widgets left on the app and on its screens.

    A header, for one, watches the app's title. Textual forgets such a watcher only when that
    title changes, so each screen that comes and goes would stay in memory. The rule by which a
    watcher is dead is Textual's own.

    The app calls this a moment after each change of screen, in `on_mount`:
    `self.screen_change_signal.subscribe(self, lambda _: self.call_later(prune_watchers, self))`.
    """
    for node in (app, *app.screen_stack):
        for watchers in getattr(node, "__watchers", {}).values():
            watchers[:] = [watcher for watcher in watchers if not watcher[0]._closing]
