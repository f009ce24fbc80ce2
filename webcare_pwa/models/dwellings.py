"""Finding the dwellings of the given organisations: by postcode or street, by the first letters, by id."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webcare_pwa.models.dwelling import Dwelling
from webcare_pwa.rules.contact_details import address_words

_SUGGESTIONS = 8


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


def on_street(
    session: Session, organisations: Iterable[int], street: str, number: int | None, suffix: str
) -> list[Dwelling]:
    """A whole street name with number, as people say it on the telephone. Two towns may have the same street."""
    if not street or number is None:
        return []
    query = _within(organisations).where(Dwelling.street_key == street, Dwelling.house_number == number)
    found = list(session.scalars(query.limit(100)))
    exact = [home for home in found if home.suffix == suffix]
    return exact or ([] if suffix else found)


def _within(organisations: Iterable[int]) -> Select[Dwelling]:
    return (
        select(Dwelling)
        .where(Dwelling.organisation_id.in_(organisations))
        .order_by(Dwelling.street_key, Dwelling.house_number, Dwelling.suffix)
    )
