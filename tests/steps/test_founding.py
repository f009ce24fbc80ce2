"""Setting up a real installation: desk, organisation, first administrator."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.errors import Invalid
from webcare_pwa.models import organisation as organisations
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.person import Role
from webcare_pwa.models.rota import Line, PolicyStep
from webcare_pwa.rules.default_policy import DEFAULT_POLICY
from webcare_pwa.steps import entry, founding

REAL = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOURS = {0: (time(8), time(17))}


def test_a_desk_has_its_lines_and_the_escalation_as_rows_once(database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        first = founding.desk(session, "Dienst", now=clock.moment).id
    with database.write() as session:
        assert founding.desk(session, "Dienst", now=clock.moment).id == first
        assert session.scalars(select(Line.code).order_by(Line.position)).all() == ["first_line", "backup", "day_line"]
        rows = session.scalars(select(PolicyStep).where(PolicyStep.urgency == "spoed").order_by(PolicyStep.position)).all()
        assert [(row.after_seconds, row.who) for row in rows] == [
            (step.after_seconds, step.who) for step in DEFAULT_POLICY["spoed"]
        ]


@pytest.mark.parametrize(("field", "value"), [
    ("number", ""), ("number", "bel ons"), ("number", "12"), ("slug", ""), ("slug", "Wonen Waterveen"), ("slug", "../x"),
    ("slug", "waterveen"), ("name", " "),
])  # fmt: skip
def test_what_is_missing_is_said(database: Database, clock: FakeClock, field: str, value: str) -> None:
    given = {"slug": "nieuw", "name": "Nieuw", "number": "030 123 45 67", field: value}
    with pytest.raises(Invalid) as refused, database.write() as session:
        desk = founding.desk(session, "Dienst", now=clock.moment)
        founding.organisation(
            session, desk_id=desk.id, slug="waterveen", name="W", number="030 1234567", hours=HOURS, now=clock.moment
        )
        founding.organisation(session, desk_id=desk.id, hours=HOURS, now=clock.moment, **given)
    assert list(refused.value.fields) == [field]
    with database.read() as session:
        assert session.scalars(select(Organisation)).all() == []


def test_the_first_administrator_gets_in_with_his_link(database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        desk = founding.desk(session, "Dienst", now=clock.moment)
        made = founding.organisation(
            session, desk_id=desk.id, slug="nieuw", name="Nieuw", number="+31301234567", hours=HOURS, now=clock.moment
        )
        link = founding.administrator(
            session, made, name="Ada", email=" Ada@nieuw.example", base_url="https://d.example", now=clock.moment, real_now=REAL
        )
        assert made.emergency_number == "030 123 4567"
    with database.read() as session:
        token = link.removeprefix("https://d.example/access/")
        _, person = entry.find(session, token, real_now=REAL + timedelta(days=6))
        assert person.email == "ada@nieuw.example"
        assert session.scalars(select(Role.role)).all() == ["administrator"]


def test_a_number_that_went_missing_is_found_at_the_start(database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        desk = founding.desk(session, "Dienst", now=clock.moment)
        made = founding.organisation(
            session, desk_id=desk.id, slug="nieuw", name="Nieuw", number="030 1234567", hours=HOURS, now=clock.moment
        )
        assert organisations.without_number(session) == []
        made.emergency_number = ""
        session.flush()
        assert organisations.without_number(session) == ["nieuw"]
