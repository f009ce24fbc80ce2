"""The composer through HTTP: what is offered, what is refused with the words kept, and that a double tap is one reply."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.reported import report_case
from tests.web.login import login
from webcare_pwa.db import Database
from webcare_pwa.factory import create_app
from webcare_pwa.models.progress import Progress
from webcare_pwa.models.reply import Mail, Reply
from webcare_pwa.settings import Settings
from webcare_pwa.steps import progress


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With a mail host, so that an answer leaves the house."""
    return replace(settings, mail_host="127.0.0.1", mail_from="dienst@corporatie.example")


@pytest.fixture
def incident(database: Database, world: World, clock: FakeClock) -> int:
    """A leak with an e-mail address and a plumber who comes at 03:00."""
    with database.write() as session:
        made, _ = report_case(session, world, clock.moment, phone="06 12 34 56 78")
        progress.record(session, made.id, "contractor_eta_recorded", by=world.people["Samira"], token="p1",
                        party="Loodgieter Veenkade", promised_at=clock.moment + timedelta(minutes=50), now=clock.moment)
        return made.id


@pytest.fixture
def csrf(client: FlaskClient, world: World) -> str:
    return login(client, world, "Samira")


def _post(client: FlaskClient, incident: int, csrf: str, **fields: str) -> tuple[int, str]:
    answer = client.post(f"/incidents/{incident}/replies", data={"csrf_token": csrf, "client_token": "t1", **fields})
    return answer.status_code, answer.text


def _replies(database: Database) -> list[Reply]:
    with database.read() as session:
        return list(session.scalars(select(Reply)))


def _checked(html: str) -> str:
    found = re.search(r'value="([a-z_0-9]+)" checked', html)
    assert found
    return found[1]


def test_the_best_is_chosen_and_filled_in_both_languages(client: FlaskClient, incident: int, csrf: str) -> None:
    html = client.get(f"/incidents/{incident}/replies/new").text
    assert _checked(html) == "aannemer_tijd"
    assert "Zij verwachten om 03:00 uur bij u te zijn." in html
    assert "They expect to be with you at 03:00." in html
    assert html.count('name="template"') == 4  # three best and own words
    assert "Er loopt water." in html
    assert "per e-mail en op de eigen pagina" in html
    assert html.count("<h1>") == 1


def test_another_one_may_be_chosen_by_its_address(client: FlaskClient, incident: int, csrf: str) -> None:
    html = client.get(f"/incidents/{incident}/replies/new?template=ontvangst_kort").text
    assert _checked(html) == "ontvangst_kort"
    assert "Groet, Samira van Wonen Waterveen" in html


def test_one_whose_facts_are_not_recorded_cannot_be_chosen(client: FlaskClient, incident: int, csrf: str) -> None:
    html = client.get(f"/incidents/{incident}/replies/new?template=opgelost").text
    assert _checked(html) == "aannemer_tijd"
    assert "Leg eerst vast: gerepareerd." in html


def test_sent_twice_is_one_reply(
    client: FlaskClient, incident: int, csrf: str, database: Database, world: World
) -> None:
    fields = {"template": "aannemer_tijd", "text_nl-aannemer_tijd": "Loodgieter komt om 03:00 uur.",
              "text_en-aannemer_tijd": "Plumber comes at 03:00."}
    for _ in range(2):
        answer = client.post(f"/incidents/{incident}/replies", data={"csrf_token": csrf, "client_token": "t1", **fields})
        assert (answer.status_code, answer.location) == (303, f"/incidents/{incident}")
    [reply] = _replies(database)
    assert (reply.kind, reply.template, reply.text_nl, reply.text_en, reply.person_id) == (
        "quick", "aannemer_tijd", "Loodgieter komt om 03:00 uur.", "Plumber comes at 03:00.", world.people["Samira"])
    with database.read() as session:
        [mail] = session.scalars(select(Mail))
    assert (mail.to_address, mail.automatic) == ("aydin@huurder.example", False)


def test_own_words_without_a_template(client: FlaskClient, incident: int, csrf: str, database: Database) -> None:
    status, _ = _post(client, incident, csrf, template="free", **{"text_nl-free": "Wij bellen u <zo>."})
    assert status == 303
    [reply] = _replies(database)
    assert (reply.kind, reply.template, reply.text_nl, reply.text_en) == ("free", "", "Wij bellen u <zo>.", "")


@pytest.mark.parametrize(("template", "text", "sentence"), [
    ("aannemer_tijd", "Zij komen om {tijd} langs, mevrouw.", "Vul nog in: de tijd."),
    ("free", "Het kost {bedrag}.", "Vul nog in: het bedrag."),
    ("free", "", "Schrijf een antwoord."),
    ("free", "x" * 4001, "Dit is te lang. Er passen 4000 tekens in."),
    ("opgelost", "Het is gemaakt, zegt men.", "Leg eerst vast: gerepareerd."),
    ("ramp_groot", "Er is een ramp.", "Dit snelle antwoord past niet meer bij deze melding."),
    ("bestaat_niet", "Zomaar iets.", "Dit snelle antwoord past niet meer bij deze melding."),
])
def test_what_cannot_be_sent_says_why_and_keeps_the_words(
    client: FlaskClient, incident: int, csrf: str, database: Database, template: str, text: str, sentence: str
) -> None:
    status, html = _post(client, incident, csrf, template=template, **{f"text_nl-{template}": text})
    assert status == 422
    assert sentence in html
    assert text in html
    assert _replies(database) == []


def test_the_form_that_comes_back_is_still_the_same_form(client: FlaskClient, incident: int, csrf: str) -> None:
    _, html = _post(client, incident, csrf, template="free", **{"text_nl-free": "{tijd}"})
    assert 'name="client_token" value="t1"' in html
    assert _checked(html) == "free"


def test_called_with_and_without_an_answer(
    client: FlaskClient, incident: int, csrf: str, database: Database
) -> None:
    for token, answer in (("a", "spoken"), ("b", "no_answer"), ("b", "no_answer")):
        status, _ = _post(client, incident, csrf, client_token=token, kind="call", answer=answer)
        assert status == 303
    assert [(each.kind, each.template) for each in _replies(database)] == [("call", "spoken"), ("call", "no_answer")]
    with database.read() as session:
        kinds = session.scalars(select(Progress.kind).order_by(Progress.id)).all()
        assert kinds == ["contractor_eta_recorded", "tenant_called_no_answer"]
        assert session.scalars(select(Mail)).all() == []
    assert _checked(client.get(f"/incidents/{incident}/replies/new").text) == "gebeld_geen_gehoor"


def test_who_cannot_be_reached_in_writing_must_be_called(
    client: FlaskClient, csrf: str, database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        made, _ = report_case(session, world, clock.moment, email="", phone="06 12 34 56 78")
    html = client.get(f"/incidents/{made.id}/replies/new").text
    assert "Bel de huurder: 06 12 34 56 78" in html
    assert 'href="tel:0612345678"' in html
    assert "alleen op de eigen pagina" in html


def test_without_a_mail_server_it_says_so(
    settings: Settings, database: Database, clock: FakeClock, world: World, incident: int
) -> None:
    app = create_app(replace(settings, mail_host=""), database=database, clock=clock)
    client = app.test_client()
    csrf = login(client, world, "Samira")
    assert "mail is niet ingesteld" in client.get(f"/incidents/{incident}/replies/new").text
    _post(client, incident, csrf, template="free", **{"text_nl-free": "Wij bellen u."})
    assert "mail: mail niet ingesteld" in client.get(f"/incidents/{incident}/replies/new").text


def test_a_mail_of_which_nobody_knows_may_be_sent_again(
    client: FlaskClient, incident: int, csrf: str, database: Database
) -> None:
    _post(client, incident, csrf, template="free", **{"text_nl-free": "De loodgieter komt zo."})
    with database.write() as session:
        session.scalars(select(Mail)).one().outcome = "unknown"
    [reply] = _replies(database)
    html = client.get(f"/incidents/{incident}/replies/new").text
    assert "onbekend of het is aangekomen" in html
    assert f"again={reply.id}" in html
    html = client.get(f"/incidents/{incident}/replies/new?again={reply.id}").text
    assert _checked(html) == "free"
    assert html.count("De loodgieter komt zo.") >= 2
    assert client.get(f"/incidents/{incident}/replies/new?again=x").status_code == 200


def test_another_organisation_finds_nothing(
    app: Flask, database: Database, world: World, incident: int
) -> None:
    client = app.test_client()
    csrf = login(client, world, "Linda")
    assert client.get(f"/incidents/{incident}/replies/new").status_code == 404
    assert _post(client, incident, csrf, template="free", **{"text_nl-free": "Hallo"})[0] == 404
    assert _replies(database) == []


@pytest.mark.parametrize("name", ["Olga", "Ed", "Ada"])
def test_a_role_that_does_not_answer_tenants_may_not(app: Flask, world: World, incident: int, name: str) -> None:
    client = app.test_client()
    csrf = login(client, world, name)
    assert client.get(f"/incidents/{incident}/replies/new").status_code == 403
    assert _post(client, incident, csrf, template="free", **{"text_nl-free": "Hallo"})[0] == 403


def test_without_a_csrf_token_nothing_is_sent(client: FlaskClient, incident: int, csrf: str, database: Database) -> None:
    assert _post(client, incident, "", template="free", **{"text_nl-free": "Hallo"})[0] == 400
    assert _replies(database) == []
