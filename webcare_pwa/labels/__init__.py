"""Dutch words for stored codes: the only Python files with Dutch words for the screens.

`WORDS[kind][code]`; a house test holds every stored code against it.
"""

from __future__ import annotations

from webcare_pwa.labels import duty, health, incident, joining, law, paging, policy, replies, reporting, voice

WORDS: dict[str, dict[str, str]] = (
    incident.WORDS | duty.WORDS | health.WORDS | joining.WORDS | law.WORDS | paging.WORDS
    | policy.WORDS | replies.WORDS | reporting.WORDS | voice.WORDS
)


def word(code: str, kind: str) -> str:
    """The Dutch word for a stored code. Raises KeyError for an unknown one: a code without a word is a defect. Only a line that
    a desk made for itself has none: it is called by its code."""
    if kind == "line":
        return WORDS[kind].get(code, code)
    return WORDS[kind][code]
