"""Turns a situation into the plain case that ranks and fills the quick replies."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.house import House
from webcare_pwa.models.dwelling import Contact
from webcare_pwa.models.plan import hours_of
from webcare_pwa.models.progress import Progress
from webcare_pwa.models.situation import Situation
from webcare_pwa.rules.hours import Hours, is_open, next_working_day
from webcare_pwa.rules.placeholders import Basics, Fact
from webcare_pwa.rules.replies import Candidate, candidates
from webcare_pwa.rules.reply_case import Case
from webcare_pwa.rules.wall_time import wall

GLASS, MUNICIPALITY = "glass_contact_configured", "municipality_contact_configured"


def for_composer(session: Session, situation: Situation, *, now: datetime, house: House, by: int) -> list[Candidate]:
    """Every quick reply that may be offered to person `by` for this case, filled, best first."""
    book = house.rulebook
    referrals = _referrals(session, situation)
    reopenings = situation.incident.reopenings
    since = reopenings[-1].at if reopenings else situation.incident.opened_at  # what was repaired then is broken again
    case = Case(
        urgency=situation.urgency, group=situation.group, stage=situation.stage,
        basics=_basics(situation, hours_of(session, situation.organisation.id), now, house, by),
        progress=[_fact(situation, each) for each in situation.progress if each.at >= since],
        facts=frozenset({"triage_done", *referrals}), referrals=referrals,
        said=frozenset(reply.text_nl for reply in situation.replies),
    )
    return candidates(case, book.replies.values(), recordable=frozenset(book.progress_facts), now=now)


def _basics(situation: Situation, hours: Hours, now: datetime, house: House, by: int) -> Basics:
    report = situation.reports[0]
    return Basics(
        naam=situation.facts.name, adres=situation.place, complex=situation.complex.name if situation.complex else "",
        medewerker=situation.people[by].first_name, organisatie=situation.organisation.name, meldnummer=str(report.id),
        noodnummer=situation.organisation.emergency_number, link=house.case_link(report.id, report.link_version),
        hours=hours, working_day=working_day(hours, now),
    )


def filled(
    session: Session, situation: Situation, template: str, *, now: datetime, house: House, by: int
) -> tuple[str, str] | None:
    """(Dutch, English) of one quick reply for this case; None when it is not offered or still has something open."""
    if template not in house.rulebook.replies:
        return None
    found = next((each for each in for_composer(session, situation, now=now, house=house, by=by)
                  if each.reply.id == template), None)
    return (found.text_nl, found.text_en) if found and not found.missing else None


def own_values(situation: Situation, house: House) -> dict[str, str]:
    """By what the tenant of this case is known in a text."""
    report = situation.reports[0]
    return {
        "naam": situation.facts.name, "adres": situation.place, "meldnummer": str(report.id),
        "link": house.case_link(report.id, report.link_version),
    }


def working_day(hours: Hours, now: datetime) -> date:
    """The day on which a colleague reads it: today while the office is open, else when it opens next."""
    return wall(now).date() if is_open(hours, now) else next_working_day(hours, now)


def _fact(situation: Situation, row: Progress) -> Fact:
    by = situation.people.get(row.person_id)
    return Fact(row.kind, row.at, row.note, row.party, row.promised_at, by.first_name if by else "")


def _referrals(session: Session, situation: Situation) -> dict[str, tuple[str, str]]:
    """Parties of the contact list to whom a tenant may be referred: the glazier, and the municipality."""
    complex_id = situation.complex.id if situation.complex else None
    found: dict[str, tuple[str, str]] = {}
    rows = session.scalars(
        select(Contact).where(
            Contact.organisation_id == situation.organisation.id,
            Contact.complex_id.is_(None) | (Contact.complex_id == complex_id),
        ).order_by(Contact.complex_id.is_(None), Contact.position, Contact.id)
    )
    for contact in rows:
        kind = _kind(contact)
        if kind:
            found.setdefault(kind, (contact.company, contact.phone))
    return found


def _kind(contact: Contact) -> str:
    if contact.company.casefold().startswith("gemeente"):
        return MUNICIPALITY
    return GLASS if contact.group == "glas_inbraak" else ""
