"""Another process that writes: `python -m tests.store.writer STORE NAME COUNT`.

It prints each command's id once the command is acknowledged. It reads in one transaction and writes
in another, like a person filling in a form.
"""

import sys
from contextlib import suppress
from time import sleep

from escrow_tui.engine.commands import SendMessage
from escrow_tui.engine.entry import order_stream
from escrow_tui.engine.events import MessageSent
from escrow_tui.engine.evolve import evolve
from escrow_tui.engine.terms import Party
from escrow_tui.store import Conflict, StoreProblem, address_of, open_store
from escrow_tui.store.store import Store
from tests.given.store_world import BUYER, MARKET, put

_PAUSE_SECONDS = 0.05


def send(store: Store, command_id: str) -> bool:
    """Send a message about order A; return False if somebody else was faster."""
    with store.reading() as reading:
        stored, market = reading.order(MARKET, "A"), reading.market(MARKET)
    assert stored is not None
    assert market is not None
    event = MessageSent(Party.BUYER, command_id)
    order = evolve(stored.order, event, "A", market.now)
    try:
        with store.writing() as writing:
            put(
                writing,
                order_stream("A"),
                stored.version,
                (event,),
                BUYER,
                market.now,
                command_id,
                SendMessage(command_id),
                before=stored,
                order=order,
                next_deadline=stored.next_deadline,
            )
    except Conflict:
        return False
    return True


def main(where: str, name: str, count: int) -> None:
    """Send `count` messages, each until it is written."""
    store = _opened(where)
    for number in range(count):
        command_id = f"{name}-{number}"
        while not _sent(store, command_id):
            pass
        print(command_id, flush=True)
    store.close()


def _opened(where: str) -> Store:
    while True:
        with suppress(StoreProblem):
            return open_store(address_of(where))
        sleep(_PAUSE_SECONDS)


def _sent(store: Store, command_id: str) -> bool:
    """Send it; if the store failed before it answered, find out whether it was written."""
    with suppress(StoreProblem):
        if send(store, command_id):
            return True
        with store.reading() as reading:
            return reading.entry_of(MARKET, command_id) is not None
    sleep(_PAUSE_SECONDS)
    return False


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
