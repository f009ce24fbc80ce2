"""The verdict on a report: the highest of the danger gate, danger words in what was written, and the answers.

Pure. It may raise and never lowers what was stored: that is for a person. Reasons are Dutch sentences that the duty reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from webcare_pwa.rules import reasons
from webcare_pwa.rules.circumstances import OTHER, circumstances
from webcare_pwa.rules.danger import Danger, find
from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.questions import open_questions, outcome, questions_for
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.rules.thanks import is_only_thanks
from webcare_pwa.rules.urgency import GEEN, NOODGEVAL, RANK, SPOED, WERKDAG, highest

__all__ = [
    "RANK", "Judgement", "could_drop", "highest", "judge", "judge_addition", "open_questions", "questions_for", "safety",
]

NOT_A_FAULT = "geen_storing"
VAGUE = frozenset({OTHER, NOT_A_FAULT})  # categories that say nothing of the danger


@dataclass(frozen=True)
class Judgement:
    """An urgency, the fault category it is about ("overig" when unknown), and why. `danger_to_self`: a life, or violence."""

    urgency: str
    category: str
    danger_to_self: bool
    reasons: tuple[str, ...]
    only_thanks: bool


@dataclass(frozen=True)
class _Asked:
    """What the category and the answers say; `proven` holds whatever the open questions bring."""

    urgency: str
    proven: str
    reasons: tuple[str, ...]


def judge(
    facts: ReportFacts, *, office_open: bool, month: int, rulebook: Rulebook, temperature: float | None = None
) -> Judgement:
    """Judge a whole report. `temperature`: outside, degrees Celsius, None when unknown; `month` 1 to 12 in Amsterdam."""
    found = find(facts.texts, rulebook.danger)
    if _is_mere_thanks(facts, found, rulebook):
        return Judgement(GEEN, NOT_A_FAULT, False, (rulebook.sentences["thanks"],), True)
    asked = _asked(facts, office_open=office_open, month=month, rulebook=rulebook, temperature=temperature)
    gate = (rulebook.sentences["gate"],) if facts.danger else ()
    return Judgement(
        urgency=highest(_certain(facts, found), asked.urgency),
        category=_category(facts, found, asked.proven, rulebook),
        danger_to_self=_is_personal(facts, found, rulebook),
        reasons=(*gate, *reasons.of_words(found, rulebook), *asked.reasons),
        only_thanks=False,
    )


def judge_addition(
    text: str,
    facts: ReportFacts,
    *,
    owned: bool,
    closed: bool,
    office_open: bool,
    month: int,
    rulebook: Rulebook,
) -> Judgement:
    """Judge the text of a later message. `facts` gives the category; new answers are judged by `judge` on the fold.

    Danger words raise. Outside office hours, without an owner or when closed, it is spoed, unless it is nothing but thanks.
    """
    found = find([text], rulebook.danger)
    category = _category(facts, found, GEEN, rulebook)
    if not found and is_only_thanks(text, rulebook.danger):
        return Judgement(GEEN, category, False, (rulebook.sentences["thanks"],), True)
    waiting, why = GEEN, reasons.of_words(found, rulebook)
    if closed or not owned:
        waiting = WERKDAG if office_open else SPOED
        why += (rulebook.sentences["addition_closed" if closed else "addition_unowned"],)
    return Judgement(
        urgency=highest(waiting, NOODGEVAL if found else GEEN),
        category=category,
        danger_to_self=any(each.kind.personal for each in found),
        reasons=why,
        only_thanks=False,
    )


def could_drop(
    facts: ReportFacts, *, office_open: bool, month: int, rulebook: Rulebook, temperature: float | None = None
) -> bool:
    """Whether answers to the open questions could still bring the verdict down."""
    asked = _asked(facts, office_open=office_open, month=month, rulebook=rulebook, temperature=temperature)
    certain = _certain(facts, find(facts.texts, rulebook.danger))
    return RANK[highest(certain, asked.proven)] < RANK[highest(certain, asked.urgency)]


def safety(category: str, danger: bool, rulebook: Rulebook) -> tuple[str, str]:
    """The fixed instruction, Dutch and English: with danger the opening of every danger text, then the category's own.

    {noodnummer} is left in. Without danger and without a known category both are empty.
    """
    opening = rulebook.automatic["auto_gevaar"]
    own_nl, own_en = own_safety(category, danger, rulebook)
    dutch = (opening.text_nl if danger else "", own_nl)
    english = (opening.text_en if danger else "", own_en)
    return " ".join(filter(None, dutch)), " ".join(filter(None, english))


def own_safety(category: str, danger: bool, rulebook: Rulebook) -> tuple[str, str]:
    """The category's own safety text, Dutch and English. In danger of an unknown kind there is none: the text of "overig" asks
    for a description and a photo, and somebody in danger must not stay for that."""
    known = rulebook.categories.get(category)
    if known is None or (danger and known.id == OTHER):
        return "", ""
    return known.safety_nl, known.safety_en


def _asked(
    facts: ReportFacts, *, office_open: bool, month: int, rulebook: Rulebook, temperature: float | None
) -> _Asked:
    if facts.category not in rulebook.categories:
        urgency, sentence = (WERKDAG, "no_category_open") if office_open else (SPOED, "no_category_closed")
        return _Asked(urgency, urgency, (rulebook.sentences[sentence],))
    around = circumstances(facts, office_open=office_open, month=month, rulebook=rulebook, temperature=temperature)
    decided = outcome(facts, around, rulebook)
    return _Asked(decided.urgency, decided.proven, reasons.of_answers(facts.category, decided, around, rulebook))


def _certain(facts: ReportFacts, found: Iterable[Danger]) -> str:
    """The urgency that no answer can take away."""
    return NOODGEVAL if facts.danger or any(found) else GEEN


def _is_mere_thanks(facts: ReportFacts, found: Iterable[Danger], rulebook: Rulebook) -> bool:
    told_more = facts.danger or facts.answers or _reported(facts, rulebook) not in VAGUE or any(found)
    return not told_more and is_only_thanks(facts.text, rulebook.danger)


def _is_personal(facts: ReportFacts, found: Iterable[Danger], rulebook: Rulebook) -> bool:
    chosen = facts.danger_kind if facts.danger else ""
    return any(each.kind.personal for each in found) or any(
        kind.personal for kind in rulebook.danger.kinds if kind.id == chosen
    )


def _reported(facts: ReportFacts, rulebook: Rulebook) -> str:
    return facts.category if facts.category in rulebook.categories else OTHER


def _category(facts: ReportFacts, found: Iterable[Danger], proven: str, rulebook: Rulebook) -> str:
    """The category to act on: the one reported, unless a danger of another group was found that it does not cover.

    Words about a person never replace a real fault. A danger told at the gate counts when nothing else was chosen.
    """
    reported = _reported(facts, rulebook)
    if reported in VAGUE:
        told = [each.kind.category for each in found]
        at_gate = _gate_category(facts.danger_kind, rulebook) if facts.danger else ""
        return next(iter(told), at_gate) or reported
    told = [each.kind.category for each in found if not each.kind.personal]
    covered = proven == NOODGEVAL or any(_same_group(reported, other, rulebook) for other in told)
    return reported if covered else next(iter(told), reported)


def _same_group(reported: str, other: str, rulebook: Rulebook) -> bool:
    return rulebook.categories[reported].group == rulebook.categories[other].group


def _gate_category(danger_kind: str, rulebook: Rulebook) -> str:
    if danger_kind in rulebook.categories:
        return danger_kind
    return next((kind.category for kind in rulebook.danger.kinds if kind.id == danger_kind), "")
