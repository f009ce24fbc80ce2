"""Toestellen: my phones, what was proven last, test pages."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("devices", __name__)
