"""Danger words: languages, spelling, denial, the sample messages, and that no text breaks it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcare_pwa.rulebook import load
from webcare_pwa.rules.danger import find
from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.triage import Judgement, judge
from webcare_pwa.rules.urgency import RANK

RULEBOOK = load()
MESSAGES = Path(__file__).parent.parent / "data" / "messages.jsonl"


def kinds(text: str) -> list[str]:
    return [found.kind.id for found in find([text], RULEBOOK.danger)]


def judged(text: str) -> Judgement:
    return judge(ReportFacts(texts=(text,)), office_open=False, month=11, rulebook=RULEBOOK)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("gas", "Ik ruik gas in de keuken"), ("gas", "GASLUCHT in het trappenhuis"), ("gas", "er sist iets bij de gasmeter"),
        ("gas", "het stinkt hier naar gas"), ("gas", "I can smell gas"), ("gas", "there is a gas leak"),
        ("gas", "es riecht nach Gas"), ("gas", "czuć gaz na klatce"), ("gas", "gaz kokusu var"), ("gas", "пахне газом"),
        ("gas", "miroase a gaz"), ("gas", "رائحة غاز قوية"), ("gas", "kayn ri7t gaz"),
        ("co", "co-melder loeit"), ("co", "hoofdpijn en de CO melder piept door"), ("co", "melder: CO 80 ppm"),
        ("co", "the carbon monoxide detector is beeping"), ("co", "wij zijn duizelig sinds de geiser aan is"),
        ("fire", "Brand in de berging!"), ("fire", "er komt rook uit het raam"), ("fire", "The kitchen is on FIRE"),
        ("fire", "es brennt im Keller"), ("fire", "pożar w piwnicy"), ("fire", "yangın var"), ("fire", "пожежа"),
        ("fire", "incendiu la bucătărie"), ("fire", "حريق"), ("fire", "l3afia f dar"), ("fire", "de rookmelder gaat af"),
        ("electric", "vonken uit het stopcontact"), ("electric", "brandlucht uit de groepenkast"),
        ("electric", "ik kreeg een schok van de kraan"), ("electric", "stopcontact is gesmolten"),
        ("water_electricity", "water drupt uit de lamp"), ("water_electricity", "lekkage boven de meterkast"),
        ("water_electricity", "water is leaking through the light socket"),
        ("lift", "moeder zit vast in de lift en hyperventileert"), ("lift", "stuck in the elevator, she can't breathe"),
        ("structure", "het plafond komt naar beneden"), ("structure", "het balkon is ingestort"),
        ("structure", "the ceiling is falling"),
        ("person", "de buurman roept om hulp"), ("person", "hij is bewusteloos"),
        ("person", "peuter opgesloten, fornuis staat aan"),
        ("person", "ratunku"), ("person", "imdat"), ("person", "допоможіть"), ("person", "ajutor"), ("person", "النجدة"),
        ("violence", "hij slaat mij"), ("violence", "Mijn ex bedreigt mij met een mes"), ("violence", "he is threatening me"),
        ("intruder", "er is een inbreker"), ("intruder", "someone is in my house"),
        ("self", "ik wil dood"), ("self", "ik maak er een einde aan"), ("self", "I want to kill myself"),
        ("self", "chcę się zabić się"),
    ],
)  # fmt: skip
def test_danger_is_found(kind: str, text: str) -> None:
    assert kind in kinds(text)
    assert judged(text).urgency == "noodgeval"


@pytest.mark.parametrize("text", ["GÁSLUCHT", "gaslucht!!!", "«gaslucht»", "gaslucht…", "een gas\u00adlucht", "gasluchtje"])
def test_case_accents_and_signs_do_not_matter(text: str) -> None:
    assert "gas" in kinds(text)


@pytest.mark.parametrize(
    "text",
    ["er was geen gaslucht", "ik ruik geen gas", "geen rook of brand", "niet warm, geen vonken", "no smoke",
     "zonder brandlucht", "kein Rauch", "no gas smell, no fire"],
)  # fmt: skip
def test_what_is_plainly_denied_does_not_count(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    ["geen idee waar die gaslucht vandaan komt", "geen twijfel: gaslucht", "geen stroom en wel brandlucht", "No. Smoke here",
     "niet alleen gaslucht", "No. Smoke everywhere", "geen gaslucht boven, maar beneden ruik ik gas"],
)  # fmt: skip
def test_a_doubtful_denial_is_danger(text: str) -> None:
    assert kinds(text) != []


@pytest.mark.parametrize(
    "text",
    ["", "hallo", "ik brand van nieuwsgierigheid", "het lampje brandt niet", "gastheer gezocht", "de brandweerman woont hier",
     "rookmelder piept elke minuut, batterij leeg", "CO-melder tikt elke minuut, batterij laag", "the smoke detector chirps",
     "geen water en geen elektriciteit", "lift doet het niet goed", "de kraan druppelt", "stoppen lukt niet",
     "kraan in de meterkast is dicht, lekkage gestopt",
     "het valt mee, het dak lekt niet", "de ketel doet het niet", "iemand langs laten komen graag"],
)  # fmt: skip
def test_ordinary_words_are_no_danger(text: str) -> None:
    assert kinds(text) == []


def test_the_words_that_were_found_are_shown() -> None:
    assert [found.found for found in find(["de kraan lekt", "Het ruikt hier een beetje naar gas"], RULEBOOK.danger)] == [
        "ruikt ... gas"
    ]


def test_words_too_far_apart_are_no_pair() -> None:
    assert kinds("gas staat aan" + " en toch koud" * 4 + " het ruikt muf") == []


def test_personal_danger_is_told_apart() -> None:
    assert judged("ik wil niet meer leven").danger_to_self
    assert judged("mijn man slaat mij").danger_to_self
    assert not judged("brand!").danger_to_self


def messages() -> list[dict[str, Any]]:
    return [json.loads(line) for line in MESSAGES.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("message", messages(), ids=lambda message: str(message["id"]))
def test_a_sample_message_by_its_text_alone_wakes_who_it_should(message: dict[str, Any]) -> None:
    judgement = judged(message["text"])
    if message["urgency"] == "noodgeval":
        assert judgement.urgency == "noodgeval"
    if message["urgency"] == "spoed":
        assert RANK[judgement.urgency] >= RANK["spoed"]
    assert judgement.reasons


def test_few_sample_messages_are_taken_for_an_emergency_without_being_one() -> None:
    wrong = [each["id"] for each in messages() if each["urgency"] != "noodgeval" and kinds(each["text"])]
    assert wrong == ["m077"]  # a news item about an explosion: danger first


@settings(deadline=None)  # the machine may be busy
@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    found = find([text, text * 3], RULEBOOK.danger)
    assert all(each.found and each.kind in RULEBOOK.danger.kinds for each in found)


PIECES = ["geen", "gas", "ruik", "of", "en", ".", "brand", "water", "lamp", "no", "\n", "🔥", "غاز"]


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_no_order_of_danger_words_breaks_it(words: list[str]) -> None:
    found = find([" ".join(words)], RULEBOOK.danger)
    assert not found or {"gas", "brand", "water", "غاز"} & set(words)


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet="abcdefg hij ÀÉ12.,", max_size=80), st.text(alphabet="klmnopq rst ,.", max_size=80))
def test_a_danger_phrase_is_found_wherever_it_stands(before: str, after: str) -> None:
    assert "gas" in kinds(f"{before}. Gaslucht. {after}")


def test_an_ordinary_message_takes_under_two_milliseconds_of_work() -> None:
    text = "Wij hebben sinds gisteren geen warm water en de verwarming doet het ook niet goed, kan er iemand komen? " * 3
    find([text], RULEBOOK.danger)
    spent = []
    for _ in range(20):
        start = time.process_time()
        find([text], RULEBOOK.danger)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.002


def test_a_text_that_is_much_too_long_takes_time_in_proportion() -> None:
    text = "geen gas of ruik water in lamp en " * 30_000
    start = time.process_time()
    find([text], RULEBOOK.danger)
    assert time.process_time() - start < 20
