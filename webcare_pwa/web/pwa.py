"""The files that make it an app: service worker, manifest, offline page.

Public, and the same for everybody: the service worker keeps the offline page, so nothing of a person may stand on it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template, url_for

from webcare_pwa import vapid
from webcare_pwa.models import organisation as organisations
from webcare_pwa.web.context import database, settings

bp = Blueprint("pwa", __name__)

NIGHT = "#0b0a08"
PRECACHED = ("css/app.css", "icons/icons.svg", "icons/mark.svg", "icons/icon-192.png", "icons/badge-96.png")


@bp.get("/sw.js")
def service_worker() -> Response:
    """The worker script with its version in front: any change in what it keeps makes browsers fetch it anew."""
    script = (Path(str(current_app.static_folder)) / "sw.js").read_text(encoding="utf-8")
    kept = [url_for("static", filename=name) for name in PRECACHED]
    facts = {
        "precache": [url_for("pwa.offline"), *kept],
        "offline": url_for("pwa.offline"),
        "icon": url_for("static", filename="icons/icon-192.png"),
        "badge": url_for("static", filename="icons/badge-96.png"),
        "home": "/nu",
        "key": vapid.public_key(settings()),
    }
    content = f"{script}{json.dumps(facts)}{_offline_page()}"
    version = hashlib.sha256(content.encode()).hexdigest()[:12]
    response = Response(f'"use strict";\nconst APP = {json.dumps({**facts, "version": version})};\n{script}',
                        mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@bp.get("/manifest.webmanifest")
def manifest() -> Response:
    """What the phone needs to put the app on its home screen."""
    icons = [
        {"src": url_for("static", filename=f"icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png",
         "purpose": purpose}
        for name, size, purpose in
        (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("maskable-512", 512, "maskable"))
    ]
    response = jsonify(
        id="/", name="Storingsdienst", short_name="Dienst", lang="nl", dir="ltr", start_url="/nu", scope="/",
        display="standalone", background_color=NIGHT, theme_color=NIGHT, icons=icons,
        description="Storingen buiten kantooruren: gewekt worden, aannemen, antwoorden.",
        shortcuts=[
            {"name": "Nu", "url": "/nu", "icons": icons[:1]},
            {"name": "Toestellen", "url": url_for("devices.index"), "icons": icons[:1]},
        ],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/offline")
def offline() -> Response:
    """What opens when there is no connection: the numbers to call."""
    response = make_response(_offline_page())
    response.headers["Cache-Control"] = "no-cache"
    return response


def _offline_page() -> str:
    with database().read() as session:
        return render_template("pwa/offline.html", organisations=organisations.every(session))
