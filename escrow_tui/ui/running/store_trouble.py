"""The one place where a store that fails is minded: no handler and no action ends the program.

What a person has typed stays, the screen stays as it was, and the app is told.
"""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from textual._callback import invoke
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

from escrow_tui.scenarios.lobby import StoreProblem
from escrow_tui.ui.messages import Trouble

_Handler = Callable[[Message], Awaitable[object]]


class Minding(MessagePump):
    """What an app or a screen is beside: each handler of its messages may meet a failing store."""

    def _get_dispatch_methods(
        self, method_name: str, message: Message
    ) -> Iterable[tuple[type, _Handler]]:
        for owner, method in super()._get_dispatch_methods(method_name, message):
            yield owner, partial(_minded, self, method)


class MindingApp(Minding, App[None]):
    """An app whose actions may meet a failing store, whichever widget they come from."""

    async def run_action(self, *given: object, **named: object) -> bool:
        """Perform an action; one that met a failing store is told, and done with."""
        try:
            return await super().run_action(*given, **named)  # type: ignore[arg-type]
        except StoreProblem as problem:
            self.post_message(Trouble(str(problem), passes=problem.passes))
            return True


async def _minded(pump: MessagePump, method: _Handler, message: Message) -> None:
    try:
        await invoke(method, message)
    except StoreProblem as problem:
        pump.app.post_message(Trouble(str(problem), passes=problem.passes))
