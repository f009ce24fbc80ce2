"""What a phone reports back about a page: received, shown, opened, dismissed; and its two buttons."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("receipts", __name__)
