"""What we tell the tenant: automatic texts, and what a colleague sends. On his own page, and by mail if he gave one.

One client token is one reply, so a double tap or a repeated job says nothing twice.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from webcare_pwa import logs
from webcare_pwa.errors import Invalid
from webcare_pwa.house import House
from webcare_pwa.labels import WORDS
from webcare_pwa.models import audit
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.report import Message, Report
from webcare_pwa.models.situation import Situation
from webcare_pwa.rules import placeholders, wording
from webcare_pwa.rules.facts import fold
from webcare_pwa.steps import mail, progress
from webcare_pwa.steps.composing import working_day

AUTOMATIC, QUICK, FREE, CALL = "automatic", "quick", "free", "call"
NO_ANSWER, SPOKEN = "no_answer", "spoken"
LONGEST = 4000  # signs of one text


def automatic(
    session: Session, incident: Incident, report: Report, template: str, *, now: datetime, house: House,
    extra: tuple[str, str] | None = None, new: bool = False,
) -> Reply | None:
    """Send one of the automatic texts, once per report and template: None when it was sent before.

    `extra` is (Dutch, English) to put behind it, such as the category's safety text; its placeholders are filled too. `new`:
    the case was opened in this transaction, so nobody can have said this before.
    """
    key = f"auto:{template}:{report.id}"
    if not new and _known(session, incident.id, key) is not None:
        return None
    organisation = session.get_one(Organisation, incident.organisation_id)
    text = house.rulebook.automatic[template]
    values = _values(report, organisation, now, house)
    nl, en = (
        wording.fill(_joined(own, more), filled)[0]
        for own, more, filled in zip((text.text_nl, text.text_en), extra or ("", ""), values, strict=True)
    )
    reply = _reply(session, incident.id, report.id, AUTOMATIC, template, (nl, en), None, key, now)
    _mail(session, reply, report, organisation, house, now)
    return reply


def queue(
    session: Session, situation: Situation, *, template: str, text_nl: str, text_en: str, by: int, kind: str,
    token: str, now: datetime, house: House,
) -> Reply:
    """Store what a colleague tells the tenant and queue it for sending. `kind`: quick | free | call.

    Raises `Invalid` for a text that is empty or still has a placeholder in it. A call is not mailed; for one without
    answer (`template` "no_answer") the progress "tenant_called_no_answer" is recorded too.
    """
    known = _known(session, situation.incident.id, token)
    if known is not None:
        return known
    report = situation.reports[0]
    texts = (text_nl.strip(), text_en.strip())
    if kind == CALL:
        texts = (WORDS["call"][template], "")
    check(*texts)
    reply = _reply(session, situation.incident.id, report.id, kind, template, texts, by, token, now)
    if kind != CALL:
        _mail(session, reply, report, situation.organisation, house, now)
    elif template == NO_ANSWER:
        progress.record(session, situation.incident.id, "tenant_called_no_answer", by=by, token=f"{token[:58]}:call", now=now)
    audit.record(session, "reply", "incident", situation.incident.id, now=now, by=by,
                 organisation_id=situation.organisation.id, kind=kind, template=template)
    return reply


def check(text_nl: str, text_en: str) -> None:
    """Raises `Invalid`, per field, for a text that may not be sent like this."""
    fields = {}
    if not text_nl:
        fields["text_nl"] = "Schrijf een antwoord."
    for name, text in (("text_nl", text_nl), ("text_en", text_en)):
        if len(text) > LONGEST:
            fields[name] = f"Dit is te lang. Er passen {LONGEST} tekens in."
        if missing := wording.open_placeholders(text):
            fields[name] = "Vul nog in: " + ", ".join(WORDS["placeholder"].get(each, each) for each in missing) + "."
    if fields:
        raise Invalid("Het antwoord is nog niet verstuurd. Kijk bij de rode regel.", fields)


def mail_state(reply: Reply, *, configured: bool = True) -> str:
    """How the mail of a reply stands, a code of WORDS["mail"]; "" when it was not mailed. Its `mail` must be loaded."""
    if reply.mail is None:
        return ""
    if reply.mail.outcome:
        return reply.mail.outcome
    if not configured:
        return "not_configured"
    return "retrying" if reply.mail.attempts and reply.mail.claimed_by is None else "queued"


def _known(session: Session, incident_id: int, token: str) -> Reply | None:
    """The reply that was made with this token; locks the incident, so that of two taps one comes after the other."""
    session.execute(select(Incident.id).where(Incident.id == incident_id).with_for_update())
    return session.scalar(select(Reply).where(Reply.incident_id == incident_id, Reply.client_token == token))


def _reply(
    session: Session, incident_id: int, report_id: int, kind: str, template: str, texts: tuple[str, str],
    by: int | None, token: str, now: datetime,
) -> Reply:
    reply = Reply(
        incident_id=incident_id, report_id=report_id, person_id=by, kind=kind, template=template, text_nl=texts[0],
        text_en=texts[1], at=now, client_token=token,
    )
    session.add(reply)
    session.flush()
    logs.hop("reply.stored", incident_id=incident_id, reply_id=reply.id, kind=kind, template=template)
    return reply


def _mail(
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


def _values(
    report: Report, organisation: Organisation, now: datetime, house: House
) -> tuple[dict[str, str], dict[str, str]]:
    hours = organisation.hours
    basics = placeholders.Basics(
        organisatie=organisation.name, meldnummer=str(report.id), noodnummer=organisation.emergency_number,
        link=house.case_link(report.id, report.link_version), hours=hours,
        working_day=working_day(hours, now),
    )
    return placeholders.values(basics, (), template="", precondition=None, now=now)


def _joined(own: str, more: str) -> str:
    """`more` behind `own`, unless it opens with it."""
    return more if more.startswith(own) else f"{own} {more}".strip()


def _messages(session: Session, report: Report) -> list[Message]:
    if "messages" not in inspect(report).unloaded:
        return report.messages
    return list(session.scalars(select(Message).where(Message.report_id == report.id).order_by(Message.id)))
