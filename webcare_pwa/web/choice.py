"""One reply to choose on the answer screen: a quick reply with its gaps filled, or own words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from webcare_pwa.rules.replies import Candidate

FREE = "free"  # the choice "own words"; no template has this id
_LETTERS_A_LINE = 38  # on a phone


@dataclass(frozen=True)
class Choice:
    """One reply to choose, ready to read and to change. `reason`: why it cannot go out as it is; "" when it can."""

    id: str
    title: str
    text_nl: str
    text_en: str
    reason: str = ""
    said: bool = False

    @property
    def rows_nl(self) -> int:
        """Lines that show the whole Dutch text on a phone."""
        return _rows(self.text_nl)

    @property
    def rows_en(self) -> int:
        """Lines that show the whole English text on a phone."""
        return _rows(self.text_en)


def choice_of(candidate: Candidate) -> Choice:
    """A ranked quick reply as a choice."""
    return Choice(candidate.reply.id, candidate.reply.title_nl, candidate.text_nl, candidate.text_en,
                  candidate.blocked_reason, candidate.said)


def _rows(text: str) -> int:
    return max(2, sum(math.ceil((len(line) or 1) / _LETTERS_A_LINE) for line in text.split("\n")))
