"""What a rule finds, and how findings become breaches: breaching windows that overlap are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from webcare_pwa.rules.law.breach import ERROR, SEVERITIES


@dataclass(frozen=True)
class Finding:
    """Windows in which a rule is broken: the worst, [starts, ends), and the beginning of the first and end of the last."""

    rule: str
    starts: int
    ends: int
    measured: int
    allowed: int
    severity: str = ERROR
    first: int | None = None
    last: int | None = None

    @property
    def since(self) -> int:
        """Where the first window begins."""
        return self.starts if self.first is None else self.first

    @property
    def until(self) -> int:
        """Where the last window ends."""
        return self.ends if self.last is None else self.last

    @property
    def weight(self) -> tuple[int, int, int]:
        """The heavier is shown: more severe, farther beyond the norm, earlier."""
        return SEVERITIES.index(self.severity), abs(self.allowed - self.measured), -self.starts


def merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each chain of overlapping windows of a rule, with the heaviest of them."""
    chain: Finding | None = None
    for each in sorted(findings, key=lambda found: (found.rule, found.since, found.until)):
        if chain is not None and chain.rule == each.rule and each.since < chain.until:
            chain = _together(chain, each)
        else:
            if chain is not None:
                yield chain
            chain = each
    if chain is not None:
        yield chain


def _together(one: Finding, other: Finding) -> Finding:
    worst = max(one, other, key=lambda found: found.weight)
    first, last = min(one.since, other.since), max(one.until, other.until)
    return Finding(worst.rule, worst.starts, worst.ends, worst.measured, worst.allowed, worst.severity, first, last)
