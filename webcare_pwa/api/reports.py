"""POST /api/v1/reports and its OpenAPI description. Refused is only what is unauthenticated, unparsable or over 10 MB."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from webcare_pwa.api.context import services
from webcare_pwa.api.parsing import Unreadable, parse
from webcare_pwa.api.problems import problem
from webcare_pwa.api.reading import Told, read
from webcare_pwa.api.schema import document
from webcare_pwa.api.tokens import token_of
from webcare_pwa.models import address
from webcare_pwa.models.organisation import ApiToken
from webcare_pwa.ports import Inbound
from webcare_pwa.rate import meter
from webcare_pwa.steps import intake

LIMIT = 10 * 1024 * 1024

_UNCLEAR = {
    "postcode": "postcode: not a Dutch postcode, kept as free text",
    "house_number": "house_number: no number could be read, kept as free text",
    "dwelling": "address: not a known dwelling of this organisation, kept as free text",
    "suffix": "suffix: several dwellings have this number, none was chosen",
}

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.get("/openapi.json")
def openapi() -> Response:
    """The description of this API."""
    return jsonify(document(services().house))


@bp.post("/reports")
def create_report() -> Response:
    """Store a report for the organisation of the token; 202 with its number."""
    with services().database.read() as session:
        token = token_of(session, request.headers.get("Authorization", ""))
    if token is None:
        return problem(401, "Send 'Authorization: Bearer <token>' with a token that an administrator made.")
    if request.mimetype not in ("", "application/json") and not request.mimetype.endswith("+json"):
        return problem(415, "Send the report as application/json.")
    request.max_content_length = LIMIT
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return problem(413, "Send at most 10 MB.")
    try:
        raw, value, warnings = parse(body)
    except Unreadable as error:
        return problem(400, str(error))
    told = read(value, services().house.rulebook, fallback_id=f"sha256:{hashlib.sha256(body).hexdigest()}")
    return _store(token, raw, told, warnings)


def _store(token: ApiToken, raw: str, told: Told, warnings: list[str]) -> Response:
    over_rate = meter(current_app).is_over(f"token:{token.id}")
    with services().database.read() as session:  # not under the write lock, which others wait for
        located = address.locate(session, [token.organisation_id], told.address)
    inbound = Inbound(
        token.organisation_id, "api", told.external_id, raw, told.text, told.facts | located.facts, over_rate=over_rate
    )
    with services().database.write() as session:
        report = intake.receive(session, inbound, now=services().clock.now(session))
        link = services().house.case_link(report.id, report.link_version)
    unknown = [_UNCLEAR[code] for code in located.unclear]
    answer = jsonify(number=report.id, link=link, warnings=[*warnings, *told.warnings, *unknown])
    answer.status_code = 202
    return answer
