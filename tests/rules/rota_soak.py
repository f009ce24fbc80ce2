"""`python -m tests.rules.rota_soak`: the long form of test_rota_walk.py. Every minute around every clock change for many random
rotas, and ten thousand random edits, against the slow judge. Ends with status 1 at the first difference, with its seed."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import timedelta

from tests.rules.random_rotas import RandomRota, changes
from tests.rules.test_rota_walk import check_edits, walk

AROUND = timedelta(hours=30)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rotas", type=int, default=20, help="random rotas for each clock change")
    options.add_argument("--edits", type=int, default=10_000)
    options.add_argument("--first-seed", type=int, default=1000)
    given = options.parse_args()
    began = time.monotonic()
    for change in changes():
        for seed in range(given.first_seed, given.first_seed + given.rotas):
            walk(RandomRota(seed, change).plan(), change - AROUND, change + AROUND)
    minutes = len(changes()) * given.rotas * 2 * 60 * 60
    sys.stdout.write(f"{len(changes())} changes x {given.rotas} rotas x 2 lines: {minutes:,} minutes, no difference\n")
    for seed in range(given.first_seed, given.first_seed + given.edits // 100):
        check_edits(seed, 100)
    sys.stdout.write(f"{given.edits:,} edits, no difference; {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
