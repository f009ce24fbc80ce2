"""A desktop on a private D-Bus: sees every notification the browser really shows, and presses it or one of its buttons."""

from __future__ import annotations

import asyncio
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Annotated, Any, Self

from dbus_fast import BusType, NameFlag
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusSignature
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

from tests.push_lab.waiting import wait_for

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""

Text = Annotated[str, DBusSignature("s")]
Nothing = Annotated[None, DBusSignature("")]
Number = Annotated[int, DBusSignature("u")]


@dataclass
class Notice:
    """One notification as the desktop got it."""

    id: int
    replaces: int
    title: str
    body: str
    actions: dict[str, str]  # key -> visible word


class _Notifications(ServiceInterface):
    """org.freedesktop.Notifications."""

    def __init__(self, shown: list[Notice]) -> None:
        super().__init__("org.freedesktop.Notifications")
        self._shown, self._last = shown, 0

    @dbus_method()
    def GetCapabilities(self) -> Annotated[list[str], DBusSignature("as")]:  # noqa: N802
        return ["actions", "body", "body-markup", "icon-static", "persistence"]

    @dbus_method()
    def GetServerInformation(self) -> Annotated[tuple[str, str, str, str], DBusSignature("ssss")]:  # noqa: N802
        return ["desk", "test", "1.0", "1.2"]  # type: ignore[return-value]  # the library wants a list

    @dbus_method()
    def Notify(  # noqa: N802
        self, _app: Text, replaces: Number, _icon: Text, summary: Text, body: Text,
        actions: Annotated[list[str], DBusSignature("as")], _hints: Annotated[dict[str, Any], DBusSignature("a{sv}")],
        _timeout: Annotated[int, DBusSignature("i")],
    ) -> Number:
        number = replaces or self._last + 1
        self._last = max(self._last, number)
        self._shown.append(
            Notice(number, replaces, summary, body, dict(zip(actions[::2], actions[1::2], strict=True))))
        return number

    @dbus_method()
    def CloseNotification(self, number: Number) -> Nothing:  # noqa: N802
        self.NotificationClosed(number, 3)

    @dbus_signal()
    def NotificationClosed(  # noqa: N802
        self, number: int, reason: int
    ) -> Annotated[tuple[int, int], DBusSignature("uu")]:
        return [number, reason]  # type: ignore[return-value]

    @dbus_signal()
    def ActionInvoked(self, number: int, key: str) -> Annotated[tuple[int, str], DBusSignature("us")]:  # noqa: N802
        return [number, key]  # type: ignore[return-value]


class Desktop:
    """`with Desktop(folder) as desktop: ... desktop.environment ... desktop.wait("Spoed")`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.shown: list[Notice] = []

    def __enter__(self) -> Self:
        config = self._folder / "bus.conf"
        config.write_text(CONFIG.format(folder=self._folder))
        self._bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._bus.stdout is not None
        self._address = self._bus.stdout.readline().strip()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._connection.disconnect)
        asyncio.run_coroutine_threadsafe(self._gone(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()
        self._bus.terminate()
        self._bus.communicate(timeout=5)

    @property
    def environment(self) -> dict[str, str]:
        return {"DBUS_SESSION_BUS_ADDRESS": self._address}

    def wait(self, contains: str, *, after: int = 0) -> Notice:
        """The first notice, past the first `after`, whose title or body contains the words."""
        return wait_for(
            lambda: next((each for each in self.shown[after:] if contains in f"{each.title} {each.body}"), None),
            f"a notice with {contains!r}; shown: {self.shown}")

    def press(self, notice: Notice, word: str = "default") -> None:
        """Press the button with that word, or the notice itself."""
        key = next((key for key, shown in notice.actions.items() if word in (key, shown)), None)
        assert key is not None, f"no button {word!r} in {notice.actions}"
        self._loop.call_soon_threadsafe(self._service.ActionInvoked, notice.id, key)

    def dismiss(self, notice: Notice) -> None:
        """Wipe it away."""
        self._loop.call_soon_threadsafe(self._service.NotificationClosed, notice.id, 2)

    async def _gone(self) -> None:
        await self._connection.wait_for_disconnect()  # type: ignore[no-untyped-call]

    async def _serve(self) -> None:
        self._connection = await MessageBus(bus_address=self._address, bus_type=BusType.SESSION).connect()
        self._service = _Notifications(self.shown)
        self._connection.export("/org/freedesktop/Notifications", self._service)
        await self._connection.request_name("org.freedesktop.Notifications", NameFlag.REPLACE_EXISTING)
