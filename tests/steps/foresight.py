"""When the worker next has something to do: asked of the worker's own stages, ahead of time and without leaving a trace.

What is due stays due until it is done. So a stage that would write nothing at a later moment writes nothing before it either,
and the first second at which one would is found by halving. Tests jump there instead of ticking through quiet hours.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session

from webcare_pwa.clock import real_now
from webcare_pwa.clockwork import STAGES, Stage
from webcare_pwa.db import Database
from webcare_pwa.models.gap import GapNotice
from webcare_pwa.steps import pending
from webcare_pwa.worker import Worker

STRIDE = timedelta(minutes=10)  # no longer leap: a stage may have something to do for a while only, as in the morning
SECOND = timedelta(seconds=1)
Look = Callable[[Session, datetime], None]


class _WouldWrite(Exception):
    """Enough was seen."""


def next_moment(worker: Worker, now: datetime, end: datetime) -> datetime:
    """The first whole second after `now` at which the worker would write anything, at most `end`."""
    with _in_silence():
        quiet, until, stirs = now, now, list[Look]()
        while until < end and not stirs:
            quiet, until = until, min(end, until + STRIDE)
            stirs = _stirring(worker.database, _looks(worker), until)
        while stirs and until - quiet > SECOND:
            middle = quiet + (until - quiet) // 2 // SECOND * SECOND
            sooner = _stirring(worker.database, stirs, middle)
            quiet, until, stirs = (quiet, middle, sooner) if sooner else (middle, until, stirs)
    return until


def _looks(worker: Worker) -> list[Look]:
    """All there is to ask."""
    return [*(_of_stage(worker, each) for each in STAGES), _look_at_queues]


def _of_stage(worker: Worker, stage: Stage) -> Look:
    def look(session: Session, at: datetime) -> None:
        if stage.name not in worker._ran_at or abs(at - worker._ran_at[stage.name]) >= stage.every:
            stage.run(session, at, worker.house)

    return look


def _look_at_queues(session: Session, at: datetime) -> None:
    if any(pending.work(session, at, real_now())):
        raise _WouldWrite


def _stirring(database: Database, looks: Iterable[Look], at: datetime) -> list[Look]:
    return [look for look in looks if _would_write(database, look, at)]


def _would_write(database: Database, look: Look, at: datetime) -> bool:
    with database.read() as session:  # whatever is changed in it is thrown away
        event.listen(session, "before_flush", _stop_at_changes)
        event.listen(session, "do_orm_execute", _stop_at_statements)
        try:
            look(session, at)
            session.flush()
        except _WouldWrite:
            return True
    return False


def _stop_at_changes(session: Session, _context: object, _instances: object) -> None:
    if session.new or session.deleted or any(_is_news(each) for each in session.dirty):
        raise _WouldWrite


def _is_news(row: object) -> bool:
    """Known gaps grow with the view of sixty days, every few seconds: nobody hears of it."""
    changed = {each.key for each in inspect(row).attrs if each.history.has_changes()}
    return bool(changed - {"starts_at", "ends_at"} if isinstance(row, GapNotice) else changed)


def _stop_at_statements(state: ORMExecuteState) -> None:
    if not state.is_select:
        raise _WouldWrite


@contextmanager
def _in_silence() -> Iterator[None]:
    """What does not happen is not logged."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
