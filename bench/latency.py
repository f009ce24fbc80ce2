"""From a report sent in to the push at the push service, one at a time, on each database."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import floor, lab, load, product
from bench.table import Row, percentile, spread, times

TIMES = 100


def measure(folder: Path) -> Iterator[Row]:
    """Floor and product per database; the clock runs from the first byte of the request."""
    with lab.sink(folder) as sink:
        for kind in lab.kinds():
            with lab.store(kind, folder) as url, floor.running(url, folder, f"127.0.0.1:{sink.port}", processes=1) as port:
                least = _one_at_a_time(load.Target(port, "/reports", product.body_of), sink, lambda: None)
            with product.installed(kind, folder, sink.origin) as its:
                found = _one_at_a_time(its.target(), sink, random.Random(1).random)  # noqa: S311  not for secrets
            yield from _rows(kind, least, found)


def _one_at_a_time(
    target: load.Target, sink: lab.Sink, pause: Callable[[], float | None]
) -> tuple[list[float], list[float]]:
    """(request to sink, answer to sink) in seconds. The pauses keep it out of step with the worker's ticks."""
    load.shoot(target, iter(range(2_000_000, 2_000_020)), 1)
    sink.wait_for(20, 10)
    time.sleep(0.5)
    sink.reset()
    shots = []
    for number in range(TIMES):
        shots += load.shoot(target, iter([number]), 1)
        if len(sink.wait_for(number + 1, 10)) != number + 1:
            raise RuntimeError(f"report {number} led to no page within 10 s")
        time.sleep((pause() or 0.0) * 0.1)
    arrived = [each.at for each in sink.log()]
    return (
        [at - shot.sent for at, shot in zip(arrived, shots, strict=True)],
        [at - shot.answered for at, shot in zip(arrived, shots, strict=True)],
    )


def _rows(kind: str, least: tuple[list[float], list[float]], found: tuple[list[float], list[float]]) -> Iterator[Row]:
    ratio = percentile(found[0], 0.5) / percentile(least[0], 0.5)
    p99 = percentile(found[0], 0.99)
    yield Row("latency", f"{kind}: request to push, p50/p95/p99 of {TIMES}", spread(least[0]), spread(found[0]),
              times(ratio), "p50 <= 5x, p99 < 150 ms", ratio <= 5 and p99 < 0.150)
    yield Row("latency", f"{kind}: answer to push", spread(least[1]), spread(found[1]))
