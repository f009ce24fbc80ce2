"""`python -m tests.simulation [--nights 200] [--from 0] [--seed N] [--trace]`: play nights and print figures."""

from __future__ import annotations

import argparse
import sys
import time

from tests.simulation.play import Failed, play
from tests.simulation.world import town


def main() -> int:
    """The exit status tells whether every night kept to the invariants."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--nights", type=int, default=200)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--trace", action="store_true")
    given = parser.parse_args()
    seeds = [given.seed] if given.seed is not None else range(given.first, given.first + given.nights)
    reports, failed, began = 0, [], time.process_time()
    with town() as place:
        for seed in seeds:
            try:
                reports += play(place, seed, tell=print if given.trace else lambda line: None)
            except Failed as error:
                failed.append(seed)
                print(f"--- seed {seed}\n{error}")
    spent = time.process_time() - began
    print(f"{len(seeds)} nights, {reports} reports, {len(failed)} failed {failed[:20]}, {len(seeds) / spent:.1f} a CPU second")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
