"""The secret link of a tenant: which report it opens. Knowing it is the only key; a link that was taken back opens nothing."""

from __future__ import annotations

from flask import g
from sqlalchemy.orm import Session

from webcare_pwa import links
from webcare_pwa.errors import NotFound
from webcare_pwa.models import tenant_case
from webcare_pwa.models.tenant_case import TenantCase
from webcare_pwa.web.context import clock, database, house, settings

NO_SUCH_CASE = "Deze pagina bestaat niet. Kijk of u de hele link gebruikt, of meld het opnieuw."


def open_case(token: str) -> TenantCase:
    """What the tenant may see. Raises `NotFound` for a link we did not give out, or took back."""
    with database().read() as session:
        now = clock().now(session)
        case = tenant_case.load(session, report_id_of(session, token), now=now, rulebook=house().rulebook)
    if case is None:
        raise NotFound(NO_SUCH_CASE)
    g.organisation = case.organisation
    return case


def report_id_of(session: Session, token: str) -> int:
    """Which report the link opens. Raises `NotFound` for a link we did not give out, or took back."""
    report_id = links.case_report_id(token)
    version = tenant_case.link_version(session, report_id) if report_id is not None else None
    expected = links.case_token(settings().secret_key, report_id or 0, version or 0)
    if not links.same(token, expected) or report_id is None or version is None:
        raise NotFound(NO_SUCH_CASE)
    return report_id
