"""What somebody says he did before his first shift, and what the rows tell of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webcare_pwa.db import Base, Utc
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.bedside import Bedside
from webcare_pwa.models.device import Device
from webcare_pwa.models.live_contacts import with_proven_contact
from webcare_pwa.models.live_devices import live_devices
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.person import Role
from webcare_pwa.models.rehearsal import Confirmation
from webcare_pwa.rules.access import DUTY
from webcare_pwa.rules.joining import Facts, Phone


class JoiningConfirmation(Base):
    """His word for one item of the list, with what it was about (a phone, the numbers to call)."""

    __tablename__ = "joining_confirmations"
    __table_args__ = (UniqueConstraint("person_id", "item", "about"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    item: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Utc)


def facts_of(session: Session, person_ids: Collection[int]) -> dict[int, Facts]:
    """For each of them, in a fixed number of queries."""
    phones = _phones(session, person_ids)
    contacts = with_proven_contact(session, person_ids)
    rehearsed = set(session.scalars(
        select(Alert.person_id).join(Confirmation, Confirmation.alert_id == Alert.id)
        .where(Alert.person_id.in_(person_ids), Alert.kind == "rehearsal")
    ))
    beds = set(session.scalars(select(Bedside.person_id).where(Bedside.person_id.in_(person_ids))))
    numbers = numbers_of(session, person_ids)
    given = _given(session, person_ids)
    return {
        each: Facts(phones.get(each, ()), each in contacts, each in rehearsed, each in beds, numbers_text(numbers[each]),
                    frozenset(given[each]))
        for each in person_ids
    }


def numbers_of(session: Session, person_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Per person the (name, 24-hour number) of each organisation for which he has duty."""
    query = (
        select(Role.person_id, Organisation.name, Organisation.emergency_number)
        .join(Organisation, Organisation.id == Role.organisation_id)
        .where(Role.person_id.in_(person_ids), Role.role == DUTY)
    )
    found: dict[int, list[tuple[str, str]]] = {each: [] for each in person_ids}
    for person, name, number in session.execute(query.order_by(Organisation.name)):
        found[person].append((name, number))
    return found


def numbers_text(numbers: list[tuple[str, str]]) -> str:
    """What a word about the numbers is kept with."""
    return ", ".join(sorted({number for _, number in numbers}))[:200]


def _phones(session: Session, person_ids: Collection[int]) -> dict[int, tuple[Phone, ...]]:
    live = live_devices(session, person_ids)
    ids = [device.id for devices in live.values() for device in devices]
    shown = set(session.scalars(
        select(Delivery.device_id).join(Device, Device.id == Delivery.device_id)
        .where(Delivery.device_id.in_(ids), Delivery.shown_at.is_not(None), Delivery.created_at >= Device.registered_at)
        .distinct()
    ))
    return {
        person: tuple(Phone(device.id, device.platform, device.waking, device.id in shown) for device in devices)
        for person, devices in live.items()
    }


def _given(session: Session, person_ids: Collection[int]) -> dict[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for row in session.scalars(select(JoiningConfirmation).where(JoiningConfirmation.person_id.in_(person_ids))):
        found[row.person_id].add((row.item, row.about))
    return found
