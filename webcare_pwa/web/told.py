"""Wie is gewaarschuwd: per person and device or other contact how far the pages came. Accepted by a service is not arrived,
so each of the four steps stands for itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from webcare_pwa.labels import WORDS
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.device import Device
from webcare_pwa.models.incident import Acknowledgement, Refusal
from webcare_pwa.models.person import Person

UNDELIVERABLE = ("gone", "refused", "failed")


@dataclass(frozen=True)
class Told:
    """All pages of one incident to one device or by one contact (or to a person without any: both None), put together.

    Times are the first of each step; None means not proven. `outcome` is that of the newest page, None while it waits.
    `taken_at` and `refused_at`: what the person himself did with it.
    """

    person: Person
    who: str  # why he was called: code of WORDS["who"], or the kind of the alert
    at: datetime
    device: Device | None
    contact: ContactMethod | None
    pages: int
    outcome: str | None
    detail: str
    sent_at: datetime | None
    received_at: datetime | None
    shown_at: datetime | None
    opened_at: datetime | None
    taken_at: datetime | None
    refused_at: datetime | None
    bundled: bool  # the newest page went out in one with those of other incidents

    @property
    def name(self) -> str:
        """What was reached: a colleague's device by its name, another contact by its kind alone."""
        return self.device.name if self.device else WORDS["contact_kind"][self.contact.kind] if self.contact else ""

    @property
    def failed(self) -> bool:
        """The newest page cannot have arrived."""
        return self.outcome in UNDELIVERABLE


def told(alerts: list[Alert], taken: list[Acknowledgement], refusals: list[Refusal]) -> list[Told]:
    """In the order in which people were first called."""
    calls: dict[int, list[Alert]] = {}
    for alert in alerts:
        calls.setdefault(alert.person_id, []).append(alert)
    acts = ({each.person_id: each.at for each in reversed(taken)}, {each.person_id: each.at for each in refusals})
    return [each for person_id, his in calls.items() for each in _person(his, *(act.get(person_id) for act in acts))]


def _person(alerts: list[Alert], taken_at: datetime | None, refused_at: datetime | None) -> Iterable[Told]:
    devices: dict[tuple[int | None, int | None], list[Delivery]] = {}
    for alert in alerts:
        for delivery in alert.deliveries:
            devices.setdefault((delivery.device_id, delivery.contact_method_id), []).append(delivery)
    for deliveries in devices.values() or [[]]:
        yield _device(alerts[0], deliveries, taken_at, refused_at)


def _device(alert: Alert, deliveries: list[Delivery], taken_at: datetime | None, refused_at: datetime | None) -> Told:
    newest = deliveries[-1] if deliveries else None
    return Told(
        person=alert.person, who=alert.escalation.who if alert.escalation else alert.kind, at=alert.at,
        device=newest.device if newest else None, contact=newest.contact_method if newest else None,
        pages=len(deliveries), outcome=newest.outcome if newest else None,
        detail=newest.detail if newest else "", taken_at=taken_at, refused_at=refused_at,
        sent_at=_first(each.outcome_at for each in deliveries if each.outcome == "accepted" or each.bundle_id),
        received_at=_first(each.received_at for each in deliveries),
        shown_at=_first(each.shown_at for each in deliveries),
        opened_at=_first(each.opened_at for each in deliveries),
        bundled=bool(newest and newest.bundle_id and newest.outcome == "superseded"),
    )


def _first(times: Iterable[datetime | None]) -> datetime | None:
    return min((each for each in times if each), default=None)
