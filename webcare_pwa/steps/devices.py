"""Registering, naming and removing devices. A phone belongs to one person: registering its endpoint moves it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid, NotFound
from webcare_pwa.models import audit
from webcare_pwa.models.device import Device, by_endpoint
from webcare_pwa.rules import push_endpoints, push_keys

MAX_NAME = 60
PLATFORMS = ("android", "ios", "desktop")
UNKNOWN = "Deze browser gebruikt een pushdienst die wij niet kennen. Probeer Chrome, Firefox, Edge of Safari."
BROKEN = "Dit toestel gaf geen bruikbare sleutel. Zet meldingen uit en weer aan."


def register(
    session: Session, person_id: int, *, endpoint: str, p256dh: str, auth: str, vapid_key_id: str, name: str,
    platform: str, waking: bool, now: datetime, allowed: tuple[str, ...], replaces: str = "",
) -> Device:
    """Store a push subscription, or bring the stored one up to date. Repeating it changes nothing but `seen_at`.

    `allowed` are extra push service origins. `replaces` is the endpoint this browser had before: that device goes on
    under the new one, with its name and its waking mark. Raises `Invalid` for an address or key that carries no page.
    """
    _check(endpoint, p256dh, auth, allowed)
    device = by_endpoint(session, endpoint)
    former = _own(session, person_id, replaces) if replaces != endpoint else None
    if former is not None and device is not None:
        remove(session, former.id, by=person_id, now=now)
    device = device or former
    if device is None:
        device = Device(endpoint=endpoint, name=clean_name(name), platform=_platform(platform), waking=waking)
        session.add(device)
    elif device.person_id != person_id:
        device.name, device.platform, device.waking = clean_name(name), _platform(platform), waking
    fresh = {"person_id": person_id, "endpoint": endpoint, "p256dh": p256dh, "auth": auth, "vapid_key_id": vapid_key_id,
             "removed_at": None}
    _renew(session, device, fresh, now)
    return device


def _renew(session: Session, device: Device, fresh: dict[str, object], now: datetime) -> None:
    """Only a real change makes it a new registration: what was proven before says nothing about what it is now."""
    device.seen_at = now
    if all(getattr(device, name) == value for name, value in fresh.items()):
        return
    for name, value in fresh.items():
        setattr(device, name, value)
    device.registered_at = now
    session.flush()
    audit.record(session, "device.registered", "device", device.id, now=now, by=device.person_id)


def update(session: Session, device_id: int, *, by: int, name: str, waking: bool, now: datetime) -> Device:
    """Rename the device and say whether it can wake its owner."""
    device = owned(session, device_id, by)
    if not name.strip():
        raise Invalid("Geef het toestel een naam.", {"name": "Vul een naam in, bijvoorbeeld: telefoon."})
    if device.waking != waking:
        audit.record(session, "device.waking", "device", device.id, now=now, by=by, waking=waking)
    device.name, device.waking = clean_name(name), waking
    return device


def remove(session: Session, device_id: int, *, by: int, now: datetime) -> None:
    """Send it no more pages. The row stays, as earlier deliveries refer to it. Removing twice is harmless."""
    device = _device(session, device_id, by)
    if device.removed_at is None:
        device.removed_at = now
        audit.record(session, "device.removed", "device", device.id, now=now, by=by)


def remove_endpoint(session: Session, endpoint: str, *, by: int, now: datetime) -> None:
    """The same for a browser that only knows its own endpoint (logging out). Somebody else's device is left alone."""
    device = _own(session, by, endpoint)
    if device is not None:
        remove(session, device.id, by=by, now=now)


def owned(session: Session, device_id: int, person_id: int) -> Device:
    """His own device, not removed. Raises `NotFound`."""
    device = _device(session, device_id, person_id)
    if device.removed_at is not None:
        raise NotFound()
    return device


def clean_name(name: str) -> str:
    """A name that fits; an empty one becomes "Toestel"."""
    return " ".join(name.split())[:MAX_NAME] or "Toestel"


def _device(session: Session, device_id: int, person_id: int) -> Device:
    device = session.get(Device, device_id)
    if device is None or device.person_id != person_id:
        raise NotFound()
    return device


def _own(session: Session, person_id: int, endpoint: str) -> Device | None:
    device = by_endpoint(session, endpoint) if endpoint else None
    return device if device is not None and device.person_id == person_id else None


def _platform(platform: str) -> str:
    return platform if platform in PLATFORMS else ""


def _check(endpoint: str, p256dh: str, auth: str, allowed: tuple[str, ...]) -> None:
    """A page to a bad address or key would fail when it is needed, so it must fail now."""
    if push_endpoints.check(endpoint, allowed) is not None:
        raise Invalid(UNKNOWN)
    try:
        push_keys.check(p256dh, auth)
    except ValueError as error:
        raise Invalid(BROKEN) from error
