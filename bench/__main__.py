"""`python -m bench [latency ingest burst push memory lateness workers law rota month]`: these parts, or all; a table."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import burst, ingest, latency, lateness, law, memory, month, push, rota, two_workers
from bench.table import Row, print_head, print_row

PARTS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "latency": latency.measure, "ingest": ingest.measure, "burst": burst.measure,
    "push": push.measure, "memory": memory.measure, "lateness": lateness.measure,
    "workers": two_workers.measure, "law": law.measure, "rota": rota.measure, "month": month.measure,
}
LAST = Path(__file__).with_name("last.json")


def main(wanted: list[str]) -> int:
    """Run; the exit status says whether every aim was met."""
    if unknown := set(wanted) - PARTS.keys():
        print(f"Unknown: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    rows, began = [], time.monotonic()
    print_head()
    for name in wanted or PARTS:
        with tempfile.TemporaryDirectory(prefix="webcare-bench-") as folder:
            for row in PARTS[name](Path(folder)):
                rows.append(row)
                print_row(row)
    missed = [row for row in rows if row.good is False]
    print(f"{len(rows)} measures, {len(missed)} short of their aim, in {time.monotonic() - began:.0f} s")
    LAST.write_text(json.dumps([row.as_dict() for row in rows], indent=1), encoding="utf-8")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
