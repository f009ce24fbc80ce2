"""The fixed safety instruction of a fault category, for the tenant. Pure."""

from __future__ import annotations

from webcare_pwa.rules.circumstances import OTHER
from webcare_pwa.rules.rulebook import Rulebook


def safety(category: str, danger: bool, rulebook: Rulebook) -> tuple[str, str]:
    """The fixed instruction, Dutch and English: with danger the opening of every danger text, then the category's own.

    {noodnummer} is left in. Without danger and without a known category both are empty.
    """
    opening = rulebook.automatic["auto_gevaar"]
    own_nl, own_en = own_safety(category, danger, rulebook)
    dutch = (opening.text_nl if danger else "", own_nl)
    english = (opening.text_en if danger else "", own_en)
    return " ".join(filter(None, dutch)), " ".join(filter(None, english))


def own_safety(category: str, danger: bool, rulebook: Rulebook) -> tuple[str, str]:
    """The category's own safety text, Dutch and English. In danger of an unknown kind there is none: the text of "overig" asks
    for a description and a photo, and somebody in danger must not stay for that."""
    known = rulebook.categories.get(category)
    if known is None or (danger and known.id == OTHER):
        return "", ""
    return known.safety_nl, known.safety_en
