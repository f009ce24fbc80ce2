"""The morning after: the list, accepting, the mail of 07:30, the alarm when nobody looks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.engine import HOUSE
from webcare_pwa.db import Database
from webcare_pwa.models.acceptance import Acceptance
from webcare_pwa.models.alert import Alert
from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.models.person import Person
from webcare_pwa.models.reply import Mail
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import acknowledgement, handover, intake, night, overdue, progress, triage

LEAK: dict[str, Any] = {"category": "lekkage_ernstig", "answers": {"leak_held": "no"}, "name": "mw. Aydın"}
LAMP: dict[str, Any] = {"category": "verlichting_algemeen", "answers": {"dark": "one"}}


def local(text: str) -> datetime:
    """A Dutch winter wall time in UTC."""
    return datetime.fromisoformat(f"{text}+01:00").astimezone(UTC)


def report(session: Session, organisation_id: int, at: str, facts: dict[str, Any]) -> int:
    """A report that was taken up; returns its incident."""
    stored = intake.receive(
        session,
        Inbound(organisation_id, "phone", f"{at} {facts['category']}", raw="{}", text="Help", facts=facts),
        now=local(at),
    )
    triage.take_up_waiting(session, now=local(at), house=HOUSE)
    return session.scalars(select(IncidentReport.incident_id).where(IncidentReport.report_id == stored.id)).one()


def close(session: Session, incident_id: int, by: int, at: str) -> None:
    progress.close(session, incident_id, "solved", by=by, note="", token=f"close {at}", now=local(at))


def listed(session: Session, world: World, at: str, date: str | None = None) -> list[int]:
    nights = night.night_list(
        session, frozenset({world.waterveen}), now=local(at), rulebook=HOUSE.rulebook, at=local(date) if date else None
    )
    return [item.situation.incident.id for each in nights for item in each.items]


def test_the_night_is_what_happened_since_the_office_closed_worst_first(database: Database, world: World) -> None:
    samira = world.people["Samira"]
    with database.write() as session:
        by_day = report(session, world.waterveen, "2026-11-27T11:00", LAMP)
        old = report(session, world.waterveen, "2026-11-27T10:00", LEAK)
        acknowledgement.acknowledge(session, old, by=samira, via="screen", token="a", now=local("2026-11-27T10:01"))
        report(session, world.linde, "2026-11-27T22:00", LEAK)
        solved = report(session, world.waterveen, "2026-11-27T21:00", LEAK)
        close(session, solved, samira, "2026-11-27T22:00")
        lamp = report(session, world.waterveen, "2026-11-27T22:00", LAMP)
        leak = report(session, world.waterveen, "2026-11-28T02:10", LEAK)
        close(session, old, samira, "2026-11-28T03:00")  # an old case that ended this night
    with database.read() as session:
        assert listed(session, world, "2026-11-28T07:30") == [leak, lamp, old, solved]
        assert by_day not in listed(session, world, "2026-11-28T07:30")
        assert listed(session, world, "2026-11-28T07:30", "2026-11-27T12:00") == []


def test_what_nobody_accepted_comes_back_the_next_night(database: Database, world: World) -> None:
    with database.write() as session:
        lamp = report(session, world.waterveen, "2026-11-23T22:00", LAMP)
        gone = report(session, world.waterveen, "2026-11-23T23:00", LAMP)
        handover.accept(session, gone, by=world.people["Kees"], note="", now=local("2026-11-24T08:00"))
    with database.read() as session:
        assert listed(session, world, "2026-11-24T10:00") == [lamp, gone]
        assert listed(session, world, "2026-11-25T07:30") == [lamp]
        assert listed(session, world, "2026-11-25T07:30", "2026-11-24T12:00") == [lamp, gone]


def test_the_list_counts_promises_that_were_not_kept(database: Database, world: World) -> None:
    samira = world.people["Samira"]
    with database.write() as session:
        leak = report(session, world.waterveen, "2026-11-28T02:10", LEAK)
        acknowledgement.acknowledge(session, leak, by=samira, via="screen", token="a", now=local("2026-11-28T02:11"))
        progress.record(
            session, leak, "contractor_eta_recorded", by=samira, party="Loodgieter", token="p",
            promised_at=local("2026-11-28T03:00"), now=local("2026-11-28T02:17"),
        )  # fmt: skip
    with database.read() as session:
        walls = frozenset({world.waterveen})
        (found,) = night.night_list(session, walls, now=local("2026-11-28T07:30"), rulebook=HOUSE.rulebook)
    assert (found.reports, found.late, found.urgent, len(found.waiting)) == (1, 1, 1, 1)
    assert found.items[0].todo == ("ask", "call_tenant")


def test_accepting_twice_is_one_acceptance_and_a_new_round_needs_a_new_one(database: Database, world: World) -> None:
    kees, samira = world.people["Kees"], world.people["Samira"]
    with database.write() as session:
        leak = report(session, world.waterveen, "2026-11-28T02:10", LEAK)
        first = handover.accept(session, leak, by=kees, note=" Bel terug ", now=local("2026-11-28T07:41"))
        again = handover.accept(session, leak, by=world.people["Carla"], note="", now=local("2026-11-28T07:42"))
        assert (first.id, first.person_id, first.note) == (again.id, kees, "Bel terug")
        close(session, leak, samira, "2026-11-28T08:00")
        report_id = session.scalars(select(IncidentReport.report_id).where(IncidentReport.incident_id == leak)).one()
        intake.add(
            session, report_id, external_id="later", raw="", text="Het lekt weer hard", facts={}, now=local("2026-11-28T09:00")
        )
        triage.take_up_waiting(session, now=local("2026-11-28T09:00"), house=HOUSE)
    with database.read() as session:
        walls = frozenset({world.waterveen})
        (found,) = night.night_list(session, walls, now=local("2026-11-28T09:01"), rulebook=HOUSE.rulebook)
        assert [item.accepted for item in found.items] == [False]
    with database.write() as session:
        handover.accept(session, leak, by=kees, note="", now=local("2026-11-28T09:10"))
    with database.read() as session:
        assert len(session.scalars(select(Acceptance)).all()) == 2


def mails(database: Database) -> list[Mail]:
    with database.read() as session:
        return list(session.scalars(select(Mail).where(Mail.key.startswith("morning:")).order_by(Mail.id)))


def test_at_half_past_seven_each_customer_service_person_gets_one_mail(database: Database, world: World) -> None:
    with database.write() as session:
        report(session, world.waterveen, "2026-11-28T02:10", LEAK)
        report(session, world.linde, "2026-11-28T02:20", LAMP)
    for moment, expected in (("07:29:59", 0), ("07:30:00", 2), ("07:30:01", 0), ("11:59:59", 0)):
        with database.write() as session:
            assert handover.morning_mail(session, local(f"2026-11-28T{moment}"), HOUSE) == expected
    found = {mail.to_address: mail for mail in mails(database)}
    assert set(found) == {world.email("Kees"), world.email("Linda")}
    kees = found[world.email("Kees")]
    assert "meldingen: 1" in kees.body and "nog over te nemen: 1" in kees.body and "open met spoed: 1" in kees.body
    assert "http://localhost/handover" in kees.body
    assert "open met spoed: 0" in found[world.email("Linda")].body
    for word in ("Aydın", "lekkage", "Populierenlaan", "Help"):
        assert word not in kees.body + kees.subject
    with database.write() as session:
        assert handover.morning_mail(session, local("2026-11-29T07:30:00"), HOUSE) == 2


def test_after_a_standstill_the_mail_still_goes_in_the_morning_and_not_later(database: Database, world: World) -> None:
    with database.write() as session:
        assert handover.morning_mail(session, local("2026-11-28T12:00:00"), HOUSE) == 0
        assert handover.morning_mail(session, local("2026-11-28T11:00:00"), HOUSE) == 2


def test_in_summer_half_past_seven_is_dutch_time(database: Database, world: World) -> None:
    with database.write() as session:
        assert handover.morning_mail(session, datetime(2026, 7, 1, 5, 29, tzinfo=UTC), HOUSE) == 0
        assert handover.morning_mail(session, datetime(2026, 7, 1, 5, 30, tzinfo=UTC), HOUSE) == 2


def test_a_leaver_gets_no_mail(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        session.get_one(Person, world.people["Kees"]).disabled_at = clock.moment
    with database.write() as session:
        assert handover.morning_mail(session, local("2026-11-28T08:00:00"), HOUSE) == 1


def alarms(session: Session) -> list[tuple[int | None, int]]:
    query = select(Alert.incident_id, Alert.person_id).where(Alert.kind == "alarm", Alert.note == overdue.OVERDUE_NOTE)
    return [(incident, person) for incident, person in session.execute(query)]


@pytest.mark.parametrize(
    ("facts", "act", "alarmed"),
    [(LEAK, "", True), (LAMP, "", False), (LEAK, "accept", False), (LEAK, "close", False)],
)
def test_an_urgent_case_nobody_accepted_alarms_the_coordinator_half_an_hour_after_opening(
    database: Database, world: World, clock: FakeClock, facts: dict[str, Any], act: str, alarmed: bool
) -> None:
    with database.write() as session:
        add_device(session, world.people["Carla"], "https://push.example/carla", clock.moment)
        case = report(session, world.waterveen, "2026-11-30T02:10", facts)  # the night to Monday
        acknowledgement.acknowledge(
            session, case, by=world.people["Samira"], via="screen", token="a", now=local("2026-11-30T02:11")
        )
        if act == "accept":
            handover.accept(session, case, by=world.people["Kees"], note="", now=local("2026-11-30T07:40"))
        if act == "close":
            close(session, case, world.people["Samira"], "2026-11-30T04:00")
    for moment, expected in (("02:45", 0), ("07:59", 0), ("08:29", 0), ("08:30", 1), ("08:31", 1), ("16:59", 1)):
        with database.write() as session:
            overdue.alarm(session, local(f"2026-11-30T{moment}"))
            found = alarms(session)
        assert found == [(case, world.people["Carla"])] * (expected if alarmed else 0), moment


def test_what_came_in_by_day_is_no_handover(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        report(session, world.waterveen, "2026-11-30T08:05", LEAK)
    with database.write() as session:
        assert overdue.alarm(session, local("2026-11-30T09:30")) == 0
    with database.write() as session:  # a Saturday: the office stays closed
        report(session, world.waterveen, "2026-11-28T02:10", LEAK)
        assert overdue.alarm(session, local("2026-11-28T09:30")) == 0
