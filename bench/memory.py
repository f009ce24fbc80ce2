"""Memory at rest and under load, the cold start, and the start of the demo that `make run` makes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench import floor, lab, load, product
from bench.table import Row, times

LIMIT = 120.0  # MiB, web and worker together
STARTS = 3
UNDER_LOAD = 500  # reports


def measure(folder: Path) -> Iterator[Row]:
    """PSS of all processes (shared pages count once), then starts."""
    with lab.sink(folder) as sink, product.installed("sqlite", folder, sink.origin) as its:
        yield _weigh(its, "idle after first use")
        load.shoot(its.target(), iter(range(UNDER_LOAD)), 16)
        sink.wait_for(UNDER_LOAD, 60)
        time.sleep(1.0)
        yield _weigh(its, f"after {UNDER_LOAD} reports", aim="")
    yield _cold_start(folder)
    yield from _demo(folder)


def _weigh(its: product.Product, when: str, aim: str = f"< {LIMIT:.0f} MiB") -> Row:
    if its.web is None or its.worker is None:
        raise RuntimeError("not all processes run")
    web = [lab.pss(pid) for pid in lab.family(its.web.pid)]
    worker = sum(lab.pss(pid) for pid in lab.family(its.worker.pid))
    parts = f"web {' + '.join(f'{each:.0f}' for each in web)}, worker {worker:.0f}"
    total = sum(web) + worker
    return Row("memory", f"{when}: PSS", parts, f"{total:.0f} MiB", "", aim, total < LIMIT if aim else None)


def _cold_start(folder: Path) -> Row:
    with product.installed("sqlite", folder, "http://127.0.0.1:9", web=False, worker=False) as its:
        found = []
        for _ in range(STARTS):
            found.append(its.start_web())
            if its.web:
                lab.end(its.web)
    least = min(_floor_start(folder, number) for number in range(STARTS))
    return Row("start", f"web: cold start to first 200, best of {STARTS}", f"{least:.2f} s", f"{min(found):.2f} s",
               times(min(found) / least), "< 2 s", min(found) < 2)


def _floor_start(folder: Path, number: int) -> float:
    began = time.monotonic()
    with floor.running(f"sqlite:///{folder}/start{number}.db", folder, "", processes=2) as port:
        lab.until(lambda: load.get(port, "/") != 0, 20)
        return time.monotonic() - began


def _demo(folder: Path) -> Iterator[Row]:
    """What `make run` does once the packages are installed: fill the demo when it is empty, then web and worker."""
    for which, limit in (("first", 20.0), ("second", 3.0)):
        port, began = lab.free_port(), time.monotonic()
        environ = {**os.environ, "WEBCARE_DEMO": "1", "WEBCARE_DATA_DIR": str(folder / "demo"),
                   "WEBCARE_LOG_LEVEL": "WARNING", "WEBCARE_BASE_URL": f"http://127.0.0.1:{port}"}
        running = lab.spawn(["-m", "flask", "--app", "app", "run-demo", "--port", str(port)], folder / "demo.log", environ)
        up = lab.until(lambda port=port: load.get(port, "/login") == 200, 30)  # type: ignore[misc]
        took = time.monotonic() - began
        lab.end(running)
        if not up:
            raise RuntimeError((folder / "demo.log").read_text(encoding="utf-8")[-2000:])
        yield Row("start", f"demo: {which} start to first page ({sys.version.split()[0]})", "", f"{took:.2f} s", "",
                  f"< {limit:.0f} s", took < limit)
