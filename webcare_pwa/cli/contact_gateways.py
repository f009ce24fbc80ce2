"""The gateways of all kinds of contact methods, for the worker and for the alarm that does without it."""

from __future__ import annotations

from collections.abc import Callable

from webcare_pwa.gateways.contacts import Contacts
from webcare_pwa.gateways.voice import VoiceGateway
from webcare_pwa.settings import Settings


def contact_gateways(settings: Settings, on_finished: Callable[[], None]) -> Contacts:
    """Each kind with its gateway; close the answer when done."""
    return Contacts({"voice": VoiceGateway(settings, on_finished=on_finished)})
