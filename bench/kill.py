"""`python -m bench.kill --kills N`: SIGKILL of the worker and of web processes at random moments while reports come in.

At the end every report that was answered 202 must have an incident and a page at the push service. Doubles are counted:
a page whose outcome was unknown goes out again.
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
from pathlib import Path

from bench import lab, ledger, load, product

PAUSE = (0.3, 2.5)  # seconds between two kills
RESUME_WITHIN = 5.0  # seconds after its restart
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


def main() -> int:
    """Run and print; the exit status is 1 when a report was lost or the worker resumed too late."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311  chance, no secret
    its = parser.parse_args()
    print(f"seed {its.seed}")
    good = [_on(kind, its.kills // len(lab.kinds()), random.Random(its.seed)) for kind in lab.kinds()]  # noqa: S311
    return 0 if all(good) else 1


def _on(kind: str, kills: int, chance: random.Random) -> bool:
    with (
        tempfile.TemporaryDirectory(prefix="webcare-kill-") as name, lab.sink(Path(name)) as sink,
        product.installed(kind, Path(name), sink.origin) as its,
    ):
        sink.reset()
        traffic = Traffic(its.target())
        restarts = [moment for _ in range(kills) if (moment := _kill_one(its, chance)) is not None]
        traffic.stop()
        accepted = ledger.numbers(traffic.shots)
        lab.until(lambda: ledger.settle(its, accepted, sink.log()).lost == 0, 60, pause=0.5)
        account = ledger.settle(its, accepted, sink.log())
        slowest = _slowest_resume(restarts, sink.log())
    unanswered = sum(shot.status == 0 for shot in traffic.shots)
    print(f"{kind}: {kills} kills passed, {account.accepted} accepted ({unanswered} without answer), lost {account.lost}, "
          f"doubled {account.doubled}, slowest resume {slowest:.1f} s")
    return account.lost == 0 and slowest < RESUME_WITHIN


def _kill_one(its: product.Product, chance: random.Random) -> float | None:
    """Kill the worker and start it again (returns when), or kill one web process (gunicorn starts another)."""
    time.sleep(chance.uniform(*PAUSE))
    if chance.random() < 0.3 and its.web:
        children = lab.family(its.web.pid)[1:]
        if children:
            os.kill(chance.choice(children), signal.SIGKILL)
        return None
    its.kill_worker()
    time.sleep(chance.uniform(0, 0.5))
    moment = time.monotonic()
    its.start_worker()
    return moment


def _slowest_resume(restarts: list[float], arrivals: list[lab.Arrival]) -> float:
    """The longest time from a restart to the next page; a restart that was killed before that counts for the next."""
    waits = []
    for moment, following in zip(restarts, [*restarts[1:], float("inf")], strict=True):
        pages = [each.at for each in arrivals if moment < each.at < following]
        if pages:
            waits.append(min(pages) - moment)
    return max(waits, default=0.0)


if __name__ == "__main__":
    sys.exit(main())
