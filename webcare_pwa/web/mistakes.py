"""Error pages: each says in Dutch what to do now, and carries the 24-hour number where the organisation is known."""

from __future__ import annotations

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response as BaseResponse

from webcare_pwa import logs
from webcare_pwa.errors import DutyError, Invalid, NotAllowed, NotFound, NotPossibleNow

STATUS: dict[type[DutyError], int] = {NotFound: 404, NotAllowed: 403, NotPossibleNow: 409, Invalid: 422}
SENTENCES = {
    400: "De app begreep dit verzoek niet. Ga terug en probeer het nog eens.",
    404: "Deze pagina bestaat niet.",
    405: "Dit kan hier niet.",
    413: "Dit is te groot om te versturen. Stuur het zonder foto.",
    429: "Te veel pogingen. Wacht een minuut en probeer het dan weer.",
}


def install(app: Flask) -> None:
    """Map every error to one kind of answer."""
    app.register_error_handler(DutyError, lambda error: _answer(STATUS[type(error)], error.message))
    app.register_error_handler(CSRFError, lambda _error: stale_page())
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def stale_page() -> Response:
    """The answer to a form whose CSRF token is not of this session any more."""
    return _answer(400, "Deze pagina stond te lang open. Ga terug, ververs de pagina en doe het nog eens. "
                        "Wat u typte staat er nog.")


def _http(error: HTTPException) -> BaseResponse:
    code = error.code or 500
    if error.response is not None or code < 400:  # a redirect, or an answer that was made on purpose
        return error.get_response()
    answer = _answer(code, SENTENCES.get(code, "Er ging iets mis. Probeer het nog eens."))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def _unexpected(_error: Exception) -> Response:
    logs.trouble("request.failed", endpoint=request.endpoint)
    return _answer(500, "Er ging iets mis bij ons. Probeer het nog eens. Is het dringend? Bel de storingsdienst.")


def _answer(status: int, sentence: str) -> Response:
    if request.path.startswith(("/api/", "/pages/")) or request.is_json:  # a program asked
        body = jsonify(type="about:blank", status=status, title=sentence)
        body.status_code, body.mimetype = status, "application/problem+json"
        return body
    return make_response(render_template("mistake.html", status=status, sentence=sentence,
                                         organisation=g.get("organisation")), status)
