"""The figures a monitoring system follows, all from rows. The self-test's report is in none but its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.models import organisation, plan, vitals
from webcare_pwa.models.running import running
from webcare_pwa.rules.paging import URGENT
from webcare_pwa.steps import rota, urgency

SHARES = (0.5, 0.9, 0.99)
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Figure:
    """One number with its name, what it means, and labels."""

    name: str
    meaning: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


def figures(session: Session, *, now: datetime, real_now: datetime) -> list[Figure]:
    """All of them."""
    age = vitals.heartbeat_age(session, real_now)
    silence = float("inf") if age is None else age
    beat = Figure("webcare_heartbeat_age_seconds", "Since the worker's last sign of life", silence)
    return [beat, *_queues(session, now), *_results(session, now), *_people(session, now), *_self_test(session, now)]


def _queues(session: Session, now: datetime) -> Iterator[Figure]:
    for name, queue in (
        ("deliveries_due", vitals.due_deliveries(session, now)), ("messages_waiting", vitals.waiting_messages(session, now)),
        ("mails_waiting", vitals.waiting_mails(session, now)),
    ):
        yield Figure(f"webcare_{name}", "How many wait now", queue.waiting)
        yield Figure(f"webcare_{name}_oldest_seconds", "How long the oldest of them waits", queue.oldest)


def _results(session: Session, now: datetime) -> Iterator[Figure]:
    for (way, outcome), count in vitals.outcomes(session, now).items():
        yield Figure("webcare_deliveries_last_day", "Deliveries of the last day", count, {"way": way, "outcome": outcome})
    for name, meaning, times in (
        ("shown", "From page to shown on the phone, last day", vitals.seconds_to_shown(session, now)),
        ("escalation_late", "How late steps of the escalation were, last day", vitals.lateness(session, now)),
    ):
        for share in SHARES:
            yield Figure(f"webcare_{name}_seconds", meaning, vitals.quantile(times, share), {"quantile": str(share)})
        yield Figure(f"webcare_{name}_count", f"{meaning}: how many", len(times))


def _people(session: Session, now: datetime) -> Iterator[Figure]:
    real = {each.id for each in organisation.every(session)}
    calling = [row.incident_id for row in running(session) if row.organisation_id in real]
    urgent = sum(level in URGENT for level in urgency.of_incidents(session, calling).values())
    yield Figure("webcare_urgent_unacknowledged", "Open urgent incidents that nobody took yet", urgent)
    holes = sum(len(rota.gaps(session, desk.id, now, now + AHEAD)) for desk in plan.real_desks(session))
    yield Figure("webcare_gaps", "Gaps in the rota of the coming two weeks", holes)


def _self_test(session: Session, now: datetime) -> Iterator[Figure]:
    last = vitals.last_self_test(session)
    if last is None:
        return
    yield Figure("webcare_selftest_ok", "Did the last self-test pass", 0 if last.failed else 1)
    yield Figure("webcare_selftest_age_seconds", "Since the last self-test began", (now - last.started_at).total_seconds())
    for hop, seconds in last.hops.items():
        yield Figure("webcare_selftest_hop_seconds", "Each hop of the last self-test", seconds, {"hop": hop})
