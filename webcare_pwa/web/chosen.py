"""Melding maken: for which organisation and which kind of fault, from what is chosen or typed so far."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from webcare_pwa import labels
from webcare_pwa.models import address, dwellings
from webcare_pwa.models import organisation as organisations
from webcare_pwa.models.address import Typed
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.rules.rulebook import Category, Question
from webcare_pwa.web.context import allowed_organisations, house
from webcare_pwa.web.instruction import Instruction, instruction


@dataclass(frozen=True)
class Chosen:
    """Whose tenant it is (None: not known yet) and what is broken, with the text to read out and the questions to ask."""

    organisation: Organisation | None
    category: Category | None
    instruction: Instruction | None
    questions: tuple[Question, ...]


def choice_so_far(session: Session) -> Chosen:
    """Organisation and category of this request. Who works for one organisation need not choose it."""
    own = organisations.some(session, allowed_organisations())
    wanted = request.values.get("organisation", default=0, type=int)
    if not wanted and request.method == "POST":
        wanted = _organisation_of_address(session) or 0
    organisation = next((each for each in own if each.id == wanted or len(own) == 1), None)
    rulebook = house().rulebook
    category = rulebook.categories.get(request.values.get("category", ""))
    if category is None:
        return Chosen(organisation, None, None, ())
    danger = category.urgency_default == "noodgeval"
    number = organisation.emergency_number if organisation else labels.word("this_number", "intake")
    text = instruction(category.id, danger=danger, number=number, rulebook=rulebook)
    return Chosen(organisation, category, text, rulebook.questions.get(category.id, ()))


def _organisation_of_address(session: Session) -> int | None:
    """The address decides when the organisation was not chosen."""
    home = dwelling_of(session, allowed_organisations(), request.form.get("dwelling", ""))
    if home is None:
        line = Typed(address=request.form.get("find", "")[:120])
        found = address.locate(session, allowed_organisations(), line).facts.get("dwelling_id")
        home = dwellings.one(session, allowed_organisations(), found) if found else None
    return home.organisation_id if home else None


def dwelling_of(session: Session, walls: frozenset[int], number: str) -> Dwelling | None:
    """The dwelling with the number that the form holds; None for anything else."""
    is_id = number.isascii() and number.isdigit() and len(number) < 10
    return dwellings.one(session, walls, int(number)) if is_id else None
