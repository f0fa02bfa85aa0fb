"""A proxy between a store and its server that counts round trips and can cut the connection."""

import socket
from contextlib import suppress
from select import select
from threading import Thread
from urllib.parse import urlsplit, urlunsplit


class Proxy:
    """Passes everything on; `round_trips` counts the answers that the client waited for.

    When `cut_at` is set, it passes on the next message that holds these words, and hangs up before
    the answer; with `before` it hangs up without passing the message on.
    """

    def __init__(self, url: str) -> None:
        self._server = urlsplit(url)
        self._listening = socket.create_server(("127.0.0.1", 0))
        port = self._listening.getsockname()[1]
        who = self._server.netloc.rpartition("@")[0]
        self.url = urlunsplit(self._server._replace(netloc=f"{who}@127.0.0.1:{port}"))
        self.round_trips = 0
        self.cuts = 0
        self.cut_at, self.before = b"", False
        Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """Accept no more connections."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        assert self._server.hostname
        assert self._server.port
        where = (self._server.hostname, self._server.port)
        with client, socket.create_connection(where) as server, suppress(OSError):
            asked, cut = False, False
            while True:
                (one, *_), _, _ = select([client, server], [], [])
                data = one.recv(1 << 16)
                if not data or (cut and one is server):
                    self.cuts += cut
                    return
                if one is client and self.cut_at and self.cut_at in data:
                    cut, self.cut_at = True, b""
                    if self.before:
                        self.cuts += 1
                        return
                self.round_trips += asked and one is server
                asked = one is client
                (server if one is client else client).sendall(data)
