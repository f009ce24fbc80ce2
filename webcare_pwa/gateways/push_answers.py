"""What the answer of a push service means for the page."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from webcare_pwa.clock import real_now
from webcare_pwa.ports import Delivered, Gone, Outcome, Refused, TryAgain


def outcome_of(status: int, retry_after: str | None) -> Outcome:
    """What a push service's status means (RFC 8030 section 5; the services' own pages for 403 and 413)."""
    detail = f"http {status}"
    if status in (200, 201, 202):
        return Delivered(detail)
    if status in (404, 410):
        return Gone(detail)
    if status == 429 or status >= 500:
        return TryAgain(seconds(retry_after), detail)
    return Refused(detail)


def seconds(retry_after: str | None) -> float | None:
    """Retry-After as seconds from now: a number or an HTTP date (RFC 9110 section 10.2.3); None when unreadable."""
    if not retry_after:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - real_now()).total_seconds())
    except (ValueError, TypeError):
        return None
