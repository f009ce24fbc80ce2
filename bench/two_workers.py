"""Two workers on one PostgreSQL: 10,000 due pages, each sent once, as counted at the push service; beside one worker in the
same run. Then one of the two is frozen (SIGSTOP) in the middle: the other takes over what it had in hand after the lease."""

from __future__ import annotations

import contextlib
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bench import lab, product
from bench.table import Row, times
from webcare_pwa.clock import real_now
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.device import Device
from webcare_pwa.steps.pages import topic
from webcare_pwa.worker import LEASE

PAGES = 10_000
DEVICES = 10  # each for two people
TAKE_OVER = LEASE.total_seconds() + 3.0


@dataclass(frozen=True)
class Outcome:
    """`lost`: never arrived; `doubled`: arrived more than once; `late`: seconds from the freezing to the last page."""

    rate: float
    lost: int
    doubled: int
    late: float = 0.0


def measure(folder: Path) -> Iterator[Row]:
    """Nothing without PostgreSQL: SQLite has one worker."""
    if "postgres" not in lab.kinds():
        return
    one, two, frozen = run(folder, PAGES, workers=1), run(folder, PAGES, workers=2), run(folder, PAGES, workers=2, freeze=True)
    ratio = times(two.rate / one.rate)
    yield Row("workers", f"{PAGES} pages, one worker; two", f"{one.rate:.0f}/s", f"{two.rate:.0f}/s", ratio)
    yield Row("workers", "two workers: lost / sent twice", "", f"{two.lost} / {two.doubled}", "", "0 / 0",
              two.lost == 0 and two.doubled == 0)
    yield Row("workers", "one frozen in the middle: lost / doubled, last", "", f"{frozen.lost} / {frozen.doubled}, "
              f"{frozen.late:.1f} s after", "", f"0 lost, < {TAKE_OVER:.0f} s", frozen.lost == 0)


def run(folder: Path, pages: int, *, workers: int, freeze: bool = False) -> Outcome:
    """So many test pages, all due at once, with one worker or two."""
    with lab.sink(folder) as sink, product.installed(
        "postgres", folder, sink.origin, web=False, devices=DEVICES
    ) as its:
        other = its.start_another_worker() if workers == 2 else None
        _write(its, pages)
        if other is None or not freeze:
            lab.until(lambda: _settled(its) == pages, 300, pause=0.1)
            return _outcome(its, sink, pages)
        lab.until(lambda: len(sink.log()) >= pages // 4, 120, pause=0.01)
        other.send_signal(signal.SIGSTOP)
        stopped = time.monotonic()
        with contextlib.ExitStack() as stack:
            stack.callback(other.send_signal, signal.SIGCONT)
            own = _own(its)
            lab.until(lambda: len({each.topic for each in sink.log()} & own) == pages, 300, pause=0.1)
            late = max(each.at for each in sink.log()) - stopped
        lab.until(lambda: _settled(its) == pages, 60, pause=0.1)
        time.sleep(2.0)  # what the one that woke up still has in hand
        found = _outcome(its, sink, pages)
        return Outcome(found.rate, found.lost, found.doubled, late)


def _write(its: product.Product, pages: int) -> None:
    with its.database.write() as session:
        devices, now = session.scalars(select(Device).order_by(Device.id)).all(), real_now()
        session.add_all([
            Alert(key=f"bench:{number}", kind="test", person_id=device.person_id, at=now,
                  deliveries=[Delivery(device_id=device.id, created_at=now, due_at=now)])
            for number in range(pages) for device in [devices[number % len(devices)]]
        ])


def _own(its: product.Product) -> set[str]:
    """The topics of the pages of this run: by the clock of the wall a rehearsal may go out beside them."""
    with its.database.read() as session:
        return {topic(f"alert-{number}") for number in session.scalars(select(Alert.id).where(Alert.key.like("bench:%")))}


def _outcome(its: product.Product, sink: lab.Sink, pages: int) -> Outcome:
    own = _own(its)
    log = [each for each in sink.log() if each.topic in own]
    counts = Counter(each.topic for each in log)
    moments = sorted(each.at for each in log)
    rate = len(moments) / (moments[-1] - moments[0]) if len(moments) > 1 else 0.0
    return Outcome(rate, pages - len(counts), sum(count - 1 for count in counts.values()))


def _settled(its: product.Product) -> int:
    own = select(func.count(Delivery.id)).join(Alert).where(Delivery.outcome == "accepted", Alert.key.like("bench:%"))
    with its.database.read() as session:
        return session.scalar(own) or 0
