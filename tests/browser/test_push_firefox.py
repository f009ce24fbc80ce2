"""Firefox, from the tap that turns push on to the press on the notice, with its own push client and decryption."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.night import acknowledgement, confirmation, delivery_with, report_a_leak, the_device, time_to_rehearse
from tests.builders import PASSWORD
from tests.push_lab.firefox import Firefox
from tests.push_lab.push_service import PushService
from tests.push_lab.running_app import RunningApp
from tests.push_lab.waiting import wait_for
from webcare_pwa.models.device import Device

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("firefox")]


def log_in(firefox: Firefox, running: RunningApp) -> None:
    firefox.fill("#email", running.world.email("Samira"))
    firefox.fill("#password", PASSWORD)
    firefox.click("main form button")


@pytest.fixture
def firefox(tmp_path: Path, running: RunningApp, push: PushService) -> Iterator[Firefox]:
    """Samira's browser: logged in, push on."""
    with Firefox(push.ws_url, tmp_path) as browser:
        browser.goto(f"{running.base}/login?next=/devices")
        log_in(browser, running)
        browser.click("[data-push=on]")
        browser.wait(lambda: "Nog niet bewezen" in browser.text(), "the device to be on the page")
        yield browser


def take(firefox: Firefox, running: RunningApp) -> None:
    """The press opens the incident, where the big button is."""
    firefox.look_at("/incidents/1")
    firefox.click(".dock button.plate")
    assert acknowledgement(running).person_id == running.world.people["Samira"]


def test_a_reported_leak_wakes_her_and_the_press_opens_it(
    firefox: Firefox, running: RunningApp, push: PushService
) -> None:
    device = the_device(running)
    assert device.endpoint.startswith(push.base) and not device.waking and device.platform == "desktop"
    report_a_leak(running)
    text = wait_for(lambda: next((each for each in firefox.notices() if "Noodgeval" in each), ""), "the notice")
    assert "Populierenhof" in text and "Populierenlaan" not in text and "Aydin" not in text
    row = delivery_with(running, "shown")
    assert row.outcome == "accepted" and row.device_id == device.id
    assert push.wait_message().ack_code == 100
    firefox.press("Noodgeval")
    assert delivery_with(running, "opened").id == row.id
    take(firefox, running)


def test_with_the_login_expired_the_login_leads_to_the_incident(firefox: Firefox, running: RunningApp) -> None:
    firefox.clear_cookies()
    report_a_leak(running)
    firefox.press("Noodgeval")
    assert delivery_with(running, "opened").shown_at is not None
    firefox.look_at("/login?next=/incidents/1")
    log_in(firefox, running)
    take(firefox, running)


def test_with_no_page_open(firefox: Firefox, running: RunningApp) -> None:
    firefox.goto("about:blank")
    report_a_leak(running)
    assert delivery_with(running, "shown").outcome == "accepted"
    firefox.press("Noodgeval")
    take(firefox, running)


def test_a_renewed_address_is_registered_by_the_worker_script_itself(
    firefox: Firefox, running: RunningApp, push: PushService
) -> None:
    before = the_device(running)
    push.forget()
    after = wait_for(
        lambda: next((each for each in [the_device(running)] if each.endpoint != before.endpoint), None),
        "the new address")
    assert (after.id, after.name) == (before.id, before.name)
    firefox.goto("about:blank")
    report_a_leak(running)
    assert delivery_with(running, "shown").outcome == "accepted"


def test_a_rehearsal_is_confirmed_on_the_page_the_press_opens(firefox: Firefox, running: RunningApp) -> None:
    with running.database.write() as session:
        session.get_one(Device, the_device(running).id).waking = True
    firefox.clear_cookies()
    time_to_rehearse(running)
    firefox.press("Proefoproep")
    firefox.look_at("/confirmation")
    firefox.click("form button.plate")
    assert confirmation(running).device_id == the_device(running).id
    firefox.wait(lambda: "Bevestigd" in firefox.text(), "the page to say so")
