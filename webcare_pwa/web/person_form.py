"""Reads the form with which somebody is added or changed: name, e-mail, phone, roles. Says what is wrong per field."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from webcare_pwa.errors import Invalid
from webcare_pwa.rules import contact_details
from webcare_pwa.rules.authority import wanted_roles
from webcare_pwa.rules.viewer import Viewer
from webcare_pwa.steps.people import NewPerson

LONGEST_NAME = 120


def read(form: MultiDict[str, str], actor: Viewer, *, email: str | None = None) -> NewPerson:
    """What was filled in. With `email` the address is fixed and not read. Raises `Invalid`."""
    name = " ".join(contact_details.clean(form.get("name", "")).split())
    phone = contact_details.clean(form.get("phone", ""))
    address = contact_details.email(form.get("email", "")).lower() if email is None else email
    mistakes = {
        "name": "" if name else "Vul een naam in.",
        "email": "" if address else "Dit is geen e-mailadres.",
        "phone": "" if not phone or contact_details.phone(phone) else "Dit is geen telefoonnummer.",
    }
    if len(name) > LONGEST_NAME:
        mistakes["name"] = f"Deze naam is te lang. Gebruik hoogstens {LONGEST_NAME} tekens."
    wrong = {field: sentence for field, sentence in mistakes.items() if sentence}
    if wrong:
        raise Invalid("Er klopt iets niet in wat u invulde.", wrong)
    return NewPerson(name, address, contact_details.phone(phone), wanted_roles(actor, form.getlist("roles")))
