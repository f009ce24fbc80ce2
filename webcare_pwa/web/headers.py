"""Security headers of every answer, and packing of pages.

A page is packed with gzip unless it holds a secret beside something a stranger can choose (the BREACH attack): a page
with a query string for somebody who is logged in, and everything about passwords and API tokens. The CSRF token alone
is no such secret: its signature changes every second, and the login cookie does not come along with a stranger's request
(SameSite=Lax).
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request, session

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
SECRETS = {"auth", "tokens", "people", "feeds"}  # screens that show links, passwords or tokens
PACK_FROM = 1024  # bytes; less is not worth it


def install(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(_add)
    app.after_request(_pack)


def _add(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CSP)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    return response


def _pack(response: Response) -> Response:
    if response.mimetype != "text/html" or response.direct_passthrough or response.content_encoding:
        return response
    response.vary.add("Accept-Encoding")
    page = response.get_data()
    if len(page) < PACK_FROM or not request.accept_encodings["gzip"] or _is_secret():
        return response
    response.set_data(gzip.compress(page, 6))
    response.content_encoding = "gzip"
    return response


def _is_secret() -> bool:
    return request.blueprint in SECRETS or bool(request.query_string and session)
