from __future__ import annotations

from functools import cache

import pytest

from webcare_pwa import meaning
from webcare_pwa.rules.meaning.lexicon import Lexicon, build
from webcare_pwa.rules.meaning.reading import read


@cache
def words() -> Lexicon:
    return meaning.words_and_rules()[0]


@pytest.mark.parametrize(
    ("text", "idea"),
    [
        ("Er hangt een gaslucht in de keuken", "gas_leak"),
        ("GASLUCHT!!!", "gas_leak"),
        ("er hangt een gaslugcht", "gas_leak"),  # misspelt
        ("gaz kokusu var", "gas_leak"),
        ("Чути запах газу у підʼїзді", "gas_leak"),
        ("رائحة غاز قوية", "gas_leak"),
        ("kayna ri7t lgaz f dar", "gas_leak"),
        ("de hoofdkraan krijg ik niet dicht", "cannot_stop"),
        ("vloerlekkage in de badkamer", "leak"),  # a compound
        ("wat als de lift een keer uitvalt", "hypothetical"),
    ],
)
def test_an_idea_is_found_in_every_language_and_spelling(text: str, idea: str) -> None:
    assert read(text, words()).says(idea)


@pytest.mark.parametrize(
    ("text", "idea"),
    [
        ("er is geen gaslucht", "gas_leak"),
        ("geen rook of brand te zien", "smoke"),
        ("de kraan lekt niet", "leak"),
        ("gaz kokusu yok", "gas_leak"),
        ("nie ma zadnego dymu", "smoke"),
        ("kein Rauch, keine Flammen", "smoke"),
        ("немає запаху газу, все добре", "gas"),
    ],
)
def test_a_denial_takes_an_idea_back(text: str, idea: str) -> None:
    assert not read(text, words()).says(idea)


def test_a_denial_ends_where_the_clause_ends() -> None:
    reading = read("Het lekt niet, maar er komt rook uit het stopcontact", words())
    assert reading.denies("leak") and reading.says("smoke")
    assert read("Ik ben niet thuis. Er is gaslucht", words()).says("gas_leak")


def test_geen_water_is_no_denial_of_itself() -> None:
    assert read("wij hebben geen water", words()).says("no_water")


def test_a_fire_alarm_is_no_fire() -> None:
    assert not read("the fire alarm needs a new battery", words()).says("fire")


def test_ideas_must_stand_close_together() -> None:
    assert read("het ruikt hier naar gas", words()).near("gas", "smell")
    far = "gas betaal ik apart " + "en ook nog wat " * 8 + "de kelder ruikt muf"
    assert read(far, words()).near("gas", "smell") is None


def test_stars_stand_for_any_letters_and_only_there() -> None:
    lexicon = build({"ends": ["*lek"], "starts": ["lek*"], "exact": ["pan"], "two": ["pan op*"], "inside": ["*gas*"]})
    assert {hit.idea for hit in lexicon.hits(["waterlek"])} == {"ends"}
    assert {hit.idea for hit in lexicon.hits(["lekkage"])} == {"starts"}
    assert {hit.idea for hit in lexicon.hits(["pannen"])} == set()
    assert {hit.idea for hit in lexicon.hits(["pan", "opvangen"])} == {"exact", "two"}
    assert {hit.idea for hit in lexicon.hits(["aardgaslucht"])} == {"inside"}
