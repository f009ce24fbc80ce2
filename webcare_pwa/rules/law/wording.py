"""The sentence of a breach in plain Dutch: rule, article, window, hours; and what would solve it."""

from __future__ import annotations

from webcare_pwa.labels import WORDS, dates
from webcare_pwa.rules.law.breach import MINUTES
from webcare_pwa.rules.law.finding import Finding
from webcare_pwa.rules.law.minutes import moment
from webcare_pwa.rules.law.rulings import RULINGS
from webcare_pwa.rules.law.small import TooSmall
from webcare_pwa.rules.wall_time import wall


def message(finding: Finding) -> str:
    """What is wrong."""
    words, ruling = WORDS["law_message"], RULINGS[finding.rule]
    show = duration if ruling.unit == MINUTES else str
    told = WORDS["law_sentence"][finding.rule].format(
        start=when(finding.starts), end=when(finding.ends), measured=show(finding.measured), allowed=show(finding.allowed)
    )
    title = WORDS["law_rule"][finding.rule]
    if not ruling.article:
        return words["advice"].format(title=title, told=told)
    return words["law"].format(rule=finding.rule, title=title, article=article(ruling.article), told=told)


def remedy(finding: Finding) -> str:
    """What would solve it."""
    return WORDS["law_remedy"][finding.rule]


def small_team(team: TooSmall) -> str:
    """What a team too small for its rotation breaks, and how many people it takes."""
    words = WORDS["law_change"]
    told = words["team"].format(
        members=team.members, rule=team.rule, title=WORDS["law_rule"][team.rule], article=article(RULINGS[team.rule].article)
    )
    cure = words["no_team"] if team.needed is None else words["needed"].format(needed=team.needed)
    return f"{told} {cure}"


def article(code: str) -> str:
    """ATW 5:9(2)a as people say it: artikel 5:9 lid 2 onder a van de Arbeidstijdenwet."""
    words = WORDS["law_message"]
    name = code.removeprefix("ATW ")
    if "(" not in name and ":" not in name:
        return words["chapter"].format(name=name)
    said = [_article(each) for each in name.split(", ")]
    return words["article"].format(name=words["and"].join(said))


def _article(name: str) -> str:
    words = WORDS["law_message"]
    number, _, rest = name.partition("(")
    if not rest:
        return number
    part, _, letter = rest.partition(")")
    return words["part"].format(number=number, part=part) + (words["letter"].format(letter=letter) if letter else "")


def duration(minutes: int) -> str:
    """13 uur en 1 minuut."""
    words = WORDS["law_message"]
    hours, rest = divmod(minutes, 60)
    left = words["minute"] if rest == 1 else words["minutes"].format(number=rest)
    if not rest:
        return words["hours"].format(number=hours)
    return words["both"].format(hours=words["hours"].format(number=hours), minutes=left) if hours else left


def when(at: int) -> str:
    """ma 4 jan 2027 08:00, wall time in Amsterdam."""
    local = wall(moment(at))
    return f"{dates.DAYS_SHORT[local.weekday()]} {local.day} {dates.MONTHS_SHORT[local.month - 1]} {local.year} {local:%H:%M}"
