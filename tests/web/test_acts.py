"""Acts through the browser: who may, what it writes, bad input, a double tap, and two people at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.login import login
from tests.web.night import Night
from webcare_pwa.db import Base, Database
from webcare_pwa.models.incident import Acknowledgement, Closure, Incident, Refusal, Reopening
from webcare_pwa.models.progress import Progress
from webcare_pwa.models.report import Verdict
from webcare_pwa.models.transfer import Transfer, TransferAnswer

Row = TypeVar("Row", bound=Base)
ACTS = ("acknowledgement", "refusal", "transfers", "progress", "urgency", "closure", "reopening")


class Browser:
    """Somebody who is logged in and presses buttons."""

    def __init__(self, app: Flask, world: World, name: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.csrf = login(self.client, world, name)
        self.name, self.taps = name, 0

    def does(self, incident: int, act: str, **fields: str) -> TestResponse:
        self.taps += 1
        form = {"csrf_token": self.csrf, "client_token": f"{self.name}-{self.taps}", **fields}
        return self.client.post(f"/incidents/{incident}/{act}", data=form)

    def sees(self, incident: int) -> str:
        return self.client.get(f"/incidents/{incident}").text


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


def rows(night: Night, model: type[Row]) -> list[Row]:
    with night.database.read() as session:
        return list(session.scalars(select(model)))


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


def test_a_transfer_is_offered_accepted_and_then_his(
    night: Night, incident: int, samira: Browser, tom: Browser
) -> None:
    samira.does(incident, "acknowledgement")
    samira.does(incident, "transfers", to=str(night.world.people["Tom"]), note="Sleutel ligt bij mij")
    transfer = rows(night, Transfer)[0]
    assert "Sleutel ligt bij mij" in tom.sees(incident)
    tom.does(incident, f"transfers/{transfer.id}/answer", answer="accept")
    assert [each.answer for each in rows(night, TransferAnswer)] == ["accepted"]
    assert "U heeft dit" in tom.sees(incident)
    assert "<b>Tom</b> heeft dit." in samira.sees(incident)


def test_a_declined_transfer_stays_with_the_giver(night: Night, incident: int, samira: Browser, tom: Browser) -> None:
    samira.does(incident, "acknowledgement")
    samira.does(incident, "transfers", to=str(night.world.people["Tom"]))
    tom.does(incident, f"transfers/{rows(night, Transfer)[0].id}/answer", answer="decline")
    assert "U heeft dit" in samira.sees(incident)


def test_a_transfer_of_another_incident_is_not_found(night: Night, incident: int, samira: Browser, tom: Browser) -> None:
    samira.does(incident, "acknowledgement")
    samira.does(incident, "transfers", to=str(night.world.people["Tom"]))
    other = night.report("Nog iets")
    assert tom.does(other, f"transfers/{rows(night, Transfer)[0].id}/answer", answer="accept").status_code == 404
    assert rows(night, TransferAnswer) == []


@pytest.mark.parametrize("to", ["", "abc", "0", "-1", "99999999999999", "Olga", "Kees", "Linda"])
def test_a_transfer_to_nobody_of_the_desk_keeps_the_note(
    night: Night, incident: int, samira: Browser, to: str
) -> None:
    samira.does(incident, "acknowledgement")
    answer = samira.does(incident, "transfers", to=str(night.world.people.get(to, to)), note="Let op de hond")
    assert answer.status_code == 422
    assert "Kies een collega van deze dienst." in answer.text
    assert "Let op de hond</textarea>" in answer.text
    assert rows(night, Transfer) == []


def test_who_does_not_own_it_cannot_hand_it_on(night: Night, incident: int, tom: Browser) -> None:
    answer = tom.does(incident, "transfers", to=str(night.world.people["Samira"]))
    assert answer.status_code == 409
    assert "Alleen wie het incident heeft aangenomen" in answer.text


@pytest.mark.parametrize(("typed", "expected"), [
    ("03:00", datetime(2026, 11, 28, 2, 0, tzinfo=UTC)),
    ("3.15", datetime(2026, 11, 28, 2, 15, tzinfo=UTC)),
    ("0245", datetime(2026, 11, 28, 1, 45, tzinfo=UTC)),
    ("01:30", datetime(2026, 11, 29, 0, 30, tzinfo=UTC)),  # that time has passed, so tomorrow
    ("02:10", datetime(2026, 11, 29, 1, 10, tzinfo=UTC)),
])
def test_a_promised_time_is_the_next_such_moment(
    night: Night, incident: int, samira: Browser, typed: str, expected: datetime
) -> None:
    answer = samira.does(incident, "progress", kind="contractor_accepted", party="Loodgieter Veenkade", promised_at=typed)
    assert answer.status_code == 303
    row = rows(night, Progress)[0]
    assert (row.kind, row.party, row.promised_at) == ("contractor_accepted", "Loodgieter Veenkade", expected)


@pytest.mark.parametrize("typed", ["25:00", "straks", "03:60", "-1:00", "٠٣:٠٠", "3" * 50])
def test_an_unreadable_time_keeps_what_was_typed(night: Night, incident: int, samira: Browser, typed: str) -> None:
    answer = samira.does(incident, "progress", kind="contractor_eta_recorded", party="Bouwbedrijf", promised_at=typed,
                         note="Belt terug")
    assert answer.status_code == 422
    assert "Vul een tijd in, bijvoorbeeld 03:00." in answer.text
    assert 'value="Bouwbedrijf"' in answer.text
    assert "Belt terug</textarea>" in answer.text
    assert rows(night, Progress) == []


def test_no_answer_at_a_contact_has_no_time(night: Night, incident: int, samira: Browser) -> None:
    samira.does(incident, "progress", kind="call_failed", party="Loodgieter Veenkade", promised_at="03:00",
                form="contact-1")
    assert [(each.kind, each.promised_at) for each in rows(night, Progress)] == [("call_failed", None)]


@pytest.mark.parametrize(("fields", "said"), [
    ({"kind": ""}, "Kies wat u wilt vastleggen."),
    ({"kind": "dance"}, "Kies wat u wilt vastleggen."),
    ({"kind": "note", "form": "note"}, "Schrijf eerst uw notitie."),
    ({"kind": "note", "form": "note", "note": "x" * 4001}, "Er passen 4000 tekens in."),
    ({"kind": "contractor_called", "party": "y" * 121}, "Er passen 120 tekens in."),
    ({"kind": "contractor_eta_recorded"}, "Vul een tijd in"),
])
def test_bad_progress_is_a_clear_sentence(
    night: Night, incident: int, samira: Browser, fields: dict[str, str], said: str
) -> None:
    answer = samira.does(incident, "progress", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    for typed in (fields.get("note", ""), fields.get("party", "")):
        assert typed in answer.text
    assert rows(night, Progress) == []


def test_a_note_is_kept_as_typed_in_any_script(night: Night, incident: int, samira: Browser) -> None:
    note = "Sleutel \u202emهنا 🔑 <b>niet</b> vet"
    samira.does(incident, "progress", kind="note", note=note)
    assert [each.note for each in rows(night, Progress)] == [note]
    assert "&lt;b&gt;niet&lt;/b&gt;" in samira.sees(incident)


def test_the_same_form_twice_is_one_row(night: Night, incident: int, samira: Browser) -> None:
    for _ in range(2):
        samira.does(incident, "progress", kind="note", note="Gebeld", client_token="same")
    assert len(rows(night, Progress)) == 1


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
