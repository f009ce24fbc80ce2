"""What the main screens cost: bytes over the line and requests, with an empty cache and with a filled one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.screens.lit_house import LitHouse

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("screens")]

COLD_BYTES, COLD_REQUESTS, WARM_BYTES = 60 * 1024, 8, 5 * 1024
WEIGHED = ("nu", "incident-new", "incident-mine", "tenant-start", "report-for-somebody", "calendar", "calendar-week")


@dataclass
class Weight:
    """What came over the line as the browser counted it: the packed content, and all of it with headers."""

    asked: dict[str, str] = field(default_factory=dict)  # request id -> address
    content: dict[str, int] = field(default_factory=dict)
    size: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.bytes} bytes ({sum(self.size.values())} with headers) in {len(self.asked)} requests"

    @property
    def bytes(self) -> int:
        """Content, as packed."""
        return sum(self.content.values())

    def forget(self, request_id: str) -> None:
        """It came out of the cache."""
        for each in (self.asked, self.content, self.size):
            each.pop(request_id, None)


@pytest.mark.parametrize("screen", WEIGHED)
def test_a_screen_is_light(chromium: Browser, lit_house: LitHouse, screen: str, capsys: pytest.CaptureFixture[str]) -> None:
    who, path = lit_house.screens()[screen]
    context = chromium.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    if who:
        _login_elsewhere(chromium, context, lit_house, who)
    page = context.new_page()
    cold, warm = _weigh(context, page, lit_house.base + path), _weigh(context, page, lit_house.base + path)
    context.close()
    with capsys.disabled():
        print(f"\n{screen}: cold {cold}, warm {warm}")  # noqa: T201  the figures are the point
    assert cold.bytes <= COLD_BYTES
    assert len(cold.asked) <= COLD_REQUESTS, cold.asked
    assert warm.bytes <= WARM_BYTES
    assert len(warm.asked) == 1, warm.asked


def _login_elsewhere(chromium: Browser, context: BrowserContext, lit_house: LitHouse, who: str) -> None:
    """Log in without filling this context's cache."""
    other = chromium.new_context()
    lit_house.login(other, who)
    context.add_cookies(other.cookies())  # type: ignore[arg-type]
    other.close()


def _weigh(context: BrowserContext, page: Page, address: str) -> Weight:
    weight = Weight()
    cached: list[str] = []
    session = context.new_cdp_session(page)

    def _asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            weight.asked[event["requestId"]] = event["request"]["url"]

    def _answered(event: dict[str, Any]) -> None:
        weight.content[event["requestId"]] = int(event["response"]["headers"].get("Content-Length", 0))
        if event["response"].get("fromDiskCache"):
            cached.append(event["requestId"])

    def _came(event: dict[str, Any]) -> None:
        weight.size[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.requestWillBeSent", _asked)
    session.on("Network.responseReceived", _answered)
    session.on("Network.loadingFinished", _came)
    session.on("Network.requestServedFromCache", lambda event: cached.append(event["requestId"]))
    session.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    session.detach()
    for each in cached:
        weight.forget(each)
    return weight
