"""Reads what the reading of messages rests on (words, rules, learned weights) from the data files, once per process."""

from __future__ import annotations

import json
import zlib
from functools import cache

import yaml

from webcare_pwa import rulebook
from webcare_pwa.rulebook_rows import RulebookError
from webcare_pwa.rules.meaning.lexicon import Lexicon, build
from webcare_pwa.rules.meaning.model import Head, Model
from webcare_pwa.rules.meaning.signs import COLD, COLLECTIVE, MILD, VULNERABLE, MeaningRule
from webcare_pwa.rules.meaning.verdict import Meaning

DATA = rulebook.DATA / "meaning"
_CIRCUMSTANCES = {COLD, MILD, VULNERABLE, COLLECTIVE}


@cache
def load() -> Meaning:
    """What came with this version. Raises RulebookError when a rule names an idea that has no words."""
    ideas, rules = _ideas(), _rules()
    groups = {each.id: each.group for each in rulebook.load().categories.values()}
    _check(ideas, rules, groups)
    return Meaning(build(ideas), rules, _model(), groups)


def words_and_rules() -> tuple[Lexicon, tuple[MeaningRule, ...]]:
    """Without the learned part: what training starts from."""
    return build(_ideas()), _rules()


def _ideas() -> dict[str, list[str]]:
    ideas: dict[str, list[str]] = {}
    for path in sorted((DATA / "words").glob("*.yaml")):
        content: dict[str, str] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        ideas.update({idea: phrases.split(", ") for idea, phrases in content.items()})
    return ideas


def _rules() -> tuple[MeaningRule, ...]:
    return tuple(
        MeaningRule(
            row["id"], row["fault"], row["urgency"], row["reason"], _terms(row["when"]), _terms(row.get("unless", ())),
            row.get("personal", False),
        )
        for row in yaml.load((DATA / "rules.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    )


def _terms(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)


def _check(ideas: dict[str, list[str]], rules: tuple[MeaningRule, ...], groups: dict[str, str]) -> None:
    known = ideas.keys() | _CIRCUMSTANCES
    terms = {
        (rule.id, idea) for rule in rules for row in rule.when + rule.unless for term in row
        for idea in term.lstrip("!").split("~")
    }
    faults = [f"{rule.id} names the unknown fault {rule.fault}" for rule in rules if rule.fault not in groups]
    unknown = faults + [f"{rule} names {idea!r}, which has no words" for rule, idea in sorted(terms) if idea not in known]
    if unknown:
        raise RulebookError("The reading rules do not hang together:\n- " + "\n- ".join(unknown))


def _model() -> Model:
    """The numbers of `model.json`; of `model.bin` the names of the features, a zero, and one row of weights for each."""
    head = json.loads((DATA / "model.json").read_bytes())
    names, _, rows = zlib.decompress((DATA / "model.bin").read_bytes()).partition(b"\0")
    width = len(head["scales"])
    return Model(
        version=head["version"],
        heads=tuple(Head(each["name"], tuple(each["outcomes"]), each["start"]) for each in head["heads"]),
        weights={name: rows[at * width : (at + 1) * width] for at, name in enumerate(names.decode().split("\n"))},
        scales=tuple(head["scales"]), bias=tuple(head["bias"]), thresholds=head["thresholds"],
    )
