"""Mails to colleagues: Dutch subject and body from data/letters.yaml, filled in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "data" / "letters.yaml"


@dataclass(frozen=True)
class Letter:
    """What goes into one mail."""

    subject: str
    body: str


def write(name: str, /, **values: object) -> Letter:
    """Fill in a letter. A missing value raises KeyError: better no mail than one with braces."""
    text = _texts()[name]
    return Letter(text["subject"].format_map(values), text["body"].format_map(values))


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return texts
