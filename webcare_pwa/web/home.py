"""Nu: the first screen of whoever is logged in."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("home", __name__)
