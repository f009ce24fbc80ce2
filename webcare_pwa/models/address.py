"""What somebody typed as his address, made into facts: a known dwelling, or free text with what is unclear about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from webcare_pwa.models import dwellings
from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.rules.contact_details import address_words, clean, house_number, postcode, suffix


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


def locate(session: Session, organisations: Iterable[int], typed: Typed) -> Located:
    """Match what was typed against the dwellings. Nothing is lost: what does not match is kept as free text."""
    code, street, number, wanted = _said(typed)
    if code:
        found = dwellings.match(session, organisations, code, number, wanted)
    else:
        found = dwellings.on_street(session, organisations, street, number, wanted)
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
