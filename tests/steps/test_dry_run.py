"""The dry run says what the paging does: each test plays it, and then lets the real worker do it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.builders import World, add_device
from tests.fakes import FakeClock
from tests.steps.cases import NOODGEVAL, SPOED, give_phones, send_report
from tests.steps.engine import Engine
from webcare_pwa.db import Database
from webcare_pwa.models.alert import Alert, Escalation
from webcare_pwa.models.plan import names_of
from webcare_pwa.rules.escalation import NOT_NEEDED, POOL
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import contact_methods
from webcare_pwa.steps.dry_run import DryRun, dry_run

Said = list[tuple[int, str, str, frozenset[str]]]  # second, who, outcome, names


def said(database: Database, world: World, urgency: str, at: datetime) -> Said:
    """What the dry run says."""
    return [
        (round((each.step.due_at - at).total_seconds()), each.step.step.who, "empty" if each.is_empty else "paged",
         frozenset(person.name for person in each.people if person.devices or person.contacts))
        for each in played(database, world, urgency, at).steps
    ]


def played(database: Database, world: World, urgency: str, at: datetime) -> DryRun:
    with database.read() as session:
        return dry_run(session, world.waterveen, urgency, at)


def done(database: Database, at: datetime) -> Said:
    """What the worker did, up to the first time that it called everybody."""
    found: Said = []
    with database.read() as session:
        for row in session.scalars(select(Escalation).where(Escalation.outcome != NOT_NEEDED).order_by(Escalation.id)):
            people = session.scalars(select(Alert.person_id).where(Alert.escalation_id == row.id)).all()
            names = frozenset(names_of(session, people).values())
            found.append((round((row.at - at).total_seconds()), row.who, row.outcome, names))
            if row.who == POOL:
                break
    return found


@pytest.mark.parametrize("phones", [("Samira", "Tom", "Pieter", "Carla"), ("Samira", "Carla"), ("Tom",), ("Pieter",)])
@pytest.mark.parametrize(("urgency", "facts", "minutes"), [("spoed", SPOED, 16), ("noodgeval", NOODGEVAL, 9)])
def test_it_says_what_the_worker_does(
    database: Database, world: World, clock: FakeClock, urgency: str, facts: dict[str, object], minutes: int,
    phones: tuple[str, ...],
) -> None:  # fmt: skip
    give_phones(database, world, clock.moment, *phones)
    at = clock.moment
    expected = said(database, world, urgency, at)
    assert expected[-1][1] == POOL
    engine = Engine(database, clock)
    send_report(database, world, at, facts)
    engine.tick()
    engine.pass_time(minutes=minutes)
    assert done(database, at) == expected


def test_a_moment_ahead_knows_the_shift_that_ends_in_the_middle(database: Database, world: World, clock: FakeClock) -> None:
    give_phones(database, world, clock.moment, "Samira", "Tom", "Carla")
    clock.moment = parse("2026-11-30T07:58")  # Samira hands over to Tom at 08:00, and the office opens
    expected = said(database, world, "noodgeval", clock.moment)
    assert [(who, names) for _, who, _, names in expected[:2]] == [
        ("first_line", frozenset({"Samira de Vries"})), ("first_line", frozenset({"Samira de Vries"}))]
    engine = Engine(database, clock)
    at = clock.moment
    send_report(database, world, at, NOODGEVAL)
    engine.tick()
    engine.pass_time(minutes=9)
    assert done(database, at) == expected


def test_spoed_waits_while_the_office_is_open(database: Database, world: World, clock: FakeClock) -> None:
    run = played(database, world, "spoed", parse("2026-12-01T10:00"))
    assert (run.waits, run.steps) == (True, [])
    assert not played(database, world, "noodgeval", parse("2026-12-01T10:00")).waits


def test_devices_and_contacts_with_when_they_follow(database: Database, world: World, clock: FakeClock) -> None:
    samira = world.people["Samira"]
    with database.write() as session:
        add_device(session, samira, "https://fcm.googleapis.com/s", clock.moment)
        add_device(session, world.people["Tom"], "https://fcm.googleapis.com/t", clock.moment, waking=False)
        contact_methods.add(session, samira, "mail", {"email": "s@corporatie.example"}, offered=("mail",), now=clock.moment)
    spoed = played(database, world, "spoed", clock.moment).steps
    (her,) = spoed[0].people
    assert (her.wakes, her.devices) == (True, [("Telefoon", True)])
    assert [due - clock.moment for _, due in her.contacts] == [timedelta(seconds=30)]
    noodgeval = played(database, world, "noodgeval", clock.moment).steps
    assert [due - clock.moment for _, due in noodgeval[0].people[0].contacts] == [timedelta()]
    backup = next(each for each in spoed if each.step.step.who == "backup")
    assert (backup.is_empty, backup.people[0].wakes, backup.people[0].devices) == (True, False, [("Telefoon", False)])


def test_with_nobody_at_all_every_step_is_empty_at_once(database: Database, world: World, clock: FakeClock) -> None:
    run = played(database, world, "noodgeval", clock.moment)
    assert run.empty == len(run.steps)
    assert {each.step.due_at for each in run.steps} == {clock.moment}
