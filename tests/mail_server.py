"""A small SMTP server that can be told to misbehave, on a free port of this machine, in a thread of its own."""

from __future__ import annotations

import socketserver
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from webcare_pwa.clock import real_now


@dataclass
class MailServer:
    """What it is told to do, and what it received.

    `answers` maps a verb (MAIL, RCPT, DATA, BANNER, or END for the message itself) to its line instead of yes.
    `fault`: "" | drop (closes after the message, before answering) | cut (closes at DATA) | hang (says nothing after
    RCPT) | drip (a banner without end).
    """

    answers: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    starttls: ssl.SSLContext | None = None
    tls: ssl.SSLContext | None = None
    port: int = 0
    messages: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    sessions: int = 0
    was_secure: bool = False
    stopped: threading.Event = field(default_factory=threading.Event)


class _Session(socketserver.StreamRequestHandler):
    """One connection; `told` is the server's orders."""

    told: MailServer

    def setup(self) -> None:
        if self.told.tls:
            self.request = self.told.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        self.told.sessions += 1
        if self.told.fault == "drip":
            while not self.told.stopped.wait(0.05):
                self.wfile.write(b"2")
        self._say(self.told.answers.get("BANNER", "220 test"))
        while line := self.rfile.readline().decode().strip():
            if not self._answer(line.split()[0].upper(), line):
                break

    def _answer(self, verb: str, line: str) -> bool:
        """One command; False when the line must be closed."""
        if verb in ("EHLO", "HELO"):
            offers_tls = self.told.starttls and not self.told.was_secure
            self._say(*(["250-test", "250 STARTTLS"] if offers_tls else ["250 test"]))
        elif verb == "STARTTLS" and self.told.starttls:
            self._secure(self.told.starttls)
        elif verb in self.told.answers:
            self._say(self.told.answers[verb])
        elif verb == "DATA":
            return self._data()
        elif verb == "QUIT":
            self._say("221 bye")
            return False
        else:
            self._take(verb, line)
        return True

    def _take(self, verb: str, line: str) -> None:
        if verb == "RCPT":
            self.told.recipients.append(line)
            if self.told.fault == "hang":
                self.rfile.read()
        self._say("250 2.1.0 ok")

    def _secure(self, context: ssl.SSLContext) -> None:
        self._say("220 go")
        super().finish()
        self.request = context.wrap_socket(self.request, server_side=True)
        super().setup()
        self.told.was_secure = True

    def _data(self) -> bool:
        if self.told.fault == "cut":
            return False
        self._say("354 go")
        lines = list(iter(self.rfile.readline, b".\r\n"))
        self.told.messages.append(b"".join(lines))
        if self.told.fault == "drop":
            return False
        self._say(self.told.answers.get("END", "250 2.0.0 queued"))
        return True

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def finish(self) -> None:
        with suppress(OSError), self.request:  # TLS took over the socket that the listener would have closed
            super().finish()


class _Listener(socketserver.ThreadingTCPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is what these tests are about."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def running(server: MailServer) -> Iterator[MailServer]:
    """Serve until the block ends."""
    handler = type("Session", (_Session,), {"told": server})
    with _Listener(("127.0.0.1", 0), handler) as listener:
        thread = threading.Thread(target=listener.serve_forever, args=(0.02,))
        thread.start()
        server.port = listener.server_address[1]
        try:
            yield server
        finally:
            server.stopped.set()
            listener.shutdown()
            thread.join()


def certificate(folder: Path, name: str = "127.0.0.1") -> tuple[ssl.SSLContext, Path]:
    """A server context with a fresh certificate for `name`, and the file a client must trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = real_now()
    names: list[x509.GeneralName] = [x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)]
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "trusted.pem", folder / "private.pem"
    trusted.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, private)
    return context, trusted
