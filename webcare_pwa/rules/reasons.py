"""Why a verdict is what it is: sentences of the rulebook, filled, in the order in which they weigh."""

from __future__ import annotations

from collections.abc import Iterable

from webcare_pwa.rules.danger import Danger
from webcare_pwa.rules.questions import Outcome
from webcare_pwa.rules.rulebook import DecisionRule, Rulebook
from webcare_pwa.rules.urgency import RANK


def of_words(found: Iterable[Danger], rulebook: Rulebook) -> tuple[str, ...]:
    """One sentence per kind of danger, with the words that told it."""
    sentence = rulebook.sentences["words"]
    return tuple(sentence.format(danger=each.kind.label_nl, words=each.found) for each in found)


def of_answers(category: str, outcome: Outcome, circumstances: dict[str, str], rulebook: Rulebook) -> tuple[str, ...]:
    """The rule that decides or could, what was assumed of the cold, and the questions that could still bring it down."""
    label, sentences = rulebook.categories[category].label_nl, rulebook.sentences
    could_drop = RANK[outcome.proven] < RANK[outcome.urgency]
    if outcome.rules:
        rule = rulebook.categories[category].urgency_rules[outcome.rules[0].sentence]
        reasons = [sentences["possible" if could_drop else "rule"].format(category=label, rule=rule)]
    else:
        urgency = rulebook.urgencies[outcome.urgency].label_nl.lower()
        reasons = [sentences["no_rule"].format(category=label, urgency=urgency)]
    if circumstances["outside"] == "cold_unknown" and any(_asks_cold(rule) for rule in outcome.rules):
        reasons.append(sentences["temperature_unknown"])
    if could_drop:
        questions = " ".join(question.text_nl for question in outcome.still_open)
        reasons.append(sentences["open"].format(questions=questions))
    return tuple(reasons)


def _asks_cold(rule: DecisionRule) -> bool:
    return any(key == "outside" for key, _ in rule.conditions)
