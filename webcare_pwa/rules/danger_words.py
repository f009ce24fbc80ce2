"""The value types of the danger words: phrases that tell of danger, and what takes them back. Plain data without behaviour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DangerPair:
    """One phrase of each side close together tells of danger, `unless` one of those phrases is anywhere in the text."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class DangerKind:
    """Words that tell of one danger: a phrase is enough, or both sides of a pair. `exceptions` are taken out first.

    `personal`: somebody wants to end a life, or lives through violence now.
    """

    id: str
    label_nl: str
    category: str
    personal: bool
    phrases: tuple[str, ...]
    pairs: tuple[DangerPair, ...]
    exceptions: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class DangerWords:
    """The short list. `negations` stand before a word, `joins` carry them on; `thanks...` make a mere thank-you."""

    kinds: tuple[DangerKind, ...]
    negations: frozenset[str]
    joins: frozenset[str]
    thanks: frozenset[str]
    thanks_around: frozenset[str]
    thanks_signs: frozenset[str]
