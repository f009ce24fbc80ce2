"""Refusals of the API, as problem JSON (RFC 9457)."""

from __future__ import annotations

from flask import Response, jsonify

TITLES = {
    400: "The body is not JSON that can be read",
    401: "A valid bearer token is needed",
    413: "The body is larger than 10 MB",
    415: "The body must be application/json",
}


def problem(status: int, detail: str) -> Response:
    """The answer for one of the statuses in `TITLES`."""
    answer = jsonify(type="about:blank", title=TITLES[status], status=status, detail=detail)
    answer.status_code, answer.mimetype = status, "application/problem+json"
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="webcare"'
    return answer
