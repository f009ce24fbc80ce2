"""JSON log lines on standard error: one per hop, each with the incident id when there is one.

Only ids, codes and durations go in. No names, addresses, message texts, endpoints or tokens.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

_log = logging.getLogger("webcare")


class _JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line.update(getattr(record, "facts", {}))
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(level: str = "INFO") -> None:
    """Send every record of the root logger as one JSON line to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def hop(event: str, **facts: object) -> None:
    """Log one hop of a case, for example `hop("report.stored", report_id=41)`."""
    _log.info(event, extra={"facts": facts})


def trouble(event: str, **facts: object) -> None:
    """Log something an administrator must look at; includes the exception in flight, if any."""
    _log.error(event, extra={"facts": facts}, exc_info=sys.exc_info()[0] is not None)
