"""Free text without a category is judged by its words; beside a category words only raise; a failure loses nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.cases import SPOED, WERKDAG, add_message, give_phones, only_case, send_report
from tests.steps.engine import HOUSE, Engine
from webcare_pwa import meaning
from webcare_pwa.db import Database

READING = replace(HOUSE, meaning=meaning.load())


def night(database: Database, world: World, clock: FakeClock) -> Engine:
    give_phones(database, world, clock.moment, "Samira")
    return Engine(database, clock, READING)


@pytest.mark.parametrize(
    ("text", "urgency", "category", "paged"),
    [
        ("Er komt rook onder de deur van de buren door", "noodgeval", "brand_rook", True),
        ("Salonun tavanından su akıyor, gittikçe artıyor, üst kattakiler evde yok", "spoed", "lekkage_ernstig", True),
        ("Van twee keukenkastjes sluiten de deurtjes niet meer", "werkdag", "overig", False),
        ("Kan ik mijn automatische incasso op de 28e laten zetten?", "geen", "geen_storing", False),
    ],
)
def test_words_alone_decide(
    database: Database, world: World, clock: FakeClock, text: str, urgency: str, category: str, paged: bool
) -> None:
    engine = night(database, world, clock)
    send_report(database, world, clock.moment, {}, text)
    assert bool(engine.tick()) is paged
    verdict = only_case(database, world, clock.moment).reports[0].verdicts[-1]
    assert (verdict.urgency, verdict.category) == (urgency, category)
    assert verdict.reasons


def test_beside_a_category_words_raise_and_never_lower(database: Database, world: World, clock: FakeClock) -> None:
    engine = night(database, world, clock)
    send_report(database, world, clock.moment, WERKDAG, "en het sist bij de gasmeter", key="up")
    engine.tick()
    case = only_case(database, world, clock.moment)
    assert (case.urgency, case.reports[0].verdicts[-1].category) == ("noodgeval", "gaslucht")
    told = next(reply.text_nl for reply in case.replies if reply.template == "auto_gevaar")
    assert "buiten" in told  # the instruction is that of the danger, not of the category that was chosen


def test_a_life_in_danger_has_texts_of_its_own(database: Database, world: World, clock: FakeClock) -> None:
    engine = night(database, world, clock)
    send_report(database, world, clock.moment, {}, "ik trek het niet meer, dan ben ik er niet meer")
    assert engine.tick()
    case = only_case(database, world, clock.moment)
    assert case.urgency == "noodgeval" and case.reports[0].verdicts[-1].danger_to_self
    assert [reply.template for reply in case.replies] == ["auto_gevaar_zelf"]


def test_in_winter_an_unknown_temperature_counts_as_cold(database: Database, world: World, clock: FakeClock) -> None:
    engine = night(database, world, clock)  # a November night
    send_report(database, world, clock.moment, {}, "de verwarming doet het niet")
    assert engine.tick()
    case = only_case(database, world, clock.moment)
    assert case.urgency == "spoed"
    assert any("Temperatuur onbekend" in reason for reason in case.reports[0].verdicts[-1].reasons)


def test_words_that_nobody_understands_still_wake_somebody(database: Database, world: World, clock: FakeClock) -> None:
    engine = night(database, world, clock)
    send_report(database, world, clock.moment, {}, "xzqv brmph")
    assert engine.tick()
    assert only_case(database, world, clock.moment).urgency == "spoed"


def test_trifling_words_do_not_lower_a_category(database: Database, world: World, clock: FakeClock) -> None:
    engine = night(database, world, clock)
    send_report(database, world, clock.moment, SPOED, "geen haast hoor, mag volgende week")
    assert engine.tick()
    assert only_case(database, world, clock.moment).urgency == "spoed"


def test_danger_in_what_is_added_later_raises(database: Database, world: World, clock: FakeClock) -> None:
    engine = night(database, world, clock)
    report = send_report(database, world, clock.moment, WERKDAG, "kraan drupt")
    engine.tick()
    add_message(database, report, clock.moment, "nu loopt het water in het stopcontact")
    assert engine.tick()
    assert only_case(database, world, clock.moment).urgency == "noodgeval"


def test_when_reading_fails_the_other_rules_judge(
    database: Database, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("webcare_pwa.steps.assessment.tell", broken)
    engine = night(database, world, clock)
    engine.tolerant = True
    send_report(database, world, clock.moment, {}, "hallo, er is iets met de deur", key="broken")
    assert engine.tick()
    assert only_case(database, world, clock.moment).urgency == "spoed"
