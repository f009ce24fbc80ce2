"""One reply to a tenant: a row on his own page, and a mail when he gave an address. One client token is one reply."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.house import House
from webcare_pwa.labels import WORDS
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.report import Message, Report
from webcare_pwa.rules.facts import fold
from webcare_pwa.steps import mail

AUTOMATIC = "automatic"


def known(session: Session, incident_id: int, token: str) -> Reply | None:
    """The reply that was made with this token; locks the incident, so that of two taps one comes after the other."""
    session.execute(select(Incident.id).where(Incident.id == incident_id).with_for_update())
    return session.scalar(select(Reply).where(Reply.incident_id == incident_id, Reply.client_token == token))


def store(
    session: Session, incident_id: int, report_id: int, kind: str, template: str, texts: tuple[str, str],
    by: int | None, token: str, now: datetime,
) -> Reply:
    """Write the reply. `texts` are (Dutch, English); `by` None: the app itself."""
    reply = Reply(
        incident_id=incident_id, report_id=report_id, person_id=by, kind=kind, template=template, text_nl=texts[0],
        text_en=texts[1], at=now, client_token=token,
    )
    session.add(reply)
    session.flush()
    logs.hop("reply.stored", incident_id=incident_id, reply_id=reply.id, kind=kind, template=template)
    return reply


def by_mail(
    session: Session, reply: Reply, report: Report, organisation: Organisation, house: House, now: datetime
) -> None:
    """By mail too, when the tenant gave an address."""
    facts = fold((each.text, each.facts) for each in _messages(session, report))
    if not facts.email:
        return
    letter = WORDS["tenant_mail"]
    texts = {"text": reply.text_nl, "text_en": reply.text_en}
    frame = {
        "number": report.id, "organisation": organisation.name, "emergency_number": organisation.emergency_number,
        "link": house.case_link(report.id, report.link_version),
    }
    mail.queue_mail(
        session, key=f"reply:{reply.id}", to=facts.email, subject=letter["subject"].format(**frame),
        body=letter["body_with_english" if reply.text_en else "body"].format(**texts, **frame), now=now,
        reply_id=reply.id, automatic=reply.kind == AUTOMATIC,
    )


def _messages(session: Session, report: Report) -> list[Message]:
    if "messages" not in inspect(report).unloaded:
        return report.messages
    return list(session.scalars(select(Message).where(Message.report_id == report.id).order_by(Message.id)))
