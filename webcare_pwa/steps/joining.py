"""Ready for duty: what each person did of the list for who joins, and taking his word where no row can know."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webcare_pwa.errors import NotFound, NotPossibleNow
from webcare_pwa.models import audit
from webcare_pwa.models.joining import JoiningConfirmation, facts_of
from webcare_pwa.rules import joining as rules
from webcare_pwa.rules.joining import Facts, Item


def lists(session: Session, person_ids: Collection[int]) -> dict[int, tuple[Item, ...]]:
    """The list of each of them."""
    return {person: rules.items(facts) for person, facts in facts_of(session, person_ids).items()}


def unproven(session: Session, person_ids: Collection[int]) -> dict[int, list[str]]:
    """Per person who is not proven, the codes of what lacks."""
    found = {person: rules.unproven(items) for person, items in lists(session, person_ids).items()}
    return {person: codes for person, codes in found.items() if codes}


def confirm(session: Session, person_id: int, item: str, *, here: int | None, now: datetime) -> None:
    """Keep his word that he did it; twice is once. `here`: the device in his hand, as far as known.

    Raises `NotFound` for an item that is not his word to give, `NotPossibleNow` about a phone while he has none.
    """
    if item not in rules.ASKED:
        raise NotFound()
    about = _about(facts_of(session, [person_id])[person_id], item, here)
    known = select(JoiningConfirmation.id).where(
        JoiningConfirmation.person_id == person_id, JoiningConfirmation.item == item, JoiningConfirmation.about == about
    )
    if session.scalar(known) is not None:
        return
    session.add(JoiningConfirmation(person_id=person_id, item=item, about=about, at=now))
    audit.record(session, "joining.confirmed", "person", person_id, now=now, by=person_id, item=item)
    session.flush()


def _about(facts: Facts, item: str, here: int | None) -> str:
    if item not in rules.OF_PHONE:
        return facts.numbers
    waking = [phone.id for phone in facts.phones if phone.waking]
    if not waking:
        raise NotPossibleNow("Zet eerst oproepen aan op uw telefoon. Daarna kunt u dit bevestigen.")
    return rules.about(here if here in waking else waking[-1])
