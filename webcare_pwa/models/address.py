"""Finding dwellings by what people say their address is, and what was reported there lately. Always within the given
organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.models.facts import facts_of
from webcare_pwa.models.report import Report
from webcare_pwa.rules.contact_details import address_words, clean, house_number, postcode, suffix
from webcare_pwa.rules.facts import ReportFacts

_SUGGESTIONS = 8
_LOOKED_AT = 500  # newest reports looked through for neighbours


@dataclass(frozen=True)
class Typed:
    """An address as somebody typed it; every part may be empty or nonsense."""

    postcode: str = ""
    number: str = ""
    suffix: str = ""
    address: str = ""
    city: str = ""


@dataclass(frozen=True)
class Located:
    """What could be made of it. `facts` as in `rules/facts.py`; `unclear` names what could not be read: postcode,
    house_number, dwelling (not one of ours), suffix (then `candidates` holds the dwellings it can be)."""

    facts: dict[str, Any] = field(default_factory=dict)
    unclear: tuple[str, ...] = ()
    candidates: tuple[Dwelling, ...] = ()


@dataclass(frozen=True)
class NearbyReport:
    """A recent report of the same dwelling, or of another one in the same complex."""

    report: Report
    facts: ReportFacts
    same_dwelling: bool


def locate(session: Session, organisations: Iterable[int], typed: Typed) -> Located:
    """Match what was typed against the dwellings. Nothing is lost: what does not match is kept as free text."""
    code, street, number, wanted = _said(typed)
    if code:
        found = match(session, organisations, code, number, wanted)
    else:
        found = _on_street(session, organisations, street, number, wanted)
    if len(found) == 1:
        return Located(facts_of_dwelling(found[0]))
    told: dict[str, Any] = {
        "postcode": code, "house_number": number, "suffix": wanted, "city": clean(typed.city)[:80],
        "address": _free_text(typed, code, number, wanted),
    }
    if found:
        told |= {"postcode": found[0].postcode, "address": f"{found[0].street} {number}", "city": found[0].city}
    facts = {name: value for name, value in told.items() if value}
    return Located(facts, _unclear(typed, number, found), tuple(found))


def facts_of_dwelling(home: Dwelling) -> dict[str, Any]:
    """The address of a known dwelling as facts."""
    return {"dwelling_id": home.id, "postcode": home.postcode, "house_number": home.house_number, "suffix": home.suffix,
            "address": home.address, "city": home.city}


def match(
    session: Session, organisations: Iterable[int], postcode: str, number: int | None, suffix: str
) -> list[Dwelling]:
    """The dwellings it can be: one when it is certain, several when the suffix must still be chosen, none when unknown."""
    if not postcode or number is None:
        return []
    query = _within(organisations).where(Dwelling.postcode == postcode, Dwelling.house_number == number)
    found = list(session.scalars(query.limit(100)))
    exact = [home for home in found if home.suffix == suffix]
    return exact or ([] if suffix else found)


def search(session: Session, organisations: Iterable[int], typed: str) -> list[Dwelling]:
    """Up to eight dwellings whose address begins like what was typed so far."""
    postcode, street, number, suffix = address_words(typed)
    if not postcode and len(street) < 2:
        return []
    query = _within(organisations)
    if postcode:
        query = query.where(Dwelling.postcode == postcode)
    else:
        query = query.where(Dwelling.street_key.between(street, street + "z" * 8))
    if number is not None:
        query = query.where(Dwelling.house_number == number)
    if suffix:
        query = query.where(Dwelling.suffix.startswith(suffix, autoescape=True))
    return list(session.scalars(query.limit(_SUGGESTIONS)))


def one(session: Session, organisations: Iterable[int], dwelling_id: int) -> Dwelling | None:
    """That dwelling, when it belongs to one of the organisations."""
    return session.scalars(_within(organisations).where(Dwelling.id == dwelling_id)).one_or_none()


def nearby(session: Session, home: Dwelling, since: datetime) -> list[NearbyReport]:
    """Reports since that moment of this dwelling or its complex, newest first."""
    reports = session.scalars(
        select(Report)
        .where(Report.organisation_id == home.organisation_id, Report.received_at >= since)
        .options(selectinload(Report.messages))
        .order_by(Report.id.desc())
        .limit(_LOOKED_AT)
    )
    told = [(report, facts_of(report)) for report in reports]
    neighbours = _neighbours(session, home, {facts.dwelling_id for _report, facts in told if facts.dwelling_id})
    return [
        NearbyReport(report, facts, facts.dwelling_id == home.id)
        for report, facts in told if facts.dwelling_id in neighbours
    ]


def _said(typed: Typed) -> tuple[str, str, int | None, str]:
    """(postcode, street key, number, suffix), from the fields or else from the free line."""
    code, (number, own_suffix) = postcode(typed.postcode), house_number(typed.number)
    wanted = suffix(typed.suffix) or own_suffix
    if code and number is not None:
        return code, "", number, wanted
    line = address_words(f"{typed.address} {typed.number}".strip())
    if (line[0] or line[1]) and line[2] is not None:
        return line
    return code, "", number, wanted


def _on_street(
    session: Session, organisations: Iterable[int], street: str, number: int | None, suffix: str
) -> list[Dwelling]:
    """A whole street name with number, as people say it on the telephone. Two towns may have the same street."""
    if not street or number is None:
        return []
    query = _within(organisations).where(Dwelling.street_key == street, Dwelling.house_number == number)
    found = list(session.scalars(query.limit(100)))
    exact = [home for home in found if home.suffix == suffix]
    return exact or ([] if suffix else found)


def _free_text(typed: Typed, code: str, number: int | None, suffix: str) -> str:
    """The line a person can read: the address as typed, with whatever else was typed that could not be understood."""
    if code and number is not None:
        return clean(typed.address)[:200] or f"{code} {number}{'-' + suffix if suffix else ''}"
    parts = [typed.address, typed.number, typed.suffix, "" if code else typed.postcode]
    return clean(" ".join(part for part in parts if part.strip()))[:200]


def _unclear(typed: Typed, number: int | None, found: list[Dwelling]) -> tuple[str, ...]:
    checks = (
        ("postcode", bool(typed.postcode.strip()) and not postcode(typed.postcode)),
        ("house_number", bool(typed.number.strip()) and number is None),
        ("dwelling", not found and (number is not None or bool(typed.address.strip()))),
        ("suffix", len(found) > 1),
    )
    return tuple(name for name, is_so in checks if is_so)


def _neighbours(session: Session, home: Dwelling, ids: set[int]) -> set[int]:
    """Which of the ids are this dwelling or stand in the same complex."""
    if home.complex_id is None:
        return {home.id}
    query = select(Dwelling.id).where(Dwelling.id.in_(ids), Dwelling.complex_id == home.complex_id)
    return {home.id, *session.scalars(query)}


def _within(organisations: Iterable[int]) -> Select[Dwelling]:
    return (
        select(Dwelling)
        .where(Dwelling.organisation_id.in_(organisations))
        .order_by(Dwelling.street_key, Dwelling.house_number, Dwelling.suffix)
    )
