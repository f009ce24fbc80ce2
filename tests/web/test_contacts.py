"""Ook bereikbaar via, through HTTP and without JavaScript: adding, ordering, testing, proving by code, removing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.engine import Engine
from tests.web.login import login
from webcare_pwa.db import Database
from webcare_pwa.factory import create_app
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.settings import Settings
from webcare_pwa.web.contacts import CODES_ALLOWED

Post = Callable[..., TestResponse]


@pytest.fixture
def app(settings: Settings, database: Database, clock: FakeClock) -> Flask:
    """An installation that can send SMS, but has no bot and no Pushover."""
    keys = replace(settings, sms_provider="twilio", sms_account="AC0", sms_secret="s", sms_from="+31301234567")
    app = create_app(keys, database=database, clock=clock)
    app.config["TESTING"] = True
    return app


@pytest.fixture
def post(client: FlaskClient, world: World) -> Post:
    """Samira's forms."""
    token = login(client, world, "Samira")

    def send(path: str, **fields: str) -> TestResponse:
        return client.post(f"/devices/contacts{path}", data={"csrf_token": token, **fields})

    return send


def addresses(database: Database) -> list[str]:
    with database.read() as session:
        mine = select(ContactMethod.address).where(ContactMethod.removed_at.is_(None)).order_by(ContactMethod.position)
        return list(session.scalars(mine))


def test_only_what_the_installation_can_send_is_offered(client: FlaskClient, world: World) -> None:
    login(client, world, "Samira")
    page = client.get("/devices").text
    assert "U bent alleen via de app bereikbaar" in page
    assert "kind=sms" in page and "kind=ntfy" in page and "kind=teams" in page
    for absent in ("pushover", "telegram", "voice", "mail"):
        assert f"kind={absent}" not in page
    assert client.get("/devices/contacts/new?kind=pushover").status_code == 303
    assert "Telefoonnummer" in client.get("/devices/contacts/new?kind=sms").text


def test_adding_one_sends_a_test_message_and_the_code_proves_it(
    client: FlaskClient, post: Post, database: Database, clock: FakeClock
) -> None:
    answer = post("", kind="sms", number="06 12345611")
    assert answer.status_code == 303 and answer.location.endswith("/devices#contact-1")
    engine = Engine(database, clock)
    engine.tick()
    (job,) = engine.contacts.jobs
    page = client.get("/devices").text
    assert "Testbericht onderweg" in page and "Code uit het bericht" in page and "06 12345611" in page
    looked = client.get("/devices/contacts/1/proof")
    assert "Testbericht onderweg" in looked.text and "HX-Refresh" not in looked.headers
    assert "<form" not in looked.text  # what is being typed is not drawn over
    wrong = post("/1/code", code=f"{(int(job.code) + 1) % 10_000:04}")
    assert wrong.status_code == 422 and "Stuur een nieuw testbericht" in wrong.text
    assert post("/1/code", code=job.code).status_code == 303
    assert "Bewezen" in client.get("/devices").text
    assert client.get("/devices/contacts/1/proof").headers["HX-Refresh"] == "true"


def test_codes_cannot_be_tried_one_after_the_other(post: Post, database: Database, clock: FakeClock) -> None:
    post("", kind="sms", number="06 12345611")
    engine = Engine(database, clock)
    engine.tick()
    code = engine.contacts.jobs[0].code
    for _ in range(CODES_ALLOWED):
        assert post("/1/code", code="x").status_code == 422
    late = post("/1/code", code=code)
    assert late.status_code == 422 and "te veel codes" in late.text


def test_a_mistake_says_what_and_keeps_what_was_typed(post: Post, database: Database) -> None:
    answer = post("", kind="ntfy", topic="kort", server="http://10.0.0.1")
    assert answer.status_code == 422
    assert 'value="kort"' in answer.text and "zonder iets erachter" in answer.text and "8 tot 64 letters" in answer.text
    assert addresses(database) == []


def test_order_and_removal(post: Post, client: FlaskClient, database: Database) -> None:
    for number in ("06 12345611", "06 12345612"):
        post("", kind="sms", number=number)
    assert post("/2/order", to="earlier").location.endswith("#contact-2")
    assert addresses(database) == ["+31612345612", "+31612345611"]
    post("/2/order", to="later")
    assert addresses(database) == ["+31612345611", "+31612345612"]
    post("/1/removal")
    assert addresses(database) == ["+31612345612"]
    assert "06 12345611" not in client.get("/devices").text


def test_the_same_test_form_twice_is_one_message(post: Post, database: Database, clock: FakeClock) -> None:
    post("", kind="sms", number="06 12345611")
    for _ in range(2):
        post("/1/tests", client_token="a")
    engine = Engine(database, clock)
    engine.tick()
    assert len(engine.contacts.jobs) == 2  # the first by adding it


def test_nobody_sees_or_touches_what_is_of_a_colleague(app: Flask, post: Post, world: World, database: Database) -> None:
    post("", kind="sms", number="06 12345611")
    tom = app.test_client()
    token = login(tom, world, "Tom")
    assert "06 12345611" not in tom.get("/devices").text
    for path in ("order", "removal", "tests", "code"):
        assert tom.post(f"/devices/contacts/1/{path}", data={"csrf_token": token}).status_code == 404
    assert tom.get("/devices/contacts/1/proof").status_code == 404
    assert addresses(database) == ["+31612345611"]


def test_a_secret_address_is_shown_in_part(post: Post, client: FlaskClient) -> None:
    post("", kind="ntfy", topic="heel-geheim-x8k2")
    page = client.get("/devices").text
    assert "…x8k2" in page and "heel-geheim" not in page


def test_a_line_that_hangs_on_push_alone_is_red(client: FlaskClient, post: Post) -> None:
    for path in ("/nu", "/rota"):
        assert "Alleen bereikbaar via de app:</b> eerste lijn, achterwacht." in client.get(path).text
    post("", kind="sms", number="06 12345611")  # Samira stands on both lines, now or next
    for path in ("/nu", "/rota"):
        assert "Alleen bereikbaar via de app" not in client.get(path).text
