"""Holds a draft against the house rules (spelregels): which words break which rule, and what would be better. Pure.

Read clause by clause. Facts recorded on the incident may take a rule back: a promise with an agreement behind it is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

BLOCK, WARN = "block", "warn"
_CLAUSE = re.compile(r"[,;:]\s+|\s+(?:en|maar|want|dus|and|but)\s+")
LONG_SENTENCE = 25  # words; more is above B1
_SENTENCE = re.compile(r"(?:[^.!?\n]|[.!?](?=\S))+[.!?]*")


@dataclass(frozen=True)
class Signal:
    """Patterns of words, unless one of the facts is recorded."""

    patterns: tuple[re.Pattern[str], ...]
    facts: frozenset[str]


@dataclass(frozen=True)
class HouseRule:
    """One rule. `public`: for public channels only. A clause in which `unless` is found does not count,
    nor does any of a text in which `unless_anywhere` is found.
    """

    id: str
    level: str
    message: str
    better: str
    signals: tuple[Signal, ...]
    unless: tuple[re.Pattern[str], ...] = ()
    unless_anywhere: tuple[re.Pattern[str], ...] = ()
    public: bool = False


@dataclass(frozen=True)
class Finding:
    """A rule that a draft breaks, and the words that do."""

    rule: str
    level: str
    words: str
    message: str
    better: str


def check(text: str, rules: Iterable[HouseRule], *, facts: Collection[str], public: bool = False) -> tuple[Finding, ...]:
    """Everything a draft breaks, in the order of the rules. `facts`: recorded on the incident. Never raises."""
    sentences = [found.group().strip() for found in _SENTENCE.finditer(text)]
    applying = [
        rule for rule in rules
        if (public or not rule.public) and not any(pattern.search(text) for pattern in rule.unless_anywhere)
    ]
    broken = [finding for rule in applying for finding in _broken(rule, sentences, facts)]
    return (*broken, *_long(sentences))


def _broken(rule: HouseRule, sentences: Iterable[str], facts: Collection[str]) -> Iterator[Finding]:
    for clause in (each for sentence in sentences for each in _CLAUSE.split(sentence)):
        if any(pattern.search(clause) for pattern in rule.unless):
            continue
        found = next(_marks(rule, clause, facts), None)
        if found is not None:
            yield Finding(rule.id, rule.level, found or clause, rule.message, rule.better)


def _marks(rule: HouseRule, sentence: str, facts: Collection[str]) -> Iterator[str]:
    for signal in rule.signals:
        if signal.facts.isdisjoint(facts):
            yield from (found.group() for pattern in signal.patterns if (found := pattern.search(sentence)))


def _long(sentences: Iterable[str]) -> Iterator[Finding]:
    for sentence in sentences:
        if len(sentence.split()) > LONG_SENTENCE:
            yield Finding("long_sentence", WARN, sentence, "Deze zin is lang.", "Maak er twee van.")
