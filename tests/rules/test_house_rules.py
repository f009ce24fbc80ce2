"""The house rules for answers, by example and on labelled drafts (tools/house_rules; both sets have been looked at)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from webcare_pwa import rulebook
from webcare_pwa.rules.house_rules import BLOCK, check

DRAFTS = Path(__file__).parents[2] / "tools" / "house_rules"
PUBLIC = ("facebook", "x", "instagram")


def broken(text: str, *facts: str, public: bool = False) -> set[str]:
    return {each.rule for each in check(text, rulebook.load().house_rules, facts=facts, public=public)}


@pytest.mark.parametrize(
    ("text", "facts", "rules"),
    [
        ("De monteur komt vanavond nog langs.", (), {"promise"}),
        ("De monteur komt vanavond nog langs.", ("time_agreed",), set()),
        ("De monteur is onderweg.", (), {"promise"}),
        ("De monteur is onderweg.", ("staff_dispatched",), set()),
        ("Zodra de monteur een tijd geeft, laten wij het u weten.", (), set()),
        ("U belde om 02.00 uur. Ik bel nu de loodgieter.", (), set()),
        ("U krijgt de kosten vergoed.", ("time_agreed",), {"promise"}),
        ("Kunt u maandag vanaf 08.00 uur bellen?", (), set()),
        ("Ik vind dat u overdrijft.", (), {"opinion"}),
        ("Conform onze werkwijze is de VHE gemeld.", (), {"jargon"}),
        ("Er is geen gevaar.", (), {"uncertain"}),
        ("Er is geen gevaar.", ("made_safe",), set()),
    ],
)
def test_rules_by_example(text: str, facts: tuple[str, ...], rules: set[str]) -> None:
    assert broken(text, *facts) == rules


@pytest.mark.parametrize(
    "text",
    ["Mevrouw De Graaf, wij zien u op de Meeuwenlaan 88.", "Bel haar op 06-41122334.", "Mail naar k.dejong@mail.example."],
)
def test_personal_data_counts_in_public_only(text: str) -> None:
    assert broken(text, public=True) == {"personal_data"}
    assert broken(text) == set()


def test_numbers_of_help_are_no_personal_data() -> None:
    assert broken("Bel 112 of 0800-9009, of ons op 030-2211000. Stuur uw adres in een privébericht.", public=True) == set()


def test_a_long_sentence_is_named() -> None:
    assert broken("Wij " + "schrijven " * 30 + "dit.") == {"long_sentence"}


def test_recall_and_false_blocks_on_the_drafts() -> None:
    rows: list[dict[str, Any]] = [
        json.loads(line) for name in ("dev", "aside") for line in (DRAFTS / f"{name}.jsonl").read_text().splitlines()
    ]
    blocking = {each.id for each in rulebook.load().house_rules if each.level == BLOCK}
    found = [(row, broken(row["text"], *row["case"], public=row["channel"] in PUBLIC)) for row in rows]
    for rule in ("promise", "personal_data"):
        caught = [rule in rules for row, rules in found if rule in row["breaks"]]
        assert sum(caught) / len(caught) >= 0.9, rule
    clean = [bool(blocking & rules) for row, rules in found if not blocking & set(row["breaks"])]
    assert sum(clean) / len(clean) < 0.05
