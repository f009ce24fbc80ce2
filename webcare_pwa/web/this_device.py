"""Which of his own devices somebody is holding: a cookie as a hint for the server, a fingerprint for the page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from flask import Response, request

from webcare_pwa.models.device import Device
from webcare_pwa.models.proof import Proof
from webcare_pwa.web.context import settings

COOKIE = "device"  # only a hint; the browser's own subscription is the truth
COOKIE_SECONDS = 400 * 24 * 3600


def among(mine: Sequence[Proof]) -> Proof | None:
    """This device among his own, as far as the cookie knows."""
    return next((each for each in mine if str(each.device.id) == request.cookies.get(COOKIE)), None)


def claimed() -> int | None:
    """The number of the device this browser says it is; whether it is the viewer's own is for the caller to check."""
    given = request.cookies.get(COOKIE, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 12 else None


def fingerprint(device: Device) -> str:
    """By which a browser recognises its own device on the page; the address itself is a secret and stays here."""
    return hashlib.sha256(device.endpoint.encode()).hexdigest()


def remember(response: Response, device: Device) -> Response:
    """Leave the hint in this browser."""
    response.set_cookie(COOKIE, str(device.id), max_age=COOKIE_SECONDS, httponly=True, samesite="Lax",
                        secure=settings().secure_cookies)
    return response
