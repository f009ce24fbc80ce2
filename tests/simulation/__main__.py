"""`python -m tests.simulation [--nights 200] [--from 0] [--seed N] [--trace] [--go-on FILE] [--mutant NAME]`: play nights and
print figures.

With `--go-on` what was played is noted in that file, and a run that was broken off goes on there. With `--mutant` the fault of
that name (or each: `all`) is put into the product, and the search ends at the night that finds it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from tests.simulation import hunt
from tests.simulation.mutants import MUTANTS
from tests.simulation.play import Failed, play
from tests.simulation.world import Town, town

PIECE = 100  # nights between two notes of how far it came


def main() -> int:
    """The exit status tells whether every night kept to the invariants; with a mutant, whether it was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--nights", type=int, default=200)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--trace", action="store_true")
    parser.add_argument("--go-on", type=Path)
    parser.add_argument("--mutant", choices=(*MUTANTS, "all"))
    given = parser.parse_args()
    with town() as place:
        if given.mutant:
            return _hunt(place, given)
        if given.seed is not None:
            return 1 if _play(place, [given.seed], trace=True)[1] else 0
        return _many(place, given.first, given.first + given.nights, given.go_on, given.trace)


def _many(place: Town, first: int, end: int, note: Path | None, trace: bool) -> int:
    """Nights from `first` to before `end`, in pieces."""
    failed: list[int] = []
    if note and note.exists():
        kept = json.loads(note.read_text())
        first, failed = max(first, kept["next"]), kept["failed"]
    for piece in range(first, end, PIECE):
        until = min(piece + PIECE, end)
        failed += _play(place, range(piece, until), trace)[1]
        if note:
            note.parent.mkdir(parents=True, exist_ok=True)
            note.write_text(json.dumps({"next": until, "failed": failed}))
    print(f"up to night {end}: {len(failed)} failed {failed[:20]}", flush=True)
    if note and not failed:
        note.unlink(missing_ok=True)
    return 1 if failed else 0


def _play(place: Town, seeds: Iterable[int], trace: bool) -> tuple[int, list[int]]:
    """Play them; returns the number of reports, and which nights failed."""
    seeds, reports, failed, began = list(seeds), 0, [], time.process_time()
    for seed in seeds:
        try:
            reports += play(place, seed, tell=print if trace else lambda line: None)
        except Failed as error:
            failed.append(seed)
            print(f"--- seed {seed}\n{error}", flush=True)
    rate = len(seeds) / (time.process_time() - began)
    print(f"nights {seeds[0]}-{seeds[-1]}: {reports} reports, {len(failed)} failed, {rate:.1f} a CPU second", flush=True)
    return reports, failed


def _hunt(place: Town, given: argparse.Namespace) -> int:
    """Look for the night that finds each, and play it without the fault too."""
    missed = []
    for name in MUTANTS if given.mutant == "all" else (given.mutant,):
        seeds = [given.seed] if given.seed is not None else range(given.first, given.first + given.nights)
        try:
            found = hunt.search(place, name, seeds)
        except hunt.Missed as error:
            print(f"{name}: {error}", flush=True)
            missed.append(name)
            continue
        if given.trace:
            print("\n".join(found.trace))
        print(f"{name}: found by night {found.seed} (the {found.played}th): {found.violation}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
    sys.exit(130)
