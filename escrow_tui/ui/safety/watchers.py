"""Drops the watchers of widgets that are gone."""

from typing import Any

from textual.app import App


def prune_watchers(app: App[Any]) -> None:
    """Drop what dead widgets left on the app and on its screens.

    A header, for example, watches the app's title. Textual drops such a watcher only when the title
    changes, so every screen that was ever shown would stay in memory. Whether a watcher is dead is
    decided by Textual's own rule.

    The app calls this a moment after each change of screen, in `on_mount`:
    `self.screen_change_signal.subscribe(self, lambda _: self.call_later(prune_watchers, self))`.
    """
    for node in (app, *app.screen_stack):
        for watchers in getattr(node, "__watchers", {}).values():
            watchers[:] = [watcher for watcher in watchers if not watcher[0]._closing]
