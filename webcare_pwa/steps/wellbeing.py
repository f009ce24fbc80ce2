"""What the health screen says: the service itself, its last self-test, what push services and others answered, what of the
viewer's people is broken, the gaps ahead, and restores. Reads only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models import plan, vitals
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.device import Device
from webcare_pwa.models.guard import ProviderFault, Restore, SelfTest, open_faults
from webcare_pwa.models.live_contacts import live_contacts
from webcare_pwa.models.live_devices import live_devices
from webcare_pwa.models.person import working_in
from webcare_pwa.rules.push_endpoints import service_of
from webcare_pwa.rules.selftest import HOPS
from webcare_pwa.rules.watching import SILENT_AFTER, WAITED_TOO_LONG
from webcare_pwa.steps import rota
from webcare_pwa.steps.broken import name_of
from webcare_pwa.steps.figures import AHEAD

OUTSIDE_SILENT_AFTER = timedelta(minutes=5)  # five calls that nobody heard


@dataclass(frozen=True)
class Line:
    """One thing that is looked at; `code` of WORDS["health"]. `since`: for how long, None when there is nothing to say."""

    code: str
    is_well: bool
    count: int = 0
    since: timedelta | None = None


@dataclass(frozen=True)
class Answers:
    """What one service answered in the last day: how often it took a message, and the other outcomes by code. `service` is
    a code of WORDS["service"] for a push service, else of WORDS["contact_kind"] (`is_push` tells which)."""

    is_push: bool
    service: str
    taken: int
    others: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Wellbeing:
    """Everything on the screen. `broken`: (person id, name, what of his does not work)."""

    lines: tuple[Line, ...]
    outside: datetime | None  # when the dead-man service last heard us, real clock; None: never
    outside_is_well: bool
    self_test: SelfTest | None
    answers: tuple[Answers, ...]
    broken: tuple[tuple[int, str, str], ...]
    gaps: tuple[rota.Gap, ...]
    names: dict[int, str]
    restores: tuple[Restore, ...]
    faults: tuple[ProviderFault, ...]  # services that refuse this installation

    @property
    def hops(self) -> list[tuple[str, float]]:
        """Of the last self-test, in order."""
        times = self.self_test.hops if self.self_test else {}
        return [(hop, times[hop]) for hop in HOPS if hop in times]

    @property
    def is_well(self) -> bool:
        """Is there nothing to repair in the service itself?"""
        tested = self.self_test is None or not self.self_test.failed
        return tested and not self.faults and all(line.is_well for line in self.lines) and self.outside_is_well


def wellbeing(
    session: Session, organisations: frozenset[int], *, now: datetime, real_now: datetime, watched_outside: bool
) -> Wellbeing:
    """The screen of somebody who plans for these organisations; `watched_outside`: is a dead-man service set up?"""
    heard = session.get(Heartbeat, "deadman")
    gaps = [gap for desk in plan.desks_for(session, organisations) for gap in rota.gaps(session, desk.id, now, now + AHEAD)]
    return Wellbeing(
        lines=tuple(_lines(session, now, real_now)), outside=heard.at if heard else None,
        outside_is_well=not watched_outside or (heard is not None and real_now - heard.at <= OUTSIDE_SILENT_AFTER),
        self_test=vitals.last_self_test(session), answers=_answers(session, now), broken=_broken(session, organisations),
        gaps=tuple(gaps), names=plan.names_of(session, {gap.person_id for gap in gaps if gap.person_id is not None}),
        faults=tuple(open_faults(session)),
        restores=tuple(session.scalars(select(Restore).order_by(Restore.id.desc()).limit(5))),
    )


def _lines(session: Session, now: datetime, real_now: datetime) -> list[Line]:
    age = vitals.heartbeat_age(session, real_now)
    silence = None if age is None else timedelta(seconds=age)
    lines = [Line("worker", silence is not None and silence <= SILENT_AFTER, since=silence)]
    for code, queue in (
        ("messages", vitals.waiting_messages(session, now)), ("deliveries", vitals.due_deliveries(session, now)),
        ("mails", vitals.waiting_mails(session, now)),
    ):
        waits = timedelta(seconds=queue.oldest)
        limit = timedelta(hours=1) if code == "mails" else WAITED_TOO_LONG
        lines.append(Line(code, waits <= limit, queue.waiting, waits if queue.waiting else None))
    return lines


def _answers(session: Session, now: datetime) -> tuple[Answers, ...]:
    """By push service and kind of contact, the busiest first. Only counts: they say nothing about anybody."""
    query = (
        select(Device.endpoint, ContactMethod.kind, Delivery.outcome).select_from(Delivery)
        .join(Alert, Alert.id == Delivery.alert_id).outerjoin(Device, Device.id == Delivery.device_id)
        .outerjoin(ContactMethod, ContactMethod.id == Delivery.contact_method_id)
        .where(Delivery.created_at > now - vitals.RECENT, Delivery.outcome.is_not(None), Delivery.outcome != "superseded",
               vitals.of_real_cases())
    )
    found: dict[tuple[bool, str], Counter[str]] = {}
    for endpoint, kind, outcome in session.execute(query):
        service = service_of(urlsplit(endpoint).hostname or "") if endpoint else str(kind)
        found.setdefault((bool(endpoint), service), Counter())[str(outcome)] += 1
    ordered = sorted(found.items(), key=lambda each: (-each[1].total(), each[0]))
    return tuple(
        Answers(*service, counts["accepted"], tuple(sorted((code, n) for code, n in counts.items() if code != "accepted")))
        for service, counts in ordered
    )


def _broken(session: Session, organisations: frozenset[int]) -> tuple[tuple[int, str, str], ...]:
    """Devices and contact methods of people who work there that failed for good."""
    people = {each.id: each.name for each in working_in(session, organisations) if each.disabled_at is None}
    devices, contacts = live_devices(session, people), live_contacts(session, people)
    alive = {each.id for mine in devices.values() for each in mine}
    works = {each.id for mine in contacts.values() for each in mine}
    registered = session.scalars(select(Device).where(Device.person_id.in_(people), Device.removed_at.is_(None)))
    methods = session.scalars(
        select(ContactMethod).where(ContactMethod.person_id.in_(people), ContactMethod.removed_at.is_(None))
    )
    found = [(each.person_id, people[each.person_id], each.name) for each in registered if each.id not in alive]
    found += [(each.person_id, people[each.person_id], name_of(each)) for each in methods if each.id not in works]
    return tuple(sorted(found, key=lambda each: each[1:]))
