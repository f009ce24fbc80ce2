"""Every stored code has a Dutch word, so that no screen ever shows a code."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter

import pytest

from webcare_pwa import labels, rulebook
from webcare_pwa.rules import access, escalation, handover, paging, unfinished
from webcare_pwa.rules.default_policy import DEFAULT_POLICY
from webcare_pwa.rules.law.breach import SEVERITIES
from webcare_pwa.rules.law.rulings import RULINGS
from webcare_pwa.rules.urgency import RANK
from webcare_pwa.steps import restoring, rota
from webcare_pwa.steps.founding import LINES

BOOK = rulebook.load()
POLICY = [step for steps in DEFAULT_POLICY.values() for step in steps]
CODES = {
    "urgency": {*RANK, *BOOK.urgencies, *paging.URGENT},
    "channel": {"web", "phone", "api"},
    "role": set(access.ROLES),
    "line": set(LINES),
    "who": {step.who for step in POLICY} | {escalation.DAY_LINE},
    "gap": {rota.NOBODY, rota.NOT_ALLOWED, rota.ON_LEAVE, rota.NO_DEVICE},
    "round": {"opened", "raised", "reopened", "addition", "closing_time", "detached", *unfinished.CONTINUES,
              restoring.REASON},
    "outcome": {"solved", "made_safe", "not_ours", "referred", "own_cost", "next_day"},
    "called": {"step", "addition", "transfer", "returned", "reminder", "alarm", "test", "rehearsal", "sound"},
    "deadline": {"acknowledge", "first_answer", "on_site"},
    "delivery": {"accepted", "gone", "refused", "superseded", "failed", restoring.HELD},
    "progress": {*BOOK.progress_facts, "note", "call_failed"},
    "mail": {"queued", "retrying", "not_configured", "accepted", "refused", "failed", "unknown", restoring.HELD},
    "todo": {
        handover.TAKE, handover.ASK, handover.PARTS, handover.FOLLOW_UP, handover.APPOINTMENT, handover.CHECK,
        handover.CALL_TENANT, handover.NOTHING,
    },
    "law_severity": set(SEVERITIES), "law_rule": set(RULINGS), "law_sentence": set(RULINGS), "law_remedy": set(RULINGS),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(CODES))
def test_every_code_has_a_word(kind: str) -> None:
    assert CODES[kind] <= labels.WORDS[kind].keys()


@pytest.mark.parametrize("kind", ["urgency", "role", "line", "who", "round", "outcome", "progress", "todo"])
def test_no_word_is_left_over_or_used_for_two_codes(kind: str) -> None:
    words = labels.WORDS[kind]
    assert set(words) == CODES[kind]
    assert len(set(words.values())) == len(words)


@pytest.mark.parametrize("kind", sorted(labels.WORDS))
def test_a_word_is_a_word(kind: str) -> None:
    for code, word in labels.WORDS[kind].items():
        assert word.strip(), code
        assert "_" not in word.replace("{text_en}", "").replace("{emergency_number}", "").replace("{taken_by}", ""), code


def test_an_unknown_code_is_a_defect() -> None:
    with pytest.raises(KeyError):
        labels.word("verzonnen", "urgency")


def test_no_kind_of_word_stands_in_two_files() -> None:
    """The later one would silently take the place of the earlier."""
    modules = [importlib.import_module(f"webcare_pwa.labels.{each.name}") for each in pkgutil.iter_modules(labels.__path__)]
    kinds = Counter(kind for module in modules for kind in getattr(module, "WORDS", {}))
    assert [kind for kind, times in kinds.items() if times > 1] == []
