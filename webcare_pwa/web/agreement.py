"""The duty agreement of an organisation, generated from the rows."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("agreement", __name__)
