"""Whom the moment offers: policies, people on duty and their devices, each asked once per transaction.

A burst of hundreds of reports asks the same few questions; this keeps the answers for as long as one transaction lasts.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.models.device import Device
from webcare_pwa.models.live_contacts import live_contacts, with_proven_contact
from webcare_pwa.models.live_devices import live_devices
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.plan import desk_of, rota_plan
from webcare_pwa.models.policy import as_step
from webcare_pwa.models.rota import PolicyStep
from webcare_pwa.rules.escalation import Step
from webcare_pwa.rules.rota_plan import RotaPlan
from webcare_pwa.steps import rota

PLAN_AHEAD = timedelta(days=1)  # how much more of the rota is read than was asked, for who asks next


class Reach:
    """Answers for one moment, in one session."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self._people: dict[tuple[int, str], list[int]] = {}
        self._devices: dict[int, list[Device]] = {}
        self._contacts: dict[int, list[ContactMethod]] = {}
        self._proven: dict[int, bool] = {}
        self._open: dict[int, bool] = {}
        self._organisations: dict[int, Organisation] = {}
        self._plans: dict[int, tuple[datetime, RotaPlan]] = {}
        self._policies: dict[tuple[int, str], tuple[Step, ...]] = {}

    def organisation(self, organisation_id: int) -> Organisation:
        """The organisation. Held here, so that the session need not read it again for each report."""
        if organisation_id not in self._organisations:
            self._organisations[organisation_id] = self.session.get_one(Organisation, organisation_id)
        return self._organisations[organisation_id]

    def people(self, organisation_id: int, who: str) -> list[int]:
        """Ids of the people who are `who` now (see `steps/rota.py`)."""
        key = (organisation_id, who)
        if key not in self._people:
            self._people[key] = rota.people_for(self.session, organisation_id, who, self.now)
        return self._people[key]

    def devices(self, person_ids: Collection[int]) -> dict[int, list[Device]]:
        """Live devices per person; people without any are left out."""
        unknown = [person for person in person_ids if person not in self._devices]
        if unknown:
            found = live_devices(self.session, unknown)
            self._devices.update({person: found.get(person, []) for person in unknown})
        return {person: self._devices[person] for person in person_ids if self._devices[person]}

    def contacts(self, person_ids: Collection[int]) -> dict[int, list[ContactMethod]]:
        """Live contact methods per person, in the order to try them; people without any are left out."""
        unknown = [person for person in person_ids if person not in self._contacts]
        if unknown:
            found = live_contacts(self.session, unknown)
            self._contacts.update({person: found.get(person, []) for person in unknown})
        return {person: self._contacts[person] for person in person_ids if self._contacts[person]}

    def can_wake(self, person_ids: Collection[int]) -> bool:
        """Has one of them a device that can wake him, or a proven contact? A desktop at the office gets the page, but
        nobody waits for it."""
        if any(device.waking for devices in self.devices(person_ids).values() for device in devices):
            return True
        unknown = [person for person in self.contacts(person_ids) if person not in self._proven]
        if unknown:
            sure = with_proven_contact(self.session, unknown)
            self._proven.update({person: person in sure for person in unknown})
        return any(self._proven.get(person, False) for person in person_ids)

    def office_open(self, organisation_id: int) -> bool:
        """Is the organisation's office open now?"""
        if organisation_id not in self._open:
            self._open[organisation_id] = rota.is_office_open(self.session, organisation_id, self.now)
        return self._open[organisation_id]

    def plan_since(self, organisation_id: int, since: datetime) -> RotaPlan:
        """The rota of the organisation's desk from `since` (or earlier) to now."""
        begin, plan = self._plans.get(organisation_id, (None, None))
        if begin is None or plan is None or begin > since:
            begin = since - PLAN_AHEAD
            plan = rota_plan(self.session, desk_of(self.session, organisation_id), (begin, self.now))
            self._plans[organisation_id] = begin, plan
        return plan

    def policy(self, organisation_id: int, urgency: str) -> tuple[Step, ...]:
        """The escalation policy of the organisation's desk for an urgency."""
        key = (organisation_id, urgency)
        if key not in self._policies:
            rows = self.session.scalars(
                select(PolicyStep)
                .join(Organisation, Organisation.desk_id == PolicyStep.desk_id)
                .where(Organisation.id == organisation_id, PolicyStep.urgency == urgency)
                .order_by(PolicyStep.position)
            )
            self._policies[key] = tuple(as_step(row) for row in rows)
        return self._policies[key]
