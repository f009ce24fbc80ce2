"""The values that fill the placeholders of the reply texts, in Dutch and in English. Pure.

A time is only filled in while it lies ahead: a promise that has passed must be made anew, not repeated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from webcare_pwa.rules.reply_times import times_en, times_nl

NO_ACCESS, STAFF = "contractor_no_access_recorded", "staff_dispatched"
_NO_CONTRACTOR = frozenset({STAFF, "note", "call_failed"})
_NO_TIME_YET = "vertraging_onbekend"  # says that no time is known, so a contractor's time must not go in
_NOTE_OF = {"onderdeel": "part_recorded", "vervolg": "made_safe_recorded", "herstel": "repair_reported_done"}


@dataclass(frozen=True)
class Fact:
    """One progress row as plain values; `by` is the first name of who recorded it, the moments are UTC."""

    kind: str
    at: datetime
    note: str = ""
    party: str = ""
    promised_at: datetime | None = None
    by: str = ""


@dataclass(frozen=True)
class Basics:
    """What does not depend on the reply: the placeholder values that a case always has, or "" when not known."""

    naam: str = ""
    adres: str = ""
    complex: str = ""
    medewerker: str = ""
    organisatie: str = ""
    meldnummer: str = ""
    noodnummer: str = ""
    link: str = ""
    hours: Mapping[int, tuple[time, time]] = field(default_factory=dict)
    working_day: date | None = None  # the local date on which the office is open next


def values(
    basics: Basics, progress: Sequence[Fact], *, template: str, precondition: str | None, now: datetime,
    referral: tuple[str, str] = ("", ""),
) -> tuple[dict[str, str], dict[str, str]]:
    """(Dutch, English) values for one reply. `progress` is oldest first; `referral` is a (company, telephone).

    A placeholder that is not known is left out or "".
    """
    same = {
        name: getattr(basics, name)
        for name in ("naam", "adres", "complex", "organisatie", "meldnummer", "noodnummer", "link")
    }
    same["medewerker"] = _colleague(progress) if precondition == STAFF else basics.medewerker
    same["aannemer"] = referral[0] or _contractor(progress)
    same["telefoon"] = referral[1]
    for name, kind in (*_NOTE_OF.items(), ("reden", precondition)):
        same[name] = _note(progress, kind)
    moment = _moment(progress, template, precondition, now)
    return (
        {**same, **times_nl(basics.hours, basics.working_day, moment, now)},
        {**same, **times_en(basics.hours, basics.working_day, moment, now)},
    )


def promised(progress: Sequence[Fact]) -> datetime | None:
    """The newest time that was promised, also when it has passed."""
    return next((each.promised_at for each in reversed(progress) if each.promised_at), None)


def _moment(progress: Sequence[Fact], template: str, precondition: str | None, now: datetime) -> datetime | None:
    if precondition == NO_ACCESS:
        return next((each.promised_at or each.at for each in reversed(progress) if each.kind == NO_ACCESS), None)
    newest = next((each for each in reversed(progress) if each.promised_at), None)
    if newest is None or (template == _NO_TIME_YET and newest.kind != "note"):
        return None
    return newest.promised_at if newest.promised_at and newest.promised_at > now else None


def _colleague(progress: Sequence[Fact]) -> str:
    dispatched = [each for each in progress if each.kind == STAFF]
    return (dispatched[-1].party or dispatched[-1].by) if dispatched else ""


def _contractor(progress: Sequence[Fact]) -> str:
    return next((each.party for each in reversed(progress) if each.kind not in _NO_CONTRACTOR and each.party), "")


def _note(progress: Sequence[Fact], kind: str | None) -> str:
    return next((each.note.strip(" .") for each in reversed(progress) if each.kind == kind and each.note), "")
