"""One answer about an outage for every tenant of it: each gets his own text on his own page, and by mail when he gave an
address."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from webcare_pwa.house import House
from webcare_pwa.models import situations
from webcare_pwa.models.attached import attached_to
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.situation import Situation
from webcare_pwa.rules.readdressing import readdress
from webcare_pwa.steps import composing, replies, telling


def others(session: Session, head: Situation, *, now: datetime, house: House) -> list[Situation]:
    """The cases that are attached to this one."""
    ids = attached_to(session, head.incident.id)
    return situations.some(session, ids, frozenset({head.organisation.id}), now=now, rulebook=house.rulebook)


def queue(session: Session, head: Situation, reply: Reply, *, by: int, now: datetime, house: House) -> int:
    """Store what was answered on the head for all that is attached to it too, once. Returns to how many more it goes.

    A quick reply that was not changed is filled anew for each; in any other text what is the first tenant's own is replaced.
    """
    if reply.kind == replies.CALL:
        return 0
    mine = composing.own_values(head, house)
    same = composing.filled(session, head, reply.template, now=now, house=house, by=by)
    untouched = same == (reply.text_nl, reply.text_en)
    told = 0
    for each in others(session, head, now=now, house=house):
        texts = None
        if untouched:
            texts = composing.filled(session, _as_head(each, head), reply.template, now=now, house=house, by=by)
        if texts is None:
            theirs = composing.own_values(each, house)
            texts = (readdress(reply.text_nl, mine, theirs), readdress(reply.text_en, mine, theirs))
        _store(session, each, reply, texts, by, now, house)
        told += 1
    return told


def _as_head(each: Situation, head: Situation) -> Situation:
    """The work of the head, the tenant and place of the other."""
    return replace(head, reports=each.reports, facts=each.facts, dwelling=each.dwelling, complex=each.complex)


def _store(
    session: Session, each: Situation, reply: Reply, texts: tuple[str, str], by: int, now: datetime, house: House
) -> None:
    token = f"all:{reply.id}"
    if telling.known(session, each.incident.id, token) is not None:
        return
    report = each.reports[0]
    row = telling.store(session, each.incident.id, report.id, reply.kind, reply.template, texts, by, token, now)
    telling.by_mail(session, row, report, each.organisation, house, now)
