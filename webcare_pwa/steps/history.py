"""What was done in rounds so far: their steps, and who refused. For any number of rounds in two queries, as the worker asks
it of every running round each second."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import ColumnElement

from webcare_pwa.models.alert import Alert, Delivery, Escalation
from webcare_pwa.models.device import Device
from webcare_pwa.models.incident import Refusal
from webcare_pwa.rules.escalation import EMPTY, PAGED, Done

FAILED = frozenset({"gone", "refused", "failed"})


@dataclass(frozen=True)
class Past:
    """One round. `done` in the order it happened; `refused`: person id to when he first refused."""

    done: tuple[Done, ...] = ()
    refused: dict[int, datetime] = field(default_factory=dict)


@dataclass
class _Step:
    done: Done
    people: set[int] = field(default_factory=set)
    outcomes: list[str | None] = field(default_factory=list)

    def finished(self) -> Done:
        """A step whose every page to a waking device or proven contact was turned down reached nobody after all."""
        in_vain = self.done.outcome == PAGED and self.outcomes and all(each in FAILED for each in self.outcomes)
        return Done(self.done.position, self.done.repeat, self.done.who, self.done.due_at,
                    EMPTY if in_vain else self.done.outcome, frozenset(self.people))


def of_round(session: Session, round_id: int) -> Past:
    """The past of one round."""
    return of_rounds(session, [round_id])[round_id]


def of_rounds(session: Session, round_ids: Collection[int]) -> dict[int, Past]:
    """The past of each of the rounds."""
    if not round_ids:
        return {}
    steps: dict[int, dict[int, _Step]] = defaultdict(dict)
    for row in session.execute(_steps_of(), {"ids": list(round_ids)}):
        step = steps[row.round_id].setdefault(
            row.id, _Step(Done(row.position, row.repeat, row.who, row.due_at, row.outcome))
        )
        if row.person_id is not None:
            step.people.add(row.person_id)
        if row.delivery_id is not None and row.wakes:
            step.outcomes.append(row.result)
    refused = _refusals(session, round_ids)
    return {each: Past(tuple(step.finished() for step in steps[each].values()), refused[each]) for each in round_ids}


@cache  # asked in each tick: to build it costs more than to run it
def _steps_of() -> Select[*tuple[Any, ...]]:
    return (
        select(Escalation.round_id, Escalation.id, Escalation.position, Escalation.repeat, Escalation.who, Escalation.due_at,
               Escalation.outcome, Alert.person_id, Delivery.id.label("delivery_id"), Delivery.outcome.label("result"),
               func.coalesce(Device.waking, _is_proven()).label("wakes"))
        .outerjoin(Alert, Alert.escalation_id == Escalation.id)
        .outerjoin(Delivery, Delivery.alert_id == Alert.id)
        .outerjoin(Device, Device.id == Delivery.device_id)
        .where(Escalation.round_id.in_(bindparam("ids", expanding=True)))
        .order_by(Escalation.id)
    )


def _is_proven() -> ColumnElement[bool]:
    """Did the delivery's contact method reach its owner once? Nobody waits for one that did not."""
    other = aliased(Delivery)
    opened = select(other.id).where(other.contact_method_id == Delivery.contact_method_id, other.opened_at.is_not(None))
    return opened.correlate(Delivery).exists()


def _refusals(session: Session, round_ids: Collection[int]) -> dict[int, dict[int, datetime]]:
    found: dict[int, dict[int, datetime]] = defaultdict(dict)
    for row in session.execute(_refusals_of(), {"ids": list(round_ids)}):
        found[row.round_id][row.person_id] = row.at
    return found


@cache
def _refusals_of() -> Select[int, int, datetime]:
    query = select(Refusal.round_id, Refusal.person_id, Refusal.at)
    return query.where(Refusal.round_id.in_(bindparam("ids", expanding=True))).order_by(Refusal.id.desc())
