"""Pictures of every screen at three sizes, dark and light, in a real Chromium, into the git-ignored tests/browser/shots.

`python -m tools.screenshots [name ...]`. The demo's world, at 02:12 on its Saturday: a leak that nobody has taken yet, then
the same night after it was taken. To be looked at by a person; nothing is compared.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import delete, select

from tests.builders import add_device
from tests.fakes import FakeClock
from tests.screens.lit_house import CHROMIUM, SIZES, demo_settings, served
from tests.steps.engine import Engine
from webcare_pwa import links, schema, vapid
from webcare_pwa.clock import Clock
from webcare_pwa.db import Database
from webcare_pwa.demo import book, build
from webcare_pwa.factory import create_app
from webcare_pwa.house import House
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.incident import IncidentReport
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.person import Person
from webcare_pwa.ports import Inbound
from webcare_pwa.rulebook import load
from webcare_pwa.steps import acknowledgement, intake, progress

SHOTS = Path(__file__).resolve().parent.parent / "tests" / "browser" / "shots"
THEMES = ("dark", "light")
LEAK = "Er loopt water uit het plafond van de woonkamer. Het wordt steeds meer. De bovenburen zijn niet thuis."


@dataclass
class Stage:
    """The demo with one live incident."""

    database: Database
    clock: FakeClock
    secret_key: str
    base: str = ""
    incident: int = 0
    report: int = 0

    def people(self) -> dict[str, Person]:
        """By the first part of the address."""
        with self.database.read() as session:
            return {each.email.split("@")[0].split(".")[0]: each for each in session.scalars(select(Person))}

    def leak(self) -> None:
        """02:10: a leak comes in; the first line's phone shows it, nobody takes it yet."""
        people = self.people()
        with self.database.write() as session:
            for name in ("samira", "tom"):
                add_device(session, people[name].id, f"https://fcm.googleapis.com/{name}", self.clock.moment)
        self.clock.move(minutes=5)
        with self.database.write() as session:
            home = session.scalars(select(Dwelling).where(Dwelling.house_number == 88)).one()
            waterveen = session.scalars(select(Organisation).where(Organisation.slug == "waterveen")).one()
            facts = {
                "category": "lekkage_ernstig", "answers": {"stoppable": "no", "electricity": "no"}, "postcode": "1234AB",
                "house_number": 88, "dwelling_id": home.id, "address": "Populierenlaan 88", "city": "Waterveen",
                "name": "mevrouw Aydın", "phone": "06 12 34 56 78", "email": "aydin@huurder.example",
            }
            self.report = intake.receive(
                session, Inbound(waterveen.id, "web", "shot", LEAK, LEAK, facts), now=self.clock.moment).id
        engine = Engine(self.database, self.clock)
        engine.pass_time(seconds=3)
        with self.database.write() as session:
            for job in engine.push.jobs:
                row = session.get_one(Delivery, job.delivery_id)
                row.received_at = row.shown_at = self.clock.moment
            self.incident = session.scalars(
                select(IncidentReport.incident_id).where(IncidentReport.report_id == self.report)).one()
        engine.pass_time(minutes=2)
        with self.database.write() as session:
            session.execute(delete(Heartbeat))  # no worker runs beside the pictures

    def taken(self) -> None:
        """02:16: taken, and the plumber comes at 03:00."""
        samira = self.people()["samira"].id
        self.clock.move(minutes=3)
        with self.database.write() as session:
            acknowledgement.acknowledge(
                session, self.incident, by=samira, via="screen", token=links.new_token(), now=self.clock.moment)
        self.clock.move(minutes=3)
        with self.database.write() as session:
            progress.record(
                session, self.incident, "contractor_accepted", by=samira, party="Loodgieter Veenkade", token=links.new_token(),
                promised_at=self.clock.moment.replace(hour=2, minute=0, second=0), now=self.clock.moment)

    def before(self) -> dict[str, tuple[str, str]]:
        """Screens while nobody has the leak: name, who looks, where."""
        return {
            "nu-new": ("samira", "/nu"), "incident-new": ("samira", f"/incidents/{self.incident}"),
            "nu-coordinator": ("carla", "/nu"), "nu-operator": ("olga", "/nu"),
        }

    def after(self) -> dict[str, tuple[str, str]]:
        """All other screens."""
        case = links.case_token(self.secret_key, self.report, 1)
        return {
            "nu-taken": ("samira", "/nu"), "incident-mine": ("samira", f"/incidents/{self.incident}"),
            "incident-other": ("tom", f"/incidents/{self.incident}"), "incidents": ("samira", "/incidents"),
            "reply": ("samira", f"/incidents/{self.incident}/replies/new"), "devices": ("samira", "/devices"),
            "rota": ("samira", "/rota"), "rota-plan": ("carla", "/rota"), "handover": ("noor", "/handover"),
            "calendar": ("samira", "/rota/calendar"), "calendar-plan": ("carla", "/rota/calendar"),
            "calendar-week": ("tom", "/rota/calendar/week"), "calendar-who": ("carla", "/rota/who"),
            "feeds": ("samira", "/rota/feeds"),
            "nu-customer-service": ("noor", "/nu"), "intake": ("olga", "/intake"),
            "intake-leak": ("olga", "/intake?category=lekkage_ernstig"), "people": ("ada", "/people"),
            "tokens": ("ada", "/tokens"), "health": ("carla", "/health"),
            "joining": ("pieter", "/joining"), "person": ("carla", "/people/3"),
            "policies": ("carla", "/policies"), "policy": ("carla", "/policies/1/spoed"),
            "policy-trial": ("carla", "/policies/1/trial?urgency=spoed"), "nu-administrator": ("ada", "/nu"),
            "login": ("", "/login"),
            "tenant-start": ("", "/melden/waterveen"), "tenant-categories": ("", "/melden/waterveen/wat"),
            "tenant-form": ("", "/melden/waterveen/wat/lekkage_ernstig"), "tenant-case": ("", f"/m/{case}"),
            "agreement": ("", "/afspraken/waterveen"), "offline": ("", "/offline"), "not-found": ("", "/niets"),
        }


@contextmanager
def stage() -> Iterator[Stage]:
    """The demo in a database of its own, served."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = demo_settings(folder)
        vapid.create(folder / "vapid.pem")
        database = Database(f"sqlite:///{folder}/demo.db", durable=False)
        schema.upgrade(database)
        house = House(settings.base_url, settings.secret_key, load())
        clock = FakeClock(build.build(database, Clock(demo=True), house))
        play = Stage(database, clock, settings.secret_key)
        with served(create_app(settings, database=database, clock=clock)) as base:
            play.base = base
            yield play
        database.close()


def shoot(browser: Browser, play: Stage, screens: dict[str, tuple[str, str]], wanted: list[str]) -> None:
    """Every wanted screen, in every size and theme, whole page."""
    for width, height in SIZES.values():
        for theme in THEMES:
            for who in sorted({who for who, _ in screens.values()}):
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=theme,  # type: ignore[arg-type]
                    service_workers="block", locale="nl-NL")
                page = context.new_page()
                if who:
                    page.goto(f"{play.base}/login")
                    page.fill("#email", play.people()[who].email)
                    page.fill("#password", book.load()["password"])
                    page.click("button.plate")
                    page.wait_for_url(f"{play.base}/nu")
                for name, (_, path) in ((name, each) for name, each in screens.items() if each[0] == who):
                    if not wanted or name in wanted:
                        page.goto(play.base + path, wait_until="networkidle")
                        page.screenshot(path=SHOTS / f"{name}-{width}-{theme}.png", full_page=True)
                context.close()


def main(wanted: list[str]) -> None:
    """Make the pictures."""
    SHOTS.mkdir(exist_ok=True)
    with stage() as play, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        play.leak()
        shoot(browser, play, play.before(), wanted)
        play.taken()
        shoot(browser, play, play.after(), wanted)
        browser.close()
    print(f"{len(list(SHOTS.glob('*.png')))} pictures in {SHOTS}")


if __name__ == "__main__":
    main(sys.argv[1:])
