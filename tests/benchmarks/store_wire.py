"""A proxy between a client and its server that counts how often the client waits for an answer."""

import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from urllib.parse import urlsplit

_ALL = 65_536


class Wire:
    """Listens for clients, and passes everything on to the server.

    `trips` counts how often something was sent to the server after it had answered.
    """

    def __init__(self, host: str, port: int) -> None:
        self.trips = 0
        self._server = (host, port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Accept no more connections; open ones stay."""
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            Thread(target=self._pass_on, args=(client, server), daemon=True).start()

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        answered = True
        with client, server, selectors.DefaultSelector() as both:
            both.register(client, selectors.EVENT_READ, server)
            both.register(server, selectors.EVENT_READ, client)
            while True:
                for key, _ in both.select():
                    assert isinstance(key.fileobj, socket.socket)
                    said = key.fileobj.recv(_ALL)
                    if not said:
                        return
                    asks = key.fileobj is client
                    self.trips += asks and answered
                    answered = not asks
                    key.data.sendall(said)


@contextmanager
def counted(url: str) -> Iterator[tuple[str, Wire]]:
    """Give the proxy, and a URL that reaches the same database through it."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    wire = Wire(parts.hostname, parts.port or 5432)
    who = parts.netloc.rpartition("@")[0]
    try:
        yield parts._replace(netloc=f"{who}@127.0.0.1:{wire.port}").geturl(), wire
    finally:
        wire.close()
