"""The files that make it an app: service worker, manifest, offline page; and the health check."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("pwa", __name__)
