"""Where somebody lands after logging in: the page he wanted, never one of another site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request, url_for


def destination() -> str:
    """`next` when it is a page of ours, else the first screen."""
    target = request.values.get("next", "")
    return target if is_own_page(target) else url_for("home.now")


def is_own_page(target: str) -> bool:
    """A path on this site? Browsers skip control characters and read a backslash as a slash, so both are refused."""
    if not target.startswith("/") or target.startswith("//") or "\\" in target or not target.isprintable():
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc
