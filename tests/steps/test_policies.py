"""Changing the escalation of a desk: what it does to the next round, what is written down, and what is refused."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import give_phones, names, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.errors import Invalid, NotFound, NotPossibleNow
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.policy import policy_of
from webcare_pwa.rules.default_policy import DEFAULT_POLICY
from webcare_pwa.rules.escalation import BACKUP, COORDINATOR, FIRST_LINE, POOL, Step
from webcare_pwa.rules.policy import version
from webcare_pwa.steps import policies

QUICK = (Step(0, FIRST_LINE), Step(60, BACKUP), Step(120, COORDINATOR), Step(300, POOL, repeat_every_seconds=120))


def change(
    database: Database, world: World, clock: FakeClock, steps: tuple[Step, ...] = QUICK, *, form: str = "a", seen: str = ""
) -> None:
    with database.write() as session:
        current = version(policy_of(session, world.desk, "spoed"))
        policies.change(session, world.desk, "spoed", steps, seen=seen or current, token=form, by=world.people["Carla"],
                        now=clock.moment)


def entries(database: Database) -> list[AuditEntry]:
    with database.read() as session:
        return list(session.scalars(select(AuditEntry).where(AuditEntry.act == policies.CHANGED).order_by(AuditEntry.id)))


def test_a_running_round_keeps_its_steps(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    change(database, world, clock)
    assert names(engine.pass_time(seconds=100)) == []  # by the new steps Tom would be called by now


def test_a_new_round_follows_the_change(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    change(database, world, clock)
    engine = Engine(database, clock)
    send_report(database, world, clock.moment)
    engine.tick()
    engine.pass_time(minutes=2)
    assert names(engine.push.jobs) == ["Samira", "Tom", "Carla"]


def test_it_is_written_down_with_old_and_new(database: Database, world: World, clock: FakeClock) -> None:
    change(database, world, clock)
    (entry,) = entries(database)
    assert (entry.person_id, entry.subject, entry.subject_id) == (world.people["Carla"], "desk", world.desk)
    assert entry.detail["urgency"] == "spoed"
    assert entry.detail["old"][0] == [0, "first_line", None]
    assert entry.detail["old"][-1] == [900, "pool", 600]
    assert entry.detail["new"] == [
        [0, "first_line", None], [60, "backup", None], [120, "coordinator", None], [300, "pool", 120]]


def test_the_same_form_twice_is_one_change(database: Database, world: World, clock: FakeClock) -> None:
    with database.read() as session:
        seen = version(policy_of(session, world.desk, "spoed"))
    change(database, world, clock, seen=seen)
    change(database, world, clock, seen=seen)
    change(database, world, clock, form="b")  # and what changes nothing is no change
    assert len(entries(database)) == 1


def test_a_colleague_who_was_first_is_not_undone(database: Database, world: World, clock: FakeClock) -> None:
    with database.read() as session:
        seen = version(policy_of(session, world.desk, "spoed"))
    change(database, world, clock)
    with pytest.raises(NotPossibleNow):
        change(database, world, clock, (*QUICK[:2], QUICK[3]), form="b", seen=seen)


def test_what_is_not_safe_is_refused_and_nothing_changes(database: Database, world: World, clock: FakeClock) -> None:
    with pytest.raises(Invalid) as refused:
        change(database, world, clock, QUICK[:3])
    assert "stil als niemand aanneemt" in refused.value.fields["step-2"]
    with database.read() as session:
        assert policy_of(session, world.desk, "spoed") == DEFAULT_POLICY["spoed"]
    assert entries(database) == []


def test_the_default_can_be_put_back(database: Database, world: World, clock: FakeClock) -> None:
    change(database, world, clock)
    for token in ("b", "b", "c"):
        with database.write() as session:
            policies.put_back(session, world.desk, "spoed", token=token, by=world.people["Carla"], now=clock.moment)
    with database.read() as session:
        assert policy_of(session, world.desk, "spoed") == DEFAULT_POLICY["spoed"]
    assert len(entries(database)) == 2


def test_there_are_two_urgencies(database: Database, world: World, clock: FakeClock) -> None:
    with pytest.raises(NotFound), database.write() as session:
        policies.put_back(session, world.desk, "werkdag", token="a", by=1, now=clock.moment)
