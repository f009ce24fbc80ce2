"""The tenant's own page, behind a secret link."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("cases", __name__)
