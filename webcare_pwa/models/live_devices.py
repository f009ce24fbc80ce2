"""Which devices can still be pushed to. The one answer for paging, gaps and screens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.device import Device

GONE = "gone"


def live_devices(session: Session, person_ids: Collection[int]) -> dict[int, list[Device]]:
    """Per person the devices that are not removed and not dead (newest settled delivery since registration is "gone")."""
    newest = (
        select(Delivery.outcome)
        .where(Delivery.device_id == Device.id, Delivery.outcome.is_not(None), Delivery.outcome != "superseded",
               Delivery.created_at >= Device.registered_at)
        .order_by(Delivery.id.desc())
        .limit(1)
        .correlate(Device)
        .scalar_subquery()
    )
    found: dict[int, list[Device]] = defaultdict(list)
    query = select(Device, newest).where(Device.person_id.in_(person_ids), Device.removed_at.is_(None))
    for device, outcome in session.execute(query.order_by(Device.id)):
        if outcome != GONE:
            found[device.person_id].append(device)
    return found


def wakeable(session: Session, person_ids: Collection[int]) -> frozenset[int]:
    """Who of them has a live device that can wake him."""
    found = live_devices(session, person_ids)
    return frozenset(person for person, devices in found.items() if any(device.waking for device in devices))
