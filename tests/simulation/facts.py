"""The rows of a simulated night, read with plain SQL beside the product's own queries, and only what changed since the last
look: most tables are append-only."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

Row = SimpleNamespace

APPENDED = {
    "incidents": "id, organisation_id, opened_at",
    "incident_reports": "id, incident_id, report_id",
    "rounds": "id, incident_id, number, started_at, reason, urgency, policy, first_id",
    "escalations": "id, round_id, position, repeat, who, due_at, at, outcome",
    "acknowledgements": "id, incident_id, round_id, person_id, at, via",
    "refusals": "id, incident_id, round_id, person_id, at",
    "closures": "id, incident_id, at",
    "reopenings": "id, incident_id, person_id, at",
    "openings": "id, incident_id, person_id, at",
    "transfers": "id, incident_id, from_id, to_id, at, client_token",
    "transfer_answers": "id, transfer_id, answer, at",
    "progress": "id, incident_id, person_id, at, promised_at",
    "replies": "id, incident_id, report_id, person_id, kind, template, at",
    "verdicts": "id, report_id, number, at, urgency, by_id",
    "alerts": "id, key, kind, incident_id, round_id, escalation_id, person_id, at",
    "rehearsals": "id, line_id, person_id, shift_starts_at, number, alert_id, at",
    "confirmations": "id, alert_id, at",
    "reports": "id, external_id, organisation_id, received_at",
}
CHANGED = {
    "messages": "id, report_id, external_id, received_at, kind, judged_at",
    "deliveries": "id, alert_id, device_id, contact_method_id, bundle_id, created_at, due_at, claimed_by, claimed_until,"
                  " attempts, outcome, outcome_at, detail, shown_at, opened_at",
    "mails": "id, reply_id, due_at, claimed_by, claimed_until, outcome",
    "devices": "id, person_id, endpoint, waking, registered_at, removed_at",
    "contact_methods": "id, person_id, address, removed_at",
    "overrides": "id, line_id, person_id, starts_at, ends_at, withdrawn_at",
}
FIXED = {
    "lines": "id, desk_id, code",
    "rotations": "id, line_id, starts_on, handoff_time, weeks, ends_on",
    "rotation_members": "id, rotation_id, person_id, position",
    "roles": "id, person_id, organisation_id, role",
    "people": "id, name, disabled_at",
    "office_hours": "id, organisation_id, weekday, opens, closes",
}
_READ: dict[str, Any] = {"policy": json.loads, "starts_on": date.fromisoformat, "ends_on": date.fromisoformat,
                         "handoff_time": time.fromisoformat, "opens": time.fromisoformat, "closes": time.fromisoformat}


class Facts:
    """`facts["rounds"]` are the rows of a table by id; `facts.of("rounds", "incident_id", 4)` those with that value."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._rows: dict[str, dict[int, Row]] = {}
        self._index: dict[tuple[str, str], dict[Any, list[Row]]] = {}
        self._version = -1

    def start(self) -> None:
        """Forget everything: another night."""
        self._rows = {name: {} for name in APPENDED | CHANGED | FIXED}
        self._index, self._version = {}, -1
        for name, columns in FIXED.items():
            self._rows[name] = self._read(f"select {columns} from {name}")  # noqa: S608

    def refresh(self) -> bool:
        """Look again; was anything committed since?"""
        version = self._db.execute("pragma data_version").fetchone()[0]
        if version == self._version:
            return False
        self._version = version
        for name, columns in APPENDED.items():
            self._append(name, self._read(f"select {columns} from {name} where id > {self.newest(name)}"))  # noqa: S608
        for name, columns in CHANGED.items():
            self._rows[name] = self._read(f"select {columns} from {name}")  # noqa: S608
            self._index = {key: rows for key, rows in self._index.items() if key[0] != name}
        return True

    def close(self) -> None:
        self._db.close()

    def __getitem__(self, name: str) -> dict[int, Row]:
        return self._rows[name]

    def newest(self, name: str) -> int:
        """The highest id."""
        return next(reversed(self._rows[name]), 0)

    def of(self, name: str, column: str, value: object) -> list[Row]:
        """Rows with a value, oldest first."""
        index = self._index.get((name, column))
        if index is None:
            index = self._index[name, column] = defaultdict(list)
            for row in self._rows[name].values():
                index[getattr(row, column)].append(row)
        return index.get(value, [])

    def _append(self, name: str, rows: dict[int, Row]) -> None:
        self._rows[name].update(rows)
        for (table, column), index in self._index.items():
            if table == name:
                for row in rows.values():
                    index[getattr(row, column)].append(row)

    def _read(self, statement: str) -> dict[int, Row]:
        cursor = self._db.execute(statement)
        names = [each[0] for each in cursor.description]
        return {found[0]: _row(names, found) for found in cursor}


def _row(names: list[str], values: tuple[Any, ...]) -> Row:
    return Row(**{name: _value(name, value) for name, value in zip(names, values, strict=True)})


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _READ:
        return _READ[name](value)
    if name == "at" or name.endswith(("_at", "_until")):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value
