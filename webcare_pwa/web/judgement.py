"""What triage will make of a form that is not stored yet: it decides what is asked back and where the tenant lands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa import clock
from webcare_pwa.rules.facts import fold
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.rules.triage import Judgement, judge
from webcare_pwa.steps.rota import is_office_open
from webcare_pwa.web.report_form import Told


def judged(session: Session, told: Told, *, organisation_id: int, now: datetime, rulebook: Rulebook) -> Judgement:
    """What triage will make of it."""
    return judge(
        fold([(told.text, told.facts)]), office_open=is_office_open(session, organisation_id, now),
        month=clock.local(now).month, rulebook=rulebook,
    )
