"""Whether a rulebook hangs together: every name that is used exists. Pure; the loader refuses problems."""

from __future__ import annotations

from collections.abc import Iterator

from webcare_pwa.rules.rulebook import UNKNOWN, Decision, Question, Rulebook

CONTEXT: dict[str, frozenset[str]] = {
    "outside": frozenset({"cold", "cold_unknown", "mild"}),
    "season": frozenset({"heating", "summer"}),
    "unclear": frozenset({"yes", "no"}),
}
"""What a rule may ask of the circumstances instead of the tenant; `rules/circumstances.py` fills it in."""


SENTENCES = frozenset({
    "gate", "words", "rule", "possible", "no_rule", "open", "temperature_unknown", "no_category_open", "no_category_closed",
    "addition_closed", "addition_unowned", "thanks",
})  # fmt: skip


def problems(rulebook: Rulebook) -> list[str]:
    """Sentences that say what is wrong, in English, for whoever edits the data; empty when all is well."""
    return [
        *(f"sentences: {missing!r} is missing" for missing in sorted(SENTENCES - rulebook.sentences.keys())),
        *_category_problems(rulebook),
        *_question_problems(rulebook),
        *_reply_problems(rulebook),
        *_danger_problems(rulebook),
    ]


def _category_problems(rulebook: Rulebook) -> Iterator[str]:
    for extra in rulebook.decisions.keys() - rulebook.categories.keys():
        yield f"questions: category {extra!r} does not exist"
    for category in rulebook.categories.values():
        if category.group not in rulebook.groups:
            yield f"{category.id}: group {category.group!r} has no label"
        if category.urgency_default not in rulebook.urgencies:
            yield f"{category.id}: urgency {category.urgency_default!r} does not exist"
        for number in category.call_first:
            if number not in rulebook.numbers:
                yield f"{category.id}: number {number!r} does not exist"
        decision = rulebook.decisions.get(category.id)
        if decision is None:
            yield f"{category.id}: has no questions and rules"
        else:
            yield from _decision_problems(rulebook, category.id, decision)


def _decision_problems(rulebook: Rulebook, category: str, decision: Decision) -> Iterator[str]:
    sentences = range(len(rulebook.categories[category].urgency_rules))
    codes = {**CONTEXT, **{question.id: _codes(question) for question in rulebook.questions[category]}}
    if decision.while_open not in rulebook.urgencies:
        yield f"{category}: urgency {decision.while_open!r} does not exist"
    for rule in decision.rules:
        if rule.urgency not in rulebook.urgencies:
            yield f"{category}: urgency {rule.urgency!r} does not exist"
        for question, wanted in rule.conditions:
            if question not in codes:
                yield f"{category}: question {question!r} does not exist"
            for code in sorted(wanted - codes.get(question, wanted)):
                yield f"{category}: question {question!r} has no answer {code!r} to decide on"
    used = decision.advice | {rule.sentence for rule in decision.rules}
    for sentence in sorted(used.symmetric_difference(sentences)):
        fault = "is used by no rule and is no advice" if sentence in sentences else "does not exist"
        yield f"{category}: urgency rule {sentence + 1} {fault}"


def _codes(question: Question) -> frozenset[str]:
    return frozenset(option.code for option in question.options) - {UNKNOWN}


def _question_problems(rulebook: Rulebook) -> Iterator[str]:
    seen: dict[str, Question] = {}
    for category, questions in rulebook.questions.items():
        for question in questions:
            if seen.setdefault(question.id, question) != question:
                yield f"{category}: question {question.id!r} differs from the question of that name elsewhere"
            if len(question.options) != len({option.code for option in question.options}):
                yield f"{category}: question {question.id!r} has the same answer twice"


def _reply_problems(rulebook: Rulebook) -> Iterator[str]:
    facts = {*rulebook.progress_facts, *rulebook.state_facts, *rulebook.setting_facts, None}
    for reply in rulebook.replies.values():
        for group in set(reply.groups) - rulebook.groups.keys():
            yield f"reply {reply.id}: group {group!r} does not exist"
        for urgency in set(reply.urgency) - rulebook.urgencies.keys():
            yield f"reply {reply.id}: urgency {urgency!r} does not exist"
        if reply.precondition not in facts:
            yield f"reply {reply.id}: fact {reply.precondition!r} does not exist"


def _danger_problems(rulebook: Rulebook) -> Iterator[str]:
    for kind in rulebook.danger.kinds:
        if kind.category not in rulebook.categories:
            yield f"danger words {kind.id}: category {kind.category!r} does not exist"
        if not kind.phrases and not kind.pairs:
            yield f"danger words {kind.id}: no words"
