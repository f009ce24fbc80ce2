"""Leave makes holes: whose turn it is and is away, leaves his stretch to nobody, in plain sight. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from webcare_pwa.rules.rota_plan import LeavePlan, OverridePlan
from webcare_pwa.rules.rota_steps import LEAVE, Run, Slot


class Leave:
    """Who is away when."""

    def __init__(self, leave: Sequence[LeavePlan]) -> None:
        self._of: dict[int | None, list[LeavePlan]] = {}
        for each in sorted(leave, key=lambda each: each.starts_at):
            self._of.setdefault(each.person_id, []).append(each)

    def cut(self, runs: list[Run]) -> list[Run]:
        """Turns, with holes where their people are away."""
        if not self._of:
            return runs
        return [piece for run in runs for piece in (self.pieces(*run) if run[2].person_id in self._of else (run,))]

    def pieces(self, start: datetime, end: datetime, slot: Slot, override: OverridePlan | None = None) -> Iterator[Run]:
        """[start, end) of somebody, with holes where he is away. An override gives way only to newer leave."""
        hole = slot._replace(person_id=None, source=LEAVE)
        for leave in self._of.get(slot.person_id, ()):
            if leave.ends_at <= start or leave.starts_at >= end or (override and not _is_newer(leave, override)):
                continue
            if leave.starts_at > start:
                yield start, leave.starts_at, slot
            until = min(leave.ends_at, end)
            yield max(leave.starts_at, start), until, hole
            start = until
            if start >= end:
                return
        yield start, end, slot


def _is_newer(leave: LeavePlan, override: OverridePlan) -> bool:
    """What does not say when it was made is older than everything that does."""
    return leave.created_at is not None and (override.created_at is None or leave.created_at > override.created_at)
