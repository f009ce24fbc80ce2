"""Reads a text once: its words, its clauses, and the ideas in it, each said or denied.

A denial reaches over the few words next to it and not over the end of a clause; "but" ends a clause too. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from webcare_pwa.rules import words
from webcare_pwa.rules.meaning.lexicon import Hit, Lexicon, plain

BEFORE = 3  # words between a denial and what it denies: "geen enkele rare lucht"
AFTER = 2  # "het lekt nu niet", "gaz kokusu yok"
NEAR = 9  # words between two ideas that belong together

DENIES_NEXT, DENIES_LAST, JOINS, TURNS = GRAMMAR = ("denies_next", "denies_last", "joins", "turns")
COVERS = frozenset(  # the words inside a phrase of these mean nothing by themselves: "fire alarm" is no fire
    ["smoke_detector", "co_detector", "figurative", "fire_out", "false_alarm", "hall_light", "cooking_smoke", "small_access",
     "safe_now", "spam", "power_cut_self"]
)
_GOES_ON = frozenset(["dicht", "stoppen", "uit", "meer", "open"])  # "krijg de kraan niet dicht" denies no tap


@dataclass(frozen=True)
class Reading:
    """What a text says: its folded words (`words.BREAK` between clauses) and the ideas named."""

    said: tuple[str, ...]
    hits: tuple[Hit, ...]
    denied: frozenset[Hit]

    @cached_property
    def places(self) -> dict[str, list[Hit]]:
        """The hits of each idea that is said and not denied, in order."""
        found: dict[str, list[Hit]] = {}
        for hit in self.hits:
            if hit not in self.denied:
                found.setdefault(hit.idea, []).append(hit)
        return found

    def says(self, idea: str) -> bool:
        """Is the idea named, and not denied?"""
        return idea in self.places

    def denies(self, idea: str) -> bool:
        """Is the idea named only to deny it?"""
        return idea not in self.places and any(hit.idea == idea for hit in self.denied)

    def near(self, one: str, other: str, reach: int = NEAR) -> tuple[Hit, Hit] | None:
        """The first pair of hits of two ideas that stand close together in different words; None when there is none."""
        for first in self.places.get(one, ()):
            for second in self.places.get(other, ()):
                apart = max(first.first, second.first) - min(first.last, second.last)
                if 0 < apart <= reach:
                    return first, second
        return None

    def quote(self, hits: Iterable[Hit]) -> str:
        """The words of hits, in the order of the text, as shown to the duty."""
        ordered = sorted(hits, key=lambda hit: hit.first)
        return " ... ".join(" ".join(self.said[hit.first : hit.last + 1]) for hit in ordered)


def read(text: str, lexicon: Lexicon) -> Reading:
    """Read a text. Never raises."""
    said = tuple(plain(words.tokens(text)))
    named = list(lexicon.hits(said))
    grammar = {idea: {hit.first for hit in named if hit.idea == idea} for idea in GRAMMAR}
    hits = _uncovered([hit for hit in named if hit.idea not in grammar])
    return Reading(said, hits, frozenset(hit for hit in hits if _is_denied(hit, said, grammar)))


def _uncovered(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    covered = {place for hit in hits if hit.idea in COVERS for place in range(hit.first, hit.last + 1)}
    return tuple(
        hit for hit in hits if hit.idea in COVERS or not covered.issuperset(range(hit.first, hit.last + 1))
    )


def _is_denied(hit: Hit, said: Sequence[str], grammar: Mapping[str, set[int]]) -> bool:
    if any(place in grammar[DENIES_NEXT] for place in range(hit.first, hit.last + 1)):
        return False  # "geen water" tells its own denial
    return _denied_before(hit, said, grammar) or _denied_after(hit, said, grammar)


def _denied_before(hit: Hit, said: Sequence[str], grammar: Mapping[str, set[int]]) -> bool:
    left = BEFORE
    for place in range(hit.first - 1, -1, -1):
        if said[place] == words.BREAK or place in grammar[TURNS]:
            return False
        if place in grammar[DENIES_NEXT]:
            return True
        left += BEFORE * (place in grammar[JOINS]) - 1
        if left < 0:
            return False
    return False


def _denied_after(hit: Hit, said: Sequence[str], grammar: Mapping[str, set[int]]) -> bool:
    for place in range(hit.last + 1, min(len(said), hit.last + 1 + AFTER)):
        if said[place] == words.BREAK or place in grammar[TURNS]:
            return False
        if place in grammar[DENIES_LAST]:
            return place + 1 == len(said) or said[place + 1] not in _GOES_ON
    return False
