"""Gathers what the list of people and the page of one person show: roles in words, and what the viewer may do. Reads only."""

from __future__ import annotations

from flask import Response, make_response, render_template
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from webcare_pwa.errors import Invalid
from webcare_pwa.models import organisation as organisations
from webcare_pwa.models import person as persons
from webcare_pwa.models.live_contacts import reachable
from webcare_pwa.models.person import Person, roles_of
from webcare_pwa.rules import authority
from webcare_pwa.rules.access import ADMINISTRATOR, COORDINATOR, DUTY, PLANNERS
from webcare_pwa.rules.joining import missing
from webcare_pwa.steps import people
from webcare_pwa.steps.joining import lists
from webcare_pwa.web.context import database, viewer


def list_page(typed: MultiDict[str, str], mistake: Invalid | None) -> Response:
    """Everybody of the viewer's organisations; with `mistake` the form for a new one still holds what was typed."""
    mine = viewer().organisations(PLANNERS)
    with database().read() as session:
        found = persons.working_in(session, mine)
        waking = reachable(session, [each.id for each in found])
        lacks = _lacks(session, found)
        administered = organisations.some(session, viewer().organisations(frozenset({ADMINISTRATOR})))
        names = {each.id: each.name for each in organisations.some(session, mine)}
    page = render_template(
        "people/index.html", people=[(each, _short(_words(each, names), names), _unwakeable(each, waking)) for each in found],
        lacks=lacks, administered=administered, typed=typed, mistake=mistake, coordinates=viewer().has(COORDINATOR),
    )  # fmt: skip
    return make_response(page, 422 if mistake else 200)


def one_page(
    person_id: int, *, link: str = "", news: str = "", typed: MultiDict[str, str] | None = None,
    mistake: Invalid | None = None,
) -> Response:  # fmt: skip
    """One person. `link`: the address to show this once. Raises `NotFound` for somebody of other organisations."""
    actor = viewer()
    with database().read() as session:
        person = people.find(session, person_id, actor=actor)
        administered = organisations.some(session, actor.organisations(frozenset({ADMINISTRATOR})))
        names = {each.id: each.name for each in organisations.some(session, actor.organisations(PLANNERS))}
        joining = lists(session, [person.id])[person.id] if _has_duty(person) else ()
    roles = roles_of(person)
    page = render_template(
        "people/show.html", person=person, words=_words(person, names), link=link, news=news, mistake=mistake,
        joining=joining, has_duty=_has_duty(person), typed=typed or _typed(person), administered=administered,
        may_link=authority.may_send_link(actor, roles),
        may_disable=authority.covers(actor, roles) and person.id != actor.person_id,
    )  # fmt: skip
    return make_response(page, 422 if mistake else 200)


def _words(person: Person, names: dict[int, str]) -> list[tuple[str, list[str]]]:
    """(organisation, role codes) for the organisations the viewer may know of."""
    there = {role.organisation_id for role in person.roles} & names.keys()
    return [
        (names[each], [role.role for role in person.roles if role.organisation_id == each])
        for each in sorted(there, key=lambda each: names[each])
    ]


def _short(words: list[tuple[str, list[str]]], names: dict[int, str]) -> list[tuple[str, list[str]]]:
    """The same roles everywhere: said once, without the organisation."""
    same = len(words) == len(names) and all(sorted(roles) == sorted(words[0][1]) for _, roles in words)
    return [("", words[0][1])] if same else words


def _unwakeable(person: Person, waking: frozenset[int]) -> bool:
    return person.id not in waking and _has_duty(person)


def _has_duty(person: Person) -> bool:
    return any(role.role == DUTY for role in person.roles)


def _lacks(session: Session, found: list[Person]) -> dict[int, list[str]]:
    """Per person with duty what he must still do before he is ready for it."""
    return {each: missing(items) for each, items in lists(session, [each.id for each in found if _has_duty(each)]).items()}


def _typed(person: Person) -> MultiDict[str, str]:
    pairs = [("roles", f"{role.organisation_id}:{role.role}") for role in person.roles]
    return MultiDict([("name", person.name), ("phone", person.phone), *pairs])
