"""Writes what goes out by a contact method: no place, no name, a link to answer on and a code to prove that it came."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from webcare_pwa import links
from webcare_pwa.house import House
from webcare_pwa.models.alert import Delivery
from webcare_pwa.models.brief import Brief, briefs
from webcare_pwa.models.contact_method import ContactMethod
from webcare_pwa.ports import ContactJob
from webcare_pwa.rules.contact_wording import contact_text
from webcare_pwa.steps.pages import group_of, is_sensitive


def jobs(session: Session, rows: Sequence[Delivery], *, house: House) -> list[ContactJob]:
    """Make claimed deliveries ready to send; alert and contact method of each must be loaded."""
    cases = briefs(session, {row.alert.incident_id for row in rows if row.alert.incident_id})
    return [
        _job(row, row.contact_method, cases.get(row.alert.incident_id or 0), house)
        for row in rows if row.contact_method is not None
    ]


def _job(row: Delivery, method: ContactMethod, case: Brief | None, house: House) -> ContactJob:
    group, label = group_of(case, house)
    code = links.contact_code(house.secret_key, row.id, method.id)
    text = contact_text(
        kind=row.alert.kind, urgency=case.urgency if case else "", group_label=label,
        sensitive=is_sensitive(group, case), note=row.alert.note, code=code,
    )
    token = links.contact_token(house.secret_key, row.id, method.id)
    return ContactJob(
        delivery_id=row.id, kind=method.kind, address=method.address, values=dict(method.values), title=text.title,
        body=text.body, url=f"{house.base_url}/c/{token}", code=code, spoken=text.spoken,
    )
