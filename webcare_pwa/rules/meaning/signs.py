"""The rules over ideas: which of them hold for a reading. Transparent, in the order of the file, before anything learned.

Terms: `idea` (said and not denied), `!idea`, `a~b` (said close together), and the circumstances: see `around`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webcare_pwa.rules.meaning.lexicon import Hit
from webcare_pwa.rules.meaning.reading import Reading

COLD_AT = 5.0  # degrees Celsius outside; at or below it a home without heating cannot wait
COLD, MILD, VULNERABLE, COLLECTIVE = "cold", "mild", "weak_person", "many_homes"
_WARMTH = ("heating", "no_heating", "district")
_WEAK = ("baby", "elderly", "pregnant", "ill", "disabled", "device", "distress")
_OLD = re.compile(r"(?<!\d)(?:7\d|8\d|9\d|10\d)(?!\d|[.,:]\d|\s?(?:cm|m2|km|procent|euro|ppm|%|°|graden|uur|minuten))")
_AGED = re.compile(
    r"jaar|jarig|jr|years|year old|yo\b|lat\b|letni|yas|рок|річн|лет|ans|ani\b|jahre|سنة|عام|3am\b|\bmw|\bmevr|\bdhr|\bhr\b|\("
)


@dataclass(frozen=True)
class MeaningRule:
    """One rule: any row of `when`, unless a row of `unless`; each row is a list of terms that must all hold.

    `personal`: it tells of somebody who wants to end a life, or lives through violence now.
    """

    id: str
    fault: str
    urgency: str
    reason: str
    when: tuple[tuple[str, ...], ...]
    unless: tuple[tuple[str, ...], ...] = ()
    personal: bool = False


@dataclass(frozen=True)
class Sign:
    """A rule that holds, and the words that made it."""

    rule: MeaningRule
    words: str


def around(
    reading: Reading, text: str, temperature: float | None, *, heating_season: bool = False
) -> frozenset[str]:
    """The circumstances: cold or mild outside (by the temperature, else by the text), a vulnerable person, many homes.

    In the heating season a temperature that nobody knows counts as cold for whoever writes about warmth.
    """
    found = set()
    assumed = heating_season and any(reading.says(idea) for idea in _WARMTH)
    if (temperature <= COLD_AT) if temperature is not None else reading.says("cold") or assumed:
        found.add(COLD)
    elif temperature is not None:
        found.add(MILD)
    if any(reading.says(idea) for idea in _WEAK) or (_OLD.search(text) and _AGED.search(text.lower())):
        found.add(VULNERABLE)
    if reading.says("collective"):
        found.add(COLLECTIVE)
    return frozenset(found)


def signs(reading: Reading, circumstances: frozenset[str], rules: Iterable[MeaningRule]) -> Iterator[Sign]:
    """The rules that hold, in their order."""
    for rule in rules:
        words = next((found for row in rule.when if (found := _row(row, reading, circumstances)) is not None), None)
        if words is not None and not any(_row(row, reading, circumstances) is not None for row in rule.unless):
            yield Sign(rule, words)


def _row(row: Iterable[str], reading: Reading, circumstances: frozenset[str]) -> str | None:
    """The words by which all terms of a row hold; None when one does not."""
    hits: list[Hit] = []
    for term in row:
        found = _term(term, reading, circumstances)
        if found is None:
            return None
        hits.extend(found)
    return reading.quote(hits)


def _term(term: str, reading: Reading, circumstances: frozenset[str]) -> tuple[Hit, ...] | None:
    if term.startswith("!"):
        return () if _term(term[1:], reading, circumstances) is None else None
    if "~" in term:
        one, other = term.split("~")
        return reading.near(one, other)
    if term in circumstances:
        return ()
    places = reading.places.get(term)
    return (places[0],) if places else None
