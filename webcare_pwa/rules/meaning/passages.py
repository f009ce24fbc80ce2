"""Cuts a long text into passages, so that the one urgent fact deep in a mail is not drowned. Pure; bounded work."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONG = 60  # words; a shorter text is read as it is
LONGEST = 1_800  # characters of one passage
MOST = 14  # passages of one text
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_WINDOW = 3  # sentences that are read together


def passages(text: str) -> list[str]:
    """The text itself (its beginning, when it is very long) and, of a long one, its passages of three sentences each."""
    text = text[: LONGEST * MOST]
    whole = text[:LONGEST]
    if len(text.split()) <= LONG:
        return [whole]
    return [whole, *_windows(text)]


def _windows(text: str) -> Iterator[str]:
    sentences = [sentence for each in _SENTENCE.findall(text) for sentence in _pieces(each) if sentence.strip()]
    step = max(2, -(-len(sentences) // (MOST - 1)))
    for start in range(0, len(sentences), step):
        yield "".join(sentences[start : start + max(_WINDOW, step)])[:LONGEST]


def _pieces(sentence: str) -> Iterator[str]:
    for start in range(0, len(sentence), LONGEST // _WINDOW):
        yield sentence[start : start + LONGEST // _WINDOW]
