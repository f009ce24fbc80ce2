"""Dutch public holidays: the days on which every office is closed, and those that a rota counts as holidays.

Of the library's list Good Friday is left out unless asked for: it is a holiday in name, on which most offices are open.
Liberation Day counts in lustrum years only, as the library says, unless asked otherwise. Agreements between employers and
employees differ on these days and on the two eves, so each is a setting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays

LUSTRUM, ALWAYS, NEVER = "lustrum", "always", "never"
LIBERATION_DAY = (LUSTRUM, ALWAYS, NEVER)
_GOOD_FRIDAY, _LIBERATION = "Goede vrijdag", "Bevrijdingsdag"


@dataclass(frozen=True)
class HolidayRule:
    """Which days count beside the public holidays. `extra`: days of their own, with a name."""

    good_friday: bool = False
    liberation_day: str = LUSTRUM  # lustrum (2025, 2030, ...) | always | never
    december_24: bool = False
    december_31: bool = False
    extra: tuple[tuple[date, str], ...] = ()


USUAL = HolidayRule()


@lru_cache(maxsize=256)
def of_year(year: int, rule: HolidayRule = USUAL) -> Mapping[date, str]:
    """The holidays of a year with their Dutch names, in order of date."""
    found = dict(holidays.country_holidays("NL", years=year, language="nl").items())
    if not rule.good_friday:
        found = {day: name for day, name in found.items() if name != _GOOD_FRIDAY}
    if rule.liberation_day == ALWAYS:
        found.setdefault(date(year, 5, 5), _LIBERATION)
    elif rule.liberation_day == NEVER:
        found = {day: name for day, name in found.items() if name != _LIBERATION}
    if rule.december_24:
        found[date(year, 12, 24)] = "Kerstavond"
    if rule.december_31:
        found[date(year, 12, 31)] = "Oudejaarsdag"
    for day, name in rule.extra:
        if day.year == year:
            found.setdefault(day, name)
    return MappingProxyType(dict(sorted(found.items())))


def is_holiday(day: date, rule: HolidayRule = USUAL) -> bool:
    """Is every office closed that day?"""
    return day in of_year(day.year, rule)


def upcoming(day: date, count: int) -> list[tuple[date, str]]:
    """The first `count` holidays on or after a day."""
    years = range(day.year, day.year + 2 + count // 8)  # every year has at least eight
    return [each for year in years for each in of_year(year).items() if each[0] >= day][:count]
