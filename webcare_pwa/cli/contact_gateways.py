"""The gateways of all kinds of contact methods, for the worker and for the alarm that does without it."""

from __future__ import annotations

from collections.abc import Callable

from webcare_pwa.gateways.apprise_messages import AppriseMessages
from webcare_pwa.gateways.apprise_services import SERVICES
from webcare_pwa.gateways.contact_mail import ContactMail
from webcare_pwa.gateways.contacts import Closing, Contacts
from webcare_pwa.gateways.demo_contacts import DemoContacts
from webcare_pwa.gateways.voice import VoiceGateway
from webcare_pwa.rules.contact_kinds import KINDS, MAIL, PHONE
from webcare_pwa.settings import Settings


def contact_gateways(settings: Settings, on_finished: Callable[[], None]) -> Contacts:
    """Each kind with its gateway; close the answer when done. In the demo what is not set up ends at the log."""
    messages = AppriseMessages(settings, on_finished)
    gateways: dict[str, Closing] = {kind: messages for kind in settings.contact_kinds if kind in SERVICES}
    if settings.voice_token or not settings.demo:
        gateways[PHONE] = VoiceGateway(settings, on_finished=on_finished)
    if settings.mail_host:
        gateways[MAIL] = ContactMail(settings, on_finished)
    if settings.demo:
        nowhere = DemoContacts(on_finished)
        gateways |= {kind: nowhere for kind in KINDS if kind not in gateways}
    return Contacts(gateways)
