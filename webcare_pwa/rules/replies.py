"""Which quick replies fit a case, filled and ranked. Pure.

Rank: what may be sent now before what may not, then safety, the newest satisfied precondition, the group's own, file
order. What was sent already in the same words goes behind what was not. A reply whose precondition nobody can record is
left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from webcare_pwa.labels import WORDS
from webcare_pwa.rules.placeholders import promised, values
from webcare_pwa.rules.reply_case import Case, satisfied
from webcare_pwa.rules.reply_texts import QuickReply
from webcare_pwa.rules.wording import fill

BEST = 3


@dataclass(frozen=True)
class Candidate:
    """A quick reply, filled for one case. `blocked_reason` is a Dutch sentence, "" when it may be sent as it is.

    `fits`: meant for this urgency, group and stage. `is_forbidden`: its precondition is not met, so it may not be
    chosen; a text with only `missing` placeholders may be chosen and completed by hand.
    """

    reply: QuickReply
    text_nl: str
    text_en: str
    missing: tuple[str, ...]
    blocked_reason: str
    is_forbidden: bool
    fits: bool
    said: bool
    score: tuple[bool | int, ...]

    @property
    def is_safety(self) -> bool:
        """A text about danger; it never has a precondition."""
        return is_safety(self.reply)


def is_safety(reply: QuickReply) -> bool:
    """Category veiligheid, and the referral to 112."""
    return reply.category == "veiligheid" or reply.id == "verwijs_112"


def candidates(
    case: Case, replies: Iterable[QuickReply], *, recordable: frozenset[str], now: datetime
) -> list[Candidate]:
    """All replies that may be offered, best first. `recordable` are the progress kinds a person can record."""
    found = []
    for position, reply in enumerate(replies):
        since = satisfied(case, reply.precondition)
        if since is None and reply.precondition not in recordable:
            continue
        if case.urgency in reply.urgency or not reply.urgency or is_safety(reply):
            found.append(_candidate(case, reply, position, since, now))
    return sorted(found, key=lambda each: each.score)


def best(ranked: Sequence[Candidate]) -> list[Candidate]:
    """The three to show first: those that fit and can be sent, else only have to be completed."""
    return [each for each in ranked if each.fits and not each.is_forbidden][:BEST]


def _candidate(case: Case, reply: QuickReply, position: int, since: int | None, now: datetime) -> Candidate:
    nl, en = values(
        case.basics, case.progress, template=reply.id, precondition=reply.precondition, now=now,
        referral=case.referrals.get(reply.precondition or "", ("", "")),
    )
    text_nl, missing = fill(reply.text_nl, nl)
    text_en, missing_en = fill(reply.text_en, en)
    missing = tuple(dict.fromkeys(missing + missing_en))
    fits = (
        (case.urgency in reply.urgency or not reply.urgency)
        and (case.group in reply.groups or not reply.groups)
        and (case.stage in reply.stages or not reply.stages)
    )
    said = text_nl in case.said
    reason = _reason(case, reply, missing, since, now)
    score = (
        not fits, since is None, bool(reason), said, not is_safety(reply), -since if since is not None else 0,
        case.group not in reply.groups, position,
    )
    return Candidate(reply, text_nl, text_en, missing, reason, since is None, fits, said, score)


def _reason(case: Case, reply: QuickReply, missing: tuple[str, ...], since: int | None, now: datetime) -> str:
    words = WORDS["block"]
    if since is None:
        return words["not_recorded"].format(fact=WORDS["progress"][reply.precondition or ""].lower())
    passed = promised(case.progress)
    if "tijd" in missing and passed is not None and passed <= now:
        return words["time_passed"]
    names = ", ".join(WORDS["placeholder"][name] for name in missing)
    return words["missing"].format(names=names) if names else ""
