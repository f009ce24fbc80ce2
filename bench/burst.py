"""Five hundred emergencies of different addresses at once: all paged, once, and soon; also when the worker is killed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench import floor, lab, ledger, load, product
from bench.table import Row, percentile, times

REPORTS = 500
CONNECTIONS = 16
KILL_AT = 150  # pages out


def measure(folder: Path) -> Iterator[Row]:
    """The burst and the burst with a killed worker, per database."""
    with lab.sink(folder) as sink:
        for kind in lab.kinds():
            with lab.store(kind, folder) as url, floor.running(url, folder, f"127.0.0.1:{sink.port}", processes=1) as port:
                least = _fire(load.Target(port, "/reports", product.body_of), sink)[1]
            with product.installed(kind, folder, sink.origin) as its:
                shots, waits = _fire(its.target(), sink)
                yield from _rows(kind, least, waits, ledger.settle(its, ledger.numbers(shots), sink.log()))
            with product.installed(kind, folder, sink.origin) as its:
                yield _killed(kind, its, sink)


def _fire(target: load.Target, sink: lab.Sink) -> tuple[list[load.Shot], list[float]]:
    """The shots, and per page the seconds since the first request."""
    load.shoot(target, iter(range(4_000_000, 4_000_064)), CONNECTIONS)
    sink.wait_for(64, 20)
    time.sleep(1.0)
    sink.reset()
    shots = load.shoot(target, iter(range(REPORTS)), CONNECTIONS)
    arrivals = _all_out(sink, REPORTS)
    began = min(shot.sent for shot in shots)
    return shots, [each.at - began for each in arrivals] or [float("inf")]


def _all_out(sink: lab.Sink, count: int) -> list[lab.Arrival]:
    """Wait for the pages, and a moment longer for those that should not come."""
    lab.until(lambda: len({each.topic or each.path for each in sink.log()}) >= count, 60, pause=0.05)
    time.sleep(1.5)
    return sink.log()


def _rows(kind: str, least: list[float], waits: list[float], account: ledger.Ledger) -> Iterator[Row]:
    yield Row("burst", f"{kind}: {REPORTS} at once: lost / paged twice", "", f"{account.lost} / {account.doubled}", "",
              "0 / 0", account.lost == 0 and account.doubled == 0 and account.rows_twice == 0)
    ratio = max(waits) / max(least)
    yield Row("burst", f"{kind}: first / median / last out", _waits(least), _waits(waits), times(ratio),
              "first < 0.5 s, last <= 3x", ratio <= 3 and min(waits) < 0.5)


def _waits(waits: list[float]) -> str:
    return f"{min(waits):.2f} / {percentile(waits, 0.5):.2f} / {max(waits):.2f} s"


def _killed(kind: str, its: product.Product, sink: lab.Sink) -> Row:
    """Kill the worker with SIGKILL once `KILL_AT` pages are out, and start it again at once."""
    sink.reset()
    shots: list[load.Shot] = []
    firing = threading.Thread(target=lambda: shots.extend(load.shoot(its.target(), iter(range(REPORTS)), CONNECTIONS)))
    firing.start()
    lab.until(lambda: len(sink.log()) >= KILL_AT, 30)
    its.kill_worker()
    died_with = len(sink.log())
    restarted = time.monotonic()
    its.start_worker()
    firing.join()
    arrivals = _all_out(sink, len(ledger.numbers(shots)))
    account = ledger.settle(its, ledger.numbers(shots), arrivals)
    resumed = min((each.at - restarted for each in arrivals if each.at > restarted), default=float("inf"))
    return Row("killed", f"{kind}: worker killed at {died_with} out: lost / doubled", "",
               f"{account.lost} / {account.doubled}, on after {resumed:.1f} s", "", "lost 0, on within 5 s",
               account.lost == 0 and account.accepted == REPORTS and resumed < 5)
