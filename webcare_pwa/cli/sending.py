"""Sends ready jobs straight through the gateways and waits for what comes of them, with no worker and no rows."""

from __future__ import annotations

from threading import Event
from typing import Any

from webcare_pwa import logs
from webcare_pwa.cli.contact_gateways import contact_gateways
from webcare_pwa.clock import monotonic
from webcare_pwa.gateways.mail import SmtpMail
from webcare_pwa.gateways.webpush import WebPushGateway
from webcare_pwa.ports import Delivered, MailJob, MailOutcome, TryAgain
from webcare_pwa.settings import Settings
from webcare_pwa.steps.alarm_messages import Messages

ROUNDS = 3  # a service that says "later" is asked again
PAUSE = 5.0  # seconds between them
PATIENCE = 50.0  # seconds for one round: a mail may take 45

Work = tuple[Any, list[Any]]  # a gateway and jobs for it


def send_all(messages: Messages, settings: Settings) -> tuple[int, int]:
    """How many of how many messages a service took."""
    done = Event()
    push, mails = WebPushGateway(settings, done.set), SmtpMail(settings, wake=done.set)
    contacts = contact_gateways(settings, done.set)
    letters = messages.mail if settings.mail_host else []
    taken, tried = 0, len(messages.push) + len(messages.contacts) + len(letters)
    left: list[Work] = [(push, messages.push), (contacts, messages.contacts), (mails, letters)]
    try:
        for _round in range(ROUNDS):
            got, left = _round_of(left, done)
            taken += got
            if not any(jobs for _gateway, jobs in left):
                break
            Event().wait(PAUSE)
    finally:
        push.close()
        contacts.close()
        mails.close()
    return taken, tried


def _round_of(work: list[Work], done: Event) -> tuple[int, list[Work]]:
    """Submit everything at once, then wait. Returns how many were taken, and what to try again."""
    for gateway, jobs in work:
        for job in jobs:
            gateway.submit(job)
    end, taken, again = monotonic() + PATIENCE, 0, []
    for gateway, jobs in work:
        outcomes = _outcomes(gateway, len(jobs), done, end)
        taken += sum(isinstance(each, Delivered) for each in outcomes.values())
        again.append((gateway, [job for job in jobs if isinstance(outcomes.get(_number(job)), TryAgain)]))
    return taken, again


def _outcomes(gateway: Any, wanted: int, done: Event, end: float) -> dict[int, MailOutcome]:
    """What came back of that many jobs, until the patience ends."""
    found: dict[int, MailOutcome] = {}
    while True:
        found |= gateway.finished()
        if len(found) >= wanted or monotonic() > end:
            break
        done.wait(0.2)
        done.clear()
    for outcome in found.values():
        logs.hop("alarm.message", outcome=type(outcome).__name__, detail=outcome.detail)
    return found


def _number(job: Any) -> int:
    return int(job.mail_id if isinstance(job, MailJob) else job.delivery_id)
