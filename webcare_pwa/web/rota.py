"""Rooster: who is on duty, and moving single shifts."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("rota", __name__)
