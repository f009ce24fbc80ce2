"""Why a verdict is what it is: sentences of the rulebook, filled, in the order in which they weigh."""

from __future__ import annotations

from collections.abc import Iterable

from webcare_pwa.rules.danger import Danger
from webcare_pwa.rules.questions import Outcome
from webcare_pwa.rules.rulebook import Rulebook
from webcare_pwa.rules.urgency import RANK


def of_words(found: Iterable[Danger], rulebook: Rulebook) -> tuple[str, ...]:
    """One sentence per kind of danger, with the words that told it."""
    sentence = rulebook.sentences["words"]
    return tuple(sentence.format(danger=each.kind.label_nl, words=each.found) for each in found)


def of_answers(category: str, outcome: Outcome, circumstances: dict[str, str], rulebook: Rulebook) -> tuple[str, ...]:
    """The rule that decides, what was assumed of the cold, and the questions that could still change it."""
    about = rulebook.categories[category]
    sentences = rulebook.sentences
    if outcome.rule is None:
        urgency = rulebook.urgencies[outcome.urgency].label_nl.lower()
        reasons = [sentences["no_rule"].format(category=about.label_nl, urgency=urgency)]
    else:
        rule = about.urgency_rules[outcome.rule.sentence]
        reasons = [sentences["rule"].format(category=about.label_nl, rule=rule)]
        asked_cold = any(key == "outside" for key, _ in outcome.rule.conditions)
        if asked_cold and circumstances["outside"] == "cold_unknown":
            reasons.append(sentences["temperature_unknown"])
    if RANK[outcome.proven] < RANK[outcome.urgency]:
        reasons += [sentences["open"].format(question=question.text_nl) for question in outcome.still_open]
    return tuple(reasons)
