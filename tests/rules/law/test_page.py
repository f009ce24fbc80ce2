"""docs/rota-format.md, "Checking the law": its examples are read, and it names every rule, field and key."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from webcare_pwa.rules.law.answer import answer
from webcare_pwa.rules.law.document import FIELDS, PERSON, parse
from webcare_pwa.rules.law.rulings import RULINGS
from webcare_pwa.rules.law.settings import KEYS, LawSettings

PAGE = (Path(__file__).parents[3] / "docs" / "rota-format.md").read_text(encoding="utf-8").partition("Checking the law\n")[2]
EXAMPLES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
ROWS = {name: cells for cells in (line.split("|")[1:-1] for line in PAGE.splitlines() if line.startswith("|"))
        for name in re.findall(r"`?(\w+)`?", cells[0])}  # fmt: skip


def test_the_example_is_read_and_the_answer_has_the_fields_shown() -> None:
    document = parse(json.loads(EXAMPLES[0]))
    period = document.whole()
    assert period is not None
    people = document.expanded(period)
    assert people[0].id == "samira" and len(people[0].work) > 500
    shown = json.loads(EXAMPLES[1])
    given = answer(people, document.settings, period)
    assert set(given) == set(shown)
    assert set(given["numbers"]) == set(shown["numbers"])
    for part in ("breaches", "call_outs"):
        assert set(given[part][0]) == set(shown[part][0])


@pytest.mark.parametrize("name", [*FIELDS, *PERSON, *KEYS, *RULINGS])
def test_every_field_key_and_rule_is_named(name: str) -> None:
    assert re.search(rf"\b{name}\b", PAGE)


@pytest.mark.parametrize("rule", sorted(RULINGS))
def test_the_article_of_a_rule_is_that_of_the_page(rule: str) -> None:
    on_page = set(re.findall(r"\d:\d+|chapter 4", ROWS[rule][1]))
    in_code = set(re.findall(r"\d:\d+|chapter 4", RULINGS[rule].article.replace("hoofdstuk", "chapter")))
    assert on_page == in_code


@pytest.mark.parametrize("key", [each.name for each in fields(LawSettings) if isinstance(each.default, int | str)])
def test_the_default_of_a_key_is_that_of_the_page(key: str) -> None:
    named = re.findall(r"`(\w+)`", ROWS[key][0])
    given = re.findall(r"[\w:-]+", ROWS[key][1].replace("a week", ""))
    default = getattr(LawSettings(), key)
    assert given[min(named.index(key), len(given) - 1)] == str(default).lower()
