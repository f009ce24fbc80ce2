"""The conversation with one tenant about his report: what he wrote and what we told him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from webcare_pwa.models.report import Report
from webcare_pwa.models.situation import Situation


@dataclass(frozen=True)
class Entry:
    """One line of the conversation. `by_tenant`: he wrote it (or somebody for him); else we did."""

    at: datetime
    by_tenant: bool
    text: str
    text_en: str = ""
    author: str = ""
    photos: tuple[int, ...] = ()


def thread(report: Report, situation: Situation | None) -> list[Entry]:
    """Everything said, oldest first. `situation` is None until the report has been taken up."""
    told = [
        Entry(each.received_at, True, each.text, photos=tuple(photo.id for photo in each.photos))
        for each in report.messages if each.text or each.photos
    ]
    said = [] if situation is None else [
        Entry(each.at, False, each.text_nl, each.text_en, _author(situation, each.person_id))
        for each in situation.replies if each.report_id == report.id
    ]
    return sorted(told + said, key=lambda entry: (entry.at, not entry.by_tenant))


def _author(situation: Situation, person_id: int | None) -> str:
    return situation.people[person_id].first_name if person_id in situation.people else ""
