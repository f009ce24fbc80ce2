"""Writes what a page says and carries: one JSON for classic push handlers and Declarative Web Push (Safari 18.4+)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from webcare_pwa import links
from webcare_pwa.house import House
from webcare_pwa.labels.incident import UNKNOWN_DANGER
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.brief import Brief, briefs
from webcare_pwa.models.device import Device
from webcare_pwa.ports import PushJob
from webcare_pwa.rules.category import is_unknown_danger
from webcare_pwa.rules.wording import SENSITIVE_GROUPS, push_text

TTL_SECONDS = 30 * 60  # as long as a page is retried; a phone that wakes later is told by the answer to "shown"
ANSWERABLE = frozenset({"step"})
ACTIONS = (("acknowledge", "Ik pak het op"), ("refuse", "Kan niet"))


def push_jobs(session: Session, rows: Sequence[Delivery], *, house: House) -> list[PushJob]:
    """Make claimed deliveries ready to send; alert and device of each must be loaded."""
    cases = briefs(session, {row.alert.incident_id for row in rows if row.alert.incident_id})
    repeats = _repeats(session, rows)
    return [
        _job(row, row.device, cases.get(row.alert.incident_id or 0), repeats.get(row.alert_id, 0), house)
        for row in rows if row.device is not None
    ]


def topic(tag: str) -> str:
    """RFC 8030 Topic: 32 base64url signs, so that a newer page replaces one still waiting at the push service."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()[:24]).decode()


def _job(row: Delivery, device: Device, case: Brief | None, repeat: int, house: House) -> PushJob:
    alert = row.alert
    tag = f"incident-{alert.incident_id}" if alert.incident_id else f"alert-{alert.id}"
    return PushJob(
        delivery_id=row.id, endpoint=device.endpoint, p256dh=device.p256dh, auth=device.auth,
        payload=json.dumps(_payload(row, device.id, case, repeat, tag, house), ensure_ascii=False).encode(),
        ttl=TTL_SECONDS, topic=topic(tag),
    )


def _payload(row: Delivery, device_id: int, case: Brief | None, repeat: int, tag: str, house: House) -> dict[str, Any]:
    alert = row.alert
    group, label = group_of(case, house)
    text = push_text(
        kind=alert.kind, urgency=case.urgency if case else "",
        group_label=label, place=_public_place(case),
        number=alert.incident_id or 0, sensitive=is_sensitive(group, case), repeat=repeat, note=alert.note,
        call_tenant=case is not None and not case.facts.reachable_in_writing,
    )
    token = links.page_token(house.secret_key, row.id, device_id)
    url = f"{house.base_url}/incidents/{alert.incident_id}" if alert.incident_id else f"{house.base_url}/devices"
    notification: dict[str, Any] = {
        "title": text.title, "body": text.body, "tag": tag, "lang": "nl", "navigate": url, "silent": False,
        "data": {"token": token, "kind": alert.kind, "url": url, "incident": alert.incident_id,
                 "receipts": f"/pages/{token}/receipts"},
    }
    if alert.kind in ANSWERABLE:
        notification["actions"] = [{"action": code, "title": title, "navigate": url} for code, title in ACTIONS]
    return {"web_push": 8030, "notification": notification, "app_badge": 1, "mutable": True}


def group_of(case: Brief | None, house: House) -> tuple[str, str]:
    """The category group of a case, and how a page calls it."""
    group = house.rulebook.categories[case.category].group if case else ""
    if case is not None and is_unknown_danger(case.category, case.urgency):
        return group, UNKNOWN_DANGER
    return group, house.rulebook.groups.get(group, "")


def _public_place(case: Brief | None) -> str:
    """A lock screen may name the complex, else the district; never a street."""
    if case is None or case.complex is None:
        return ""
    return case.complex.name or case.complex.district


def is_sensitive(group: str, case: Brief | None) -> bool:
    """May only the urgency be shown?"""
    return group in SENSITIVE_GROUPS or (case is not None and case.danger_to_self)


def _repeats(session: Session, rows: Sequence[Delivery]) -> dict[int, int]:
    """Per alert: how many times the same person was called before in the same round."""
    earlier = aliased(Alert)
    query = (
        select(Alert.id, func.count(earlier.id))
        .join(earlier, (earlier.round_id == Alert.round_id) & (earlier.person_id == Alert.person_id)
              & (earlier.id < Alert.id))
        .where(Alert.id.in_([row.alert_id for row in rows]), Alert.kind == "step")
        .group_by(Alert.id)
    )
    return dict(session.execute(query).all())
