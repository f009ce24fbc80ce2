"""The app's own files: service worker, manifest, icons, offline page, health."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image

from tests.builders import World
from webcare_pwa import vapid
from webcare_pwa.clock import real_now
from webcare_pwa.db import Database
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.settings import Settings


def facts(script: str) -> dict[str, object]:
    """What the server put in front of the worker script."""
    line = script.splitlines()[1]
    found: dict[str, object] = json.loads(line.removeprefix("const APP = ").removesuffix(";"))
    return found


def picture_at(client: FlaskClient, address: str) -> Image.Image:
    with client.get(address) as answer:
        return Image.open(BytesIO(answer.get_data()))


def test_the_worker_script_is_always_asked_for_anew_and_serves_the_whole_site(client: FlaskClient, world: World) -> None:
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.text == client.get("/sw.js").text


def test_what_the_worker_keeps_exists_and_is_nobodys_own(client: FlaskClient, world: World) -> None:
    kept = facts(client.get("/sw.js").text)["precache"]
    assert isinstance(kept, list) and len(kept) == 6
    for address in kept:
        with client.get(address) as answer:
            assert answer.status_code == 200 and "Set-Cookie" not in answer.headers, address


def test_a_new_number_or_key_makes_a_new_version(
    client: FlaskClient, database: Database, world: World, settings: Settings
) -> None:
    versions = [facts(client.get("/sw.js").text)["version"]]
    with database.write() as session:
        session.get_one(Organisation, world.waterveen).emergency_number = "030 999 99 99"
    versions.append(facts(client.get("/sw.js").text)["version"])
    vapid.create(settings.vapid_private_key_file)
    versions.append(facts(client.get("/sw.js").text)["version"])
    assert len(set(versions)) == 3


def test_the_offline_page_carries_every_24_hour_number_and_needs_no_script(client: FlaskClient, world: World) -> None:
    page = client.get("/offline").text
    for number in ("030 123 45 67", "030 765 43 21", "112"):
        assert number in page
    assert 'href="tel:0301234567"' in page
    assert "<script" not in page and "csrf" not in page
    assert page.index("Ga eerst naar buiten") < page.index("112")


def test_the_manifest_makes_it_installable(client: FlaskClient, world: World) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = json.loads(answer.text)
    assert (manifest["id"], manifest["name"], manifest["lang"], manifest["display"], manifest["start_url"]) == (
        "/", "Storingsdienst", "nl", "standalone", "/nu")
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    for icon in manifest["icons"]:
        picture = picture_at(client, icon["src"])
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
    for shortcut in manifest["shortcuts"]:
        assert client.get(shortcut["url"]).status_code in (200, 303)


def test_the_apple_icon_has_no_see_through_corners(client: FlaskClient, world: World) -> None:
    picture = picture_at(client, "/static/icons/icon-180.png").convert("RGBA")
    assert picture.size == (180, 180)
    assert picture.getchannel("A").getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("age", "status", "worker"), [(None, 503, "silent"), (5, 200, "ok"), (59, 200, "ok"), (70, 503, "silent")]
)
def test_health_follows_the_worker_on_the_real_clock(
    client: FlaskClient, database: Database, age: int | None, status: int, worker: str
) -> None:
    if age is not None:
        with database.write() as session:
            session.add(Heartbeat(name="worker", at=real_now() - timedelta(seconds=age)))
    answer = client.get("/healthz")
    assert answer.status_code == status and answer.json is not None
    assert (answer.json["database"], answer.json["worker"]) == ("ok", worker)


def test_health_says_when_the_database_is_away(client: FlaskClient, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("drop table heartbeats")
    answer = client.get("/healthz")
    assert answer.status_code == 503 and answer.json is not None and answer.json["database"] == "unreachable"


def test_the_key_file_is_made_once_and_is_its_owners_alone(settings: Settings) -> None:
    path = settings.vapid_private_key_file
    assert (vapid.public_key(settings), vapid.key_id(settings)) == ("", "")
    assert vapid.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    public, key_id = vapid.public_key(settings), vapid.key_id(settings)
    assert not vapid.create(path)
    assert (vapid.public_key(settings), vapid.key_id(settings)) == (public, key_id)
    assert len(public) == 87 and len(key_id) == 16 and vapid.identify(public + "=") == key_id
