"""Which language a text is in: by its letters where they tell, else what the learned part says. Pure."""

from __future__ import annotations

import re

_ARABIC, _CYRILLIC = re.compile("[\u0600-\u06ff]"), re.compile("[\u0400-\u04ff]")
_LETTERS = re.compile(r"[^\W\d_]")
_MOST = 0.5  # of the letters


def language(text: str, guess: str) -> str:
    """nl, en, mixed, pl, tr, ar-latin, ar, uk, de or ro. `guess`: of the learned part, for Latin letters."""
    letters = len(_LETTERS.findall(text)) or 1
    arabic, cyrillic = len(_ARABIC.findall(text)), len(_CYRILLIC.findall(text))
    if arabic / letters > _MOST:
        return "ar"
    if cyrillic / letters > _MOST:
        return "uk"
    return "mixed" if arabic + cyrillic > 2 else guess
