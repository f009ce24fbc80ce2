"""SIGKILL inside one process: an exception that nothing of the product catches, raised before some statement or some send."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event


class Killed(BaseException):
    """The process is gone. Not an Exception, so that no handler of the product sees it."""


class Executioner:
    """Raises `Killed` once: before the n-th statement or handing out of a job after it was armed."""

    def __init__(self) -> None:
        self._left = self._jobs_left = 0

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "before_cursor_execute", self._statement)

    def unwatch(self, engine: Engine) -> None:
        event.remove(engine, "before_cursor_execute", self._statement)

    def arm(self, count: int) -> None:
        """Kill before that many more statements or jobs handed out (0: not at all)."""
        self._left, self._jobs_left = count, 0

    def arm_for_job(self, count: int) -> None:
        """Kill before the n-th job is handed out: when its claim is committed, and it did not leave yet."""
        self._left, self._jobs_left = 0, count

    def job(self) -> None:
        """A job is about to be handed out."""
        if self._jobs_left:
            self._jobs_left -= 1
            if not self._jobs_left:
                raise Killed
        self._count()

    def _count(self) -> None:
        if self._left:
            self._left -= 1
            if not self._left:
                raise Killed

    def _statement(self, *_arguments: Any) -> None:
        self._count()
