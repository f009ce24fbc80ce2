"""What is proven of a device: derived from its deliveries since it was registered, never stored.

Accepted by a push service is not arrived: only the phone's own receipts prove anything.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.sql.elements import ColumnElement

from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.device import Device
from webcare_pwa.models.live_devices import live_devices

WAIT = timedelta(seconds=60)  # so long a test page may take before it counts as not arrived


@dataclass(frozen=True)
class Proof:
    """A device and what its pages told. The deliveries have their alert loaded."""

    device: Device
    dead: bool  # the push service says it does not exist any more
    newest: Delivery | None  # the newest page of any kind
    shown: Delivery | None  # the newest page that the phone showed

    @property
    def proven_at(self) -> datetime | None:
        """When the phone last showed a page (business time, UTC). A dead device proves nothing any more."""
        return self.shown.shown_at if self.shown and not self.dead else None

    def state(self, now: datetime) -> str:
        """dead | untried | waiting | opened | shown | silent: what its newest page says at business time `now`."""
        if self.dead:
            return "dead"
        if self.newest is None:
            return "untried"
        if self.newest.opened_at:
            return "opened"
        if self.newest.alert.kind == "test" and now - self.newest.created_at < WAIT:
            return "waiting"
        return "shown" if self.newest.shown_at else "silent"


def proof(session: Session, device: Device) -> Proof:
    """What is proven of one device."""
    return _proof(session, device, live_devices(session, [device.person_id]).get(device.person_id, []))


def proofs(session: Session, person_id: int) -> list[Proof]:
    """All devices of a person that were not removed, oldest first."""
    mine = select(Device).where(Device.person_id == person_id, Device.removed_at.is_(None)).order_by(Device.id)
    live = live_devices(session, [person_id]).get(person_id, [])
    return [_proof(session, device, live) for device in session.scalars(mine)]


def _proof(session: Session, device: Device, live: Collection[Device]) -> Proof:
    return Proof(
        device=device,
        dead=device.removed_at is None and device not in live,
        newest=_newest(session, device),
        shown=_newest(session, device, Delivery.shown_at.is_not(None)),
    )


def _newest(session: Session, device: Device, *conditions: ColumnElement[bool]) -> Delivery | None:
    return session.scalars(
        select(Delivery)
        .where(Delivery.device_id == device.id, Delivery.created_at >= device.registered_at, *conditions)
        .order_by(Delivery.id.desc())
        .limit(1)
        .options(selectinload(Delivery.alert))
    ).one_or_none()
