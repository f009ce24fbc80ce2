"""Google's side of Chromium's push: check-in, registration and the MCS connection, on local ports.

Chromium still has switches for the three addresses. With those, its own subscribe(), delivery and decryption are genuine: what
the server under test posts to `PushService` goes to the browser over MCS.
"""

from __future__ import annotations

import contextlib
import secrets
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from urllib.parse import parse_qs

from tests.push_lab import certificate
from tests.push_lab.messages import Message, Subscription
from tests.push_lab.protobuf import CLOSE, DATA, IQ, LOGIN, LOGIN_OK, PING, PING_ACK, fixed64, frame, integer, text
from tests.push_lab.push_service import PushService
from webcare_pwa.clock import real_now

MCS_VERSION = 41


class Gcm:
    """`with PushService() as push, Gcm(push, folder) as gcm: ... gcm.chromium_args`."""

    def __init__(self, push: PushService, folder: Path) -> None:
        self.push = push
        self._apps: dict[str, dict[str, str]] = {}  # token -> who asked for it
        self._clients: list[ssl.SSLSocket] = []
        self._lock = threading.Lock()
        self._count = 0
        self._ids = (secrets.randbits(60), secrets.randbits(60))
        pem, self._spki = certificate.make(folder)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(pem)

    def __enter__(self) -> Self:
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._accept, daemon=True).start()
        self.push.deliver_elsewhere = self.send
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.push.deliver_elsewhere = None
        self._http.shutdown()
        self._http.server_close()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for client in list(self._clients):
            client.close()

    @property
    def chromium_args(self) -> list[str]:
        here = f"http://127.0.0.1:{self._http.server_address[1]}"
        return [
            f"--gcm-checkin-url={here}/checkin", f"--gcm-registration-url={here}/register3",
            f"--gcm-mcs-endpoint=https://localhost:{self._listener.getsockname()[1]}",
            f"--ignore-certificate-errors-spki-list={self._spki}",
        ]

    def answer(self, path: str, body: bytes) -> tuple[bytes, str]:
        """Check-in, or (un)registration of one subscription."""
        if path.startswith("/checkin"):
            device, password = self._ids
            return (integer(1, 1) + integer(3, _milliseconds()) + text(4, "digest") + fixed64(7, device)
                    + fixed64(8, password) + text(11, "1")), "application/x-protobuf"
        form = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
        app = form.get("X-subtype", "")
        if form.get("delete") == "true":
            for token, row in self._apps.items():
                if row["app_id"] == app:
                    self.push.subscriptions[token].gone = True
            return f"token={app}".encode(), "text/plain"
        token, sender = secrets.token_urlsafe(96), form.get("sender", "")
        self._apps[token] = {"app": form.get("app", ""), "app_id": app, "sender": sender}
        self.push.subscriptions[token] = Subscription(token, app, "gcm", app_key=sender if len(sender) > 80 else None)
        return f"token={token}".encode(), "text/plain"

    def send(self, message: Message) -> None:
        """Hand a message to the browser, when it is connected."""
        if not self._clients:
            return
        row = self._apps[message.token]
        pairs = (("subtype", row["app_id"]), ("content-encoding", message.encoding))
        with self._lock:
            self._count += 1
            body = (text(3, row["sender"]) + text(5, row["app"])
                    + b"".join(text(7, text(1, name) + text(2, value)) for name, value in pairs)
                    + text(9, f"0:{message.id}") + integer(10, self._count) + integer(17, message.ttl)
                    + integer(18, _milliseconds()) + text(21, message.body) + integer(24, 1))
            message.state = "sent"
            self._clients[-1].sendall(frame(DATA, body))

    def _accept(self) -> None:
        while True:
            try:
                raw, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        with contextlib.suppress(OSError, IndexError), self._tls.wrap_socket(raw, server_side=True) as client:
            stream = client.makefile("rb")
            stream.read(1)  # version
            while head := stream.read(1):
                stream.read(_length(stream))
                if head[0] == CLOSE:
                    break
                self._heard(head[0], client)
        self._clients = [each for each in self._clients if each.fileno() >= 0]

    def _heard(self, tag: int, client: ssl.SSLSocket) -> None:
        if tag == LOGIN:
            client.sendall(bytes([MCS_VERSION]) + frame(LOGIN_OK, text(1, "login") + integer(8, _milliseconds())))
            self._clients.append(client)
            for message in [each for each in self.push.messages if each.agent == "gcm" and each.state == "queued"]:
                self.send(message)
        elif tag == PING:
            client.sendall(frame(PING_ACK, b""))
        elif tag == IQ:  # an acknowledgement of the stream: what was sent arrived
            for message in self.push.messages:
                if message.agent == "gcm" and message.state == "sent":
                    message.state, message.ack_code = "acked", 100


def _milliseconds() -> int:
    return int(real_now().timestamp() * 1000)


def _length(stream: BinaryIO) -> int:
    size = shift = 0
    while True:
        byte: int = stream.read(1)[0]
        size |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return size


def _handler(gcm: Gcm) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_words: object) -> None:  # quiet
            return

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer, kind = gcm.answer(self.path, body)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    return Handler
