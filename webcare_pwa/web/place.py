"""Where it is, for the street plate: street and number apart, and a link that opens the phone's own map."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from webcare_pwa.models.situation import Situation

NUMBERED = re.compile(r"(?P<street>\D.*?)\s+(?P<number>\d+\s?[\w/-]{0,8})", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """An address. `number` is "" when it could not be told apart from the street; all "" when nothing is known."""

    street: str
    number: str
    postcode: str
    city: str

    @property
    def line(self) -> str:
        """The whole address in one line, to copy or to say."""
        town = f"{self.postcode[:4]} {self.postcode[4:]} {self.city}".strip()
        return ", ".join(each for each in (f"{self.street} {self.number}".strip(), town) if each)

    @property
    def map_link(self) -> str:
        """`geo:` opens the map app of the phone; no map service learns anything from the page itself."""
        return f"geo:0,0?q={quote(self.line)}"


def place_of(situation: Situation) -> Place:
    """The dwelling's own address, else what was typed."""
    home, facts = situation.dwelling, situation.facts
    if home:
        return Place(home.street, home.address.removeprefix(home.street).strip(), home.postcode, home.city)
    found = NUMBERED.fullmatch(facts.address.strip())
    if found:
        return Place(found["street"], found["number"], facts.postcode, facts.city)
    number = f"{facts.house_number or ''}{'-' + facts.suffix if facts.suffix else ''}"
    return Place(facts.address.strip(), number, facts.postcode, facts.city)
