"""One Dutch word per English word, both ways, and every table has its word."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import webcare_pwa.models  # noqa: F401  all tables must be known
from webcare_pwa import labels
from webcare_pwa.db import Base

ROOT = Path(__file__).resolve().parents[2]


def glossary() -> list[tuple[str, str]]:
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Words")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", table, re.MULTILINE)
    return [row for row in rows if row != ("English", "Dutch")]


def words_of(class_name: str) -> str:
    """AccessLink -> access link"""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", class_name).lower()


def test_no_word_is_used_twice() -> None:
    assert len(glossary()) > 50
    for column in zip(*glossary(), strict=True):
        assert [word for word, times in Counter(column).items() if times > 1] == []


@pytest.mark.parametrize("model", sorted(mapper.class_.__name__ for mapper in Base.registry.mappers))
def test_every_table_has_its_word(model: str) -> None:
    assert words_of(model) in dict(glossary())


@pytest.mark.parametrize("kind", ["role", "line"])
def test_screens_use_the_words_of_the_glossary(kind: str) -> None:
    words = dict(glossary()) | {"duty": "dienst"}  # the role is named after the shift it does
    for code, word in labels.WORDS[kind].items():
        assert words[code.replace("_", " ")] == word.lower(), code
