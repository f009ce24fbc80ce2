"""Puts together what the worker does after its ticks, as far as the settings ask for it."""

from __future__ import annotations

from collections.abc import Callable

from webcare_pwa.after_tick import AfterTick, DeadManCall
from webcare_pwa.gateways.deadman import DeadMan
from webcare_pwa.web.context import Services


class Guards:
    """`after` is for the worker; `close` ends what they keep open."""

    def __init__(self, its: Services, on_finished: Callable[[], None]) -> None:
        self.after: list[AfterTick] = []
        self._closing: list[Callable[[], None]] = []
        if its.settings.deadman_url:
            deadman = DeadMan(its.settings, on_finished)
            self.after.append(DeadManCall(its.database, deadman))
            self._closing.append(deadman.close)

    def close(self) -> None:
        """Stop all of them."""
        for close in self._closing:
            close()
