"""Mails that carry an access link: the invitation, and the reset that a colleague or he himself asks for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa import letters, links
from webcare_pwa.clock import local
from webcare_pwa.models import audit
from webcare_pwa.models import person as people
from webcare_pwa.models.person import Person
from webcare_pwa.steps import entry, mail


def send_reset(session: Session, person: Person, *, base_url: str, by: int | None, now: datetime, real_now: datetime) -> str:
    """Make a reset link and mail it to the person; returns its address, for a screen that may show it."""
    token = entry.make(session, person, "reset", by=by, now=now, real_now=real_now)
    address = f"{base_url}/access/{token}"
    letter = letters.write("reset", name=person.first_name, link=address, until=_clock(real_now + entry.LIFE["reset"]))
    _mail(session, token, person, letter, now)
    return address


def send_invitation(
    session: Session, person: Person, *, organisation: str, by: Person, base_url: str, now: datetime, real_now: datetime
) -> str:
    """Make an invitation and mail it; returns its address."""
    token = entry.make(session, person, "invite", by=by.id, now=now, real_now=real_now)
    address = f"{base_url}/access/{token}"
    letter = letters.write(
        "invite",
        name=person.first_name,
        by=by.name,
        organisation=organisation,
        link=address,
        until=f"{local(real_now + entry.LIFE['invite']):%d-%m-%Y}",
    )
    _mail(session, token, person, letter, now)
    return address


def forgotten(session: Session, email: str, *, base_url: str, now: datetime, real_now: datetime) -> None:
    """Somebody asks for a reset by himself. Writes as much for an unknown address, so that the answer takes as long."""
    person = people.by_email(session, email)
    if person and not person.disabled_at:
        send_reset(session, person, base_url=base_url, by=None, now=now, real_now=real_now)
    else:
        audit.record(session, "reset_for_nobody", "person", None, now=now)


def _mail(session: Session, token: str, person: Person, letter: letters.Letter, now: datetime) -> None:
    mail.queue_mail(
        session,
        key=f"access:{links.digest(token)[:40]}",
        to=person.email,
        subject=letter.subject,
        body=letter.body,
        now=now,
    )


def _clock(moment: datetime) -> str:
    return f"{local(moment):%H:%M}"
