"""Storing what a tenant reports himself, and the token of the page that is his from then on."""

from __future__ import annotations

from flask import current_app, request

from webcare_pwa import links
from webcare_pwa.ports import Inbound
from webcare_pwa.rate import meter
from webcare_pwa.steps import intake
from webcare_pwa.web.context import clock, database, settings


def store(inbound: Inbound) -> str:
    """Store the report; the same one again is the same report. Returns the token of its page."""
    with database().write() as session:
        report = intake.receive(session, inbound, now=clock().now(session))
    return links.case_token(settings().secret_key, report.id, report.link_version)


def is_over_rate() -> bool:
    """Does this address report faster than people do?"""
    return meter(current_app).is_over(f"address:{request.remote_addr}")
