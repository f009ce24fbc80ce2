"""Dutch public holidays: the days on which every office is closed.

Of the library's list Good Friday is left out unless asked for: it is a holiday in name, on which most offices are open.
Liberation Day counts in lustrum years only, as the library says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import holidays

_GOOD_FRIDAY = "Goede vrijdag"


@lru_cache(maxsize=256)
def of_year(year: int, *, good_friday: bool = False) -> Mapping[date, str]:
    """The holidays of a year with their Dutch names, in order of date."""
    found = holidays.country_holidays("NL", years=year, language="nl")
    return MappingProxyType({day: name for day, name in sorted(found.items()) if good_friday or name != _GOOD_FRIDAY})


def is_holiday(day: date) -> bool:
    """Is every office closed that day?"""
    return day in of_year(day.year)


def upcoming(day: date, count: int) -> list[tuple[date, str]]:
    """The first `count` holidays on or after a day."""
    years = range(day.year, day.year + 2 + count // 8)  # every year has at least eight
    return [each for year in years for each in of_year(year).items() if each[0] >= day][:count]
