"""Looks for danger words in free text. It can only find danger, never exclude it: a proper reading comes later.

A word that is plainly denied ("geen gaslucht") does not count; every doubt counts as danger.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from webcare_pwa.rules import words
from webcare_pwa.rules.danger_words import DangerKind, DangerWords

REACH = 8  # how many words apart the two sides of a pair may be


@dataclass(frozen=True)
class Danger:
    """One kind of danger that was found, and the words that told it."""

    kind: DangerKind
    found: str


@dataclass(frozen=True)
class _Pair:
    one: re.Pattern[str]
    other: re.Pattern[str]
    unless: re.Pattern[str]


@dataclass(frozen=True)
class _Patterns:
    phrases: re.Pattern[str]
    pairs: tuple[_Pair, ...]
    exceptions: re.Pattern[str]


@dataclass(frozen=True)
class _Hit:
    first: int  # index of its first word
    last: int
    text: str


def find(texts: Iterable[str], danger: DangerWords) -> tuple[Danger, ...]:
    """Every kind of danger the texts tell of, in the order of the list; each text on its own. Never raises."""
    found: dict[str, Danger] = {}
    for text in texts:
        said = words.line(words.tokens(text))
        for kind in danger.kinds:
            hit = None if kind.id in found else _look(said, kind, danger)
            if hit:
                found[kind.id] = Danger(kind, hit)
    return tuple(found[kind.id] for kind in danger.kinds if kind.id in found)


@lru_cache(maxsize=64)
def _patterns(kind: DangerKind) -> _Patterns:
    pairs = tuple(
        _Pair(words.pattern(pair.one), words.pattern(pair.other), words.pattern(pair.unless)) for pair in kind.pairs
    )
    return _Patterns(words.pattern(kind.phrases), pairs, words.pattern(kind.exceptions))


def _look(said: str, kind: DangerKind, danger: DangerWords) -> str | None:
    patterns = _patterns(kind)
    line = patterns.exceptions.sub(words.BREAK, said)
    for hit in _not_denied(_hits(patterns.phrases, line), line, danger):
        return hit.text
    for pair in patterns.pairs:
        if not pair.unless.search(said):
            ones = _not_denied(_hits(pair.one, line), line, danger)
            others = _not_denied(_hits(pair.other, line), line, danger) if ones else []
            for one, other in _close(ones, others):
                return f"{one.text} ... {other.text}" if one.first < other.first else f"{other.text} ... {one.text}"
    return None


def _hits(pattern: re.Pattern[str], line: str) -> list[_Hit]:
    hits = []
    first, at = -1, 0
    for match in pattern.finditer(line):
        first += line.count(" ", at, match.start())
        at = match.start()
        hits.append(_Hit(first, first + match[0].count(" "), match[0]))
    return hits


def _not_denied(hits: list[_Hit], line: str, danger: DangerWords) -> list[_Hit]:
    """Drop the hits right after a denial, also through "of" and earlier denied words: "geen rook of brand"."""
    said = line.split() if hits else []
    denied: set[int] = set()
    kept = []
    for hit in hits:
        before = hit.first - 1
        furthest = max(0, before - REACH)
        while before > furthest and (said[before] in danger.joins or before in denied):
            before -= 1
        if before >= 0 and said[before] in danger.negations:
            denied.update(range(hit.first, hit.last + 1))
        else:
            kept.append(hit)
    return kept


def _close(ones: list[_Hit], others: list[_Hit]) -> Iterator[tuple[_Hit, _Hit]]:
    firsts = [hit.first for hit in others]
    for one in ones:
        nearby = others[bisect_left(firsts, one.first - REACH) : bisect_left(firsts, one.last + REACH + 1)]
        yield from ((one, other) for other in nearby if other.first != one.first)
