"""Chromium, from the tap that turns push on to the button "Ik pak het op": its own subscribe, decryption and notices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.browser.night import (
    acknowledgement,
    confirmation,
    delivery_settled,
    delivery_with,
    report_a_leak,
    the_device,
    time_to_rehearse,
)
from tests.builders import PASSWORD
from tests.fakes import SATURDAY_0210
from tests.push_lab.chromium import Chromium
from tests.push_lab.desktop import Desktop
from tests.push_lab.gcm import Gcm
from tests.push_lab.messages import Fault
from tests.push_lab.push_service import PushService
from tests.push_lab.running_app import RunningApp
from tests.push_lab.waiting import wait_for
from webcare_pwa.models.device import Device
from webcare_pwa.steps import acknowledgement as steps

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]


class Phone:
    """Samira's phone: logged in, push on."""

    def __init__(self, running: RunningApp, chromium: Chromium, desktop: Desktop) -> None:
        self.running, self.chromium, self.desktop, self.page = running, chromium, desktop, chromium.page

    def log_in(self, name: str = "Samira") -> None:
        self.page.fill("#email", self.running.world.email(name))
        self.page.fill("#password", PASSWORD)
        self.page.click("main form button")

    def device(self, number: int) -> Device:
        with self.running.database.read() as session:
            return session.get_one(Device, number)

    def live_device_of(self, person: int) -> Device | None:
        with self.running.database.read() as session:
            mine = select(Device).where(Device.person_id == person, Device.removed_at.is_(None))
            return session.scalars(mine).one_or_none()

    def turn_push_on(self) -> None:
        self.page.goto(f"{self.running.base}/login?next=/devices")
        self.log_in()
        self.page.click("[data-push=on]")
        self.page.wait_for_selector("text=Nog niet bewezen")


@pytest.fixture
def phone(tmp_path: Path, running: RunningApp, push: PushService) -> Iterator[Phone]:
    with Gcm(push, tmp_path) as gcm, Desktop(tmp_path) as desktop, Chromium(gcm, desktop, tmp_path) as chromium:
        phone = Phone(running, chromium, desktop)
        phone.turn_push_on()
        yield phone


def test_a_reported_leak_wakes_her_and_the_button_takes_it(phone: Phone, push: PushService) -> None:
    device = the_device(phone.running)
    assert device.endpoint.startswith(push.base) and device.waking and device.platform == "android"
    report_a_leak(phone.running)
    notice = phone.desktop.wait("Noodgeval")
    assert "Populierenhof" in notice.body
    assert "Populierenlaan" not in notice.title + notice.body and "Aydin" not in notice.title + notice.body
    assert {"Ik pak het op", "Kan niet"} <= set(notice.actions.values())
    row = delivery_with(phone.running, "shown")
    assert row.outcome == "accepted" and row.received_at is not None and row.device_id == device.id
    phone.desktop.press(notice, "Ik pak het op")
    row_of_her = acknowledgement(phone.running)
    assert (row_of_her.person_id, row_of_her.via) == (phone.running.world.people["Samira"], "notification")
    incident = phone.chromium.open_page("/incidents/1")
    phone.chromium.wait(lambda: "Aangenomen" in incident.inner_text("body"), "the incident to say who took it")


def test_with_the_login_expired_it_is_taken_and_the_login_leads_to_the_incident(phone: Phone) -> None:
    phone.chromium.context.clear_cookies()
    report_a_leak(phone.running)
    phone.desktop.press(phone.desktop.wait("Noodgeval"), "Ik pak het op")
    assert acknowledgement(phone.running).person_id == phone.running.world.people["Samira"]
    phone.page = phone.chromium.open_page("/login?next=/incidents/1")
    phone.log_in()
    phone.page.wait_for_url("**/incidents/1")


def test_with_no_page_open_a_stopped_worker_is_started_by_the_push(phone: Phone) -> None:
    phone.page.goto("about:blank")
    phone.chromium.stop_workers()
    report_a_leak(phone.running)
    notice = phone.desktop.wait("Noodgeval")
    assert delivery_with(phone.running, "shown").outcome == "accepted"
    phone.desktop.press(notice, "Ik pak het op")
    assert acknowledgement(phone.running).via == "notification"
    phone.chromium.open_page("/incidents/1")


def test_pressing_the_notice_itself_opens_the_incident_and_proves_it(phone: Phone) -> None:
    report_a_leak(phone.running)
    phone.desktop.press(phone.desktop.wait("Noodgeval"))
    phone.chromium.open_page("/incidents/1")
    assert delivery_with(phone.running, "opened").shown_at is not None


def test_wiping_it_away_is_reported(phone: Phone) -> None:
    report_a_leak(phone.running)
    phone.desktop.dismiss(phone.desktop.wait("Noodgeval"))
    assert delivery_with(phone.running, "dismissed").opened_at is None


def test_cannot_come_is_passed_on_and_said(phone: Phone) -> None:
    report_a_leak(phone.running)
    phone.desktop.press(phone.desktop.wait("Noodgeval"), "Kan niet")
    phone.desktop.wait("Doorgegeven: u kunt niet")


def test_a_stale_notice_replaces_itself_with_who_took_it(phone: Phone, push: PushService) -> None:
    push.hold = True
    report_a_leak(phone.running)
    push.wait_message("queued")
    with phone.running.database.write() as session:
        steps.acknowledge(session, 1, by=phone.running.world.people["Tom"], via="screen", token="t", now=SATURDAY_0210)
    push.release()
    shown = phone.desktop.wait("Noodgeval")
    assert phone.desktop.wait("Aangenomen door Tom").replaces == shown.id


def test_receipts_survive_a_moment_without_network(phone: Phone) -> None:
    phone.chromium.context.set_offline(True)
    report_a_leak(phone.running)
    phone.desktop.wait("Noodgeval")  # shown first; reporting can wait
    phone.chromium.context.set_offline(False)
    assert delivery_with(phone.running, "shown").received_at is not None


def test_a_test_page_shows_its_four_steps(phone: Phone) -> None:
    phone.page.click(".dock .plate:visible")
    phone.desktop.press(phone.desktop.wait("Testoproep"))
    phone.chromium.wait(lambda: "u tikte erop" in phone.page.inner_text("body"), "the proof on the page that was open")
    assert phone.page.locator(".steps .yes").count() == 4
    assert len([each for each in phone.chromium.context.pages if "/devices" in each.url]) == 1


def test_a_rehearsal_is_confirmed_by_its_button_with_the_login_expired(phone: Phone) -> None:
    phone.chromium.context.clear_cookies()
    time_to_rehearse(phone.running)
    notice = phone.desktop.wait("Proefoproep")
    assert "om 17:00" in notice.body and "Bevestig" in notice.actions.values()
    phone.desktop.press(notice, "Bevestig")
    assert confirmation(phone.running).device_id == the_device(phone.running).id
    phone.desktop.wait("Bevestigd: uw dienst begint om 17:00")


def test_pressing_the_rehearsal_itself_opens_a_page_with_the_button(phone: Phone) -> None:
    time_to_rehearse(phone.running)
    phone.desktop.press(phone.desktop.wait("Proefoproep"))
    phone.chromium.open_page("/confirmation").click("form button.plate")
    assert confirmation(phone.running).device_id == the_device(phone.running).id
    opened = phone.chromium.open_page("/confirmation")
    phone.chromium.wait(lambda: "Bevestigd" in opened.inner_text("body"), "the page to say so")


def test_it_can_be_installed_and_opens_something_without_network(phone: Phone) -> None:
    assert phone.chromium.installability() == []
    phone.chromium.context.set_offline(True)
    phone.page.goto(f"{phone.running.base}/nu")
    text = phone.page.inner_text("body")
    assert "Geen verbinding" in text and "030 123 45 67" in text and "030 765 43 21" in text


def test_a_shared_phone_moves_by_logging_out_and_in(phone: Phone, push: PushService) -> None:
    device = the_device(phone.running)
    phone.page.goto(f"{phone.running.base}/logout")
    phone.page.click("form[data-logout] button")
    phone.page.wait_for_url("**/login")
    assert phone.device(device.id).removed_at is not None
    phone.log_in("Tom")
    tom = phone.running.world.people["Tom"]
    moved = phone.chromium.wait(lambda: phone.live_device_of(tom), "the phone to be Tom's")
    assert moved.endpoint != device.endpoint  # logging out gave the old address up
    assert push.subscriptions[device.endpoint.rpartition("/")[2]].gone
    phone.page.goto(f"{phone.running.base}/devices")
    phone.page.wait_for_selector("text=Nog niet bewezen")


def test_a_phone_taken_off_the_list_stays_off(phone: Phone, push: PushService) -> None:
    device = the_device(phone.running)
    phone.page.click("summary:has-text('weghalen')")
    phone.page.click("[data-forget] button")
    phone.page.wait_for_selector("text=Zet oproepen aan")
    assert phone.device(device.id).removed_at is not None
    phone.page.goto(f"{phone.running.base}/nu")
    phone.page.goto(f"{phone.running.base}/devices")
    phone.page.wait_for_selector("[data-push=on]:visible")
    assert phone.chromium.subscription() is None


def test_a_dead_address_is_replaced_at_the_next_start_of_the_app(phone: Phone, push: PushService) -> None:
    device = the_device(phone.running)
    push.faults = [Fault(status=410, times=1)]
    report_a_leak(phone.running)
    wait_for(lambda: delivery_settled(phone.running) == "gone", "the push service to say gone")
    phone.page.evaluate("sessionStorage.clear()")  # as a new start of the app has it
    phone.page.goto(f"{phone.running.base}/devices")
    phone.page.wait_for_selector("text=Nog niet bewezen")
    renewed = phone.device(device.id)
    assert renewed.endpoint != device.endpoint and renewed.removed_at is None
