"""Gathers what the incident page shows. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import Response, make_response, render_template
from sqlalchemy.orm import Session

from webcare_pwa.errors import DutyError, Invalid
from webcare_pwa.models import situations
from webcare_pwa.models.contacts import contacts_for
from webcare_pwa.models.dwelling import Contact
from webcare_pwa.models.in_force import acknowledgements_in_force
from webcare_pwa.models.incident import Refusal
from webcare_pwa.models.person import Person
from webcare_pwa.models.refusals import refusals_of
from webcare_pwa.models.situation import Situation
from webcare_pwa.rules.access import CASE_WORKERS
from webcare_pwa.rules.replies import Candidate, best
from webcare_pwa.steps import composing, unfinished
from webcare_pwa.web import case_lists, outages
from webcare_pwa.web.context import clock, database, house, viewer
from webcare_pwa.web.countdown import Countdown, countdown
from webcare_pwa.web.outages import Outage
from webcare_pwa.web.place import Place, place_of
from webcare_pwa.web.rights import Rights, rights
from webcare_pwa.web.timeline import Entry, timeline
from webcare_pwa.web.told import Told, told


@dataclass(frozen=True)
class Mistake:
    """An act that was not carried out: which form, why, and what was typed in it."""

    form: str
    sentence: str
    fields: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CasePage:
    """Everything on the page of one incident."""

    situation: Situation
    now: datetime
    rights: Rights
    countdown: Countdown | None
    place: Place
    contacts: list[Contact]
    colleagues: list[Person]
    told: list[Told]
    entries: list[Entry]
    quick: list[Candidate]  # the three best quick replies
    refused: bool  # the viewer said "kan niet" in this round
    outage: Outage
    was_second: bool  # the viewer took it too, just after the owner did
    has_opened: bool  # the viewer saw this page in this round before
    update_by: datetime | None  # until when the owner may be silent

    @property
    def receivers(self) -> list[tuple[int, str]]:
        """Whom it can be handed to, for a list."""
        return [(each.id, each.name) for each in self.colleagues]


def gather(session: Session, incident_id: int, organisations: frozenset[int]) -> CasePage:
    """The page of one incident. Raises `NotFound` outside the walls."""
    now = clock().now(session)
    found = situations.load(session, incident_id, organisations, now=now, rulebook=house().rulebook)
    refusals = refusals_of(session, incident_id)
    contacts = contacts_for(
        session, found.organisation.id, found.complex.id if found.complex else None, found.group)
    who = viewer()
    found_replies = composing.for_composer(session, found, now=now, house=house(), by=who.person_id)
    return CasePage(
        situation=found, now=now, rights=rights(who, found), countdown=countdown(found, now), place=place_of(found),
        contacts=contacts, colleagues=_colleagues(found, who.person_id),
        told=told(found.alerts, acknowledgements_in_force(found.incident), refusals),
        entries=timeline(found, refusals), quick=best(found_replies), refused=_refused(found, refusals, who.person_id),
        outage=outages.gather(session, found, now=now),
        was_second=any(each.person_id == who.person_id for each in acknowledgements_in_force(found.incident)[1:]),
        has_opened=unfinished.has_opened(session, incident_id, who.person_id),
        update_by=unfinished.update_by(session, [incident_id], now=now, house=house()).get(incident_id),
    )


def show(incident_id: int, organisations: frozenset[int], *, mistake: Mistake | None = None,
         status: int = 200) -> Response:
    """The whole page; with `mistake` the form that failed is open and still holds what was typed."""
    with database().read() as session:
        page = gather(session, incident_id, organisations)
    html = render_template("incidents/show.html", page=page, now=page.now, mistake=mistake, lists=case_lists,
                           rulebook=house().rulebook)
    return make_response(html, status)


def mistake_of(error: DutyError, form: str, typed: Mapping[str, str]) -> Mistake:
    """What the page must say about an act that a step refused."""
    return Mistake(form, error.message, error.fields if isinstance(error, Invalid) else {}, typed)


def _colleagues(situation: Situation, me: int) -> list[Person]:
    """Who may receive it: enabled, and works on cases of this organisation."""
    return sorted(
        (
            each for each in situation.people.values()
            if each.id != me and each.disabled_at is None and any(
                role.organisation_id == situation.organisation.id and role.role in CASE_WORKERS for role in each.roles)
        ),
        key=lambda each: each.name,
    )


def _refused(situation: Situation, refusals: list[Refusal], me: int) -> bool:
    current = situation.round.id if situation.round else None
    return any(each.person_id == me and each.round_id == current for each in refusals)
