"""The same answer for another tenant of the same outage: what is the first one's own never goes to the others. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

OWN = ("link", "adres", "naam")  # values by which one tenant is known; the report number is recognised by what stands before it
STAND_IN = {"adres": "uw woning", "naam": "bewoner"}
_NUMBER = r"(?i)(\b(?:melding|meldnummer|nummer|report|number)(?: is| blijft| stays)? ){}\b"
SHORTEST = 3  # a shorter name would be found inside other words


def readdress(text: str, mine: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """The text with link, address, name and number of one case replaced by those of another."""
    for name in OWN:
        own = mine.get(name, "")
        if len(own) >= SHORTEST:
            text = text.replace(own, theirs.get(name) or STAND_IN.get(name, ""))
    number, other = mine.get("meldnummer", ""), theirs.get("meldnummer", "")
    return re.sub(_NUMBER.format(re.escape(number)), rf"\g<1>{other}", text) if number and other else text
