"""API tokens of an organisation."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("tokens", __name__)
