"""What the law check says as plain JSON values (docs/rota-format.md, "Checking the law")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from webcare_pwa.rules.law.breach import SEVERITIES, Breach
from webcare_pwa.rules.law.check import check
from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.minutes import moment
from webcare_pwa.rules.law.person import Person, Span
from webcare_pwa.rules.law.persons import kept_until
from webcare_pwa.rules.law.rulings import RULINGS
from webcare_pwa.rules.law.settings import LawSettings
from webcare_pwa.rules.wall_time import wall


def answer(people: Sequence[Person], settings: LawSettings, period: Span | None) -> dict[str, Any]:
    """All breaches of all people, person by person; what each call-out counts for; how many there are of each severity."""
    breaches = [breach for person in people for breach in check(person, settings, period)]
    numbers = Counter(each.severity for each in breaches)
    return {
        "period": period and {"starts": utc(period.starts_at), "ends": utc(period.ends_at)},
        "numbers": {severity: numbers[severity] for severity in reversed(SEVERITIES)},
        "breaches": [_breach(each) for each in breaches],
        "call_outs": [each for person in people for each in _call_outs(person, settings)],
    }


def utc(at: datetime) -> str:
    """2027-01-04T07:00:00Z."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _breach(breach: Breach) -> dict[str, Any]:
    return {
        "person": breach.person,
        "rule": breach.rule,
        "severity": breach.severity,
        "article": breach.article,
        "starts": utc(breach.starts_at),
        "ends": utc(breach.ends_at),
        "first": utc(breach.first_at),
        "last": utc(breach.last_at),
        "measured": breach.measured,
        "allowed": breach.allowed,
        "norm": RULINGS[breach.rule].norm,
        "unit": breach.unit,
        "message": breach.message,
        "remedy": breach.remedy,
    }


def _call_outs(person: Person, settings: LawSettings) -> list[dict[str, Any]]:
    """The work of call-outs as it counts (5:9(7)), and until when its record is kept (Atb 3.2:1)."""
    return [
        {
            "person": person.id,
            "starts": utc(moment(each.starts)),
            "ends": utc(moment(each.ends)),
            "calls": len(each.calls),
            "counted_minutes": each.minutes,
            "keep_until": kept_until(wall(moment(each.until - 1)).date(), settings.record_retention_weeks).isoformat(),
        }
        for each in Facts(person, settings, (0, 1)).call_work
    ]
