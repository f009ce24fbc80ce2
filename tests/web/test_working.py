"""Werktijden of a person: typed, kept, and what the law check makes of them."""

from __future__ import annotations

from datetime import date, time

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.login import login
from tests.web.test_rota import post
from webcare_pwa.db import Database
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.working import LawFact, WorkDay, working_hours
from webcare_pwa.rules.law.person import Span
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.steps import lawfulness

WEEK: dict[str, str | list[str]] = {
    f"{name}-{day}": value for day in range(5) for name, value in (("from", "08:00"), ("to", "17:00"), ("break", "45"))
}


def broken(database: Database, person: int, clock: FakeClock) -> set[str]:
    with database.read() as session:
        period = Span(parse("2026-12-01T00:00"), parse("2026-12-29T00:00"))
        return {each.rule for each in lawfulness.breaches(session, [person], period, now=clock.moment)[person]}


def test_hours_are_kept_and_the_check_uses_them(
    client: FlaskClient, world: World, database: Database, clock: FakeClock
) -> None:
    samira = world.people["Samira"]
    path = f"/people/{samira}/working-hours"
    token = login(client, world, "Carla")
    assert f'href="{path}"' in client.get(f"/people/{samira}").text
    assert "R5" not in broken(database, samira, clock)
    assert post(client, token, path, WEEK).status_code == 303
    assert "R5" in broken(database, samira, clock), "41 hours a week and sixteen nights"
    page = client.get(path).text
    assert page.count('value="08:00"') == 5 and page.count('value="45"') == 5
    later = {**WEEK, "from-4": "", "to-4": "", "break-4": "", "adult_on": "2026-12-15", "elsewhere": "1"}
    assert post(client, token, path, later).status_code == 303
    with database.read() as session:
        assert list(session.scalars(select(WorkDay.weekday))) == [0, 1, 2, 3]
        fact = session.scalars(select(LawFact)).one()
        assert (fact.adult_on, fact.employed, fact.exempt) == (date(2026, 12, 15), False, False)
        assert len(session.scalars(select(AuditEntry).where(AuditEntry.act == "person.working_hours")).all()) == 2
    assert broken(database, samira, clock) == set(), "another employer answers for him"
    post(client, token, path, {"adult_on": "2026-12-15"})
    assert "R1" in broken(database, samira, clock)
    post(client, token, path, {"exempt": "1"})
    assert broken(database, samira, clock) == set()


@pytest.mark.parametrize(("changed", "sentence"), [
    ({"to-0": ""}, "Vul een tijd in, bijvoorbeeld 08:00."), ({"from-3": "acht"}, "Vul een tijd in"),
    ({"break-1": "lang"}, "Vul een aantal minuten in."), ({"break-2": "540"}, "De pauze moet korter zijn dan de werktijd."),
    ({"adult_on": "1 mei"}, "Vul een datum in"),
])  # fmt: skip
def test_what_cannot_be_is_told(
    client: FlaskClient, world: World, database: Database, changed: dict[str, str], sentence: str
) -> None:
    token = login(client, world, "Carla")
    answer = post(client, token, f"/people/{world.people['Tom']}/working-hours", {**WEEK, **changed})
    assert answer.status_code == 422 and sentence in answer.text
    with database.read() as session:
        assert session.scalars(select(WorkDay)).all() == []


@pytest.mark.parametrize(("starts", "ends", "pause", "expected"), [
    (time(8), time(17), 60, (time(12), time(13))), (time(23), time(7), 30, (time(2, 45), time(3, 15))),
    (time(22), time(6), 240, (time(0), time(4))),
])  # fmt: skip
def test_the_break_lies_in_the_middle(starts: time, ends: time, pause: int, expected: tuple[time, time]) -> None:
    row = WorkDay(person_id=1, weekday=0, starts=starts, ends=ends, break_minutes=pause)
    assert working_hours(row).breaks == (expected,)
    none = WorkDay(person_id=1, weekday=0, starts=starts, ends=ends, break_minutes=0)
    assert working_hours(none).breaks == (), "told that there is none"
