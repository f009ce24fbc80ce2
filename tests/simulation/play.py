"""Playing nights: with the simulation's clocks under the worker, and what the worker logs as trouble counted as a violation."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

from tests.simulation.invariants import Violation
from tests.simulation.mutants import put_in
from tests.simulation.night import Night
from tests.simulation.timeline import Timeline
from tests.simulation.world import Town
from tests.steps.engine import Troubles
from webcare_pwa import worker
from webcare_pwa.clockwork import STAGES

GAPS_EVERY = timedelta(minutes=10)  # the dearest stage, and no night depends on it


class Failed(AssertionError):
    """A night in which something happened that may not; the message holds its trace and how to play it again."""

    def __init__(self, violation: str, trace: list[str], again: str) -> None:
        super().__init__("\n".join([*trace, f"VIOLATION: {violation}", f"Again: {again}"]))
        self.violation, self.trace = violation, tuple(trace)


def play(town: Town, seed: int, *, tell: Callable[[str], None] = lambda line: None, mutant: str | None = None) -> int:
    """Play one night; returns how many reports it had. `tell` gets the trace of a good night. `mutant`: with that fault put
    into the product (`mutants.py`). Raises `Failed`."""
    gc.disable()  # a night is short; collecting in it costs a tenth
    night = Night(town, seed)
    try:
        with _clocks(night.timeline), _no_trouble(), put_in(mutant):
            reports = night.play()
    except Violation as error:
        again = f"make simulate SEED={seed}" + (f" MUTANT={mutant}" if mutant else "")
        raise Failed(str(error), night.timeline.trace, again) from error
    finally:
        gc.enable()
    for line in night.timeline.trace:
        tell(line)
    return reports


@contextmanager
def _clocks(timeline: Timeline) -> Iterator[None]:
    """The worker is the one reader of real time here; steps are told."""
    stages = tuple(replace(each, every=GAPS_EVERY) if each.name == "gaps" else each for each in STAGES)
    with (patch.object(worker, "real_now", timeline.real_now), patch.object(worker, "monotonic", timeline.monotonic),
          patch.object(worker, "STAGES", stages)):
        yield


@contextmanager
def _no_trouble() -> Iterator[None]:
    troubles, logger = Troubles(), logging.getLogger("webcare")
    logger.addHandler(troubles)
    try:
        yield
    finally:
        logger.removeHandler(troubles)
    if troubles.lines:
        raise Violation(f"the worker logged: {troubles.lines[0]}")
