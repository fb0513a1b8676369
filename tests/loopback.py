"""A server on loopback in the test's own process: what stands for servers elsewhere is made from it."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class LoopbackServer:
    """A server on a free port, from its creation until `close`.

    Attributes
    ----------
    url : str
        Its address, without a slash at the end.
    server : ThreadingHTTPServer
        What listens; once it is closed, nobody does.
    released : threading.Event
        Set by `close`: whatever `handle` waits for ends with it, so that no thread is left behind.
    """

    def __init__(self):
        self.released = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.handle(self)

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_):
                """A client that gave up is what some tests are about."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self._thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a request, in a thread of its own."""
        raise NotImplementedError

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()
