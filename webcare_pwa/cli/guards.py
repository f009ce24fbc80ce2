"""Puts together what the worker does after its ticks, as far as the settings ask for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from webcare_pwa import links
from webcare_pwa.after_tick import AfterTick, DeadManCall, SelfTestRun
from webcare_pwa.gateways.deadman import DeadMan
from webcare_pwa.gateways.selftest import ENDPOINT, SelfTestPhone
from webcare_pwa.web.context import Services


class Guards:
    """`after` is for the worker; `close` ends what they keep open."""

    def __init__(self, its: Services, on_finished: Callable[[], None]) -> None:
        self.after: list[AfterTick] = []
        self._closing: list[Callable[[], None]] = []
        self.push_routes: dict[str, str] = {}  # for the push gateway: device address -> where it really goes
        if its.settings.selftest_minutes:
            secret = links.selftest_secret(its.settings.secret_key)
            phone = SelfTestPhone(its.settings.selftest_url or its.settings.base_url, secret)
            every = timedelta(minutes=its.settings.selftest_minutes)
            self.after.append(SelfTestRun(its.database, its.clock, phone, secret, every))
            self.push_routes[ENDPOINT] = phone.address
            self._closing.append(phone.close)
        if its.settings.deadman_url:
            deadman = DeadMan(its.settings, on_finished)
            self.after.append(DeadManCall(its.database, deadman))
            self._closing.append(deadman.close)

    def close(self) -> None:
        """Stop all of them."""
        for close in self._closing:
            close()
