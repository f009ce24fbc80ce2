"""The contact method `mail`: one mail over the mail server of the settings, with the shape of a contact gateway."""

from __future__ import annotations

from collections.abc import Callable

from webcare_pwa import links
from webcare_pwa.gateways.mail import SmtpMail
from webcare_pwa.ports import ContactJob, MailJob, Outcome, TryAgain, Unknown
from webcare_pwa.settings import Settings

DEADLINE = 10.0  # seconds: shorter than the lease of a message


class ContactMail:
    """A `ContactGateway`. A mail of which nobody knows whether it was taken goes again: silence is worse than a double."""

    def __init__(self, settings: Settings, on_finished: Callable[[], None] = lambda: None) -> None:
        self._mails = SmtpMail(settings, wake=on_finished, deadline=DEADLINE)

    @property
    def free(self) -> int:
        """How many more messages may be submitted now."""
        return self._mails.free

    def submit(self, job: ContactJob) -> None:
        """Start sending one message."""
        self._mails.submit(MailJob(
            mail_id=job.delivery_id, to_address=job.address, subject=job.title, body=f"{job.body}\n\n{job.url}\n",
            message_id=links.digest(f"contact:{job.delivery_id}:{job.url}")[:32], automatic=True,
        ))

    def finished(self) -> list[tuple[int, Outcome]]:
        """Delivery ids with their outcomes since the last call, each once."""
        return [
            (number, TryAgain(detail=outcome.detail) if isinstance(outcome, Unknown) else outcome)
            for number, outcome in self._mails.finished()
        ]

    def close(self) -> None:
        """Take no more, and wait for what is under way."""
        self._mails.close()
