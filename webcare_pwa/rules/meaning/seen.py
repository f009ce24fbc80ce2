"""One passage as it was read, and why it is judged as it is: Dutch sentences for the duty. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from webcare_pwa.rules.meaning.features import Features
from webcare_pwa.rules.meaning.model import Model, named
from webcare_pwa.rules.meaning.reading import Reading
from webcare_pwa.rules.meaning.signs import COLD, COLLECTIVE, VULNERABLE, Sign
from webcare_pwa.rules.urgency import NOODGEVAL, SPOED

_AROUND = ((VULNERABLE, "Er is een kwetsbaar persoon"), (COLLECTIVE, "Het gaat om meer woningen of een gedeelde ruimte"))
_WEIGHED = 12  # features that are looked at for ideas worth naming
_NAMED = 3


@dataclass(frozen=True)
class Seen:
    """What was found in one passage. `urgency`: the probability of each of the four."""

    reading: Reading
    circumstances: frozenset[str]
    found: tuple[Sign, ...]
    features: Features
    scores: list[float]
    urgency: dict[str, float]

    @property
    def danger(self) -> Sign | None:
        """The first danger rule that holds; one about a person comes before those about a building."""
        dangers = [sign for sign in self.found if sign.rule.urgency == NOODGEVAL]
        return min(dangers, key=lambda sign: not sign.rule.personal, default=None)

    @property
    def alert(self) -> float:
        """The probability that it must be acted on tonight."""
        return self.urgency[NOODGEVAL] + self.urgency[SPOED]


def reasons(seen: Seen, urgency: str, temperature: float | None, model: Model) -> tuple[str, ...]:
    """The rules that hold with their words, what is around, and, when no rule decided, what the learned part weighed."""
    said = [f'{sign.rule.reason}: "{sign.words}"' for sign in seen.found if sign.rule.urgency == urgency]
    decided = bool(said)
    if COLD in seen.circumstances and temperature is not None:
        said.append(f"Het is buiten {temperature:g} °C")
    if COLD in seen.circumstances and temperature is None and not seen.reading.says("cold"):
        said.append("Temperatuur onbekend: in de wintermaanden telt dat als koud")
    if urgency in (NOODGEVAL, SPOED):
        said += [text for circumstance, text in _AROUND if circumstance in seen.circumstances]
    if not decided:
        ideas = named(model.weightiest(seen.features, "urgency", urgency, _WEIGHED), "i")[:_NAMED]
        quoted = [f'"{seen.reading.quote(seen.reading.places[idea][:1])}"' for idea in ideas]
        words = f": {', '.join(dict.fromkeys(quoted))}" if quoted else ""
        said.append(f"Lijkt op meldingen met deze urgentie, kans {seen.urgency[urgency]:.0%}{words}")
    return tuple(said)
