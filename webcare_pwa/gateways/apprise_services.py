"""Which Apprise service a contact method is, and with which keys. The values go in as they are, never through an address that
would have to be taken apart again: nothing typed can become an option of it. Only these services of Apprise are loaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from apprise import NotifyBase
from apprise.plugins.cm import NotifyCM
from apprise.plugins.messagebird import NotifyMessageBird
from apprise.plugins.ntfy import NotifyNtfy
from apprise.plugins.pushover import NotifyPushover
from apprise.plugins.telegram import NotifyTelegram
from apprise.plugins.twilio import NotifyTwilio
from apprise.plugins.workflows import NotifyWorkflows

from webcare_pwa.ports import ContactJob
from webcare_pwa.rules import contact_kinds as kinds
from webcare_pwa.settings import Settings

Service = tuple[type[NotifyBase], dict[str, Any]]
SMS_SERVICES = {"twilio": NotifyTwilio, "messagebird": NotifyMessageBird, "cm": NotifyCM}


def service(job: ContactJob, settings: Settings) -> Service | None:
    """What Apprise must make of it; None when this installation cannot send it."""
    if job.kind not in settings.contact_kinds or job.kind not in SERVICES:
        return None
    return SERVICES[job.kind](job, settings)


def _sms(job: ContactJob, settings: Settings) -> Service:
    sender = {"source": settings.sms_from, "targets": [job.address]}
    keys = {
        "twilio": {"account_sid": settings.sms_account, "auth_token": settings.sms_secret},
        "messagebird": {"apikey": settings.sms_secret},
        "cm": {"token": settings.sms_secret},
    }
    return SMS_SERVICES[settings.sms_provider], {**keys[settings.sms_provider], **sender}


def _ntfy(job: ContactJob, settings: Settings) -> Service:
    server = urlsplit(str(job.values.get("server", kinds.NTFY_CLOUD)))
    return NotifyNtfy, {
        "mode": "private", "host": server.hostname,
        "port": server.port, "secure": server.scheme == "https", "targets": [job.address], "priority": "max",
        "click": job.url,
    }  # fmt: skip


def _pushover(job: ContactJob, settings: Settings) -> Service:
    """Emergency: it rings again each minute for half an hour, until it is confirmed on the phone."""
    return NotifyPushover, {
        "user_key": job.address, "token": settings.pushover_token, "priority": "emergency", "interval": 60,
        "expire": 1800, "supplemental_url": job.url,
    }  # fmt: skip


def _telegram(job: ContactJob, settings: Settings) -> Service:
    return NotifyTelegram, {"bot_token": settings.telegram_token, "targets": [job.address], "detect_owner": False}


def _teams(job: ContactJob, settings: Settings) -> Service:
    address = urlsplit(str(job.values.get("webhook", job.address)))
    parts = [each for each in address.path.split("/") if each]
    routing = parts[parts.index("cu") + 1] if "cu" in parts else None
    return NotifyWorkflows, {
        "host": address.hostname, "port": address.port, "secure": True, "routing_id": routing,
        "workflow": parts[parts.index("workflows") + 1], "signature": parse_qs(address.query).get("sig", [""])[0],
        "power_automate": address.path.startswith("/powerautomate"),
    }  # fmt: skip


SERVICES: dict[str, Callable[[ContactJob, Settings], Service]] = {
    kinds.SMS: _sms, kinds.NTFY: _ntfy, kinds.PUSHOVER: _pushover, kinds.TELEGRAM: _telegram, kinds.TEAMS: _teams,
}
