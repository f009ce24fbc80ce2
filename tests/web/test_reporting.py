"""The public form, as a tenant with an old phone uses it: no cookies, no script, no patience."""

from __future__ import annotations

import io
import os

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import selectinload, undefer

from tests.builders import World
from tests.gateways.test_photos import heic, picture, zip_file
from tests.web.html_forms import form, scripts
from webcare_pwa import rulebook
from webcare_pwa.db import Database
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.report import Message, Report
from webcare_pwa.rules.facts import ReportFacts

LEAK = "/melden/waterveen/wat/lekkage_ernstig"
URGENT = {"q-water_at_power": "no", "q-ceiling_falling": "no", "q-leak_held": "no"}  # spoed
NOT_URGENT = {**URGENT, "q-leak_held": "held"}  # werkdag


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def stored(database: Database) -> list[Report]:
    with database.read() as session:
        return list(session.scalars(select(Report).order_by(Report.id).options(
            selectinload(Report.messages).options(selectinload(Message.photos), undefer(Message.raw)))))


def only(database: Database) -> tuple[Message, ReportFacts]:
    reports = stored(database)
    assert len(reports) == 1
    assert len(reports[0].messages) == 1
    return reports[0].messages[0], facts_of(reports[0])


def fill_in(client: FlaskClient, url: str = LEAK, **told: object) -> str:
    """Open the form, fill it in, send it; returns where it led to."""
    answer = form(client.get(url).text, having="postcode").send(client, told)
    assert answer.status_code == 303, answer.text
    return answer.location


def test_30_seconds_from_the_first_page_to_a_number(client: FlaskClient, world: World, database: Database) -> None:
    assert "/melden/waterveen" in client.get("/melden").text
    assert "/melden/waterveen/wat" in client.get("/melden/waterveen").text
    assert LEAK in client.get("/melden/waterveen/wat").text
    case = client.get(fill_in(client, **URGENT, text="Water uit het plafond", postcode="1234 ab", house_number="88",
                              phone="06-12345678", email="m@huurder.example", name="M. Jansen"))
    assert case.status_code == 200
    message, facts = only(database)
    assert f"nummer {message.report_id}" in case.text
    assert facts.answers == {"water_at_power": "no", "ceiling_falling": "no", "leak_held": "no"}
    assert (facts.category, facts.dwelling_id, facts.address) == ("lekkage_ernstig", world.dwelling, "Populierenlaan 88")
    assert (facts.phone, facts.email, facts.name) == ("06 12345678", "m@huurder.example", "M. Jansen")
    assert "warnings" not in message.facts


def test_every_category_is_two_taps_away(client: FlaskClient, world: World) -> None:
    page = client.get("/melden/waterveen/wat").text
    for category in rulebook.load().categories.values():
        assert f'href="/melden/waterveen/wat/{category.id}"' in page
        assert f'href="#{category.group}"' in page or page.count(f"/wat/{category.id}\"") == 1
        assert client.get(f"/melden/waterveen/wat/{category.id}").status_code == 200


@pytest.mark.parametrize("url", ["/melden", "/melden/waterveen", "/melden/waterveen/wat", LEAK, "/melden/nergens"])
def test_no_cookie_no_script_no_csrf_and_the_number_in_sight(client: FlaskClient, world: World, url: str) -> None:
    answer = client.get(url)
    assert "Set-Cookie" not in answer.headers
    assert scripts(answer.text) == 0
    assert "csrf" not in answer.text
    assert answer.text.count("<h1") == 1
    if url.count("waterveen"):
        assert 'href="tel:0301234567"' in answer.text


def test_one_tap_on_ja_stores_and_tells_what_to_do(client: FlaskClient, world: World, database: Database) -> None:
    answer = form(client.get("/melden/waterveen").text, having="client_token").send(client)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.text.index("Ga eerst naar buiten") < answer.text.index("Uw melding is opgeslagen")
    assert answer.text.index("Go outside first") < answer.text.index("Uw melding is opgeslagen")
    for number in ("112", "08009009", "0301234567"):
        assert f'href="tel:{number}"' in answer.text
    assert "onderweg" not in answer.text
    message, facts = only(database)
    assert (facts.danger, message.text) == (True, "")


def test_ja_twice_is_one_report(client: FlaskClient, world: World, database: Database) -> None:
    gate = form(client.get("/melden/waterveen").text, having="client_token")
    assert gate.send(client).status_code == gate.send(client).status_code == 200
    only(database)


def test_what_follows_ja_is_added_to_that_report(client: FlaskClient, world: World, database: Database) -> None:
    after = form(client.get("/melden/waterveen").text, having="client_token").send(client)
    kind = form(after.text, having="kind").send(client, {"kind": "gas"})
    assert kind.status_code == 303
    page = client.get(kind.location).text
    assert "klop bij de buren, bel niet aan" in page
    assert "Ik ruik gas".lower() in page
    rest = form(page, having="phone").send(client, {"phone": "0612345678", "postcode": "1234AB", "house_number": "88"})
    assert rest.status_code == 303
    (report,) = stored(database)
    facts = facts_of(report)
    assert (facts.danger, facts.danger_kind, facts.category) == (True, "gas", "gaslucht")
    assert (facts.phone, facts.dwelling_id) == ("06 12345678", world.dwelling)
    assert [message.kind for message in report.messages] == ["report", "addition", "addition"]


def test_ja_without_a_token_still_stores(client: FlaskClient, world: World, database: Database) -> None:
    assert client.post("/melden/waterveen/gevaar").status_code == 200
    assert client.post("/melden/waterveen/gevaar", data={"client_token": "é\0" * 300}).status_code == 200
    assert len(stored(database)) == 2


def test_opening_the_address_of_ja_stores_nothing(client: FlaskClient, world: World, database: Database) -> None:
    assert client.get("/melden/waterveen/gevaar").location == "/melden/waterveen"
    assert stored(database) == []


def test_when_we_cannot_store_he_still_reads_what_to_do(
    client: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise OperationalError("insert", {}, Exception("disk full"))

    monkeypatch.setattr("webcare_pwa.web.tenant_report.intake.receive", broken)
    answer = client.post("/melden/waterveen/gevaar", data={"client_token": "abcdefgh-1"})
    assert answer.status_code == 503
    assert "Ga eerst naar buiten" in answer.text
    assert "niet opgeslagen" in answer.text
    assert 'href="tel:0301234567"' in answer.text


def test_urgent_asks_for_a_telephone_and_keeps_what_was_typed(
    client: FlaskClient, world: World, database: Database
) -> None:
    told = {**URGENT, "text": "Het loopt <b>hard</b>", "postcode": "1234ab", "house_number": "88", "name": "Jansen",
            "email": "m@huurder.example"}
    answer = form(client.get(LEAK).text, having="text").send(client, told)
    assert answer.status_code == 422
    assert stored(database) == []
    again = form(answer.text, having="text")
    assert {name: again.values[name] for name in told} == {**told, "text": "Het loopt <b>hard</b>"}
    assert again.send(client, {"no_phone": "1"}).status_code == 303
    _message, facts = only(database)
    assert (facts.no_phone, facts.phone) == (True, "")


def test_not_urgent_needs_no_telephone(client: FlaskClient, world: World, database: Database) -> None:
    fill_in(client, **NOT_URGENT)
    assert only(database)[1].phone == ""


@pytest.mark.parametrize("told", [
    pytest.param({**URGENT, "q-water_at_power": "yes"}, id="answer"),
    pytest.param({**NOT_URGENT, "text": "er is brand in de keuken"}, id="danger words"),
    pytest.param({}, id="nothing answered yet"),
])
def test_danger_is_stored_at_once_and_the_instruction_comes_first(
    client: FlaskClient, world: World, database: Database, told: dict[str, str]
) -> None:
    page = client.get(fill_in(client, **told)).text
    only(database)
    assert page.index("Ga eerst naar buiten") < page.index("Uw melding is opgeslagen")
    assert "Go outside first" in page
    assert form(page, having="phone").names >= {"no_phone", "postcode", "text"}


def test_an_unclear_suffix_is_asked_after_storing(client: FlaskClient, world: World, database: Database) -> None:
    with database.write() as session:
        for suffix in ("1", "2"):
            session.add(Dwelling(organisation_id=world.waterveen, postcode="1234CD", house_number=7, suffix=suffix,
                                 street="Kadeweg", city="Waterveen"))
    told = {"postcode": "1234CD", "house_number": "7"}
    refused = form(client.get(LEAK).text, having="text").send(client, {**URGENT, **told})
    assert refused.status_code == 422
    offered = form(refused.text, having="dwelling")
    assert len(offered.choices["dwelling"]) == 3
    sent = offered.send(client, {"dwelling": offered.choices["dwelling"][1], "phone": "0612345678"})
    assert sent.status_code == 303
    assert only(database)[1].suffix == "2"
    location = fill_in(client, **NOT_URGENT, **told)
    assert "meer woningen" in client.get(location).text
    assert facts_of(stored(database)[1]).address == "Kadeweg 7"


@pytest.mark.parametrize(("told", "address", "warning"), [
    ({"postcode": "1234AB", "house_number": "999"}, "1234AB 999", "kennen dit adres niet"),
    ({"postcode": "xx", "house_number": "88"}, "88 xx", "postcode klopt niet"),
    ({"postcode": "1234AB", "house_number": "onbekend"}, "onbekend", "huisnummer niet lezen"),
    ({"postcode": "4321BA", "house_number": "5"}, "4321BA 5", "kennen dit adres niet"),  # the other corporation's
    ({"address": "ergens achter de kerk"}, "ergens achter de kerk", "kennen dit adres niet"),
    ({"address": "populierenlaan 88"}, "Populierenlaan 88", ""),
    ({"house_number": "9" * 400}, "9" * 200, "huisnummer niet lezen"),
])
def test_an_address_we_do_not_know_is_kept_as_typed(
    client: FlaskClient, world: World, database: Database, told: dict[str, str], address: str, warning: str
) -> None:
    page = client.get(fill_in(client, **NOT_URGENT, **told)).text
    assert only(database)[1].address == address
    assert warning in page
    assert ("warnings" in only(database)[0].facts) == bool(warning)


def test_a_dwelling_of_another_corporation_cannot_be_picked(
    client: FlaskClient, world: World, database: Database
) -> None:
    with database.read() as session:
        other = session.scalars(select(Dwelling.id).where(Dwelling.organisation_id == world.linde)).one()
    assert client.post(LEAK, data={**NOT_URGENT, "dwelling": str(other)}).status_code == 303
    assert only(database)[1].dwelling_id is None


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("phone", "06123456", "telefoonnummer lijkt niet te kloppen"),
    ("email", "jansen@", "e-mailadres klopt niet"),
])
def test_a_strange_phone_or_mail_address_is_said_and_nothing_is_lost(
    client: FlaskClient, world: World, database: Database, field: str, typed: str, sentence: str
) -> None:
    page = client.get(fill_in(client, **NOT_URGENT, **{field: typed})).text
    assert sentence in page
    message, _facts = only(database)
    assert typed in message.raw


def photo(raw: bytes, name: str = "foto.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(raw), name


@pytest.mark.parametrize(("file", "sentence"), [
    pytest.param(lambda: photo(picture("JPEG") + os.urandom(20 * 1024 * 1024)), "te groot", id="20 MB"),
    pytest.param(lambda: photo(heic(), "IMG_1.HEIC"), "geen foto die wij kunnen lezen", id="heic"),
    pytest.param(lambda: photo(zip_file()), "geen foto die wij kunnen lezen", id="zip named jpg"),
    pytest.param(lambda: photo(picture("JPEG", (900, 900))[:-400]), "beschadigd", id="truncated"),
    pytest.param(lambda: photo(b""), "geen foto die wij kunnen lezen", id="empty"),
])
def test_a_photo_we_cannot_use_is_dropped_and_said_and_the_report_is_stored(
    client: FlaskClient, world: World, database: Database, file: object, sentence: str
) -> None:
    assert callable(file)
    page = client.get(fill_in(client, **NOT_URGENT, photo=file())).text
    message, _facts = only(database)
    assert message.photos == []
    assert sentence in page


def test_a_good_photo_is_kept_and_shown(client: FlaskClient, world: World, database: Database) -> None:
    location = fill_in(client, **NOT_URGENT, photo=photo(picture("PNG")))
    message, _facts = only(database)
    assert [(each.width, each.height) for each in message.photos] == [(400, 300)]
    assert f"{location}/photos/{message.photos[0].id}" in client.get(location).text


def test_the_fifth_photo_is_said_to_be_left_out(client: FlaskClient, world: World, database: Database) -> None:
    files = [photo(picture("PNG")) for _ in range(5)]
    assert client.post(LEAK, data={**NOT_URGENT, "photo": files}).status_code == 303
    message, _facts = only(database)
    assert len(message.photos) == 4
    assert any("meer dan 4 foto" in each for each in message.facts["warnings"])


@pytest.mark.parametrize("text", [
    pytest.param("🔥💧 lek 👩‍👩‍👧", id="emoji"),
    pytest.param("الماء يتسرب من السقف", id="right to left"),
    pytest.param("x'); drop table reports;--", id="sql"),
    pytest.param("<script>alert(1)</script>{{ 7*7 }}", id="markup"),
])
def test_any_text_is_stored_and_shown_as_it_is(
    client: FlaskClient, world: World, database: Database, text: str
) -> None:
    page = client.get(fill_in(client, **NOT_URGENT, text=text)).text
    assert only(database)[0].text == text
    assert "<script>" not in page
    assert ">49<" not in page
    assert 'dir="auto"' in page


def test_nul_signs_are_left_out_of_the_text_and_kept_in_the_raw_form(
    client: FlaskClient, world: World, database: Database
) -> None:
    client.post(LEAK, data={**NOT_URGENT, "text": "lek\0kage", "name": "J\0an", "postcode": "\0"})
    message, facts = only(database)
    assert (message.text, facts.name) == ("lekkage", "Jan")
    assert "\0" not in message.raw
    assert "\\u0000" in message.raw


def test_10000_signs_are_shown_and_all_of_them_kept(client: FlaskClient, world: World, database: Database) -> None:
    page = client.get(fill_in(client, **NOT_URGENT, text="a" * 10_000 + "einde")).text
    message, _facts = only(database)
    assert message.text == "a" * 10_000
    assert "einde" in message.raw
    assert "eerste 10.000 tekens" in page


def test_sent_twice_is_stored_once(client: FlaskClient, world: World, database: Database) -> None:
    page = form(client.get(LEAK).text, having="text")
    first, second = (page.send(client, {**NOT_URGENT, "text": "lek"}) for _ in range(2))
    assert first.location == second.location
    only(database)


def test_back_button_and_sent_again_with_more_is_an_addition(
    client: FlaskClient, world: World, database: Database
) -> None:
    page = form(client.get(LEAK).text, having="text")
    page.send(client, {**NOT_URGENT, "text": "lek"})
    page.send(client, {**NOT_URGENT, "text": "lek, en nu ook bij de buren"})
    page.send(client, {**NOT_URGENT, "text": "lek, en nu ook bij de buren", "phone": "0612345678"})
    (report,) = stored(database)
    assert [each.text for each in report.messages] == ["lek", "lek, en nu ook bij de buren", ""]
    assert facts_of(report).phone == "06 12345678"


def test_answers_nobody_offered_are_not_taken_for_answers(
    client: FlaskClient, world: World, database: Database
) -> None:
    client.post(LEAK, data={**NOT_URGENT, "q-leak_held": "x" * 500, "q-onzin": "yes", "no_phone": "1"})
    message, facts = only(database)
    assert "leak_held" not in facts.answers
    assert "q-onzin" in message.raw


def test_a_category_that_does_not_exist(client: FlaskClient, world: World, database: Database) -> None:
    assert client.get("/melden/waterveen/wat/onzin").location == "/melden/waterveen/wat"
    assert client.post("/melden/waterveen/wat/onzin", data={"text": "er is iets"}).status_code == 303
    assert only(database)[1].category == ""


def test_a_corporation_that_does_not_exist(client: FlaskClient, world: World) -> None:
    for url in ("/melden/onzin", "/melden/onzin/wat", "/melden/onzin/wat/overig"):
        assert client.get(url).status_code == 404
    assert client.post("/melden/onzin/gevaar").status_code == 404


def test_more_than_30_reports_in_ten_minutes_are_stored_and_marked(
    client: FlaskClient, world: World, database: Database
) -> None:
    for _ in range(32):
        assert client.post("/melden/waterveen/gevaar").status_code == 200
    assert [each.over_rate for each in stored(database)] == [False] * 30 + [True] * 2
