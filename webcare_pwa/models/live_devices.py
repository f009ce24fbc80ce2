"""Which devices can still be pushed to. The one answer for paging, gaps and screens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.device import Device

GONE = "gone"


def live_devices(session: Session, person_ids: Collection[int]) -> dict[int, list[Device]]:
    """Per person the devices that are not removed and not dead (newest settled delivery since registration is "gone")."""
    found: dict[int, list[Device]] = defaultdict(list)
    for device, outcome in session.execute(_with_outcome(), {"people": list(person_ids)}):
        if outcome != GONE:
            found[device.person_id].append(device)
    return found


@cache  # asked for every step of every round: to build it costs more than to run it
def _with_outcome() -> Select[Device, str | None]:
    newest = (
        select(Delivery.outcome)
        .where(Delivery.device_id == Device.id, Delivery.outcome.is_not(None), Delivery.outcome != "superseded",
               Delivery.created_at >= Device.registered_at)
        .order_by(Delivery.id.desc())
        .limit(1)
        .correlate(Device)
        .scalar_subquery()
    )
    people: BindParameter[int] = bindparam("people", expanding=True)
    return select(Device, newest).where(Device.person_id.in_(people), Device.removed_at.is_(None)).order_by(Device.id)


def wakeable(session: Session, person_ids: Collection[int]) -> frozenset[int]:
    """Who of them has a live device that can wake him."""
    found = live_devices(session, person_ids)
    return frozenset(person for person, devices in found.items() if any(device.waking for device in devices))
