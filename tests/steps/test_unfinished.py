"""Acknowledged is not finished: opening, progress, and what a person does that stops the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, SPOED, about_cases, give_phones, names, only_case, send_report
from tests.steps.engine import Engine
from tests.steps.reaching import give_contacts
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert
from webcare_pwa.models.incident import Round
from webcare_pwa.steps import acknowledgement, handover, progress, reassessment, unfinished


@pytest.fixture
def engine(database: Database, world: World, clock: FakeClock) -> Engine:
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    return Engine(database, clock)


class Night:
    """One incident, and what Samira and others do with it."""

    def __init__(self, database: Database, world: World, clock: FakeClock, engine: Engine) -> None:
        self.database, self.world, self.clock, self.engine, self.taps = database, world, clock, engine, 0

    def begins(self, facts: Mapping[str, object] = SPOED) -> None:
        send_report(self.database, self.world, self.clock.moment, facts)
        self.engine.tick()

    def takes(self, name: str = "Samira", via: str = "notification") -> None:
        self.taps += 1
        with self.database.write() as session:
            acknowledgement.acknowledge(session, 1, by=self.world.people[name], via=via, token=f"t{self.taps}",
                                        now=self.clock.moment)

    def opens(self, name: str = "Samira") -> None:
        with self.database.write() as session:
            unfinished.record_opening(session, 1, self.world.people[name], now=self.clock.moment)

    def notes(self, kind: str = "note", name: str = "Samira", promised_at: datetime | None = None) -> None:
        self.taps += 1
        with self.database.write() as session:
            progress.record(session, 1, kind, by=self.world.people[name], note="bezig", promised_at=promised_at,
                            token=f"n{self.taps}", now=self.clock.moment)

    def reasons(self) -> list[str]:
        with self.database.read() as session:
            return list(session.scalars(select(Round.reason).order_by(Round.number)))

    def kinds(self) -> list[str]:
        with self.database.read() as session:
            return list(session.scalars(select(Alert.kind).order_by(Alert.id)))


@pytest.fixture
def night(database: Database, world: World, clock: FakeClock, engine: Engine) -> Night:
    return Night(database, world, clock, engine)


@pytest.mark.parametrize(("facts", "minutes"), [(NOODGEVAL, 3), (SPOED, 10)])
def test_taken_half_asleep_and_not_opened_calls_him_again(night: Night, facts: Mapping[str, object], minutes: int) -> None:
    night.begins(facts)
    night.takes()
    assert night.engine.pass_time(minutes=minutes, seconds=-1) == []
    assert names(night.engine.pass_time(seconds=1)) == ["Samira"]
    assert night.reasons() == ["opened", "unopened"]


def test_the_next_step_follows_when_he_sleeps_on(night: Night) -> None:
    night.begins()
    night.takes()
    night.engine.pass_time(minutes=10)
    assert names(night.engine.pass_time(minutes=5)) == ["Samira", "Samira", "Tom"]


def test_a_backup_who_had_it_is_asked_first_and_then_the_first_line(night: Night) -> None:
    night.begins()
    night.takes("Tom")
    assert names(night.engine.pass_time(minutes=10)) == ["Tom"]
    assert names(night.engine.pass_time(minutes=5)) == ["Tom", "Tom", "Samira"]


def test_who_had_it_and_cannot_be_called_any_more_holds_nothing_up(night: Night) -> None:
    night.begins()
    night.takes("Pieter")  # no phone
    assert names(night.engine.pass_time(minutes=10)) == ["Samira"]


@pytest.mark.parametrize("act", ["screen", "opens", "notes"])
def test_opened_is_opened(night: Night, act: str) -> None:
    night.begins()
    night.takes(via="screen" if act == "screen" else "notification")
    if act == "opens":
        night.opens()
        night.opens()  # a tablet that shows it twice
    elif act == "notes":
        night.notes()
    assert night.engine.pass_time(minutes=29, seconds=59) == []
    assert night.reasons() == ["opened"]


def test_a_colleague_who_looks_does_not_prove_that_the_owner_is_awake(night: Night) -> None:
    night.begins()
    night.takes()
    night.opens("Tom")
    assert names(night.engine.pass_time(minutes=10)) == ["Samira"]


def test_no_progress_is_one_reminder_and_then_a_new_round(night: Night) -> None:
    night.begins()
    night.takes(via="screen")
    assert names(night.engine.pass_time(minutes=30)) == ["Samira"]
    assert night.kinds()[-1] == "reminder"
    assert night.engine.pass_time(minutes=4, seconds=59) == []
    assert names(night.engine.pass_time(seconds=1)) == ["Samira"]
    assert night.reasons() == ["opened", "no_progress"]
    assert names(night.engine.pass_time(minutes=5)) == ["Samira", "Samira", "Tom"]


def test_an_act_after_the_reminder_gives_thirty_minutes_more(night: Night) -> None:
    night.begins()
    night.takes(via="screen")
    night.engine.pass_time(minutes=33)
    night.notes(name="Tom")  # somebody wrote it down: it moves
    assert night.engine.pass_time(minutes=29, seconds=59) == []
    assert names(night.engine.pass_time(seconds=1)) == ["Samira"]
    assert night.reasons() == ["opened"]


def test_a_promised_time_may_be_waited_for_and_ten_minutes_more(night: Night) -> None:
    night.begins()
    night.takes(via="screen")
    night.notes("contractor_eta_recorded", promised_at=night.clock.moment + timedelta(minutes=50))
    assert night.engine.pass_time(minutes=59, seconds=59) == []
    assert names(night.engine.pass_time(seconds=1)) == ["Samira"]


def test_but_never_beyond_the_on_site_deadline(night: Night) -> None:
    night.begins(NOODGEVAL)  # on site within 120 minutes
    night.takes(via="screen")
    night.notes("contractor_eta_recorded", promised_at=night.clock.moment + timedelta(minutes=180))
    assert night.engine.pass_time(minutes=119, seconds=59) == []
    assert names(night.engine.pass_time(seconds=1)) == ["Samira"]


def test_a_new_round_about_work_in_hand_leaves_the_clocks_of_the_tenant_alone(
    night: Night, database: Database, world: World, clock: FakeClock
) -> None:
    night.begins()
    before = {each.kind: each.at for each in only_case(database, world, clock.moment).deadlines}
    night.takes()
    night.engine.pass_time(minutes=11)
    after = {each.kind: each.at for each in only_case(database, world, clock.moment).deadlines}
    assert after["on_site"] == before["on_site"] and after["first_answer"] == before["first_answer"]
    assert after["acknowledge"] == before["acknowledge"] + timedelta(minutes=10)


def test_every_new_round_waits_for_a_new_acknowledgement(night: Night) -> None:
    night.begins()
    for _ in range(3):
        night.takes()
        night.engine.pass_time(minutes=10)
    assert night.reasons() == ["opened", "unopened", "unopened", "unopened"]
    night.takes(via="screen")
    night.engine.pass_time(minutes=34, seconds=59)
    assert len(night.reasons()) == 4


@pytest.mark.parametrize("end", ["closed", "accepted", "lowered"])
def test_what_is_done_is_left_alone(night: Night, database: Database, world: World, clock: FakeClock, end: str) -> None:
    night.begins()
    night.takes()
    with database.write() as session:
        if end == "closed":
            progress.close(session, 1, "solved", by=world.people["Samira"], note="", token="c", now=clock.moment)
        elif end == "accepted":
            handover.accept(session, 1, by=world.people["Kees"], note="", now=clock.moment)
        else:
            reassessment.change_urgency(session, 1, "werkdag", by=world.people["Tom"], reason="kan wachten",
                                        now=clock.moment, house=night.engine.worker.house)
    assert night.engine.pass_time(minutes=60) == []


def test_in_office_hours_it_is_the_days_and_at_closing_time_the_half_hour_begins_anew(night: Night, clock: FakeClock) -> None:
    clock.moment = datetime(2026, 11, 30, 6, 58, tzinfo=UTC)  # Monday 07:58
    night.begins()
    night.takes("Tom")  # on Monday at 08:00 the first line becomes Tom's
    assert night.engine.pass_time(minutes=20) == []
    clock.moment = datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC)
    night.engine.tick()
    assert "reminder" not in night.kinds() and night.reasons() == ["opened"]
    clock.moment = datetime(2026, 11, 30, 16, 29, 50, tzinfo=UTC)
    assert "Tom" not in names(about_cases(night.engine.tick()))
    assert "Tom" in names(about_cases(night.engine.pass_time(seconds=10)))
    assert night.kinds()[-1] == "reminder"


def test_who_keeps_working_is_never_paged(night: Night) -> None:
    night.begins()
    night.takes(via="screen")
    for _ in range(8):
        assert night.engine.pass_time(minutes=29) == []
        night.notes()
    assert night.reasons() == ["opened"]


@pytest.mark.parametrize(("act", "sent"), [("notes", 0), ("opens", 1)])
def test_a_reminder_that_waits_is_not_sent_after_a_later_act(night: Night, clock: FakeClock, act: str, sent: int) -> None:
    """The phone does not answer, so the SMS would follow 30 seconds later; by then she wrote down how it stands."""
    give_contacts(night.database, night.world, clock.moment, "Samira", "+31612345601")
    night.begins()
    night.takes()
    night.opens()
    night.notes()
    night.engine.pass_time(minutes=30)
    assert night.kinds()[-1] == "reminder"
    before = len(night.engine.contacts.jobs)
    night.engine.pass_time(seconds=10)
    getattr(night, act)()
    night.engine.pass_time(seconds=25)
    assert len(night.engine.contacts.jobs) - before == sent
