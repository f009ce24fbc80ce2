"""Toestellen: my phones, what was proven last, test pages. Everybody sees his own devices only."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webcare_pwa import vapid
from webcare_pwa.errors import NotAllowed
from webcare_pwa.models.live_contacts import reachable
from webcare_pwa.models.proof import proof as proof_of
from webcare_pwa.models.proof import proofs
from webcare_pwa.rules.access import DUTY
from webcare_pwa.steps import alerting
from webcare_pwa.steps import devices as steps
from webcare_pwa.web import this_device
from webcare_pwa.web.context import clock, database, settings, viewer
from webcare_pwa.web.respond import done
from webcare_pwa.web.user_agent import device_name, platform_of

bp = Blueprint("devices", __name__)


@bp.app_template_global("push_script")
def push_script() -> dict[str, str]:
    """What js/push.js must know on every staff page: our public key and who is logged in."""
    person = str(viewer().person_id) if current_user.is_authenticated else ""
    return {"key": vapid.public_key(settings()), "person": person}


@bp.get("/devices")
def index() -> str:
    """This device first, then the others; help for each kind of phone."""
    with database().read() as session:
        now = clock().now(session)
        mine = proofs(session, viewer().person_id)
        wakeable = bool(reachable(session, [viewer().person_id]))
    here = this_device.among(mine)
    return render_template(
        "devices/index.html", here=here, others=[each for each in mine if each is not here], now=now,
        platform=here.device.platform if here else platform_of(touch=False), duty=viewer().has(DUTY),
        wakeable=wakeable, fingerprint=this_device.fingerprint,
        key=vapid.public_key(settings()),
    )


@bp.post("/devices")
def register() -> Response:
    """A browser tells its push address, at every start of the app. JSON in and out. Also called by the service worker,
    which has no form and so no CSRF token: a request from another site is recognised by its origin."""
    if not _same_site():
        raise NotAllowed()
    sent = request.get_json(silent=True)
    told = sent if isinstance(sent, dict) else {}
    keys = told.get("keys") if isinstance(told.get("keys"), dict) else {}
    platform = platform_of(touch=told.get("touch") is True)
    with database().write() as session:
        device = steps.register(
            session, viewer().person_id, endpoint=_text(told, "endpoint"), p256dh=_text(keys, "p256dh"),
            auth=_text(keys, "auth"), vapid_key_id=vapid.identify(_text(told, "key")) or vapid.key_id(settings()),
            name=device_name(platform), platform=platform, waking=platform != "desktop", now=clock().now(session),
            allowed=settings().push_hosts, replaces=_text(told, "replaces"),
        )
        dead = proof_of(session, device).dead
    return this_device.remember(jsonify(id=device.id, dead=dead), device)


@bp.post("/devices/<int:device_id>")
def update(device_id: int) -> ResponseReturnValue:
    """Rename; waking or not."""
    with database().write() as session:
        steps.update(session, device_id, by=viewer().person_id, name=request.form.get("name", ""),
                     waking="waking" in request.form, now=clock().now(session))
    return done(url_for("devices.index"))


@bp.post("/devices/<int:device_id>/removal")
def remove(device_id: int) -> ResponseReturnValue:
    """No more pages to it."""
    with database().write() as session:
        steps.remove(session, device_id, by=viewer().person_id, now=clock().now(session))
    return done(url_for("devices.index"))


@bp.post("/devices/<int:device_id>/tests")
def test(device_id: int) -> ResponseReturnValue:
    """Send a test page to this device. The same form twice is one page."""
    key = hashlib.sha256(request.form.get("client_token", "").encode()).hexdigest()[:32]
    with database().write() as session:
        device = steps.owned(session, device_id, viewer().person_id)
        alerting.page_device(session, device, key=f"test:{device.id}:{key}", now=clock().now(session))
    return done(url_for("devices.index", _anchor=f"device-{device_id}"))


@bp.get("/devices/<int:device_id>/proof")
def proof(device_id: int) -> Response:
    """The four steps of the newest page; asks again by itself while a test page is under way."""
    with database().read() as session:
        now = clock().now(session)
        found = proof_of(session, steps.owned(session, device_id, viewer().person_id))
    return make_response(render_template("devices/_proof.html", proof=found, now=now, here=True))


def _same_site() -> bool:
    """JSON from our own pages and worker. Another site's JSON would be asked about first, and names its own origin."""
    origin = request.headers.get("Origin", settings().base_url)
    return request.is_json and origin in (settings().base_url, request.host_url.rstrip("/"))


def _text(sent: Any, name: str) -> str:
    value = sent.get(name) if isinstance(sent, dict) else None
    return value if isinstance(value, str) else ""
