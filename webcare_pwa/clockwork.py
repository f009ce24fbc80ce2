"""What only time brings about, in the order in which the worker does it. Each stage has a transaction of its own, looks at
rows, and is harmless when repeated: a stage that fails is tried again in a second and holds up no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.house import House
from webcare_pwa.steps import (
    escalation,
    gaps,
    handover,
    overdue,
    publishing,
    rehearsals,
    retention,
    transfer,
    unfinished,
    watch,
)


@dataclass(frozen=True)
class Stage:
    """One stage; `run` gets business time in UTC. `every`: business time between two runs (zero: each tick)."""

    name: str
    run: Callable[[Session, datetime, House], object]
    every: timedelta = timedelta(0)


STAGES = (
    Stage("escalate", lambda session, now, house: escalation.escalate_overdue(session, now=now, house=house)),
    Stage("waiting", lambda session, now, house: watch.start_waiting_rounds(session, now=now, house=house)),
    Stage("tell", lambda session, now, house: watch.tell_waiting_tenants(session, now=now, house=house)),
    Stage("transfers", lambda session, now, house: transfer.return_unanswered(session, now=now)),
    Stage("unfinished", lambda session, now, house: unfinished.call_again(session, now=now, house=house)),
    Stage("morning", lambda session, now, house: handover.morning_mail(session, now, house)),
    Stage("rota", lambda session, now, house: publishing.keep_up(session, now=now)),
    Stage("gaps", lambda session, now, house: gaps.speak(session, now=now), every=timedelta(seconds=5)),
    Stage("rehearse", lambda session, now, house: rehearsals.rehearse(session, now=now), timedelta(seconds=10)),
    Stage("sound", lambda session, now, house: rehearsals.ask_about_sound(session, now=now), timedelta(seconds=10)),
    Stage("overdue", lambda session, now, house: overdue.alarm(session, now)),
    Stage("retention", lambda session, now, house: retention.tidy(session, now=now, raw_days=house.raw_days),
          every=timedelta(days=1)),
)
