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
from webcare_pwa.ports import PushJob
from webcare_pwa.rules.category import is_unknown_danger
from webcare_pwa.rules.wording import SENSITIVE_GROUPS, PushText, bundle_text, push_text
from webcare_pwa.steps import bundling
from webcare_pwa.steps.rehearsals import CONFIRMABLE

TTL_SECONDS = 30 * 60  # as long as a page is retried; a phone that wakes later is told by the answer to "shown"
ANSWERABLE = frozenset({"step"})
ACTIONS = {
    "step": (("acknowledge", "Ik pak het op"), ("refuse", "Kan niet")),
    "rehearsal": (("confirm", "Bevestig"),),
    "sound": (("confirm", "Ja, geluid staat aan"),),
}


def push_jobs(session: Session, rows: Sequence[Delivery], *, house: House) -> list[PushJob]:
    """Make claimed deliveries ready to send; alert and device of each must be loaded."""
    cases = briefs(session, {row.alert.incident_id for row in rows if row.alert.incident_id})
    repeats = _repeats(session, rows)
    bundles = bundling.carriers(session, [row.id for row in rows])
    waiting = bundling.waiting_for(session, {row.alert.person_id for row in rows})
    found = []
    for row in (each for each in rows if each.device is not None):
        number = waiting.get(row.alert.person_id, 1)
        case = cases.get(row.alert.incident_id or 0)
        page = _bundle(row, number, house) if row.id in bundles else _page(row, case, repeats.get(row.alert_id, 0), house)
        found.append(_job(row, page, number))
    return found


def topic(tag: str) -> str:
    """RFC 8030 Topic: 32 base64url signs, so that a newer page replaces one still waiting at the push service."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()[:24]).decode()


def _job(row: Delivery, notification: dict[str, Any], number: int) -> PushJob:
    device = row.device
    if device is None:
        raise ValueError("a page goes to a device")
    payload = {"web_push": 8030, "notification": notification, "app_badge": number, "mutable": True}
    return PushJob(
        delivery_id=row.id, endpoint=device.endpoint, p256dh=device.p256dh, auth=device.auth,
        payload=json.dumps(payload, ensure_ascii=False).encode(), ttl=TTL_SECONDS, topic=topic(notification["tag"]),
    )


def _page(row: Delivery, case: Brief | None, repeat: int, house: House) -> dict[str, Any]:
    alert = row.alert
    group, label = group_of(case, house)
    text = push_text(
        kind=alert.kind, urgency=case.urgency if case else "",
        group_label=label, place=_public_place(case),
        number=alert.incident_id or 0, sensitive=is_sensitive(group, case), repeat=repeat, note=alert.note,
        call_tenant=case is not None and not case.facts.reachable_in_writing,
    )
    path, tag = _opens(row, house)
    notification = _notification(row, text, tag, path, house)
    if alert.kind in ACTIONS:
        url = notification["navigate"]
        notification["actions"] = [{"action": code, "title": title, "navigate": url} for code, title in ACTIONS[alert.kind]]
    return notification


def _opens(row: Delivery, house: House) -> tuple[str, str]:
    """What pressing the notice opens, and the tag by which a newer page replaces it. A rehearsal is confirmed on the page it
    opens, also with the login expired and where the browser draws no buttons."""
    alert = row.alert
    if alert.incident_id:
        return f"/incidents/{alert.incident_id}", f"incident-{alert.incident_id}"
    if alert.kind in CONFIRMABLE:
        token = links.page_token(house.secret_key, row.id, row.device_id or 0)
        return f"/pages/{token}/confirmation", f"{alert.kind}-{alert.person_id}"
    return "/devices", f"alert-{alert.id}"


def _bundle(row: Delivery, number: int, house: House) -> dict[str, Any]:
    """One page that speaks for several incidents: it grows in place, and opens the list."""
    return _notification(row, bundle_text(number), f"bundle-{row.alert.person_id}", "/nu", house)


def _notification(row: Delivery, text: PushText, tag: str, path: str, house: House) -> dict[str, Any]:
    token = links.page_token(house.secret_key, row.id, row.device_id or 0)
    url = house.base_url + path
    return {
        "title": text.title, "body": text.body, "tag": tag, "lang": "nl", "navigate": url, "silent": False,
        "data": {"token": token, "kind": row.alert.kind, "url": url, "incident": row.alert.incident_id,
                 "receipts": f"/pages/{token}/receipts"},
    }


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
