"""From message to verdict, incident and texts; additions; changes by a person; rules that fail."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, SPOED, WERKDAG, add_message, give_phones, names, only_case, send_report
from tests.steps.engine import HOUSE, Engine
from webcare_pwa.db import Database
from webcare_pwa.errors import Invalid, NotPossibleNow
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.report import Message, Report
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import acknowledgement, assessment, intake, progress, reassessment


def take(database: Database, world: World, clock: FakeClock, name: str = "Samira") -> int:
    case = only_case(database, world, clock.moment)
    with database.write() as session:
        acknowledgement.acknowledge(
            session, case.incident.id, by=world.people[name], via="screen", token=name, now=clock.moment
        )
    return case.incident.id


def templates(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Reply.template).order_by(Reply.id)))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (NOODGEVAL, ["auto_gevaar", "auto_ontvangst_spoed"]),
        (SPOED, ["auto_ontvangst_spoed"]),
        (WERKDAG, ["auto_ontvangst_werkdag"]),
        ({"category": "geen_storing", "answers": {"now_broken": "no"}}, ["auto_ontvangst_dag"]),
    ],
)
def test_the_tenant_gets_the_automatic_texts_of_the_data(
    database: Database, world: World, clock: FakeClock, facts: dict[str, object], told: list[str]
) -> None:
    engine = Engine(database, clock)
    give_phones(database, world, clock.moment, "Samira")
    send_report(database, world, clock.moment, facts)
    engine.tick()
    assert templates(database) == told


def test_the_same_report_twice_is_one_report_and_another_text_is_an_addition(
    database: Database, world: World, clock: FakeClock
) -> None:
    for text in ("Deur kapot", "Deur kapot", "Ik ruik ook gas"):
        with database.write() as session:
            intake.receive(session, Inbound(world.waterveen, "api", "k", text, text, dict(SPOED)), now=clock.moment)
    with database.read() as session:
        assert session.scalar(select(func.count(Report.id))) == 1
        assert session.scalars(select(Message.kind).order_by(Message.id)).all() == ["report", "addition"]
    Engine(database, clock).tick()
    assert only_case(database, world, clock.moment).urgency == "noodgeval"


def test_when_the_rules_fail_the_report_still_wakes_somebody(
    database: Database, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("the clever part failed")

    monkeypatch.setattr(assessment, "judge", broken)
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    engine.tolerant = True
    send_report(database, world, clock.moment, WERKDAG)
    assert names(engine.tick()) == ["Samira"]
    case = only_case(database, world, clock.moment)
    assert case.urgency == "spoed" and case.verdict.reasons == [assessment.FAILED_REASON]


def test_danger_in_an_addition_raises_and_starts_a_new_round(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    number = send_report(database, world, clock.moment)
    engine.tick()
    take(database, world, clock)
    add_message(database, number, clock.moment, "Er is nu brand in de keuken!")
    assert names(engine.tick()) == ["Samira"]
    case = only_case(database, world, clock.moment)
    assert case.urgency == "noodgeval" and case.owner is None and case.is_alerting
    assert "auto_gevaar" in templates(database)


def test_an_addition_reaches_the_owner(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom")
    engine = Engine(database, clock)
    number = send_report(database, world, clock.moment)
    engine.tick()
    take(database, world, clock, "Tom")
    add_message(database, number, clock.moment, "Ik woon op de derde verdieping.")
    assert names(engine.tick()) == ["Tom"]
    assert only_case(database, world, clock.moment).owner is not None


def test_nothing_but_thanks_calls_nobody(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    number = send_report(database, world, clock.moment)
    engine.tick()
    take(database, world, clock)
    add_message(database, number, clock.moment, "Dank u wel!")
    assert engine.tick() == []


def test_an_addition_to_a_closed_case_reopens_and_pages(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    number = send_report(database, world, clock.moment, WERKDAG)
    engine.tick()
    incident = only_case(database, world, clock.moment).incident.id
    with database.write() as session:
        progress.close(session, incident, "solved", by=world.people["Tom"], note="", token="c", now=clock.moment)
    clock.move(minutes=1)
    add_message(database, number, clock.moment, "Het lekt toch nog steeds.")
    assert names(engine.tick()) == ["Samira"]
    case = only_case(database, world, clock.moment)
    assert case.is_open and case.urgency == "spoed"


def test_an_addition_without_owner_to_a_waiting_case_is_spoed_at_night(
    database: Database, world: World, clock: FakeClock
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    number = send_report(database, world, clock.moment, WERKDAG)
    assert engine.tick() == []
    add_message(database, number, clock.moment, "Het wordt nu wel veel meer water.")
    assert names(engine.tick()) == ["Samira"]


def test_lowering_a_noodgeval_needs_a_reason_and_tells_the_tenant(
    database: Database, world: World, clock: FakeClock
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment, NOODGEVAL)
    engine.tick()
    incident = take(database, world, clock)
    with pytest.raises(Invalid), database.write() as session:
        reassessment.change_urgency(
            session, incident, "werkdag", by=world.people["Samira"], reason=" ", now=clock.moment, house=HOUSE
        )
    with database.write() as session:
        reassessment.change_urgency(
            session, incident, "spoed", by=world.people["Samira"], reason="Netbeheerder was er.", now=clock.moment, house=HOUSE
        )
    case = only_case(database, world, clock.moment)
    assert case.urgency == "spoed" and case.verdict.by_id == world.people["Samira"]
    assert templates(database)[-1] == "auto_lager"


def test_he_who_raises_what_he_owns_keeps_it_and_others_start_a_round(
    database: Database, world: World, clock: FakeClock
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    incident = take(database, world, clock)
    with database.write() as session:
        reassessment.change_urgency(
            session, incident, "noodgeval", by=world.people["Samira"], reason="", now=clock.moment, house=HOUSE
        )
    case = only_case(database, world, clock.moment)
    assert case.owner is not None and case.owner.id == world.people["Samira"] and engine.tick() == []


def test_the_urgency_of_a_closed_incident_stays_and_calls_nobody(
    database: Database, world: World, clock: FakeClock
) -> None:
    give_phones(database, world, clock.moment, "Samira")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    incident, samira = take(database, world, clock), world.people["Samira"]
    with database.write() as session:
        progress.close(session, incident, "solved", by=samira, note="", token="c", now=clock.moment)
    with pytest.raises(NotPossibleNow), database.write() as session:
        reassessment.change_urgency(session, incident, "noodgeval", by=samira, reason="", now=clock.moment, house=HOUSE)
    assert engine.tick() == [] and only_case(database, world, clock.moment).urgency == "spoed"
