"""For watchers outside: `/healthz` in JSON, and `/metrics` for Prometheus behind a bearer token. Everything comes from rows, so
each web process gives the same answer."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, request
from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from webcare_pwa import links
from webcare_pwa.clock import real_now
from webcare_pwa.models import vitals
from webcare_pwa.rules.watching import SILENT_AFTER, WAITED_TOO_LONG
from webcare_pwa.steps.figures import Figure, figures
from webcare_pwa.web.context import clock, database, settings

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 when the database answers, the worker showed life in the last minute and nothing waits too long; else 503."""
    try:
        with database().read() as session:
            facts = _facts(session)
    except SQLAlchemyError:
        return jsonify(status="trouble", database="unreachable", worker="unknown"), 503
    age, limit = facts["worker_age_seconds"], WAITED_TOO_LONG.total_seconds()
    alive = age is not None and age <= SILENT_AFTER.total_seconds()
    late = max(facts["oldest_due_delivery_seconds"] or 0, facts["oldest_waiting_message_seconds"] or 0) > limit
    status = "ok" if alive and not late else "trouble"
    worker = "silent" if not alive else "behind" if late else "ok"
    return jsonify(status=status, database="ok", worker=worker, **facts), 200 if status == "ok" else 503


@bp.get("/metrics")
def metrics() -> Response:
    """Figures for Prometheus. Without a token in the settings there is no such page."""
    token = settings().metrics_token
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if not token:
        abort(404)
    if scheme.lower() != "bearer" or not links.same(token, given.strip()):
        return Response("A bearer token is needed.\n", 401, {"WWW-Authenticate": 'Bearer realm="metrics"'}, "text/plain")
    with database().read() as session:
        found = figures(session, now=clock().now(session), real_now=real_now())
    return Response(generate_latest(_registry(found)), content_type=CONTENT_TYPE_LATEST)


def _facts(session: Session) -> dict[str, float | None]:
    now = clock().now(session)
    age = vitals.heartbeat_age(session, real_now())
    return {
        "worker_age_seconds": None if age is None else round(age, 1),
        "oldest_due_delivery_seconds": round(vitals.due_deliveries(session, now).oldest, 1),
        "oldest_waiting_message_seconds": round(vitals.waiting_messages(session, now).oldest, 1),
    }


def _registry(found: list[Figure]) -> CollectorRegistry:
    registry = CollectorRegistry()
    gauges: dict[str, Gauge] = {}
    for figure in found:
        gauge = gauges.get(figure.name) or Gauge(figure.name, figure.meaning, list(figure.labels), registry=registry)
        gauges[figure.name] = gauge
        (gauge.labels(**figure.labels) if figure.labels else gauge).set(figure.value)
    return registry
