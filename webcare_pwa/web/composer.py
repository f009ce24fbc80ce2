"""Gathers what the answer screen shows: the best replies filled, the others by group, and how the tenant is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa.errors import Invalid
from webcare_pwa.models import situations
from webcare_pwa.models.attached import attached_to
from webcare_pwa.models.situation import Situation
from webcare_pwa.rules.replies import Candidate, best
from webcare_pwa.steps.composing import for_composer
from webcare_pwa.web.choice import FREE, Choice, choice_of
from webcare_pwa.web.context import clock, house, settings, viewer
from webcare_pwa.web.conversation import Said, conversation
from webcare_pwa.web.countdown import Countdown, countdown


@dataclass(frozen=True)
class Composer:
    """The answer screen of one incident. `sentence` and `fields` say what kept an answer from being sent."""

    situation: Situation
    now: datetime
    choices: Sequence[Choice]
    chosen: str
    others: Mapping[str, Sequence[Candidate]]
    thread: Sequence[Said]
    countdown: Countdown | None
    mail_configured: bool
    tenants: int  # to whom it goes: those of attached incidents too
    sentence: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_mail(self) -> bool:
        """Does the answer leave the house by itself?"""
        return self.mail_configured and self.situation.facts.reachable_in_writing


def gather(
    session: Session, incident_id: int, organisations: frozenset[int], *, template: str = "", again: int = 0
) -> Composer:
    """The screen with `template` chosen (else the best one), or with the words of reply `again`. Raises `NotFound`."""
    now = clock().now(session)
    found = situations.load(session, incident_id, organisations, now=now, rulebook=house().rulebook)
    ranked = for_composer(session, found, now=now, house=house(), by=viewer().person_id)
    own = next((Choice(FREE, "", each.text_nl, each.text_en) for each in found.replies if each.id == again), None)
    wanted = next((each for each in ranked if each.reply.id == template), None)
    choices = [choice_of(each) for each in best(ranked)]
    if wanted and not wanted.is_forbidden:  # what is chosen stands first, so that all of it is in sight
        choices = [choice_of(wanted), *(each for each in choices if each.id != wanted.reply.id)]
    shown = {each.id for each in choices}
    choices.append(own or Choice(FREE, "", "", ""))
    first = template if template in shown else choices[0].id
    return Composer(
        situation=found, now=now, choices=choices, chosen=FREE if own or template == FREE else first,
        others=_grouped(found, [each for each in ranked if each.reply.id not in shown]),
        thread=conversation(found), countdown=countdown(found, now), mail_configured=bool(settings().mail_host),
        tenants=1 + len(attached_to(session, found.incident.id)),
        sentence=wanted.blocked_reason if wanted and wanted.is_forbidden else "",
    )


def refused(screen: Composer, error: Invalid, chosen: str, text_nl: str, text_en: str) -> Composer:
    """The same screen after an answer that could not be sent: the words that were typed, and why."""
    shown = chosen if chosen in {each.id for each in screen.choices} else FREE
    choices = [
        replace(each, text_nl=text_nl, text_en=text_en) if each.id == shown else each for each in screen.choices
    ]
    return replace(screen, choices=choices, chosen=shown, sentence=error.message, fields=error.fields)


def require_choosable(ranked: Sequence[Candidate], template: str) -> None:
    """Raises `Invalid` when the facts behind a template do not hold (any more)."""
    found = next((each for each in ranked if each.reply.id == template), None)
    if found is None:
        raise Invalid("Dit snelle antwoord past niet meer bij deze melding. Kijk uw tekst na en stuur hem als eigen tekst.")
    if found.is_forbidden:
        raise Invalid(found.blocked_reason)


def _grouped(situation: Situation, rest: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    """Those of this fault's group, those for every group, and all about safety; by category of the reply data."""
    groups: dict[str, list[Candidate]] = {}
    for each in rest:
        if each.is_safety or not each.reply.groups or situation.group in each.reply.groups:
            groups.setdefault(each.reply.category, []).append(each)
    return groups
