"""Words by what they mean: finds which ideas ("gas", "smell", "solved") a text names, in any of ten languages.

A phrase is one or more words; `*` in a word stands for any letters. Pure; built once from the data files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from webcare_pwa.rules import words

LONGEST = 40  # letters of a word that are looked at; longer ones are no words
SHORT = {"t": "het", "nt": "niet", "gn": "geen", "m": "hem", "n": "een", "mn": "mijn", "r": "er", "et": "het"}
_STEM = 8  # a misspelt word is only guessed at from this length on
_VERY_LONG = 11


@dataclass(frozen=True)
class Hit:
    """An idea named by the words `first` to `last` (inclusive) of a text."""

    idea: str
    first: int
    last: int


@dataclass(frozen=True)
class _Phrase:
    idea: str
    rest: tuple[int, ...]  # the patterns of the words after the first two


@dataclass(eq=False)
class Lexicon:
    """Phrases by idea, indexed by their first word or, when there are more, their first two."""

    exact: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    starts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    ends: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    inside: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    misspelt: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    phrases: dict[tuple[int, ...], list[_Phrase]] = field(default_factory=lambda: defaultdict(list))

    def hits(self, said: Sequence[str]) -> Iterator[Hit]:
        """Every idea named, in the order of the words; ideas may overlap."""
        known = [self.patterns(word) for word in said]
        for place, patterns in enumerate(known):
            following = known[place + 1] if place + 1 < len(known) else ()
            for begin in ((first, *second) for first in patterns for second in ((), *((each,) for each in following))):
                for phrase in self.phrases.get(begin, ()):
                    last = place + len(begin) + len(phrase.rest) - 1
                    if last < len(said) and all(
                        wanted in known[place + len(begin) + step] for step, wanted in enumerate(phrase.rest)
                    ):
                        yield Hit(phrase.idea, place, last)

    def patterns(self, word: str) -> frozenset[int]:
        """Numbers of the word patterns that a word answers to; a misspelt word answers to what it resembles."""
        return _patterns(self, word)


def plain(said: Iterable[str]) -> list[str]:
    """The words with the usual short forms written out: "doet t nt" is "doet het niet". For phrases and texts alike."""
    return [SHORT.get(word, word) for word in said]


def build(ideas: Mapping[str, Iterable[str]]) -> Lexicon:
    """A lexicon of phrases by idea."""
    lexicon = Lexicon()
    numbers: dict[str, int] = {}
    for idea, phrases in ideas.items():
        for phrase in phrases:
            pieces = plain(words.phrase(phrase))
            if pieces:
                patterns = [numbers.setdefault(piece, len(numbers)) for piece in pieces]
                lexicon.phrases[tuple(patterns[:2])].append(_Phrase(idea, tuple(patterns[2:])))
    for piece, number in numbers.items():
        _add(lexicon, piece, number)
    return lexicon


def _add(lexicon: Lexicon, piece: str, number: int) -> None:
    body = piece.strip("*")
    begins, finishes = piece.endswith("*"), piece.startswith("*")
    table = (lexicon.inside if finishes else lexicon.starts) if begins else (lexicon.ends if finishes else lexicon.exact)
    table[body].append(number)
    if len(body) >= _STEM and not finishes:
        for shorter in {body, *_shortened(body)}:
            lexicon.misspelt[shorter].add(body)


@lru_cache(maxsize=20_000)
def _patterns(lexicon: Lexicon, word: str) -> frozenset[int]:
    word = word[:LONGEST]
    found = _straight(lexicon, word)
    return frozenset(found or _guessed(lexicon, word))


def _straight(lexicon: Lexicon, word: str) -> set[int]:
    found = set(lexicon.exact.get(word, ()))
    for end in range(1, len(word) + 1):
        found.update(lexicon.starts.get(word[:end], ()))
        found.update(lexicon.ends.get(word[end - 1 :], ()))
    if lexicon.inside:
        for start in range(len(word)):
            for end in range(start + 3, len(word) + 1):
                found.update(lexicon.inside.get(word[start:end], ()))
    return found


def _guessed(lexicon: Lexicon, word: str) -> set[int]:
    """What a long word would be with one letter too few, too many or swapped, or, when very long, another one."""
    found: set[int] = set()
    if len(word) >= _STEM - 1 and word.isalpha():
        for shorter in {word, *_shortened(word)}:
            for body in lexicon.misspelt.get(shorter, ()):
                if _resembles(word, body):
                    found.update(lexicon.exact.get(body, ()), lexicon.starts.get(body, ()))
    return found


def _resembles(word: str, body: str) -> bool:
    """Another letter makes another word ("geschoven", "geschoten"), so that only counts in very long words."""
    if word[0] != body[0]:
        return False
    return len(word) != len(body) or sorted(word) == sorted(body) or len(word) >= _VERY_LONG


def _shortened(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}
