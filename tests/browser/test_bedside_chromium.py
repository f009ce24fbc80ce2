"""Nachtstand in Chromium: sound is really made, on a push and on a heartbeat; heartbeats arrive; the wake lock is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.browser.night import report_a_leak
from tests.builders import PASSWORD
from tests.push_lab.chromium import Chromium
from tests.push_lab.desktop import Desktop
from tests.push_lab.gcm import Gcm
from tests.push_lab.push_service import PushService
from tests.push_lab.running_app import RunningApp
from webcare_pwa.models.bedside import Bedside

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]

# Listens to what goes to the loudspeaker, and counts and answers the requests for a wake lock.
LISTEN = """
(() => {
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode) {
      self.ear = to.context.createAnalyser();
      connect.call(this, self.ear);
    }
    return connect.call(this, to, ...more);
  };
  self.loudness = () => {
    if (!self.ear) return 0;
    const wave = new Float32Array(self.ear.fftSize);
    self.ear.getFloatTimeDomainData(wave);
    return Math.max(...wave.map(Math.abs));
  };
  self.locks = [];
  Object.defineProperty(navigator, 'wakeLock', {value: {request: async () => {
    if (self.refuseLock) throw new DOMException('no', 'NotAllowedError');
    const lock = new EventTarget();
    lock.released = false;
    lock.release = async () => { lock.released = true; lock.dispatchEvent(new Event('release')); };
    self.locks.push(lock);
    return lock;
  }}});
})();"""


class Bed:
    """Samira's phone beside the bed, push on."""

    def __init__(self, running: RunningApp, chromium: Chromium) -> None:
        self.running, self.chromium, self.page = running, chromium, chromium.page
        self.page.add_init_script(LISTEN)
        self.page.goto(f"{running.base}/login?next=/devices")
        self.page.fill("#email", running.world.email("Samira"))
        self.page.fill("#password", PASSWORD)
        self.page.click("main form button")
        self.page.click("[data-push=on]")
        self.page.wait_for_selector("text=Nog niet bewezen")
        self.page.goto(f"{running.base}/nachtstand")

    def start(self) -> None:
        self.page.click("[data-night-act=start]")
        self.page.wait_for_selector("#night-beat:has-text('Gehoord om')")

    def is_loud(self) -> bool:
        return float(self.page.evaluate("loudness()")) > 0.3

    def rows(self) -> list[Bedside]:
        with self.running.database.read() as session:
            return list(session.scalars(select(Bedside)))


@pytest.fixture
def bed(tmp_path: Path, running: RunningApp, push: PushService) -> Iterator[Bed]:
    with Gcm(push, tmp_path) as gcm, Desktop(tmp_path) as desktop, Chromium(gcm, desktop, tmp_path) as chromium:
        yield Bed(running, chromium)


def test_a_push_rings_at_once_and_hush_stops_it(bed: Bed) -> None:
    bed.start()
    assert not bed.is_loud()
    report_a_leak(bed.running)
    bed.chromium.wait(bed.is_loud, "the sound")
    assert bed.page.is_visible("#night-ring")
    bed.page.click("[data-night-act=hush]")
    bed.chromium.wait(lambda: not bed.is_loud(), "silence")


def test_it_rings_for_an_open_call_when_no_push_comes(bed: Bed, push: PushService) -> None:
    bed.start()
    push.hold = True
    push.deliver_elsewhere = lambda message: None
    report_a_leak(bed.running)
    bed.chromium.wait(lambda: bool(push.requests), "the page to be sent")
    bed.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # a heartbeat now, not in 30 seconds
    bed.chromium.wait(bed.is_loud, "the sound")
    assert "incident 1" in bed.page.inner_text("#night-title")


def test_heartbeats_arrive_and_stop_ends_it(bed: Bed) -> None:
    bed.start()
    first = bed.rows()[0]
    assert first.device_id is not None and first.ended_at is None
    bed.page.clock.install()
    bed.page.reload()
    bed.start()
    before = bed.rows()[-1].seen_at
    bed.page.clock.run_for(31_000)
    bed.chromium.wait(lambda: bed.rows()[-1].seen_at > before, "the second heartbeat")
    assert [row.ended_at is None for row in bed.rows()] == [False, True]
    bed.page.click("#night-form button")
    bed.page.wait_for_url("**/nu")
    assert all(row.ended_at for row in bed.rows())


def test_the_sound_can_be_tried_before_the_night(bed: Bed) -> None:
    bed.page.click("[data-night-act=test]")
    bed.chromium.wait(bed.is_loud, "the sound")
    bed.chromium.wait(lambda: not bed.is_loud(), "silence again")
    assert bed.rows() == []


def test_the_screen_lock_is_asked_again_and_a_refusal_is_told(bed: Bed) -> None:
    bed.start()
    bed.page.wait_for_selector("#night-lock:has-text('Ja')")
    bed.page.evaluate("locks[0].release()")
    bed.page.wait_for_selector("#night-lock:has-text('Nee')")
    bed.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    bed.page.wait_for_selector("#night-lock:has-text('Ja')")
    bed.page.evaluate("self.refuseLock = true; locks[1].release()")
    bed.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    bed.page.wait_for_selector("#night-lock:has-text('scherm nooit uit')")
    assert bed.page.evaluate("locks.length") == 2
