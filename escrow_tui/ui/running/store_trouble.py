"""The one place that handles a failing store: no handler and no action ends the program.

What was typed is kept, the screen stays as it was, and the app is told.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial

from textual._callback import invoke
from textual.actions import ActionParseResult
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump

from escrow_tui.files.storage_error import StorageError
from escrow_tui.ui.messages import Trouble
from escrow_tui.ui.safety.safe_app import SafeApp

_Handler = Callable[[Message], Awaitable[object]]


class Minding(MessagePump):
    """A base of apps and screens, whose message handlers may meet a failing store."""

    def _get_dispatch_methods(
        self, method_name: str, message: Message
    ) -> Iterable[tuple[type, _Handler]]:
        for owner, method in super()._get_dispatch_methods(method_name, message):
            yield owner, partial(_minded, self, method)


class MindingApp(Minding, SafeApp):
    """An app whose actions may meet a failing store, whichever widget has them."""

    async def run_action(
        self,
        # Textual's alias is itself a string.
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Perform an action; if the store fails, post the trouble and count it as done."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except StorageError as problem:
            self.post_message(Trouble(str(problem), passes=problem.passes))
            return True


async def _minded(pump: MessagePump, method: _Handler, message: Message) -> None:
    try:
        await invoke(method, message)
    except StorageError as problem:
        pump.app.post_message(Trouble(str(problem), passes=problem.passes))
