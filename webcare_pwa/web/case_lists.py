"""The lists of the incident page that come from the rulebook and the labels: answers in words, and what forms offer."""

from __future__ import annotations

from webcare_pwa import labels
from webcare_pwa.models.reply import Reply
from webcare_pwa.models.situation import Situation
from webcare_pwa.rules.rulebook import Rulebook

Options = list[tuple[str, str]]
IN_THE_COMPOSER = "tenant_called_no_answer"  # recorded there, along with what was said


def answers(situation: Situation, rulebook: Rulebook) -> Options:
    """What the tenant answered, question and answer in Dutch; an unknown code as it came."""
    given = situation.facts.answers
    return [
        (question.text_nl, next((each.label_nl for each in question.options if each.code == given[question.id]),
                                given[question.id]))
        for question in rulebook.questions.get(situation.category, ()) if question.id in given
    ]


def instruction(situation: Situation) -> Reply | None:
    """The first thing the tenant was told by itself: the danger instruction when there was one."""
    said = [each for each in situation.replies if each.kind == "automatic"]
    return next((each for each in said if each.template.startswith("auto_gevaar")), said[0] if said else None)


def kinds(rulebook: Rulebook) -> Options:
    """Facts that can be recorded, in the order of the reply data."""
    return [(each, labels.word(each, "progress")) for each in rulebook.progress_facts if each != IN_THE_COMPOSER]


def urgencies() -> Options:
    """Urgencies to choose from, worst first."""
    return list(labels.WORDS["urgency"].items())


def outcomes() -> Options:
    """How an incident can end."""
    return list(labels.WORDS["outcome"].items())
