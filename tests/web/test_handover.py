"""Overdracht: the list of the night, and accepting it item by item."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.test_handover import LAMP, LEAK, local, report
from tests.web.login import login
from webcare_pwa.db import Database
from webcare_pwa.models.acceptance import Acceptance
from webcare_pwa.steps import acknowledgement, progress


@pytest.fixture
def incidents(database: Database, world: World, clock: FakeClock) -> dict[str, int]:
    """A leak with a promise, a lamp, and a leak of the other organisation; it is 07:36."""
    samira = world.people["Samira"]
    with database.write() as session:
        leak = report(
            session, world.waterveen, "2026-11-28T02:10", {**LEAK, "dwelling_id": world.dwelling, "phone": "06 12345678"}
        )
        lamp = report(session, world.waterveen, "2026-11-28T04:00", LAMP)
        other = report(session, world.linde, "2026-11-28T03:00", LEAK)
        acknowledgement.acknowledge(session, leak, by=samira, via="screen", token="a", now=local("2026-11-28T02:16"))
        progress.record(
            session, leak, "contractor_eta_recorded", by=samira, party="Loodgieter Veenkade", token="p",
            promised_at=local("2026-11-28T03:00"), now=local("2026-11-28T02:17"),
        )  # fmt: skip
        progress.record(
            session, leak, "inspection_recorded", by=samira, note="Leiding van 92", token="q", now=local("2026-11-28T03:12")
        )
    clock.moment = local("2026-11-28T07:36")
    return {"leak": leak, "lamp": lamp, "other": other}


def test_customer_service_sees_what_happened_was_promised_and_is_to_be_done(
    client: FlaskClient, world: World, incidents: dict[str, int]
) -> None:
    login(client, world, "Kees")
    page = client.get("/handover").text
    for words in (
        "Populierenlaan 88",
        "Loodgieter Veenkade om 03:00",
        "Nieuws om 03:12",
        "Leiding van 92",
        "Samira",
        "Nu doen",
        "Bel de huurder",
        "tel:0612345678",
        "mw. Aydın",
        "Verlichting",
    ):
        assert words in page, words
    assert "De Linde" not in page
    assert page.count("<h1") == 1


def test_item_by_item_until_all_is_taken_over(
    client: FlaskClient, database: Database, world: World, incidents: dict[str, int]
) -> None:
    csrf = login(client, world, "Kees")
    page = client.get("/handover").text
    assert f'action="/handover/{incidents["leak"]}"' in page
    for name in ("leak", "leak", "lamp"):  # a double tap is harmless
        answer = client.post(f"/handover/{incidents[name]}", data={"csrf_token": csrf, "client_token": "t"})
        assert (answer.status_code, answer.location) == (303, "/handover")
    page = client.get("/handover").text
    assert "Alles is aangenomen" in page
    assert "Aangenomen 07:36 door u" in page
    assert "Ik neem dit aan" not in page
    with database.read() as session:
        rows = session.scalars(select(Acceptance).order_by(Acceptance.id)).all()
        assert [(row.incident_id, row.person_id) for row in rows] == [
            (incidents["leak"], world.people["Kees"]),
            (incidents["lamp"], world.people["Kees"]),
        ]


def test_another_item_can_be_opened_first(client: FlaskClient, world: World, incidents: dict[str, int]) -> None:
    login(client, world, "Kees")
    page = client.get(f"/handover?incident={incidents['lamp']}").text
    assert f'action="/handover/{incidents["lamp"]}"' in page
    assert f'action="/handover/{incidents["leak"]}"' in client.get("/handover?incident=zomaar").text


def test_an_earlier_night_can_be_looked_up(
    client: FlaskClient, world: World, incidents: dict[str, int], clock: FakeClock
) -> None:
    csrf = login(client, world, "Kees")
    clock.moment = local("2026-12-04T10:00")
    page = client.get("/handover?date=2026-11-30").text
    assert "Populierenlaan 88" in page
    answer = client.post(f"/handover/{incidents['lamp']}", data={"csrf_token": csrf, "date": "2026-11-30"})
    assert answer.location == "/handover?date=2026-11-30"


@pytest.mark.parametrize("date", ["", "gisteren", "2026-13-40", "0001-01-01", "9999-12-31", "2026-11-28' OR 1=1"])
def test_any_date_gives_a_page(client: FlaskClient, world: World, incidents: dict[str, int], date: str) -> None:
    csrf = login(client, world, "Kees")
    assert client.get("/handover", query_string={"date": date}).status_code == 200
    answer = client.post(f"/handover/{incidents['lamp']}", data={"csrf_token": csrf, "date": date})
    assert answer.status_code == 303 and answer.location.startswith("/handover")


def test_the_duty_reads_it_and_accepts_nothing(
    client: FlaskClient, database: Database, world: World, incidents: dict[str, int]
) -> None:
    csrf = login(client, world, "Samira")
    page = client.get("/handover").text
    assert "Populierenlaan 88" in page and "Ik neem dit aan" not in page
    assert client.post(f"/handover/{incidents['leak']}", data={"csrf_token": csrf}).status_code == 403
    with database.read() as session:
        assert session.scalars(select(Acceptance)).all() == []


def test_another_corporations_case_does_not_exist(
    client: FlaskClient, database: Database, world: World, incidents: dict[str, int]
) -> None:
    csrf = login(client, world, "Kees")
    assert client.post(f"/handover/{incidents['other']}", data={"csrf_token": csrf}).status_code == 404
    assert client.post("/handover/999", data={"csrf_token": csrf}).status_code == 404
    with database.read() as session:
        assert session.scalars(select(Acceptance)).all() == []


def test_a_quiet_night_is_said_so(client: FlaskClient, world: World) -> None:
    login(client, world, "Kees")
    assert "Een rustige nacht" in client.get("/handover").text
