"""Headless Firefox with a throw-away profile whose push server is ours. It draws notifications itself and we press those."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.push_lab.marionette import Marionette, MarionetteError
from tests.push_lab.waiting import wait_for

Found = TypeVar("Found")

QUIET = (
    "remote.prefs.recommended",  # else Marionette switches push off
    "alerts.useSystemBackend",  # Firefox draws the notice itself
    "dom.webnotifications.requireuserinteraction", "browser.shell.checkDefaultBrowser", "browser.aboutwelcome.enabled",
    "browser.preonboarding.enabled", "browser.newtabpage.enabled", "datareporting.policy.dataSubmissionEnabled",
    "datareporting.healthreport.uploadEnabled", "toolkit.telemetry.enabled", "app.normandy.enabled", "app.update.enabled",
    "extensions.update.enabled", "extensions.getAddons.cache.enabled", "network.captive-portal-service.enabled",
    "network.connectivity-service.enabled", "browser.safebrowsing.update.enabled", "browser.tabs.warnOnClose",
    "browser.safebrowsing.malware.enabled", "browser.safebrowsing.phishing.enabled",
    "browser.sessionstore.resume_from_crash",
)
PREFERENCES: dict[str, Any] = dict.fromkeys(QUIET, False) | {
    "dom.push.testing.allowInsecureServerURL": True, "dom.push.connection.enabled": True,
    "dom.push.retryBaseInterval": 200, "permissions.default.desktop-notification": 1,
    "app.update.disabledForTesting": True, "termsofuse.bypassNotification": True, "marionette.port": 0,
    "browser.startup.page": 0, "startup.homepage_welcome_url": "about:blank", "toolkit.telemetry.server": "",
    "browser.startup.homepage_override.mstone": "ignore", "media.gmp-manager.url": "", "browser.region.network.url": "",
    "services.settings.server": "data:,#remote-settings-dummy/v1", "toolkit.startup.max_resumed_crashes": -1,
}


class Firefox:
    """`with Firefox(push.ws_url, folder) as firefox: firefox.goto(...)`."""

    def __init__(self, push_server: str, folder: Path) -> None:
        self._profile = folder / "firefox"
        self._preferences = PREFERENCES | {"dom.push.serverURL": push_server}

    def __enter__(self) -> Self:
        self._profile.mkdir()
        (self._profile / "user.js").write_text("".join(
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in self._preferences.items()))
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        assert program, "no Firefox on this machine"
        self._log = (self._profile / "output.log").open("wb")
        self._process = subprocess.Popen(
            [program, "--profile", str(self._profile), "--no-remote", "--marionette", "--remote-allow-system-access",
             "--headless"],
            env={**os.environ, "HOME": str(self._profile), "MOZ_CRASHREPORTER_DISABLE": "1", "MOZ_HEADLESS": "1"},
            stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True)
        port = self._profile / "MarionetteActivePort"
        number = wait_for(lambda: port.read_text().strip() if port.exists() else "", "Firefox to start", timeout=60)
        self._line = Marionette(int(number))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self._line.command("Marionette:Quit", flags=["eForceQuit"])
        except (MarionetteError, OSError):
            self._process.kill()
        self._line.close()
        self._process.wait(20)
        self._log.close()

    # ---- pages
    def goto(self, url: str) -> None:
        self._line.command("WebDriver:Navigate", url=url)

    def script(self, code: str) -> Any:
        """The value of an async function body in the page."""
        wrapped = ("const done = arguments[arguments.length - 1];"
                   f"(async () => {{ {code} }})().then((v) => done(v ?? null), (e) => done({{bad: String(e)}}));")
        return self._line.command("WebDriver:ExecuteAsyncScript", script=wrapped, args=[])

    def click(self, css: str) -> None:
        self.wait(lambda: self._visible(css), css)
        self._line.command("WebDriver:ElementClick", id=self._find(css))

    def fill(self, css: str, text: str) -> None:
        element = self.wait(lambda: self._find(css), css)
        self._line.command("WebDriver:ElementClear", id=element)
        self._line.command("WebDriver:ElementSendKeys", id=element, text=text)

    def text(self) -> str:
        return str(self.script("return document.body.innerText"))

    def wait(self, probe: Callable[[], Found | None], what: str) -> Found:
        """Wait, also through moments in which the page is on its way to another."""
        def careful() -> Found | None:
            try:
                return probe()
            except MarionetteError:
                return None
        return wait_for(careful, what)

    def clear_cookies(self) -> None:
        self._line.command("WebDriver:DeleteAllCookies")

    # ---- the browser itself
    def urls(self) -> list[str]:
        """Addresses of all tabs."""
        return list(self._chrome(
            "return [...Services.wm.getEnumerator('navigator:browser')].flatMap("
            "w => w.gBrowser.browsers.map(b => b.currentURI.spec));"))

    def look_at(self, part: str) -> None:
        """Go on in the tab whose address contains `part`."""
        def found() -> bool:
            for handle in self._line.command("WebDriver:GetWindowHandles"):
                self._line.command("WebDriver:SwitchToWindow", handle=handle)
                if part in str(self._line.command("WebDriver:GetCurrentURL")):
                    return True
            return False
        self.wait(found, f"a tab with {part}; open: {self.urls()}")

    def notices(self) -> list[str]:
        """Text of the notices that are on the screen."""
        return list(self._chrome(
            "return [...Services.wm.getEnumerator('alert:alert')].map(w => "
            "(w.document.getElementById('alertTitleLabel')?.getAttribute('value') || '') + ' ' + "
            "w.document.documentElement.textContent.replace(/\\s+/g, ' '));"))

    def press(self, contains: str) -> None:
        """Press the notice with those words."""
        self.wait(lambda: bool(self._chrome(
            "for (const w of Services.wm.getEnumerator('alert:alert')) {"
            "  const t = w.document.documentElement.textContent + ' ' +"
            "    (w.document.getElementById('alertTitleLabel')?.getAttribute('value') || '');"
            f"  if (t.includes({json.dumps(contains)}) && typeof w.onAlertClick === 'function') {{"
            "    w.onAlertClick(); return true; } } return false;")), f"a notice with {contains!r}")

    def subscription(self) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.script(
            "const r = await navigator.serviceWorker.ready;"
            "const s = await r.pushManager.getSubscription(); return s && s.toJSON();")
        return found

    def _find(self, css: str) -> Any:
        return next(iter(self._line.command("WebDriver:FindElement", using="css selector", value=css).values()))

    def _visible(self, css: str) -> bool:
        return bool(self._line.command("WebDriver:IsElementDisplayed", id=self._find(css)))

    def _chrome(self, code: str) -> Any:
        self._line.command("Marionette:SetContext", value="chrome")
        try:
            return self._line.command("WebDriver:ExecuteScript", script=code, args=[])
        finally:
            self._line.command("Marionette:SetContext", value="content")
