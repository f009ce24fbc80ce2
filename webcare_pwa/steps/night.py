"""Last night's list per organisation: what happened, what was promised and kept, what is still to be done. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from webcare_pwa.models import organisation as organisations_
from webcare_pwa.models import plan, situations
from webcare_pwa.models.moments import moments
from webcare_pwa.models.organisation import Organisation
from webcare_pwa.models.situation import Situation
from webcare_pwa.rules import handover as rules
from webcare_pwa.rules import hours as office
from webcare_pwa.rules.paging import URGENT
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.rules.urgency import RANK

CARRIED = timedelta(days=3)  # how long what nobody accepted comes back on the list


@dataclass(frozen=True)
class Item:
    """One incident of the night, with what was promised and what is still to be done (codes of WORDS["todo"])."""

    situation: Situation
    promises: tuple[rules.Promise, ...]
    todo: tuple[str, ...]

    @property
    def late(self) -> int:
        """How many promises were not kept in time."""
        return sum(promise.late for promise in self.promises)

    @property
    def accepted(self) -> bool:
        """Has customer service taken it over?"""
        return self.situation.acceptance is not None


@dataclass(frozen=True)
class Night:
    """The newest closed stretch of one organisation: from `since`, when the office closed, until it opened or now."""

    organisation: Organisation
    since: datetime
    until: datetime
    items: tuple[Item, ...]
    under: tuple[Situation, ...] = ()  # attached to one of the items: no items by themselves

    @property
    def waiting(self) -> tuple[Item, ...]:
        """What nobody has taken over yet, worst first."""
        return tuple(item for item in self.items if not item.accepted)

    @property
    def urgent(self) -> int:
        """How many of those are open and urgent."""
        return sum(item.situation.is_open and item.situation.urgency in URGENT for item in self.waiting)

    @property
    def reports(self) -> int:
        """Reports that came in during the night."""
        cases = [*(item.situation for item in self.items), *self.under]
        received = (report.received_at for case in cases for report in case.reports)
        return sum(self.since <= at < self.until for at in received)

    @property
    def late(self) -> int:
        """Promises that were not kept in time."""
        return sum(item.late for item in self.items)


def night_list(
    session: Session, organisations: frozenset[int], *, now: datetime, rulebook: Rulebook, at: datetime | None = None
) -> list[Night]:
    """The newest night of each organisation, by its name; with `at` the newest night at that earlier moment."""
    return [of(session, each, now=now, rulebook=rulebook, at=at) for each in organisations_.some(session, organisations)]


def of(session: Session, organisation: Organisation, *, now: datetime, rulebook: Rulebook, at: datetime | None = None) -> Night:
    """The newest night of one organisation. What nobody accepted of earlier ones comes back on it, but not with `at`."""
    hours = plan.hours_of(session, organisation.id)
    end = min(at, now) if at else now
    since = rules.last_closing(hours, end)
    opening = office.next_opening(hours, since)
    until = min(opening, end) if opening else end
    found = situations.recent(session, frozenset({organisation.id}), since=since - CARRIED, now=now, rulebook=rulebook)
    own = [case for case in found if not case.is_under]
    items = [_item(case, now) for case in own if _in_night(case, since, until) or (not at and _is_carried(case, hours))]
    under = tuple(case for case in found if case.is_under)
    return Night(organisation, since, until, tuple(sorted(items, key=_worst_first)), under)


def _worst_first(item: Item) -> tuple[bool, bool, int, datetime]:
    case = item.situation
    return item.accepted, not case.is_open, -RANK[case.urgency], case.incident.opened_at


def _in_night(case: Situation, since: datetime, until: datetime) -> bool:
    return any(since <= at < until for at in moments(case))


def _is_carried(case: Situation, hours: office.Hours) -> bool:
    return case.acceptance is None and not office.is_open(hours, case.incident.opened_at)


def _item(case: Situation, now: datetime) -> Item:
    said = [rules.Said(each.kind, each.at, each.promised_at, each.party) for each in case.progress]
    return Item(
        case,
        rules.promises(said, case.closure.at if case.closure else None, now),
        rules.to_do(
            stage=case.stage,
            outcome=case.closure.outcome if case.closure else None,
            owned=case.owner is not None,
            kinds=[each.kind for each in case.progress],
            in_writing=case.facts.reachable_in_writing,
        ),
    )
