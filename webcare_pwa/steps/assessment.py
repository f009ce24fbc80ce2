"""Judging a report, writing the verdict, and giving the tenant the fixed instruction when there is danger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa import clock, logs
from webcare_pwa.house import House
from webcare_pwa.models.incident import Incident
from webcare_pwa.models.report import Report, Verdict
from webcare_pwa.rules.circumstances import HEATING_MONTHS
from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.meaning.verdict import Told, tell
from webcare_pwa.rules.safety import own_safety
from webcare_pwa.rules.triage import Judgement, judge
from webcare_pwa.steps import automatic_replies

FAILED_REASON = "De beoordeling lukte niet. Kijk zelf; tot dan is het spoed."


def assess(facts: ReportFacts, *, office_open: bool, now: datetime, house: House) -> Judgement:
    """The rules' judgement; if they fail, the report is urgent: a fault of ours must not let a tenant sit in the cold."""
    try:
        return judge(
            facts, office_open=office_open, month=clock.local(now).month, rulebook=house.rulebook,
            told=read_words(facts.text, house, now),
        )
    except Exception:  # noqa: BLE001  see above
        logs.trouble("triage.judge_failed")
        category = facts.category if facts.category in house.rulebook.categories else "overig"
        return Judgement("noodgeval" if facts.danger else "spoed", category, False, (FAILED_REASON,), False)


def read_words(text: str, house: House, now: datetime) -> Told | None:
    """What the words of a tenant tell; None when nobody reads here or reading fails: then the other rules judge alone."""
    season = clock.local(now).month in HEATING_MONTHS
    if house.meaning is None or not text:
        return None
    try:
        return tell(text, None, house.meaning, heating_season=season)
    except Exception:  # noqa: BLE001  a fault of ours must not keep a report from being judged
        logs.trouble("triage.reading_failed")
        return None


def add_verdict(
    report: Report, judgement: Judgement, *, now: datetime, message_id: int | None = None, by: int | None = None
) -> Verdict:
    """Write the next verdict of a report (its verdicts must be loaded)."""
    row = Verdict(
        report_id=report.id, number=len(report.verdicts) + 1, message_id=message_id, at=now, urgency=judgement.urgency,
        category=judgement.category, danger_to_self=judgement.danger_to_self, reasons=list(judgement.reasons), by_id=by,
    )
    report.verdicts.append(row)
    return row


def tell_danger(
    session: Session, incident: Incident, report: Report, judgement: Judgement, *, now: datetime, house: House,
    new: bool = False,
) -> None:
    """The fixed instruction, when there is danger: once per case, before anything else is said. `new`: see `replies`."""
    if judgement.danger_to_self:
        automatic_replies.send(session, incident, report, "auto_gevaar_zelf", now=now, house=house, new=new)
    elif judgement.urgency == "noodgeval":
        automatic_replies.send(session, incident, report, "auto_gevaar", now=now, house=house, new=new,
                          extra=own_safety(judgement.category, True, house.rulebook))
