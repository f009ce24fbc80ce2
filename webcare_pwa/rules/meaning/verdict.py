"""What one message means: is it a fault, which, how urgent, and why. Offline, deterministic, never raises.

Order of proof: a danger rule decides noodgeval and nothing lowers it; then what the learned part finds likely enough, which
may raise; the rest waits. Words that tell the reader how to treat the message ("SPOED", "geen haast") decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from webcare_pwa.rules.meaning.features import features
from webcare_pwa.rules.meaning.language import language
from webcare_pwa.rules.meaning.lexicon import Lexicon
from webcare_pwa.rules.meaning.model import Model
from webcare_pwa.rules.meaning.passages import passages
from webcare_pwa.rules.meaning.reading import read
from webcare_pwa.rules.meaning.seen import Seen, reasons
from webcare_pwa.rules.meaning.signs import MeaningRule, Sign, around, signs
from webcare_pwa.rules.urgency import GEEN, NOODGEVAL, SPOED, WERKDAG

NOT_A_FAULT = "geen_storing"


@dataclass(frozen=True, eq=False)
class Meaning:
    """Everything the reading of messages rests on. `groups`: fault category -> its group; `idea_words` are for reasons."""

    lexicon: Lexicon
    rules: tuple[MeaningRule, ...]
    model: Model
    groups: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """What a message tells. `category` is one of the 13 groups, `fault` one of the 34; `alert`: probability 0 to 1."""

    urgency: str
    category: str
    fault: str
    is_fault: bool
    vulnerable: bool
    collective: bool
    language: str
    reasons: tuple[str, ...]
    alert: float
    danger: bool  # a rule found it; nothing may lower it
    personal: bool  # that danger is to a life or violence: it has texts of its own
    understood: bool  # some idea was recognised; without any the words prove nothing


def tell(text: str, temperature: float | None, meaning: Meaning, *, heating_season: bool = False) -> Told:
    """Read a message. `temperature`: outside, degrees Celsius, None when unknown; then in the heating season a home without
    heating counts as cold (the product asks for that; the command judges by the text alone)."""
    whole, *parts = [_see(passage, temperature, meaning, heating_season) for passage in passages(text)]
    worst = max((whole, *parts), key=lambda seen: (seen.danger is not None, seen.alert - (seen is not whole) * _CAUTION))
    danger = worst.danger
    category = _category(worst, whole, danger, meaning)
    urgency = NOODGEVAL if danger else _urgency(worst, category, meaning.model)
    if urgency in (GEEN, WERKDAG) and category == NOT_A_FAULT:
        urgency = GEEN
    fault = _fault(worst, category, meaning)
    model = meaning.model
    return Told(
        urgency=urgency, category=category, fault=fault, is_fault=category != NOT_A_FAULT,
        vulnerable=_yes(whole, "vulnerable", model), collective=_yes(whole, "collective", model),
        language=language(text, next(iter(model.probabilities(whole.scores, "language")))),
        reasons=reasons(worst, urgency, temperature, model), alert=1.0 if danger else worst.alert,
        danger=danger is not None, personal=danger is not None and danger.rule.personal,
        understood=any(seen.reading.places for seen in (whole, *parts)),
    )


_CAUTION = 0.15  # a passage of a long text must say it clearly: out of its context it means less


def _see(text: str, temperature: float | None, meaning: Meaning, heating_season: bool = False) -> Seen:
    reading = read(text, meaning.lexicon)
    circumstances = around(reading, text, temperature, heating_season=heating_season)
    found = tuple(signs(reading, circumstances, meaning.rules))
    made = features(reading, circumstances, found)
    scores = meaning.model.scores(made)
    return Seen(reading, circumstances, found, made, scores, meaning.model.probabilities(scores, "urgency"))


def _urgency(seen: Seen, category: str, model: Model) -> str:
    if seen.alert >= model.thresholds["alert"]:
        return NOODGEVAL if seen.urgency[NOODGEVAL] >= model.thresholds["emergency"] else SPOED
    return WERKDAG if category != NOT_A_FAULT and seen.urgency[WERKDAG] >= seen.urgency[GEEN] else GEEN


def _category(worst: Seen, whole: Seen, danger: Sign | None, meaning: Meaning) -> str:
    likely = meaning.model.probabilities((worst if danger else whole).scores, "category")
    first = next(iter(likely))
    if danger and likely[first] < _SURE:
        return meaning.groups[danger.rule.fault]
    return first


_SURE = 0.5


def _fault(seen: Seen, category: str, meaning: Meaning) -> str:
    likely = meaning.model.probabilities(seen.scores, "fault")
    return next((fault for fault in likely if meaning.groups.get(fault) == category), next(iter(likely)))


def _yes(seen: Seen, head: str, model: Model) -> bool:
    return next(iter(model.probabilities(seen.scores, head))) == "yes"
