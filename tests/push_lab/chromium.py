"""Headless Chromium with its own push client pointed at `Gcm`, and its notifications at `Desktop`."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from playwright.sync_api import Error, Page, sync_playwright

from tests.push_lab.desktop import Desktop
from tests.push_lab.gcm import Gcm
from tests.push_lab.waiting import wait_for

Found = TypeVar("Found")

# Chromium writes Google's host into the endpoint; the product must post to ours. Everything else is Chromium's own.
OUR_HOST = """
(() => {
  if (!('PushSubscription' in self)) return;
  const proto = PushSubscription.prototype;
  const real = Object.getOwnPropertyDescriptor(proto, 'endpoint').get, json = proto.toJSON;
  const ours = (url) => BASE + '/wpush/v2/' + url.split('/').pop();
  Object.defineProperty(proto, 'endpoint', {get() { return ours(real.call(this)); }});
  proto.toJSON = function () { return {...json.call(this), endpoint: ours(real.call(this))}; };
})();"""
# No calls home; but background networking must stay on, as push is part of it.
ARGUMENTS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-component-update", "--disable-sync",
             "--disable-domain-reliability", "--disable-client-side-phishing-detection"]


class Chromium:
    """`with Chromium(gcm, desktop, folder) as chromium: chromium.page.goto(...)`."""

    def __init__(self, gcm: Gcm, desktop: Desktop, folder: Path) -> None:
        self._gcm, self._desktop, self._profile = gcm, desktop, folder / "chromium"

    def __enter__(self) -> Self:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        assert program, "no Chromium on this machine"
        self._playwright = sync_playwright().start()
        phone = self._playwright.devices["Pixel 7"]
        looks = {name: phone[name] for name in ("viewport", "device_scale_factor", "is_mobile", "has_touch", "user_agent")}
        # A private window may not subscribe, so the profile is a real folder.
        self.context = self._playwright.chromium.launch_persistent_context(
            str(self._profile), executable_path=program, headless=True, args=[*ARGUMENTS, *self._gcm.chromium_args],
            ignore_default_args=["--disable-background-networking"], locale="nl-NL",
            env={**os.environ, **self._desktop.environment}, **looks)
        # Granting one permission denies all others, so Background Sync is named too.
        self.context.grant_permissions(["notifications", "background-sync"])
        self.context.add_init_script(OUR_HOST.replace("BASE", json.dumps(self._gcm.push.base)))
        self.page = self.context.new_page()
        self._tools = self.context.new_cdp_session(self.page)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.context.close()
        self._playwright.stop()

    def wait(self, probe: Callable[[], Found | None], what: str) -> Found:
        """Wait while the browser goes on working; a page on its way to another counts as not yet."""
        def careful() -> Found | None:
            try:
                self.page.wait_for_timeout(20)
                return probe()
            except Error:
                return None
        return wait_for(careful, what, every=0.02)

    def open_page(self, part: str) -> Page:
        """The page whose address contains `part`."""
        return self.wait(lambda: next((each for each in self.context.pages if part in each.url), None), f"a page {part}")

    def subscription(self) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.page.evaluate(
            "async () => (await (await navigator.serviceWorker.ready).pushManager.getSubscription())?.toJSON() ?? null")
        return found

    def stop_workers(self) -> None:
        """End all service workers: the next push must start one."""
        self._tools.send("ServiceWorker.enable")
        self._tools.send("ServiceWorker.stopAllWorkers")

    def installability(self) -> list[str]:
        """What keeps the page from being installed as an app."""
        return [each["errorId"] for each in self._tools.send("Page.getInstallabilityErrors")["installabilityErrors"]]
