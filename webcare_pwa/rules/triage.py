"""The verdict on a report: the highest of the danger gate, danger words in what was written, and the answers.

Pure. It may raise and never lowers what was stored: that is for a person. Reasons are Dutch sentences that the duty reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from webcare_pwa.rules import reasons
from webcare_pwa.rules.category import NOT_A_FAULT, VAGUE, acting_category, danger_read, reported_category
from webcare_pwa.rules.circumstances import circumstances
from webcare_pwa.rules.danger import Danger, find
from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.meaning.verdict import Told
from webcare_pwa.rules.questions import outcome
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.rules.thanks import is_only_thanks
from webcare_pwa.rules.urgency import GEEN, NOODGEVAL, RANK, SPOED, WERKDAG, highest


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
    facts: ReportFacts, *, office_open: bool, month: int, rulebook: Rulebook, temperature: float | None = None,
    told: Told | None = None,
) -> Judgement:
    """Judge a whole report. `temperature`: outside, degrees Celsius, None when unknown; `month` 1 to 12 in Amsterdam.

    `told`: what the reading of his words found. Without a category it decides; beside one it can only raise.
    """
    found = find(facts.texts, rulebook.danger)
    if _is_mere_thanks(facts, found, rulebook):
        return Judgement(GEEN, NOT_A_FAULT, False, (rulebook.sentences["thanks"],), True)
    asked = _asked(facts, office_open=office_open, month=month, rulebook=rulebook, temperature=temperature)
    if told is not None and facts.text:
        asked = _with_words(asked, facts, told, rulebook)
    gate = (rulebook.sentences["gate"],) if facts.danger else ()
    return Judgement(
        urgency=highest(_certain(facts, found), asked.urgency),
        category=_category(facts, found, asked, told, rulebook),
        danger_to_self=_is_personal(facts, found, rulebook) or (told is not None and told.personal),
        reasons=(*gate, *reasons.of_words(found, rulebook), *asked.reasons),
        only_thanks=False,
    )


def could_drop(
    facts: ReportFacts, *, office_open: bool, month: int, rulebook: Rulebook, temperature: float | None = None
) -> bool:
    """Whether answers to the open questions could still bring the verdict down."""
    asked = _asked(facts, office_open=office_open, month=month, rulebook=rulebook, temperature=temperature)
    certain = _certain(facts, find(facts.texts, rulebook.danger))
    return RANK[highest(certain, asked.proven)] < RANK[highest(certain, asked.urgency)]


def _asked(
    facts: ReportFacts, *, office_open: bool, month: int, rulebook: Rulebook, temperature: float | None
) -> _Asked:
    if facts.category not in rulebook.categories:
        urgency, sentence = (WERKDAG, "no_category_open") if office_open else (SPOED, "no_category_closed")
        return _Asked(urgency, urgency, (rulebook.sentences[sentence],))
    around = circumstances(facts, office_open=office_open, month=month, rulebook=rulebook, temperature=temperature)
    decided = outcome(facts, around, rulebook)
    return _Asked(decided.urgency, decided.proven, reasons.of_answers(facts.category, decided, around, rulebook))


CLEAR = 0.6  # from this probability on, words raise what the answers to the questions gave


def _with_words(asked: _Asked, facts: ReportFacts, told: Told, rulebook: Rulebook) -> _Asked:
    """What the category and the answers say, with what the words say. Words of which nothing was understood prove nothing."""
    if facts.category not in rulebook.categories:
        return _Asked(told.urgency, asked.proven, told.reasons) if told.understood else asked
    if RANK[told.urgency] > RANK[asked.urgency] and (told.danger or told.alert >= CLEAR):
        return _Asked(told.urgency, asked.proven, (*told.reasons, *asked.reasons))
    return asked


def _category(
    facts: ReportFacts, found: Iterable[Danger], asked: _Asked, told: Told | None, rulebook: Rulebook
) -> str:
    """The category to act on: see `acting_category`; what the words tell when nothing was chosen and nothing is dangerous."""
    read = told if facts.text else None
    acting = acting_category(facts, found, asked.proven, rulebook, danger_read(read))
    unknown = acting in VAGUE and facts.category not in rulebook.categories
    return read.fault if read is not None and read.understood and unknown else acting


def _certain(facts: ReportFacts, found: Iterable[Danger]) -> str:
    """The urgency that no answer can take away."""
    return NOODGEVAL if facts.danger or any(found) else GEEN


def _is_mere_thanks(facts: ReportFacts, found: Iterable[Danger], rulebook: Rulebook) -> bool:
    told_more = facts.danger or facts.answers or reported_category(facts, rulebook) not in VAGUE or any(found)
    return not told_more and is_only_thanks(facts.text, rulebook.danger)


def _is_personal(facts: ReportFacts, found: Iterable[Danger], rulebook: Rulebook) -> bool:
    chosen = facts.danger_kind if facts.danger else ""
    return any(each.kind.personal for each in found) or any(
        kind.personal for kind in rulebook.danger.kinds if kind.id == chosen
    )
