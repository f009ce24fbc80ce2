"""`python -m bench.kill --kills N`: SIGKILL of the worker and of web processes at random moments while reports come in.

At the end every report that was answered 202 must have an incident and a page at the push service. Doubles are counted: a
page whose outcome was unknown goes out again, under the same topic and tag, so that it replaces itself on the phone. A worker
started again has another name each time, so others must find what the dead one had in hand.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from bench import lab, ledger, load, product

PAUSE = (0.3, 2.5)  # seconds between two kills
RESUME_WITHIN = 15.0  # seconds after the kill
CONNECTIONS = 4


class Traffic:
    """Reports that keep coming, a number of them at a time, until told to stop."""

    def __init__(self, target: load.Target) -> None:
        self.shots: list[load.Shot] = []
        self._target, self._go = target, threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._go.set()
        self._thread.start()

    def stop(self) -> None:
        """No more; the open requests get their answer."""
        self._go.clear()
        self._thread.join()

    def _run(self) -> None:
        for batch in itertools.count():
            if not self._go.is_set():
                return
            self.shots += load.shoot(self._target, iter(range(batch * 8, batch * 8 + 8)), CONNECTIONS)
            time.sleep(0.2)


@dataclass(frozen=True)
class Outcome:
    """What came of a run. `strays`: pages under a topic that belongs to no incident."""

    account: ledger.Ledger
    unanswered: int
    strays: int
    slowest: float

    @property
    def good(self) -> bool:
        """Nothing lost, every double replaces its first, and it went on in time."""
        return self.account.lost == 0 and self.strays == 0 and self.account.rows_twice == 0 and self.slowest < RESUME_WITHIN

    def __str__(self) -> str:
        """The figures in one line."""
        return (f"{self.account.accepted} accepted ({self.unanswered} without answer), lost {self.account.lost}, doubled "
                f"{self.account.doubled} (same topic), strays {self.strays}, slowest resume {self.slowest:.1f} s")


def main() -> int:
    """Run and print; the exit status is 1 when a report was lost or the worker resumed too late."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311  chance, no secret
    its = parser.parse_args()
    print(f"seed {its.seed}")
    good, share = True, its.kills // len(lab.kinds())
    for kind in lab.kinds():
        with tempfile.TemporaryDirectory(prefix="webcare-kill-") as folder:
            outcome = run(kind, share, random.Random(its.seed), Path(folder))  # noqa: S311
        print(f"{kind}: {share} kills passed, {outcome}", flush=True)
        good = good and outcome.good
    return 0 if good else 1


def run(kind: str, kills: int, chance: random.Random, folder: Path) -> Outcome:
    """Kill so many times on one kind of database, and hold what was accepted against what went out."""
    with lab.sink(folder) as sink, product.installed(kind, folder, sink.origin) as its:
        sink.reset()
        traffic = Traffic(its.target())
        restarts = [moment for _ in range(kills) if (moment := _kill_one(its, chance)) is not None]
        traffic.stop()
        accepted = ledger.numbers(traffic.shots)
        lab.until(lambda: ledger.settle(its, accepted, sink.log()).lost == 0, 60, pause=0.5)
        log = sink.log()
        return Outcome(
            ledger.settle(its, accepted, log), sum(shot.status == 0 for shot in traffic.shots),
            len({each.topic for each in log} - ledger.topics(its)), _slowest_resume(restarts, log),
        )


def _kill_one(its: product.Product, chance: random.Random) -> float | None:
    """Kill the worker (returns when) and start it again, or kill one web process (gunicorn starts another)."""
    time.sleep(chance.uniform(*PAUSE))
    if chance.random() < 0.3 and its.web:
        children = lab.family(its.web.pid)[1:]
        if children:
            os.kill(chance.choice(children), signal.SIGKILL)
        return None
    moment = time.monotonic()
    its.kill_worker()
    time.sleep(chance.uniform(0, 0.5))
    its.start_worker()
    return moment


def _slowest_resume(restarts: list[float], arrivals: list[lab.Arrival]) -> float:
    """The longest time from a kill to the next page; one that was followed by a kill before that counts for the next."""
    waits = []
    for moment, following in zip(restarts, [*restarts[1:], float("inf")], strict=True):
        pages = [each.at for each in arrivals if moment < each.at < following]
        if pages:
            waits.append(min(pages) - moment)
    return max(waits, default=0.0)


if __name__ == "__main__":
    sys.exit(main())
