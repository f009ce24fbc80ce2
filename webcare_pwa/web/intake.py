"""Melding maken: a report on behalf of somebody else."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("intake", __name__)
