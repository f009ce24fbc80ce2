"""Sends mail by SMTP, in a few threads. Knows nothing of replies or people: a job in, an outcome out.

What goes wrong with a session itself (no TLS, wrong password, a block) is ours to repair, so it is tried again.
"""

from __future__ import annotations

import queue
import smtplib
import ssl
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from webcare_pwa import logs
from webcare_pwa.gateways.mail_message import ascii_address, compose, envelope, payload
from webcare_pwa.gateways.smtp_session import SmtpSession, code_of, hand_over
from webcare_pwa.ports import MailJob, MailOutcome, Refused, TryAgain
from webcare_pwa.settings import Settings

THREADS = 4
DEADLINE = 45.0  # seconds for one mail, from the connection to the last word; shorter than the lease of a claim


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
        to = ascii_address(job.to_address)
        if to is None:
            return Refused("address cannot be used")
        letter = payload(compose(job, to, self._settings.mail_from))
        server = SmtpSession(self._settings, self._deadline)
        try:
            server.open(self._settings)
            return hand_over(server, envelope(self._settings.mail_from), to, letter)
        except smtplib.SMTPResponseException as error:
            return TryAgain(detail=f"server: {code_of(error.smtp_code, error.smtp_error)}")
        except ssl.SSLCertVerificationError:
            return TryAgain(detail="certificate of the mail server is not trusted")
        except (smtplib.SMTPException, OSError) as error:
            return TryAgain(detail=f"no connection: {type(error).__name__}")
        finally:
            server.end()


def _nobody() -> None:
    """Nobody waits for the outcome."""
