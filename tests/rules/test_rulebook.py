"""The data files hang together, and data that does not is refused with every fault named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.rules.triage_cases import DECIDED, NOTHING_ANSWERED
from webcare_pwa.rulebook import DATA, load, read
from webcare_pwa.rulebook_rows import RulebookError
from webcare_pwa.rules.rulebook import UNKNOWN
from webcare_pwa.rules.urgency import RANK


def test_everything_of_the_data_is_there() -> None:
    rulebook = load()
    assert len(rulebook.categories) == len(rulebook.decisions) == len(rulebook.questions) == 34
    assert len(rulebook.groups) == 13
    assert set(rulebook.groups) == {category.group for category in rulebook.categories.values()}
    assert list(rulebook.urgencies) == ["noodgeval", "spoed", "werkdag", "geen"]
    assert set(rulebook.urgencies) == set(RANK)
    assert rulebook.urgencies["noodgeval"].on_site_minutes == 120
    assert next(iter(rulebook.replies)) == "ontvangst_kort"
    assert rulebook.numbers["gas_stroom"].number == "0800-9009"
    assert "{noodnummer}" in rulebook.automatic["auto_gevaar"].text_nl


def test_it_is_read_once() -> None:
    assert load() is load()


def test_every_category_asks_one_to_four_questions_and_each_can_be_left_undecided() -> None:
    for category, questions in load().questions.items():
        assert 1 <= len(questions) <= 4, category
        for question in questions:
            assert question.options[-1].code == UNKNOWN, question.id
            assert len(question.options) >= 3, question.id
            assert question.text_nl.endswith("?") and question.text_en.endswith("?"), question.id


def test_every_question_decides_something() -> None:
    rulebook = load()
    for category, questions in rulebook.questions.items():
        used = {key for rule in rulebook.decisions[category].rules for key, _ in rule.conditions}
        assert {question.id for question in questions} <= used, category


def test_every_urgency_rule_has_a_case_or_is_advice() -> None:
    shown = {(case.category, case.rule) for case in DECIDED}
    for category in load().categories.values():
        advice = load().decisions[category.id].advice
        wanted = {(category.id, index + 1) for index in range(len(category.urgency_rules)) if index not in advice}
        assert wanted <= shown, category.id


def test_every_category_has_a_case_with_nothing_answered() -> None:
    assert sorted(category for many in NOTHING_ANSWERED.values() for category in many) == sorted(load().categories)


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("questions", "  gaslucht:\n", "  gaslek:\n", "'gaslek' does not exist"),
        ("questions", "when: {fire_over: \"no\"}", "when: {fire_out: \"no\"}", "question 'fire_out' does not exist"),
        ("questions", "when: {beep: chirp}", "when: {beep: peep}", "no answer 'peep'"),
        ("questions", "when: {beep: chirp}", "when: {beep: unknown}", "no answer 'unknown'"),
        ("questions", "{urgency: spoed, rule: 3, when: {danger_power_off", "{urgency: urgent, rule: 3, when: {danger_power_off",
         "urgency 'urgent' does not exist"),
        ("questions", "{urgency: noodgeval, rule: 2, when: {shock", "{urgency: noodgeval, rule: 9, when: {shock",
         "urgency rule 9 does not exist"),
        ("questions", "    advice: [4, 5]\n", "    advice: [4]\n", "urgency rule 5 is used by no rule"),
        ("questions", "    while_open: noodgeval\n", "    while_open: altijd\n", "urgency 'altijd' does not exist"),
        ("questions", "      - id: fire_over\n", "      - id: beep\n", "differs from the question of that name"),
        ("questions", "code: lost,", "code: broken,", "has the same answer twice"),
        ("questions", "  gas_co: ", "  gas: ", "group 'gas_co' has no label"),
        ("questions", "  gate: ", "  poort: ", "'gate' is missing"),
        ("fault_categories", "call_first: [alarm, politie]", "call_first: [alarm, agent]", "number 'agent' does not exist"),
        ("fault_categories", "urgency_default: geen", "urgency_default: nooit", "urgency 'nooit' does not exist"),
        ("fault_categories", "    label_nl: \"Gaslucht of gaslek\"\n", "", "lacks 'label_nl'"),
        ("quick_replies", "groups: [lift]", "groups: [trap]", "group 'trap' does not exist"),
        ("quick_replies", "urgency: [noodgeval]", "urgency: [rood]", "urgency 'rood' does not exist"),
        ("quick_replies", "precondition: staff_dispatched", "precondition: staff_gone", "fact 'staff_gone' does not exist"),
        ("danger_words", '"no", without', "no, without", "put quotes around it"),
        ("danger_words", "category: co_alarm", "category: co", "category 'co' does not exist"),
    ],
)  # fmt: skip
def test_data_that_contradicts_itself_is_refused(tmp_path: Path, file: str, old: str, new: str, complaint: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    path = folder / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RulebookError, match=complaint):
        read(folder)
