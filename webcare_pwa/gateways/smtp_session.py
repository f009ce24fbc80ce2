"""One SMTP session: connect, secure the line, log in, hand over one message, and cut the line when it takes too long.

Where the line breaks decides the outcome: before the last byte of the message the server cannot have taken it, after it
nobody knows. What a server says about one message is final when it says 5xx.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from contextlib import suppress

from webcare_pwa.gateways.mail_message import envelope
from webcare_pwa.ports import Delivered, MailOutcome, Refused, TryAgain, Unknown
from webcare_pwa.settings import Settings

_READY, _OK, _WILL_FORWARD, _GO_AHEAD, _PERMANENT = 220, 250, 251, 354, 500
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")


class SmtpSession(smtplib.SMTP):
    """A session of which the line is cut at the deadline, however slowly the server drips.

    Shutting down a duplicate of the socket ends the connection in whatever state TLS has it."""

    def __init__(self, settings: Settings, deadline: float) -> None:
        self._tls = settings.mail_tls
        self._context = ssl.create_default_context()
        self._duplicate: socket.socket | None = None
        self._alarm = threading.Timer(deadline, self._cut)
        self._alarm.daemon = True
        super().__init__(local_hostname=envelope(settings.mail_from).rpartition("@")[2], timeout=deadline)

    def open(self, settings: Settings) -> None:
        """Connect, secure the line, log in."""
        self._alarm.start()
        self._host = settings.mail_host  # whom the certificate must name
        code, answer = self.connect(settings.mail_host, settings.mail_port)
        if code != _READY:
            raise smtplib.SMTPConnectError(code, answer)
        if self._tls == "starttls":
            self.starttls(context=self._context)
        self.ehlo_or_helo_if_needed()
        if settings.mail_user:
            self.login(settings.mail_user, settings.mail_password)

    def end(self) -> None:
        """Let go of everything."""
        self._alarm.cancel()
        self.close()
        if self._duplicate:
            self._duplicate.close()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = socket.create_connection((host, port), timeout)
        self._duplicate = line.dup()
        return self._context.wrap_socket(line, server_hostname=host) if self._tls == "tls" else line

    def _cut(self) -> None:
        if self._duplicate:
            with suppress(OSError):
                self._duplicate.shutdown(socket.SHUT_RDWR)


def hand_over(server: SmtpSession, sender: str, to: str, payload: bytes) -> MailOutcome:
    """One message over an open session."""
    for command, expected in ((f"MAIL FROM:<{sender}>", _OK), (f"RCPT TO:<{to}>", _OK), ("DATA", _GO_AHEAD)):
        code, answer = server.docmd(command)
        if code != expected and not (expected == _OK and code == _WILL_FORWARD):
            return _no(code, answer)
    server.send(payload)
    try:
        code, answer = server.getreply()
    except (smtplib.SMTPException, OSError) as error:
        return Unknown(f"line broke after the message: {type(error).__name__}")
    if code != _OK:
        return _no(code, answer)
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    return Delivered(code_of(code, answer))


def _no(code: int, answer: bytes) -> MailOutcome:
    return Refused(f"server: {code_of(code, answer)}") if code >= _PERMANENT else TryAgain(detail=code_of(code, answer))


def code_of(code: int, answer: bytes | str) -> str:
    """The codes only: the text of an answer may name the address."""
    enhanced = _ENHANCED.match(answer if isinstance(answer, bytes) else answer.encode(errors="replace"))
    return f"{code} {enhanced[0].decode()}" if enhanced else str(code)
