"""The OpenAPI description. As wide as what is accepted: any JSON value, every field of any type; the meanings are words."""

from __future__ import annotations

from typing import Any

from webcare_pwa.house import House

_MEANING = {
    "external_id": ("Your id of this report, at most 200 signs: the idempotency key. The same id with the same content is "
                    "the same report; with other content it is stored as an addition to it.", "ticket-4711"),
    "text": ("What the tenant says, in any language. The first 10,000 signs are shown and judged, all is kept.",
             "Water komt door het plafond van de badkamer"),
    "category": ("Id of a fault category; see x-categories.", "lekkage_ernstig"),
    "answers": ("Answers to the questions of the category: question id to option code.", {}),
    "danger": ("True when somebody is in danger now. In doubt: true.", False),
    "danger_kind": ("gas, co, fire, water_power, electric, lift, structure or person.", "gas"),
    "postcode": ("Dutch postcode.", "1234 AB"),
    "house_number": ("House number, with or without suffix.", 88),
    "suffix": ("Suffix of the house number.", "A"),
    "address": ("Street and number as free text, when there is no postcode.", "Populierenlaan 88"),
    "city": ("Town.", "Waterveen"),
    "name": ("Name of the tenant.", "M. Jansen"),
    "phone": ("Telephone number of the tenant.", "06 12345678"),
    "no_phone": ("True when the tenant says he has no telephone.", False),
    "email": ("E-mail address of the tenant; replies go there.", "m.jansen@huurder.example"),
    "language": ("Two-letter code of the tenant's language.", "nl"),
}
_PROBLEMS = {
    "400": "The body is not JSON that can be parsed.",
    "401": "No bearer token, or one that is unknown or revoked.",
    "413": "The body is larger than 10 MB.",
    "415": "The body is not application/json.",
}


def document(house: House) -> dict[str, Any]:
    """The whole OpenAPI 3.1 document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Reports of faults outside office hours",
            "version": "1.0.0",
            "description": "Store a report. Nothing is refused for its content: what cannot be used is kept in its raw form "
                           "and named in `warnings`.",
        },
        "servers": [{"url": house.base_url}],
        "paths": {
            "/api/v1/reports": {"post": _create_report(house)},
            "/api/v1/openapi.json": {"get": _openapi()},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Stored": _STORED, "Problem": _PROBLEM},
        },
    }


def _create_report(house: House) -> dict[str, Any]:
    fields = {name: {"description": text, "examples": [example]} for name, (text, example) in _MEANING.items()}
    return {
        "operationId": "create_report",
        "summary": "Store a report",
        "security": [{"token": []}],
        "x-categories": {each.id: each.label_en for each in house.rulebook.categories.values()},
        "requestBody": {
            "required": True,
            "description": "At most 10 MB of UTF-8. An object with the fields below is meant; any JSON value is stored.",
            "content": {"application/json": {"schema": {"properties": fields}}},
        },
        "responses": {
            "202": {
                "description": "Stored. It is judged, and people are called, within seconds.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Stored"}}},
            },
            **{status: _problem(text) for status, text in _PROBLEMS.items()},
        },
    }


def _openapi() -> dict[str, Any]:
    return {
        "operationId": "openapi",
        "summary": "This document",
        "responses": {"200": {
            "description": "OpenAPI 3.1",
            "content": {"application/json": {"schema": {"type": "object", "required": ["openapi", "paths"]}}},
        }},
    }


def _problem(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}


_STORED = {
    "type": "object",
    "required": ["number", "link", "warnings"],
    "properties": {
        "number": {"type": "integer", "description": "The number the tenant may quote."},
        "link": {"type": "string", "format": "uri", "description": "Secret link to the tenant's own page."},
        "warnings": {"type": "array", "items": {"type": "string"}, "description": "What could not be used, and why."},
    },
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
