"""What people do to an incident: taking it, refusing it, closing it, and who may not."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.acting import Browser, rows
from tests.web.night import Night
from webcare_pwa.db import Database
from webcare_pwa.models.incident import Acknowledgement, Closure, Incident, Refusal, Reopening
from webcare_pwa.models.progress import Progress
from webcare_pwa.models.report import Verdict
from webcare_pwa.models.transfer import Transfer

ACTS = ("acknowledgement", "refusal", "transfers", "progress", "urgency", "closure", "reopening")


@pytest.fixture
def night(database: Database, world: World, clock: FakeClock) -> Night:
    return Night(database, world, clock)


@pytest.fixture
def incident(night: Night) -> int:
    return night.report()


@pytest.fixture
def samira(app: Flask, world: World) -> Browser:
    return Browser(app, world, "Samira")


@pytest.fixture
def tom(app: Flask, world: World) -> Browser:
    return Browser(app, world, "Tom")


def test_taking_it_twice_is_one_acknowledgement(night: Night, incident: int, samira: Browser) -> None:
    for _ in range(2):
        answer = samira.does(incident, "acknowledgement", client_token="same")
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/incidents/{incident}"
    assert [each.via for each in rows(night, Acknowledgement)] == ["screen"]


def test_htmx_is_told_to_go_to_the_page(incident: int, samira: Browser) -> None:
    answer = samira.client.post(f"/incidents/{incident}/acknowledgement", headers={"HX-Request": "true"},
                                data={"csrf_token": samira.csrf, "client_token": "a"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"/incidents/{incident}"


def test_the_second_person_sees_who_was_first(night: Night, incident: int, samira: Browser, tom: Browser) -> None:
    samira.does(incident, "acknowledgement")
    night.clock.move(seconds=1)
    tom.does(incident, "acknowledgement")
    seen = tom.sees(incident)
    assert "Samira was u voor." in seen
    assert "<b>Samira</b> heeft dit." in seen
    assert "U heeft dit" in samira.sees(incident)


def test_kan_niet_is_kept_once_and_moves_on(night: Night, incident: int, samira: Browser) -> None:
    samira.does(incident, "refusal")
    samira.does(incident, "refusal")
    assert len(rows(night, Refusal)) == 1
    seen = samira.sees(incident)
    assert "U zei: kan niet" in seen
    assert ">Kan niet</button>" not in seen


def test_an_act_on_a_closed_incident_says_so(incident: int, samira: Browser) -> None:
    samira.does(incident, "closure", outcome="solved")
    answer = samira.does(incident, "acknowledgement")
    assert answer.status_code == 409
    assert "Dit incident is al gesloten." in answer.text


def test_lowering_a_noodgeval_needs_a_reason(night: Night, incident: int, samira: Browser) -> None:
    answer = samira.does(incident, "urgency", urgency="spoed", reason="  ")
    assert answer.status_code == 422
    assert "Schrijf op waarom dit geen noodgeval meer is." in answer.text
    assert len(rows(night, Verdict)) == 1
    assert samira.does(incident, "urgency", urgency="spoed", reason="De kraan is dicht").status_code == 303
    assert rows(night, Verdict)[-1].urgency == "spoed"
    assert samira.does(incident, "urgency", urgency="zomaar", reason="De kraan is dicht").status_code == 422


@pytest.mark.parametrize(("outcome", "note", "status"), [
    ("solved", "", 303), ("next_day", "", 303), ("not_ours", "", 303),
    ("made_safe", "Plafond nakijken", 303), ("made_safe", "", 422), ("referred", "", 422), ("own_cost", "", 422),
    ("", "Tekst blijft staan", 422), ("gone", "Tekst blijft staan", 422),
])
def test_closing_asks_for_what_the_morning_needs(
    night: Night, incident: int, samira: Browser, outcome: str, note: str, status: int
) -> None:
    answer = samira.does(incident, "closure", outcome=outcome, note=note)
    assert answer.status_code == status
    assert len(rows(night, Closure)) == (1 if status == 303 else 0)
    if status == 422:
        assert f"{note}</textarea>" in answer.text


def test_closing_and_reopening_twice_changes_nothing_more(night: Night, incident: int, samira: Browser) -> None:
    for _ in range(2):
        samira.does(incident, "closure", outcome="solved")
    assert len(rows(night, Closure)) == 1
    night.clock.move(minutes=1)
    assert samira.does(incident, "reopening", client_token="again").status_code == 303
    assert samira.does(incident, "reopening", client_token="again").status_code == 303
    assert len(rows(night, Reopening)) == 1
    assert samira.does(incident, "reopening").status_code == 409


@pytest.mark.parametrize("act", ACTS)
def test_another_organisations_incident_does_not_exist(
    app: Flask, night: Night, incident: int, act: str
) -> None:
    linda = Browser(app, night.world, "Linda")  # customer service and administrator of De Linde only
    answer = linda.does(incident, act, outcome="solved", kind="note", note="x", urgency="geen", reason="x")
    assert answer.status_code in (403, 404)
    assert _written(night) == 0


def test_a_worker_of_one_organisation_only_stays_within_its_walls(app: Flask, night: Night, world: World) -> None:
    elsewhere = night.report(organisation="linde", category="cv_geen_verwarming")
    kees = Browser(app, world, "Kees")  # customer service of Waterveen only
    assert kees.does(elsewhere, "closure", outcome="solved").status_code == 404
    assert kees.does(elsewhere, "urgency", urgency="noodgeval").status_code == 404
    assert _written(night) == 0


@pytest.mark.parametrize("act", ACTS)
def test_an_incident_that_never_was_is_not_found(samira: Browser, act: str) -> None:
    assert samira.does(999, act).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_without_csrf_token_nothing_happens(night: Night, incident: int, samira: Browser, act: str) -> None:
    answer = samira.client.post(f"/incidents/{incident}/{act}", data={"outcome": "solved", "kind": "note", "note": "x"})
    assert answer.status_code == 400
    assert "stond te lang open" in answer.text
    assert _written(night) == 0


def _written(night: Night) -> int:
    with night.database.read() as session:
        counts = [
            session.scalar(select(func.count()).select_from(model))
            for model in (Acknowledgement, Refusal, Transfer, Progress, Closure, Reopening)
        ]
        assert session.scalar(select(func.count()).select_from(Incident))
        return sum(each or 0 for each in counts)
