"""What a colleague tells the tenant: on his own page, and by mail if he gave an address.

One client token is one reply, so a double tap or a repeated job says nothing twice.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid
from webcare_pwa.house import House
from webcare_pwa.labels import WORDS
from webcare_pwa.models import audit
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.situation import Situation
from webcare_pwa.rules import wording
from webcare_pwa.steps import progress, telling

QUICK, FREE, CALL = "quick", "free", "call"
NO_ANSWER, SPOKEN = "no_answer", "spoken"
LONGEST = 4000  # signs of one text


def queue(
    session: Session, situation: Situation, *, template: str, text_nl: str, text_en: str, by: int, kind: str,
    token: str, now: datetime, house: House,
) -> Reply:
    """Store what a colleague tells the tenant and queue it for sending. `kind`: quick | free | call.

    Raises `Invalid` for a text that is empty or still has a placeholder in it. A call is not mailed; for one without
    answer (`template` "no_answer") the progress "tenant_called_no_answer" is recorded too.
    """
    known = telling.known(session, situation.incident.id, token)
    if known is not None:
        return known
    report = situation.reports[0]
    texts = (text_nl.strip(), text_en.strip())
    if kind == CALL:
        texts = (WORDS["call"][template], "")
    check(*texts)
    reply = telling.store(session, situation.incident.id, report.id, kind, template, texts, by, token, now)
    if kind != CALL:
        telling.by_mail(session, reply, report, situation.organisation, house, now)
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
