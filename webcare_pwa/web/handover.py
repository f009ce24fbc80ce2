"""Overdracht: last night, item by item."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("handover", __name__)
