"""What a message means: the danger rules by example, the promises about any text, the messages that came with the rules."""

from __future__ import annotations

import json
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcare_pwa import meaning
from webcare_pwa.rules.meaning.passages import MOST, passages
from webcare_pwa.rules.meaning.verdict import Told, tell

DEV = Path(__file__).parents[3] / "tools" / "triage" / "messages" / "dev.jsonl"


@cache
def read(text: str, temperature: float | None = None) -> Told:
    return tell(text, temperature, meaning.load())


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Het ruikt naar gas in het trappenhuis, geen haast hoor", "gas_co"),
        ("co melder piept aan een stuk door en ik heb hoofdpijn", "gas_co"),
        ("de kast sist bij de gasmeter", "gas_co"),
        ("er komt rook onder de deur van de buren door", "brand"),
        ("There are flames in the bin room!!", "brand"),
        ("stopcontact is gloeiend heet en knettert", "elektra"),
        ("water druppelt door de lamp in de keuken, licht is nog aan", "water"),
        ("mevrouw zit vast in de lift en krijgt geen lucht", "lift"),
        ("ik wil niet meer leven", "geen_storing"),
        ("de buurman slaat zijn vrouw met een hamer, ik hoor haar gillen", "overlast"),
        ("Тече вода просто на розетку", "water"),
        ("Komşunun evinden duman çıkıyor, alev var", "brand"),
        ("W kuchni czuć gaz", "gas_co"),
        ("deur dichtgevallen en de pan staat op het vuur", "toegang"),
    ],
)
def test_danger_is_an_emergency_however_it_is_put(text: str, category: str) -> None:
    told = read(text)
    assert (told.urgency, told.danger, told.category) == ("noodgeval", True, category)
    assert told.reasons


@pytest.mark.parametrize(
    "text",
    [
        "Wat moet ik doen bij een gaslucht? Ik ruik niks, ik wil het gewoon weten",
        "er was geen gaslucht, het bleek de kattenbak",
        "De huurverhoging, mijn hoofd staat in brand",
        "rookmelder tikt elke minuut, batterij is bijna leeg",
        "Dank voor de snelle hulp met de lekkage, alles werkt weer",
        "SPOED!!! kastdeurtje hangt scheef",
        "Kan ik mijn huur een week later betalen?",
    ],
)
def test_what_only_looks_dangerous_wakes_nobody(text: str) -> None:
    assert read(text).urgency in ("werkdag", "geen")


def test_the_temperature_decides_about_heating() -> None:
    assert read("de verwarming doet het niet", 3).urgency == "spoed"
    assert read("de verwarming doet het niet", 14).urgency == "werkdag"


def test_the_urgent_fact_deep_in_a_long_mail_is_found() -> None:
    trifles = "Verder wil ik nog zeggen dat de heg mooi is geknipt en dat de brievenbus netjes is. " * 12
    assert read(trifles + "Het ruikt al de hele avond naar gas in de keuken. " + trifles).urgency == "noodgeval"


def test_danger_without_a_fault_is_an_emergency_and_no_fault() -> None:
    told = read("ik stap eruit, de pillen liggen klaar")
    assert (told.urgency, told.is_fault) == ("noodgeval", False)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3000), st.none() | st.floats(-40, 50))
def test_any_bytes_get_an_answer(raw: bytes, temperature: float | None) -> None:
    told = read(raw.decode("utf-8", "replace"), temperature)
    assert told.urgency in ("noodgeval", "spoed", "werkdag", "geen") and told.reasons
    assert told.is_fault is (told.category != "geen_storing")


@pytest.mark.parametrize("piece", ["x", "gas ruik ik ", "é\u0301", "нема газу. ", "((((", "a. ", "\x00\ufffd", "ketel! "])
def test_a_hundred_kilobytes_take_a_quarter_of_a_second(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    understood = meaning.load()
    tell("warm", None, understood)
    began = time.process_time()
    tell(text, None, understood)
    assert time.process_time() - began < 0.25
    assert len(passages(text)) <= MOST + 1


def test_the_messages_that_came_with_the_rules() -> None:
    rows: list[dict[str, Any]] = [json.loads(line) for line in DEV.read_text().splitlines()]
    judged = [(row, read(row["text"], row["temp_c"])) for row in rows]
    alerts = ("noodgeval", "spoed")
    urgent = [told.urgency in alerts for row, told in judged if row["urgency"] in alerts]
    emergencies = [told.urgency in alerts for row, told in judged if row["urgency"] == "noodgeval"]
    called = [row["urgency"] in alerts for row, told in judged if told.urgency in alerts]
    assert all(emergencies)
    assert sum(urgent) / len(urgent) >= 0.97
    assert sum(called) / len(called) >= 0.78
    assert sum(told.category == row["category"] for row, told in judged) / len(judged) >= 0.9
    assert sum(told.is_fault == row["is_fault"] for row, told in judged) / len(judged) >= 0.92
