"""What the answers to the questions of a category decide, and what is still open.

An open question counts as the answer with the worst outcome, up to the category's `while_open`; what the given answers prove
always holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.rulebook import UNKNOWN, DecisionRule, Question, Rulebook
from webcare_pwa.rules.urgency import highest, lowest


@dataclass(frozen=True)
class Outcome:
    """The urgency by the answers, and what they prove whatever the rest may be.

    `rules`: those that give this urgency or, while questions are open, could; the most telling one first.
    """

    urgency: str
    proven: str
    rules: tuple[DecisionRule, ...]
    still_open: tuple[Question, ...]


def questions_for(category: str, rulebook: Rulebook) -> tuple[Question, ...]:
    """The deciding questions of a category, in asking order; none for an unknown category."""
    return rulebook.questions.get(category, ())


def open_questions(facts: ReportFacts, rulebook: Rulebook) -> tuple[Question, ...]:
    """The questions of the report's category without a usable answer; "weet ik niet" leaves a question open."""
    return tuple(
        question for question in questions_for(facts.category, rulebook) if not _is_answered(question, facts.answers)
    )


def outcome(facts: ReportFacts, circumstances: Mapping[str, str], rulebook: Rulebook) -> Outcome:
    """What the answers decide. The category must be known to the rulebook (KeyError otherwise)."""
    decision = rulebook.decisions[facts.category]
    default = rulebook.categories[facts.category].urgency_default
    still_open = open_questions(facts, rulebook)
    given = {
        question.id: facts.answers[question.id]
        for question in rulebook.questions[facts.category]
        if question not in still_open
    }
    known = {**circumstances, **given}
    results = [_decide(decision.rules, full, default) for full in (known, *_completions(known, still_open))]
    proven = lowest(*(urgency for urgency, _ in results[1:]))
    worst = highest(*(urgency for urgency, _ in results[1:]))
    urgency = highest(proven, lowest(worst, decision.while_open))
    behind = [rules for given_by, rules in results if given_by == urgency] or [rules for _, rules in results]
    return Outcome(urgency, proven, tuple(dict.fromkeys(rule for rules in behind for rule in rules)), still_open)


def _is_answered(question: Question, answers: Mapping[str, str]) -> bool:
    code = answers.get(question.id)
    return code != UNKNOWN and any(option.code == code for option in question.options)


def _completions(known: Mapping[str, str], still_open: Iterable[Question]) -> Iterator[dict[str, str]]:
    choices = [
        [(question.id, option.code) for option in question.options if option.code != UNKNOWN] for question in still_open
    ]
    for chosen in product(*choices):
        yield {**known, **dict(chosen)}


def _decide(
    rules: Iterable[DecisionRule], known: Mapping[str, str], default: str
) -> tuple[str, tuple[DecisionRule, ...]]:
    """The urgency when `known` is all there is, and the rules that give it; no rule: the category's default."""
    holding = [rule for rule in rules if all(known.get(key) in codes for key, codes in rule.conditions)]
    urgency = highest(*(rule.urgency for rule in holding)) if holding else default
    return urgency, tuple(rule for rule in holding if rule.urgency == urgency)
