"""Tells whether a message is nothing but thanks. Anything else in it, also "is opgelost" or a question, and it is not."""

from __future__ import annotations

import re

from webcare_pwa.rules import words
from webcare_pwa.rules.danger_words import DangerWords

_QUIET = re.compile(r"[\s\w.,!'’:;)(\-\u200d\ufe0f\U0001f3fb-\U0001f3ff]")  # joiners and skin colours belong to emoji


def is_only_thanks(text: str, danger: DangerWords) -> bool:
    """At least one word of thanks, around it only small talk, and no sign that is not a friendly one."""
    if any(sign not in danger.thanks_signs for sign in _QUIET.sub("", text)):
        return False
    said = [word for word in words.tokens(text) if word != words.BREAK]
    return any(word in danger.thanks for word in said) and all(
        word in danger.thanks or word in danger.thanks_around for word in said
    )
