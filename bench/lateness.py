"""How late escalation steps are carried out with 1,000 open incidents, by the real worker: all calling, and again with as many
that were taken beside them. Each calling incident has one step due at its own moment in a minute; late is counted to the row of
the step and to the arrival of its page at the push service."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from bench import lab, product
from bench.table import Row, percentile
from tests.steps.engine import HOUSE
from webcare_pwa.clock import real_now
from webcare_pwa.models.alert import Delivery, Escalation
from webcare_pwa.models.incident import Acknowledgement, Incident, Opening, Round
from webcare_pwa.models.reply import Mail
from webcare_pwa.models.report import Verdict
from webcare_pwa.ports import Inbound
from webcare_pwa.steps import intake, triage
from webcare_pwa.steps.pages import topic

INCIDENTS = 1000
WINDOW = 60.0  # seconds in which all the steps come due
SETTLE = timedelta(seconds=8)  # the plan is written while the worker runs
AIM = 1.0
BATCH = 50


def measure(folder: Path) -> Iterator[Row]:
    """Two rows per database."""
    with lab.sink(folder) as sink:
        for kind in lab.kinds():
            for taken in (0, INCIDENTS):
                with product.installed(kind, folder, sink.origin, web=False, worker=False) as its:
                    _open(its, INCIDENTS + taken)
                    yield _run(kind, its, sink, taken)


def _run(kind: str, its: product.Product, sink: lab.Sink, taken: int) -> Row:
    sink.reset()
    offset = real_now().timestamp() - time.monotonic()
    its.start_worker()
    its.wait_for_worker()
    due = _plan(its, real_now(), taken)
    last = max(due.values())
    lab.until(lambda: real_now() > last + timedelta(seconds=2), 120, pause=0.2)
    lab.until(lambda: len({each.topic for each in sink.log()}) >= INCIDENTS, 60, pause=0.2)
    with its.database.read() as session:
        steps = session.execute(select(Escalation.due_at, Escalation.at).where(Escalation.position == 1)).all()
    rows = [(at - due_at).total_seconds() for due_at, at in steps]
    first = {each.topic: each.at + offset for each in reversed(sink.log())}
    pages = [first[each] - moment.timestamp() for each, moment in due.items() if each in first]
    late = percentile(rows, 0.99)
    found = f"step {_spread(rows)}, page {_spread(pages)}"
    good = len(rows) == INCIDENTS and late < AIM
    what = f"{kind}: {INCIDENTS} calling, {taken} taken: p50/p99/max"
    return Row("lateness", what, "", found, "", "p99 of the step < 1 s", good)


def _spread(late: list[float]) -> str:
    return f"{percentile(late, 0.5):.2f}/{percentile(late, 0.99):.2f}/{max(late):.2f} s" if late else "none"


def _open(its: product.Product, count: int) -> None:
    """Reports through the real steps; what they set going is marked as done."""
    for start in range(0, count, BATCH):
        with its.database.write() as session:
            for key in range(start, min(start + BATCH, count)):
                intake.receive(session, Inbound(
                    its.world.waterveen, "api", f"late-{key}", "", "Ik ruik gas", {"category": "gaslucht"}), now=real_now())
            triage.take_up_waiting(session, now=real_now(), house=HOUSE, limit=BATCH)
    with its.database.write() as session:
        for table in (Delivery, Mail):
            session.execute(update(table).values(outcome="accepted", outcome_at=real_now()))


def _plan(its: product.Product, now: datetime, taken: int) -> dict[str, datetime]:
    """Move the beginning of each round so that its next step comes due in the window; topic of the page -> that moment."""
    due: dict[str, datetime] = {}
    with its.database.write() as session:
        distance = timedelta(seconds=product.LATER_STEPS + 60)
        rounds = session.scalars(select(Round).order_by(Round.id)).all()
        for number, row in enumerate(rounds[taken:]):
            moment = now + SETTLE + timedelta(seconds=WINDOW * number / INCIDENTS)
            row.started_at = moment - distance
            session.execute(update(Escalation).where(Escalation.round_id == row.id).values(due_at=row.started_at))
            due[topic(f"incident-{row.incident_id}")] = moment
        samira = its.world.people["Samira"]
        for row in rounds[:taken]:
            row.started_at = now - timedelta(minutes=20)
            session.add(Acknowledgement(
                incident_id=row.incident_id, round_id=row.id, person_id=samira, at=now - timedelta(minutes=15), via="screen",
                client_token=f"late-{row.id}"))
            session.add(Opening(incident_id=row.incident_id, person_id=samira, at=now))
        assert session.scalar(select(func.count()).select_from(Verdict)) == len(rounds)  # noqa: S101  nothing was bundled
        assert session.scalar(select(func.count()).select_from(Incident)) == len(rounds)  # noqa: S101
    return due
