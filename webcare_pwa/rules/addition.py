"""The verdict on what a tenant writes later: danger words raise, and so does writing to a case that nobody has."""

from __future__ import annotations

from webcare_pwa.rules import reasons
from webcare_pwa.rules.category import acting_category, danger_read
from webcare_pwa.rules.danger import find
from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.meaning.verdict import Told
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.rules.thanks import is_only_thanks
from webcare_pwa.rules.triage import Judgement
from webcare_pwa.rules.urgency import GEEN, NOODGEVAL, SPOED, WERKDAG, highest


def judge_addition(
    text: str,
    facts: ReportFacts,
    *,
    owned: bool,
    closed: bool,
    office_open: bool,
    month: int,
    rulebook: Rulebook,
    told: Told | None = None,
) -> Judgement:
    """Judge the text of a later message. `facts` gives the category; new answers are judged by `judge` on the fold.

    Danger words raise, and so does danger that the reading of the words found (`told`). Outside office hours, without an
    owner or when closed, it is spoed, unless it is nothing but thanks.
    """
    found = find([text], rulebook.danger)
    category = acting_category(facts, found, GEEN, rulebook, danger_read(told))
    danger = bool(found) or (told is not None and told.danger)
    if not danger and is_only_thanks(text, rulebook.danger):
        return Judgement(GEEN, category, False, (rulebook.sentences["thanks"],), True)
    waiting, why = GEEN, reasons.of_words(found, rulebook)
    if told is not None and told.danger and not found:
        why += told.reasons
    if closed or not owned:
        waiting = WERKDAG if office_open else SPOED
        why += (rulebook.sentences["addition_closed" if closed else "addition_unowned"],)
    return Judgement(
        urgency=highest(waiting, NOODGEVAL if danger else GEEN),
        category=category,
        danger_to_self=any(each.kind.personal for each in found) or (told is not None and told.personal),
        reasons=why,
        only_thanks=False,
    )
