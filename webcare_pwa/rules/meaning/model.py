"""The learned part: one weight per feature and outcome, summed; no library, so that reading a message needs nothing else.

Trained by `make train` from the labelled messages (`tools/triage`); the file tells its version and its scores. It may raise
an urgency and choose a category; it never lowers what a danger rule found (`verdict.py`). Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp
from operator import itemgetter

from webcare_pwa.rules.meaning.features import Features


@dataclass(frozen=True)
class Head:
    """One question with its outcomes: the columns `start` to `start + len(outcomes)` of the weights."""

    name: str
    outcomes: tuple[str, ...]
    start: int


@dataclass(frozen=True, eq=False)
class Model:
    """`weights`: per feature one signed byte per column, to be multiplied by the column's scale; `bias` per column.

    `thresholds`: from which probability on the model alerts, and calls it an emergency.
    """

    version: str
    heads: tuple[Head, ...]
    weights: Mapping[str, bytes]
    scales: tuple[float, ...]
    bias: tuple[float, ...]
    thresholds: Mapping[str, float]

    def scores(self, features: Features) -> list[float]:
        """The sum per column."""
        sums = [0.0] * len(self.scales)
        for name, value in features.items():
            row = self.weights.get(name)
            if row is not None:
                sums = [total + (byte - 128) * value for total, byte in zip(sums, row, strict=True)]
        return [total * scale + bias for total, scale, bias in zip(sums, self.scales, self.bias, strict=True)]

    def probabilities(self, scores: list[float], name: str) -> dict[str, float]:
        """The outcomes of a head with their probabilities, likeliest first."""
        head = next(each for each in self.heads if each.name == name)
        own = scores[head.start : head.start + len(head.outcomes)]
        highest = max(own)
        raised = [exp(score - highest) for score in own]
        total = sum(raised)
        shares = ((outcome, value / total) for outcome, value in zip(head.outcomes, raised, strict=True))
        return dict(sorted(shares, key=itemgetter(1), reverse=True))

    def weightiest(self, features: Features, name: str, outcome: str, count: int) -> list[str]:
        """The features that spoke most for an outcome: what the duty is shown as the reason."""
        head = next(each for each in self.heads if each.name == name)
        column = head.start + head.outcomes.index(outcome)
        weighed = ((value * (self.weights[key][column] - 128), key) for key, value in features.items() if key in self.weights)
        return [key for weight, key in sorted(weighed, reverse=True)[:count] if weight > 0]


def named(features: Iterable[str], kind: str) -> list[str]:
    """The names of the features of one kind, without their mark."""
    return [each[2:] for each in features if each.startswith(f"{kind}:")]
