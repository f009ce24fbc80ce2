"""The only composition root: settings in, a Flask app out, with blueprints, guards, headers and error pages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from webcare_pwa import cli, logs, rulebook, wake
from webcare_pwa.api import reports as api_reports
from webcare_pwa.clock import Clock
from webcare_pwa.db import Database
from webcare_pwa.house import House
from webcare_pwa.settings import Settings
from webcare_pwa.web import (
    acts,
    agreement,
    auth,
    bedside,
    calendar,
    calendar_feed,
    cases,
    contact_page,
    contacts,
    devices,
    feeds,
    guard,
    handover,
    headers,
    health,
    home,
    incidents,
    intake,
    joining,
    mistakes,
    outages,
    people,
    policies,
    policy_trial,
    pwa,
    receipts,
    replies,
    reporting,
    respond,
    restores,
    rota,
    shell,
    static,
    tokens,
    voice,
    wellbeing,
    words,
    working,
)
from webcare_pwa.web.context import Services

ROOT = Path(__file__).resolve().parent.parent
SCREENS = (
    acts, agreement, auth, bedside, calendar, calendar_feed, cases, contact_page, contacts, devices, feeds, handover, health,
    home, incidents, intake, joining, outages, people, policies, policy_trial, pwa, receipts, replies, reporting, restores,
    rota, tokens, voice, wellbeing, working,
)
WITHOUT_CSRF = (reporting, cases, contact_page, receipts, voice)  # no cookie gives them any right


def create_app(settings: Settings, *, database: Database | None = None, clock: Clock | None = None) -> Flask:
    """Build the app. Tests hand in their own database and clock."""
    logs.configure(settings.log_level)
    app = Flask("webcare_pwa", root_path=str(ROOT / "webcare_pwa"),
                static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,  # photos are checked one by one; a too large one is dropped, not the report
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,  # the cookie goes out when it changes, not with every answer
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        REMEMBER_COOKIE_DURATION=timedelta(days=60),
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form left open through the night must still work
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),  # addresses carry a hash of the content
    )
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    store = database or Database(settings.database_url)
    wake.connect(store, settings.data_dir)
    app.extensions["webcare"] = Services(
        settings,
        store,
        clock or Clock(demo=settings.demo),
        House(settings.base_url, settings.secret_key, rulebook.load(), settings.raw_days),
    )
    _install(app)
    return app


def _install(app: Flask) -> None:
    csrf = CSRFProtect(app)
    for screen in SCREENS:
        app.register_blueprint(screen.bp)
    app.register_blueprint(api_reports.bp)
    for screen in WITHOUT_CSRF:
        csrf.exempt(screen.bp)
    csrf.exempt(api_reports.bp)
    csrf.exempt(devices.register)  # called by the worker script, which has no form; it checks the origin itself
    respond.install(app)
    headers.install(app)
    static.install(app)
    mistakes.install(app)
    words.install(app)
    shell.install(app)
    auth.install(app)
    guard.install(app)
    cli.register(app)
