"""What the tenant and we said to each other about one incident, and what became of the mails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webcare_pwa.models.situation import Situation
from webcare_pwa.steps.replies import mail_state
from webcare_pwa.web.context import settings


@dataclass(frozen=True)
class Said:
    """One message of the tenant (`who` is "") or one reply of ours, by first name or "" when the app sent it."""

    at: datetime
    text: str
    by_tenant: bool
    who: str = ""
    mail: str = ""  # code of WORDS["mail"]
    reply_id: int = 0


def conversation(situation: Situation) -> list[Said]:
    """What was said, newest first."""
    said = [
        Said(message.received_at, message.text, by_tenant=True)
        for report in situation.reports for message in report.messages
    ]
    for reply in situation.replies:
        person = situation.people.get(reply.person_id or 0)
        state = mail_state(reply, configured=bool(settings().mail_host))
        said.append(Said(reply.at, reply.text_nl, False, person.first_name if person else "", state, reply.id))
    return sorted(said, key=lambda each: each.at, reverse=True)
