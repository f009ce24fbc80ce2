"""When something happened to a case, whoever did it; what the app sent by itself does not count."""

from __future__ import annotations

from datetime import datetime

from webcare_pwa.models.situation import Situation


def moments(case: Situation) -> list[datetime]:
    """Every moment, UTC, in no order."""
    incident = case.incident
    acted = [row.at for row in incident.acknowledgements] + [row.at for row in incident.progress]
    turned = [row.at for row in incident.closures] + [row.at for row in incident.reopenings]
    given = [row.at for row in incident.transfers]
    told = [message.received_at for report in case.reports for message in report.messages]
    answered = [reply.at for reply in case.replies if reply.kind != "automatic"]
    return [incident.opened_at, *acted, *turned, *given, *told, *answered]
