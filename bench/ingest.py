"""How many reports a second two web processes accept from 16 connections."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

from bench import floor, lab, load, product
from bench.table import Row, percentile, times

SECONDS = 5.0
CONNECTIONS = 16


def measure(folder: Path) -> Iterator[Row]:
    """Storing alone (floor without sender, product without worker), then with sender and worker at work."""
    with lab.sink(folder) as sink:
        for kind in lab.kinds():
            for sending in (False, True):
                yield _compare(kind, folder, sink, sending=sending)


def _compare(kind: str, folder: Path, sink: lab.Sink, *, sending: bool) -> Row:
    to = f"127.0.0.1:{sink.port}" if sending else ""
    with lab.store(kind, folder) as url, floor.running(url, folder, to, processes=2) as port:
        least = _flood(load.Target(port, "/reports", product.body_of))
    with product.installed(kind, folder, sink.origin, worker=sending) as its:
        found = _flood(its.target())
    ratio = found[0] / least[0]
    what = "stored and being sent" if sending else "stored"
    return Row("ingest", f"{kind}: {what}, per s (p99)", _text(least), _text(found), times(ratio), ">= 0.35x", ratio >= 0.35)


def _flood(target: load.Target) -> tuple[float, float]:
    """(accepted a second, p99 of the answer in seconds)."""
    load.shoot(target, iter(range(3_000_000, 3_000_064)), CONNECTIONS)
    time.sleep(0.5)
    began = time.monotonic()
    shots = load.shoot(target, itertools.count(), CONNECTIONS, seconds=SECONDS)
    took = time.monotonic() - began
    refused = [shot for shot in shots if shot.status != 202]
    if refused:
        raise RuntimeError(f"{len(refused)} of {len(shots)} were not accepted: status {refused[0].status}")
    return len(shots) / took, percentile([shot.answered - shot.sent for shot in shots], 0.99)


def _text(result: tuple[float, float]) -> str:
    return f"{result[0]:.0f}/s ({result[1] * 1000:.0f} ms)"
