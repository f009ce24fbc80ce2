"""Sends mail by SMTP, in a few threads. Knows nothing of replies or people: a job in, an outcome out.

Where the line breaks decides the outcome: before the last byte of the message the server cannot have taken it, after it
nobody knows. What a server says about one message is final when it says 5xx; what goes wrong with the session itself
(no TLS, wrong password, a block) is ours to repair, so it is tried again.
"""

from __future__ import annotations

import queue
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from webcare_pwa import logs
from webcare_pwa.clock import real_now
from webcare_pwa.ports import Delivered, MailJob, MailOutcome, Refused, TryAgain, Unknown
from webcare_pwa.settings import Settings

THREADS = 4
DEADLINE = 45.0  # seconds for one mail, from the connection to the last word; shorter than the lease of a claim
_READY, _OK, _WILL_FORWARD, _GO_AHEAD, _PERMANENT = 220, 250, 251, 354, 500
_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]\\]+@[^\s<>@,;:\"()\[\]\\]+")
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")


class SmtpMail:
    """A `MailGateway`. `wake` is called from a thread of ours whenever a mail is finished."""

    def __init__(
        self, settings: Settings, *, wake: Callable[[], None] | None = None, deadline: float = DEADLINE
    ) -> None:
        self._settings = settings
        self._wake = wake or _nobody
        self._deadline = deadline
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="mail")
        self._done: queue.SimpleQueue[tuple[int, MailOutcome]] = queue.SimpleQueue()
        self._busy = 0
        self._lock = threading.Lock()
        self._closed = False

    @property
    def free(self) -> int:
        """How many more mails may be submitted now: none without a mail host, or once closed."""
        if self._closed or not self._settings.mail_host:
            return 0
        with self._lock:
            return max(0, THREADS - self._busy)

    def submit(self, job: MailJob) -> None:
        """Start sending one mail."""
        with self._lock:
            self._busy += 1
        self._pool.submit(self._run, job)

    def finished(self) -> list[tuple[int, MailOutcome]]:
        """Mail ids with their outcomes since the last call, each once."""
        found = []
        with suppress(queue.Empty):
            while True:
                found.append(self._done.get_nowait())
        return found

    def close(self) -> None:
        """Take no more, and wait for what is under way; `finished` still gives its outcomes."""
        self._closed = True
        self._pool.shutdown(wait=True)

    def _run(self, job: MailJob) -> None:
        try:
            outcome = self._send(job)
        except Exception:  # noqa: BLE001 - whatever happens, the mail must come back out
            logs.trouble("mail.crashed", mail_id=job.mail_id)
            outcome = TryAgain(detail="internal error")
        with self._lock:
            self._busy -= 1
        self._done.put((job.mail_id, outcome))
        self._wake()

    def _send(self, job: MailJob) -> MailOutcome:
        to = _ascii_address(job.to_address)
        if to is None:
            return Refused("address cannot be used")
        payload = _payload(compose(job, to, self._settings.mail_from))
        server = _Line(self._settings, self._deadline)
        try:
            server.open(self._settings)
            return _hand_over(server, _envelope(self._settings.mail_from), to, payload)
        except smtplib.SMTPResponseException as error:
            return TryAgain(detail=f"server: {_code(error.smtp_code, error.smtp_error)}")
        except ssl.SSLCertVerificationError:
            return TryAgain(detail="certificate of the mail server is not trusted")
        except (smtplib.SMTPException, OSError) as error:
            return TryAgain(detail=f"no connection: {type(error).__name__}")
        finally:
            server.end()


def compose(job: MailJob, to: str, sender: str) -> EmailMessage:
    """The message with its headers. Automatic ones say so (RFC 3834), so that no other robot answers them."""
    domain = _envelope(sender).rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = _one_line(job.subject)
    message["Date"] = real_now()
    message["Message-ID"] = _message_id(job.message_id, domain)
    if job.in_reply_to:
        message["In-Reply-To"] = message["References"] = _message_id(job.in_reply_to, domain)
    if job.automatic:
        message["Auto-Submitted"] = "auto-replied" if job.in_reply_to else "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(job.body, charset="utf-8", cte="quoted-printable")
    return message


class _Line(smtplib.SMTP):
    """A session of which the line is cut at the deadline, however slowly the server drips.

    Shutting down a duplicate of the socket ends the connection in whatever state TLS has it."""

    def __init__(self, settings: Settings, deadline: float) -> None:
        self._tls = settings.mail_tls
        self._context = ssl.create_default_context()
        self._duplicate: socket.socket | None = None
        self._alarm = threading.Timer(deadline, self._cut)
        self._alarm.daemon = True
        super().__init__(local_hostname=_envelope(settings.mail_from).rpartition("@")[2], timeout=deadline)

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


def _hand_over(server: _Line, sender: str, to: str, payload: bytes) -> MailOutcome:
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
    return Delivered(_code(code, answer))


def _no(code: int, answer: bytes) -> MailOutcome:
    return Refused(f"server: {_code(code, answer)}") if code >= _PERMANENT else TryAgain(detail=_code(code, answer))


def _code(code: int, answer: bytes | str) -> str:
    """The codes only: the text of an answer may name the address."""
    enhanced = _ENHANCED.match(answer if isinstance(answer, bytes) else answer.encode(errors="replace"))
    return f"{code} {enhanced[0].decode()}" if enhanced else str(code)


def _payload(message: EmailMessage) -> bytes:
    """As it goes over the line: dots doubled, closed with the lone dot."""
    lines = message.as_bytes(policy=SMTP)
    closed = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return closed.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def _ascii_address(text: str) -> str | None:
    """The address with its domain in ASCII; None when it is no address that SMTP can carry."""
    local, _, domain = text.rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return None
    return address if address.isascii() and _ADDRESS.fullmatch(address) else None


def _envelope(sender: str) -> str:
    return parseaddr(sender)[1]


def _message_id(own: str, domain: str) -> str:
    return f"<{re.sub('[^A-Za-z0-9-]', '', own) or '0'}@{domain}>"


def _one_line(text: str) -> str:
    """Without line ends and other control signs: nothing typed can become a header."""
    return "".join(each for each in " ".join(text.split()) if each.isprintable())


def _nobody() -> None:
    """Nobody waits for the outcome."""
