"""From stored messages to what is known of a report."""

from __future__ import annotations

from webcare_pwa.models.report import Report
from webcare_pwa.rules.facts import ReportFacts, fold


def facts_of(report: Report) -> ReportFacts:
    """What the tenant told in all his messages so far (they must be loaded)."""
    return fold((message.text, message.facts) for message in report.messages)
