"""Reads what the reading of messages rests on (words, rules, learned weights) from the data files, once per process."""

from __future__ import annotations

import json
import zlib
from functools import cache
from pathlib import Path

import yaml

from webcare_pwa import rulebook
from webcare_pwa.rulebook_rows import RulebookError
from webcare_pwa.rules.meaning.lexicon import Lexicon, build
from webcare_pwa.rules.meaning.model import Head, Model
from webcare_pwa.rules.meaning.signs import COLD, COLLECTIVE, MILD, VULNERABLE, MeaningRule
from webcare_pwa.rules.meaning.verdict import Meaning

_CIRCUMSTANCES = {COLD, MILD, VULNERABLE, COLLECTIVE}


@cache
def load() -> Meaning:
    """What came with this version. Raises RulebookError when a rule names an idea that has no words."""
    ideas = _ideas(rulebook.DATA / "meaning")
    rules = _rules(rulebook.DATA / "reading_rules.yaml")
    groups = {each.id: each.group for each in rulebook.load().categories.values()}
    _check(ideas, rules, groups)
    return Meaning(build(ideas), rules, _model(rulebook.DATA), groups)


def words_and_rules() -> tuple[Lexicon, tuple[MeaningRule, ...]]:
    """Without the learned part: what training starts from."""
    return build(_ideas(rulebook.DATA / "meaning")), _rules(rulebook.DATA / "reading_rules.yaml")


def _ideas(folder: Path) -> dict[str, list[str]]:
    ideas: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yaml")):
        content: dict[str, str] = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
        ideas.update({idea: phrases.split(", ") for idea, phrases in content.items()})
    return ideas


def _rules(path: Path) -> tuple[MeaningRule, ...]:
    return tuple(
        MeaningRule(
            row["id"], row["fault"], row["urgency"], row["reason"], _terms(row["when"]), _terms(row.get("unless", ())),
            row.get("personal", False),
        )
        for row in yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
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


def _model(folder: Path) -> Model:
    head = json.loads((folder / "reading_model.json").read_bytes())
    rows = zlib.decompress((folder / "reading_model.bin").read_bytes())
    width = len(head["scales"])
    return Model(
        version=head["version"],
        heads=tuple(Head(each["name"], tuple(each["outcomes"]), each["start"]) for each in head["heads"]),
        weights={name: rows[at * width : (at + 1) * width] for at, name in enumerate(head["features"])},
        scales=tuple(head["scales"]), bias=tuple(head["bias"]), thresholds=head["thresholds"],
    )
