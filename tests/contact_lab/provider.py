"""One local server for ntfy, Twilio, MessageBird, CM, Pushover and Telegram: it keeps what it got, and answers as told.

Forms of the answers: docs.ntfy.sh/publish, twilio.com/docs/messaging/api/message-resource, developers.messagebird.com,
pushover.net/api, core.telegram.org/bots/api.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD: dict[str, dict[str, Any]] = {
    "/2010-04-01": {"sid": "SM" + "0" * 32, "status": "queued"},
    "/messages": {"id": "mb1"},
    "/1/messages.json": {"status": 1, "request": "r", "receipt": "rcpt"},
    "/bot": {"ok": True, "result": {"message_id": 1}},
    "/v1.0/message": {"details": "Created 1 message(s)", "errorCode": 0},
}


@dataclass
class Got:
    """One request."""

    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Provider:
    """The server. `status`, `headers` and `answer` of the next answers; `hang`: say nothing until let go."""

    url: str = ""
    got: list[Got] = field(default_factory=list)
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    answer: dict[str, Any] | None = None
    hang: bool = False
    drip: bool = False
    over: threading.Event = field(default_factory=threading.Event)

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0))).decode()
        self.got.append(Got(handler.path, dict(handler.headers), body))
        if self.hang:
            self.over.wait(30)
            return
        good = next((each for path, each in GOOD.items() if handler.path.startswith(path)), {"id": "x"})
        created = handler.path.startswith(("/2010-04-01", "/messages"))
        handler.send_response(self.status or (201 if created else 200))
        for name, value in self.headers.items():
            handler.send_header(name, value)
        text = json.dumps(self.answer if self.answer is not None else good).encode()
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        for sign in text if self.drip else (text,):
            if self.drip and self.over.wait(0.1):
                return
            handler.wfile.write(bytes([sign]) if isinstance(sign, int) else sign)


@contextmanager
def provider() -> Iterator[Provider]:
    """A server on a free port of this machine."""
    here = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            here.take(self)

        def do_GET(self) -> None:
            here.take(self)

        def log_request(self, code: object = "", size: object = "") -> None:
            """Not on the screen."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    here.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield here
    finally:
        here.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
