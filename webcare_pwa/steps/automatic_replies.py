"""What the app tells the tenant by itself, each text once a report."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa.house import House
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.report import Report
from webcare_pwa.rules import placeholders, wording
from webcare_pwa.steps import telling
from webcare_pwa.steps.composing import working_day


def send(
    session: Session, incident: Incident, report: Report, template: str, *, now: datetime, house: House,
    extra: tuple[str, str] | None = None, new: bool = False,
) -> Reply | None:
    """Send one of the automatic texts, once per report and template: None when it was sent before.

    `extra` is (Dutch, English) to put behind it, such as the category's safety text; its placeholders are filled too. `new`:
    the case was opened in this transaction, so nobody can have said this before.
    """
    key = f"auto:{template}:{report.id}"
    if not new and telling.known(session, incident.id, key) is not None:
        return None
    organisation = session.get_one(Organisation, incident.organisation_id)
    text = house.rulebook.automatic[template]
    values = _values(report, organisation, now, house)
    nl, en = (
        wording.fill(_joined(own, more), filled)[0]
        for own, more, filled in zip((text.text_nl, text.text_en), extra or ("", ""), values, strict=True)
    )
    reply = telling.store(session, incident.id, report.id, telling.AUTOMATIC, template, (nl, en), None, key, now)
    telling.by_mail(session, reply, report, organisation, house, now)
    return reply


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
