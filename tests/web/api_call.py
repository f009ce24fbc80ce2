"""Calling the API as another system does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import selectinload, undefer
from werkzeug.test import TestResponse

from webcare_pwa.db import Database
from webcare_pwa.models.report import Message, Report

URL = "/api/v1/reports"
SECRET = "een-geheim-van-256-bits"
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def post(client: FlaskClient, body: Any, token: str = SECRET, **more: Any) -> TestResponse:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(URL, data=raw, headers={"Authorization": f"Bearer {token}"},
                       **{"content_type": "application/json", **more})


def stored(database: Database) -> list[Report]:
    with database.read() as session:
        return list(session.scalars(select(Report).order_by(Report.id).options(
            selectinload(Report.messages).options(undefer(Message.raw)))))


def warnings(answer: TestResponse) -> list[str]:
    assert answer.status_code == 202, answer.text
    assert answer.json is not None
    found: list[str] = answer.json["warnings"]
    return found
