"""What the learned part looks at: ideas said and denied, ideas together, rules that hold, circumstances, and hashed words.

The same function serves training and reading, so that they cannot drift apart. Pure and deterministic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from math import log, sqrt
from zlib import crc32

from webcare_pwa.rules import words
from webcare_pwa.rules.meaning.reading import Reading
from webcare_pwa.rules.meaning.signs import COLD, MILD, Sign

BUCKETS = 1 << 14  # of hashed pieces of words
TOGETHER = 7  # words between two ideas that count as one thought
_IDEAS = 40  # of a long text the first ideas make pairs; more would drown the rest
_PIECES = range(3, 6)  # letters
_LONGEST = 24

Features = dict[str, float]


def features(reading: Reading, circumstances: frozenset[str], found: Iterable[Sign]) -> Features:
    """Weighted features of one message by name."""
    made: Features = {}
    for idea in reading.places:
        made[f"i:{idea}"] = 0.35
    for hit in reading.denied:
        made[f"d:{hit.idea}"] = 0.35
    for sign in found:
        made[f"r:{sign.rule.id}"] = 0.7
    for each in circumstances:
        made[f"c:{each}"] = 0.5
    made.update(_together(reading, circumstances))
    made.update(_hashed("w", _words(reading.said), 1.0))
    made.update(_hashed("g", _pieces(reading.said), 1.0))
    return made


def _together(reading: Reading, circumstances: frozenset[str]) -> Iterator[tuple[str, float]]:
    known = sorted(list(reading.places)[:_IDEAS]) + sorted(circumstances & {COLD, MILD})
    known += sorted(circumstances - {COLD, MILD})
    for one, other in combinations(sorted(known), 2):
        yield f"b:{one}&{other}", 0.15
    hits = [hit for hit in reading.hits if hit not in reading.denied]
    for place, hit in enumerate(hits):
        for later in hits[place + 1 :]:
            apart = later.first - hit.last
            if apart > TOGETHER:
                break
            if later.idea != hit.idea:
                yield "p:" + "~".join(sorted((hit.idea, later.idea))), 0.3


def _words(said: Iterable[str]) -> Iterator[str]:
    spoken = [word for word in said if word != words.BREAK]
    yield from spoken
    for pair in pairwise(spoken):
        yield " ".join(pair)


def _pieces(said: Iterable[str]) -> Iterator[str]:
    for word in said:
        if word != words.BREAK:
            edged = f" {word[:_LONGEST]} "
            for size in _PIECES:
                for start in range(len(edged) - size + 1):
                    yield edged[start : start + size]


def _hashed(kind: str, pieces: Iterable[str], scale: float) -> Iterator[tuple[str, float]]:
    """Counts per bucket, damped, to length `scale`."""
    counts = Counter(crc32(piece.encode()) % BUCKETS for piece in pieces)
    damped = {bucket: 1 + log(count) for bucket, count in counts.items()}
    length = sqrt(sum(value * value for value in damped.values())) or 1.0
    for bucket, value in damped.items():
        yield f"{kind}{bucket}", scale * value / length
