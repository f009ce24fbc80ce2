"""The health screen, for who plans: does the service itself do what it should."""

from __future__ import annotations

from flask import Blueprint, render_template

from webcare_pwa.clock import real_now
from webcare_pwa.steps.wellbeing import wellbeing
from webcare_pwa.web.context import allowed_organisations, clock, database, settings

bp = Blueprint("wellbeing", __name__)


@bp.get("/health")
def show() -> str:
    """Everything on one page."""
    with database().read() as session:
        now, real = clock().now(session), real_now()
        found = wellbeing(
            session, allowed_organisations(), now=now, real_now=real, watched_outside=bool(settings().deadman_url)
        )
        return render_template(
            "health/show.html", found=found, now=now, real_now=real, watched_outside=bool(settings().deadman_url),
            tested_every=settings().selftest_minutes,
        )
