"""What people do to an incident. Each act is a noun that is created."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("acts", __name__)
