"""Every page for staff and tenants keeps the rules of the house: found from the URL map, so a new page is held too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.login import login
from tests.web.night import Night
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.settings import Settings
from webcare_pwa.steps import alerting, contact_methods
from webcare_pwa.steps.reach import Reach

NO_PAGES = {  # answers that are no HTML page of their own
    "static", "pwa.service_worker", "pwa.manifest", "health.healthz", "health.metrics", "api.openapi", "home.root",
    "home.status", "incidents.state", "incidents.photo", "intake.questions", "intake.nearby", "devices.proof", "cases.photo",
    "contacts.proof",
    "reporting.danger",  # a GET goes back to the start
    "calendar_feed.show",  # iCalendar
    "auth.access",  # needs a link that works once; tests/web/test_people.py opens it
}
READERS = ("Samira", "Carla", "Olga", "Kees", "Ada")
TENANT = ("reporting.", "cases.")
OWN_RIGHT = (*TENANT, "contact_page.", "receipts.")  # screens whose forms need no CSRF token: no cookie gives them any right


class Page(HTMLParser):
    """Reads what the rules ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.headings: list[str] = []
        self.titles = 0
        self.faults: list[str] = []
        self.forms: list[tuple[str, set[str]]] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "title":
            self.titles += 1
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        self._strict(tag, given)
        self._form(tag, given)

    def _strict(self, tag: str, given: dict[str, str]) -> None:
        if tag == "style" or "style" in given or (tag == "script" and "src" not in given):
            self.faults.append(f"inline {tag}")
        self.faults += [f"{name} on {tag}" for name in given if name.startswith("on") or name.startswith("hx-on")]
        for name in ("src", "href", "action", "srcset", "poster"):
            if re.match(r"(https?:)?//", given.get(name, "")):
                self.faults.append(f"third party: {given[name]}")

    def _form(self, tag: str, given: dict[str, str]) -> None:
        if tag == "form":
            self.forms.append((given.get("method", "get").lower(), set()))
        elif tag in ("input", "button", "select", "textarea") and self.forms:
            self.forms[-1][1].add(given.get("name", ""))


@pytest.fixture
def addresses(app: Flask, database: Database, world: World, clock: FakeClock, settings: Settings) -> dict[str, str]:
    """Every GET page with its address, filled from the test world."""
    night = Night(database, world, clock)
    night.phones("Samira", "Tom")
    incident = night.report("Er loopt water uit het plafond.")
    night.takes("Samira", incident)
    values = {
        "incident_id": incident, "slug": "waterveen", "category": "lekkage_ernstig", "line_id": world.lines["backup"],
        "person_id": world.people["Tom"], "token": links.case_token(settings.secret_key, 1, 1),
        "desk_id": world.desk, "urgency": "spoed", "period": "2026-11",
    }
    with database.write() as session:
        samira = world.people["Samira"]
        method = contact_methods.add(session, samira, "ntfy", {"topic": "dienst-x8k2"}, offered=("ntfy",), now=clock.moment)
        message = alerting.test_contact(session, method, key="test", now=clock.moment).deliveries[0].id
        link = links.contact_token(settings.secret_key, message, method.id)
        rehearsal = alerting.call(session, Reach(session, clock.moment), [samira], kind="rehearsal", key="r")[0].deliveries[0]
        page = links.page_token(settings.secret_key, rehearsal.id, rehearsal.device_id or 0)
    found = {}
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES:
                found[rule.endpoint] = adapter.build(rule.endpoint, {each: values[each] for each in rule.arguments})
    found["receipts.rehearsal"] = f"/pages/{page}/confirmation"
    return found | {"contact_page.show": f"/c/{link}", "contacts.new": "/devices/contacts/new?kind=ntfy"}


def pages(client: FlaskClient, addresses: dict[str, str]) -> Iterator[tuple[str, str, Page]]:
    """What this person may see of all pages."""
    for endpoint, address in sorted(addresses.items()):
        if endpoint == "auth.logout":
            continue
        answer = client.get(address)
        assert answer.status_code in (200, 302, 303, 403, 404), f"{endpoint}: {answer.status_code}"
        if answer.status_code == 200:
            assert answer.mimetype == "text/html", endpoint
            yield endpoint, answer.text, Page(answer.text)


@pytest.mark.parametrize("name", ["", *READERS])
def test_every_page_keeps_the_rules(app: Flask, world: World, addresses: dict[str, str], name: str) -> None:
    client = app.test_client()
    if name:
        login(client, world, name)
    seen = 0
    for endpoint, html, page in pages(client, addresses):
        seen += 1
        assert html.startswith("<!doctype html>"), endpoint
        assert page.language == "nl", endpoint
        assert page.headings.count("h1") == 1, f"{endpoint}: {page.headings}"
        assert page.titles == 1, endpoint
        assert not page.faults, f"{endpoint}: {page.faults}"
        assert len(page.ids) == len(set(page.ids)), f"{endpoint}: an id twice"
        assert "{{" not in html, endpoint
        for method, fields in page.forms:
            if method == "post" and not endpoint.startswith(OWN_RIGHT):
                assert "csrf_token" in fields, f"{endpoint}: a form without CSRF token"
    assert seen >= (3 if not name else 5)


def test_every_page_was_seen_by_somebody(app: Flask, world: World, addresses: dict[str, str]) -> None:
    """Otherwise the rules above would hold for pages that nobody opened."""
    seen: set[str] = set()
    for name in ("", *READERS):
        client = app.test_client()
        if name:
            login(client, world, name)
        seen |= {endpoint for endpoint, _, _ in pages(client, addresses)}
    assert addresses.keys() - seen <= {"auth.logout"}


def test_tenant_pages_carry_the_number_and_no_script(client: FlaskClient, addresses: dict[str, str]) -> None:
    seen = [
        (endpoint, html) for endpoint, html, _ in pages(client, addresses)
        if endpoint.startswith(TENANT) and endpoint != "reporting.choose"
    ]
    assert len(seen) >= 5
    for endpoint, html in seen:
        assert 'href="tel:0301234567"' in html, endpoint
        assert "<script" not in html, endpoint


@pytest.mark.parametrize("path", ["/er/is/niets", "/incidents/abc", "/m/onzin", "/melden/nergens"])
def test_an_unknown_address_is_a_page_too(client: FlaskClient, world: World, path: str) -> None:
    answer = client.get(path)
    page = Page(answer.text)
    assert answer.status_code == 404
    assert page.headings == ["h1"]
    assert not page.faults


def test_static_files_come_packed_and_pages_too(client: FlaskClient, world: World, addresses: dict[str, str]) -> None:
    sheet = re.search(r'href="(/static/css/app\.css\?v=\w+)"', client.get("/login").text)
    assert sheet
    packed = client.get(sheet[1], headers={"Accept-Encoding": "gzip"})
    plain = client.get(sheet[1])
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) * 3 < len(plain.data)
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert client.get(sheet[1], headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304
    assert client.get("/static/css/../../app.py").status_code == 404
    page = client.get("/melden/waterveen", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    login_page = client.get("/login?next=/nu", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in login_page.headers  # a secret beside chosen input is not packed
