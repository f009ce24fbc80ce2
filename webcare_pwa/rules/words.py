"""Folds free text to plain words, so that case, accents and scripts' marks do not matter when words are looked up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

_DRAWN_OUT = re.compile(r"([^\W\d])\1{2,}")  # "hellllp"
BREAK = "."  # stands between words where a clause ends
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
_PIECES = re.compile(r"\w+|[.,;:!?\n]+")
_PHRASE = re.compile(r"[\w*]+")


def fold(text: str) -> str:
    """Lower case, without accents and other marks that are put on letters."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_LETTERS)


def tokens(text: str) -> list[str]:
    """The words of the text, folded, with `BREAK` where a clause ends."""
    return [piece if piece[0].isalnum() or piece[0] == "_" else BREAK for piece in _PIECES.findall(fold(text))]


def line(words: Iterable[str]) -> str:
    """The words with one space before, between and after them: what a `pattern` looks through."""
    return f" {' '.join(words)} "


def phrase(text: str) -> list[str]:
    """The words of a phrase, folded; `*` is kept."""
    return _PHRASE.findall(fold(text))


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the phrases as whole words in a `line`; `*` stands for any more letters; no phrases: no match."""
    folded = sorted(" ".join(phrase(each)) for each in phrases)
    by_letter = (
        f"{re.escape(letter)}(?:{'|'.join(map(_rest, same))})" for letter, same in groupby(folded, itemgetter(0))
    )
    return re.compile(f"(?<= )(?:{'|'.join(by_letter)})(?= )" if folded else r"(?!)")


def _rest(phrase: str) -> str:
    return re.escape(phrase[1:]).replace(r"\*", r"\w*")
