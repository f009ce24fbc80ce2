"""Figures to text: percentiles, and one row per measure with its ratio to the floor."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """One measure. `ratio` is to the floor of the same run; `aim` and `good` say what it should be and whether it is."""

    part: str
    what: str
    floor: str
    product: str
    ratio: str = ""
    aim: str = ""
    good: bool | None = None

    def as_dict(self) -> dict[str, object]:
        """For the file of the last run."""
        return asdict(self)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share (0..1) of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: Sequence[float]) -> str:
    """p50 / p95 / p99 in milliseconds, of seconds."""
    return " / ".join(f"{percentile(values, share) * 1000:.1f}" for share in (0.5, 0.95, 0.99)) + " ms"


def times(value: float) -> str:
    """A ratio as people write it."""
    return f"{value:.2f}x"


def print_row(row: Row) -> None:
    """One line, as soon as it is known."""
    sign = {True: "ok", False: "MISSED", None: ""}[row.good]
    print(f"{row.part:9} {row.what:46} {row.floor:27} {row.product:29} {row.ratio:8} {row.aim:27} {sign}", flush=True)


def print_head() -> None:
    """The head of the table, with the state of the machine."""
    one, five, _ = os.getloadavg()
    print(f"{os.cpu_count()} cores, load {one:.1f} (1 min) {five:.1f} (5 min) before the run")
    print_row(Row("part", "what", "floor or rival", "product", "ratio", "aim"))
    print("-" * 160)
