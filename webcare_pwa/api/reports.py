"""POST /api/v1/reports and its OpenAPI description."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("api", __name__, url_prefix="/api/v1")
