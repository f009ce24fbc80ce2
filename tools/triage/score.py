"""`python -m tools.triage.score FILE...`: how well the reading judges labelled messages; per language and channel too."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from webcare_pwa import meaning
from webcare_pwa.rules.meaning.verdict import Told, tell

Row = dict[str, Any]
Pair = tuple[Row, Told]
COLUMNS = (
    ("noodgeval", 11), ("alerts", 8), ("precision", 11), ("category", 10), ("is_fault", 10),
    ("vulnerable", 12), ("collective", 12),
)
ALERTS = ("noodgeval", "spoed")


def main(paths: list[str], wrong: bool = False) -> None:
    """Print the tables; with `--wrong` also each alert that was missed and each one for nothing."""
    understood = meaning.load()
    rows = [json.loads(line) for path in paths for line in Path(path).read_text().splitlines() if line.strip()]
    pairs = [(row, tell(row["text"], row["temp_c"], understood)) for row in rows]
    print(f"{'':14}{'n':>5}" + "".join(f"{name:>{width}}" for name, width in COLUMNS))
    print(_line("all", pairs))
    for field in ("language", "channel"):
        groups: dict[str, list[Pair]] = defaultdict(list)
        for row, told in pairs:
            groups[row[field]].append((row, told))
        for name, group in sorted(groups.items()):
            print(_line(name, group))
    if wrong:
        for row, told in pairs:
            if _missed(row, told) or _idle(row, told):
                what = "MISSED" if _missed(row, told) else "IDLE  "
                print(what, row["id"], row["urgency"], row["category"], "->", told.urgency, told.category, f"{told.alert:.2f}")
                print("      ", row["text"], told.reasons)


def _line(name: str, pairs: list[Pair]) -> str:
    emergencies = [(row, told) for row, told in pairs if row["urgency"] == "noodgeval"]
    urgent = [(row, told) for row, told in pairs if row["urgency"] in ALERTS]
    called = [(row, told) for row, told in pairs if told.urgency in ALERTS]
    return f"{name:14}{len(pairs):5}" + "".join(
        f"{share:{width}}"
        for share, width in (
            (_share([not _missed(*pair) for pair in emergencies]), 11),
            (_share([not _missed(*pair) for pair in urgent]), 8),
            (_share([not _idle(*pair) for pair in called]), 11),
            (_share([told.category in _also(row, "category") for row, told in pairs]), 10),
            (_share([told.is_fault in _also(row, "is_fault") for row, told in pairs]), 10),
            (_share([told.vulnerable == row["vulnerable"] for row, told in pairs]), 12),
            (_share([told.collective == row["collective"] for row, told in pairs]), 12),
        )
    )


def _also(row: Row, field: str) -> list[Any]:
    """The label and the second one that a sensible duty officer could have chosen."""
    other = row.get("also", {}).get(field, [])
    return [row[field], *(other if isinstance(other, list) else [other])]


def _missed(row: Row, told: Told) -> bool:
    return row["urgency"] in ALERTS and told.urgency not in ALERTS and told.urgency not in _also(row, "urgency")


def _idle(row: Row, told: Told) -> bool:
    return told.urgency in ALERTS and not any(each in ALERTS for each in _also(row, "urgency"))


def _share(right: list[bool]) -> str:
    return f"{sum(right) / len(right):.1%}" if right else "-"


if __name__ == "__main__":
    main([each for each in sys.argv[1:] if each != "--wrong"], "--wrong" in sys.argv)
