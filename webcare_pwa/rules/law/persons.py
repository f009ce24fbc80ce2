"""Chapter 4: who may not stand on the rota, the shorter hours of protected people, and notice. No reason is ever stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from webcare_pwa.rules.law import days
from webcare_pwa.rules.law.breach import WARNING
from webcare_pwa.rules.law.facts import Facts
from webcare_pwa.rules.law.finding import Finding
from webcare_pwa.rules.law.minutes import common, union
from webcare_pwa.rules.law.weeks import WEEK, too_much
from webcare_pwa.rules.wall_time import wall

SHIFT, MONTH, QUARTER = 600, 4 * 3000, 16 * 2700  # 4:5, 4:7: 10 h a shift, 50 h in 4 weeks, 45 h in 16 weeks


def excluded(facts: Facts) -> Iterator[Finding]:
    """EXCLUDED: standby while the person may not be on the rota."""
    for start, end in common(facts.standby, union(each.stretch for each in facts.person.excluded)):
        if facts.touches(start, end):
            yield Finding("EXCLUDED", start, end, end - start, 0)


def protected(facts: Facts) -> Iterator[Finding]:
    """P2_SHIFT, P2_NIGHT, P2_4W, P2_16W: shifts that touch the protected time, runs of weeks that lie wholly in it."""
    spans = union(each.stretch for each in facts.person.protected)
    if not spans:
        return
    for duty in facts.duties:
        if not facts.touches(duty.starts, duty.ends) or not common([(duty.starts, duty.ends)], spans):
            continue
        if duty.work > SHIFT:
            yield Finding("P2_SHIFT", duty.starts, duty.ends, duty.work, SHIFT)
        if duty.is_night:
            yield Finding("P2_NIGHT", duty.starts, duty.ends, 1, 0)
    for rule, weeks, limit in (("P2_4W", 4, MONTH), ("P2_16W", 16, QUARTER)):
        cuts = [cut for start, end in spans for cut in (start, end - weeks * WEEK + 1)]

        def most(start: int, end: int, limit: int = limit) -> int | None:
            inside = any(left <= start and end <= right for left, right in spans)
            return limit if inside else None

        yield from too_much(facts, rule, facts.hours_with_leave, weeks, most, cuts)


def notice(facts: Facts) -> Iterator[Finding]:
    """PUBLISH, D1, 4:2: standby told less than 28 days before its day. A warning; counted in calendar days."""
    for duty in facts.person.standby:
        if duty.published_at is None:
            continue
        start, end = duty.stretch
        ahead = days.day_of(start) - wall(duty.published_at).toordinal()
        if ahead < facts.settings.publish_days_ahead and facts.touches(start, end):
            yield Finding("PUBLISH", start, end, max(0, ahead), facts.settings.publish_days_ahead, WARNING)


def kept_until(day: date, retention_weeks: int) -> date:
    """D3, Atb 3.2:1: the first day on which the record of a day may be erased."""
    return day + timedelta(weeks=retention_weeks)
