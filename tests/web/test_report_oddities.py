"""Photos, texts and repeats nobody would make on purpose: a report is never lost."""

from __future__ import annotations

import os

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import World
from tests.gateways.test_photos import heic, picture, zip_file
from tests.web.html_forms import form
from tests.web.public_form import LEAK, NOT_URGENT, fill_in, only, photo, stored
from webcare_pwa.db import Database
from webcare_pwa.models.facts import facts_of


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


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


def test_more_than_30_reports_in_ten_minutes_are_stored_and_marked(
    client: FlaskClient, world: World, database: Database
) -> None:
    for _ in range(32):
        assert client.post("/melden/waterveen/gevaar").status_code == 200
    assert [each.over_rate for each in stored(database)] == [False] * 30 + [True] * 2
