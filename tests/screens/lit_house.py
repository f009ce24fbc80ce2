"""The real app with something to see on every screen, served on a port of its own inside the test process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from flask import Flask
from playwright.sync_api import BrowserContext
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.builders import PASSWORD, World, build_world
from tests.fakes import FakeClock
from tests.web.night import Night
from webcare_pwa import links
from webcare_pwa.db import Database
from webcare_pwa.factory import create_app
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.rules.wall_time import parse
from webcare_pwa.settings import Settings
from webcare_pwa.steps import alerting, contact_methods, progress, rehearsals

CHROMIUM = "/usr/bin/chromium"
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1280, 800)}


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the app on a free port; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


FIXED = {  # screens whose address is the same in every house: who looks, and where
    "login": ("", "/login"),
    "nu": ("Samira", "/nu"),
    "nu-unconfirmed": ("Tom", "/nu"),
    "nu-coordinator": ("Carla", "/nu"),
    "nu-operator": ("Olga", "/nu"),
    "incidents": ("Samira", "/incidents"),
    "report-for-somebody": ("Olga", "/intake"),
    "devices": ("Samira", "/devices"),
    "contact-new": ("Samira", "/devices/contacts/new?kind=ntfy"),
    "bedside": ("Samira", "/nachtstand"),
    "rota": ("Samira", "/rota"),
    "rota-plan": ("Carla", "/rota"),
    "calendar": ("Samira", "/rota/calendar"),
    "calendar-gaps": ("Carla", "/rota/calendar/2026-12"),
    "calendar-week": ("Tom", "/rota/calendar/week"),
    "calendar-who": ("Carla", "/rota/who?date=2026-10-25&time=02:30"),
    "feeds": ("Samira", "/rota/feeds"),
    "handover": ("Kees", "/handover"),
    "people": ("Ada", "/people"),
    "health": ("Carla", "/health"),
    "joining": ("Samira", "/joining"),
    "policies": ("Carla", "/policies"),
    "tokens": ("Ada", "/tokens"),
    "tenant-start": ("", "/melden/waterveen"),
    "agreement": ("", "/afspraken/waterveen"),
    "not-found": ("", "/er/is/niets"),
}


class LitHouse:
    """`with LitHouse(database, folder) as house: house.base, house.screens()`."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database, self._folder, self._clock = database, folder, FakeClock()
        self.base, self._open, self.message, self.rehearsal = "", ExitStack(), 0, ""

    def __enter__(self) -> Self:
        with self._database.write() as session:
            self.world: World = build_world(session, self._clock.moment)
        app = create_app(demo_settings(self._folder), database=self._database, clock=self._clock)
        self._night()
        self._contacts()
        self._rehearsal()
        self.base = self._open.enter_context(served(app))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._open.close()

    def login(self, context: BrowserContext, name: str) -> None:
        """Log in through the form."""
        page = context.new_page()
        page.goto(f"{self.base}/login")
        page.fill("#email", self.world.email(name))
        page.fill("#password", PASSWORD)
        page.click("button.plate")
        page.wait_for_url(f"{self.base}/nu")
        page.close()

    def screens(self) -> dict[str, tuple[str, str]]:
        """Name of a screen: who looks ("" for a tenant), and where."""
        case = links.case_token(demo_settings(self._folder).secret_key, 1, 1)
        return FIXED | {
            "rehearsal": ("", f"/pages/{self.rehearsal}/confirmation"),
            "incident-new": ("Samira", f"/incidents/{self.worst}"),
            "incident-mine": ("Samira", f"/incidents/{self.mine}"),
            "reply": ("Samira", f"/incidents/{self.mine}/replies/new"),
            "contact-answer": ("", f"/c/{links.contact_token(demo_settings(self._folder).secret_key, self.message, 1)}"),
            "person": ("Carla", f"/people/{self.world.people['Tom']}"),
            "working": ("Carla", f"/people/{self.world.people['Tom']}/working-hours"),
            "policy": ("Carla", f"/policies/{self.world.desk}/spoed"),
            "policy-trial": ("Carla", f"/policies/{self.world.desk}/trial?urgency=spoed"),
            "tenant-case": ("", f"/m/{case}"),
        }

    def _contacts(self) -> None:
        """One of each state: proven, failed for good, with a test under way."""
        now, samira = self._clock.moment, self.world.people["Samira"]
        with self._database.write() as session:
            for kind, typed, outcome in (
                ("sms", {"number": "06 12345611"}, "accepted"), ("telegram", {"chat_id": "123456789"}, "gone"),
                ("ntfy", {"topic": "dienst-x8k2-nacht"}, "accepted"),
            ):
                method = contact_methods.add(session, samira, kind, typed, offered=(kind,), now=now)
                message = alerting.test_contact(session, method, key=f"lit:{kind}", now=now).deliveries[0]
                message.outcome, message.outcome_at, message.attempts = outcome, now, 1
                message.opened_at = now if kind == "sms" else None
                self.message = self.message or message.id

    def _rehearsal(self) -> None:
        """Tom did not confirm; Samira did, by taking an incident."""
        with self._database.write() as session:
            rehearsals.rehearse(session, now=parse("2026-11-27T16:00"))
            page = session.scalars(select(Delivery).join(Alert).where(
                Alert.kind == "rehearsal", Alert.person_id == self.world.people["Tom"])).one()
            self.rehearsal = links.page_token(demo_settings(self._folder).secret_key, page.id, page.device_id or 0)

    def _night(self) -> None:
        night = Night(self._database, self.world, self._clock)
        night.phones("Samira", "Tom", "Carla")
        self.mine = night.report("Wij zitten zonder verwarming. Het is twee graden onder nul en er is een baby.",
                                 category="cv_geen_verwarming", email=None)
        night.minutes(1)
        night.shown()
        night.takes("Samira", self.mine)
        with self._database.write() as session:
            progress.record(session, self.mine, "contractor_eta_recorded", by=self.world.people["Samira"],
                            party="Warmte Techniek", note="Belt bij vertraging", token="eta",
                            promised_at=self._clock.moment.replace(hour=2, minute=15), now=self._clock.moment)
        night.report("De lamp in de hal is uit.", category="verlichting_algemeen", answers={"dark": "one"})
        self.worst = night.report("Er loopt water uit het plafond van de woonkamer. Het wordt steeds meer. De bovenburen "
                                  "zijn niet thuis.", answers={"electricity": "yes"})
        night.minutes(1)


def demo_settings(folder: Path) -> Settings:
    """Demo settings without anything outside."""
    return Settings(
        database_url="", secret_key="test-" * 10, base_url="http://localhost", data_dir=folder, demo=True,
        vapid_private_key_file=folder / "vapid.pem", vapid_subject="mailto:beheer@corporatie.example",
        push_hosts=("http://127.0.0.1",), log_level="ERROR",
    )
