"""The fixed instruction for a danger, as tenants read it and operators read it out: Dutch and English together, and whom to
call. It has no precondition and needs no database."""

from __future__ import annotations

import re
from dataclasses import dataclass

from webcare_pwa.rules.rulebook import Number, Rulebook
from webcare_pwa.rules.safety import safety
from webcare_pwa.rules.wording import fill

CATEGORY_OF_KIND = {  # what is asked after "Ja", and the fault category it stands for
    "gas": "gaslucht",
    "co": "co_alarm",
    "fire": "brand_rook",
    "water_power": "lekkage_ernstig",
    "electric": "elektra_gevaar",
    "lift": "lift_opsluiting",
    "structure": "constructie_gevaar",
    "person": "zorg_bewoner",
}
_NO_GAS_OR_POWER = frozenset({"lift", "brand", "geen_storing", "overlast"})  # groups in which 0800-9009 helps nobody


@dataclass(frozen=True)
class Instruction:
    """What to do, in two languages, and the national numbers to show as buttons."""

    text_nl: str
    text_en: str
    numbers: tuple[Number, ...]

    @property
    def steps_nl(self) -> list[str]:
        """The Dutch text as short lines: who is afraid reads one line at a time."""
        return re.split(r"(?<=\.)\s+", self.text_nl)


def instruction(category: str, *, danger: bool, number: str, rulebook: Rulebook) -> Instruction:
    """For this fault category ("" when it is not known). `number` is the organisation's own 24-hour number."""
    nl, en = (fill(text, {"noodnummer": number})[0] for text in safety(category, danger, rulebook))
    known = rulebook.categories.get(category)
    wanted = ["alarm", "gas_stroom"] if danger and not (known and known.group in _NO_GAS_OR_POWER) else []
    wanted += known.call_first if known else ()
    if danger and "alarm" not in wanted:
        wanted.insert(0, "alarm")
    numbers = (rulebook.numbers[each] for each in dict.fromkeys(wanted))
    return Instruction(nl, en, tuple(each for each in numbers if each.number))


def for_danger_to_self(number: str, rulebook: Rulebook) -> Instruction:
    """For somebody who speaks of ending his life, or lives through violence now."""
    text = rulebook.automatic["auto_gevaar_zelf"]
    nl, en = (fill(each, {"noodnummer": number})[0] for each in (text.text_nl, text.text_en))
    return Instruction(nl, en, (rulebook.numbers["alarm"],))
