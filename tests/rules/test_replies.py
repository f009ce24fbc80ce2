"""Quick replies: every text of the data fills for a full case, and the ranking as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from webcare_pwa import rulebook
from webcare_pwa.labels import WORDS
from webcare_pwa.rules.placeholders import Basics, Fact, values
from webcare_pwa.rules.replies import Candidate, best, candidates
from webcare_pwa.rules.reply_case import Case
from webcare_pwa.rules.wording import fill, open_placeholders

BOOK = rulebook.load()
RECORDABLE = frozenset(BOOK.progress_facts)
NOW = datetime(2026, 11, 28, 1, 17, tzinfo=UTC)  # Saturday 02:17 in Amsterdam
THREE = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)  # 03:00

BASICS = Basics(
    naam="mw. Aydın", adres="Populierenlaan 88", complex="Populierenhof", medewerker="Samira",
    organisatie="Wonen Waterveen", meldnummer="41", noodnummer="030 123 45 67", link="https://x.example/m/41-abc",
    hours={day: (time(8), time(17)) for day in range(5)}, working_day=date(2026, 11, 30),
)
PLUMBER = Fact("contractor_eta_recorded", NOW, party="Loodgieter Veenkade", promised_at=THREE)
EVERYTHING = [
    Fact(kind, NOW + timedelta(minutes=place), note="een korte notitie", party="Loodgieter Veenkade",
         promised_at=THREE + timedelta(hours=1))
    for place, kind in enumerate(BOOK.progress_facts)
]


def _case(**more: object) -> Case:
    case = Case(urgency="spoed", group="water", stage="accepted", basics=BASICS)
    return replace(case, **more)  # type: ignore[arg-type]


def _ranked(case: Case) -> list[Candidate]:
    return candidates(case, BOOK.replies.values(), recordable=RECORDABLE, now=NOW)


def _best(case: Case) -> list[str]:
    return [each.reply.id for each in best(_ranked(case))]


def _one(case: Case, reply: str) -> Candidate:
    [found] = [each for each in _ranked(case) if each.reply.id == reply]
    return found


@pytest.mark.parametrize("reply", BOOK.replies.values(), ids=lambda each: each.id)
def test_every_text_fills_for_a_full_case(reply: object) -> None:
    each = BOOK.replies[reply.id]  # type: ignore[attr-defined]
    progress = [row for row in EVERYTHING if row.kind != "note"]
    if each.id == "vertraging_onbekend":
        progress = [Fact("note", NOW, promised_at=THREE)]
    nl, en = values(BASICS, progress, template=each.id, precondition=each.precondition, now=NOW,
                    referral=("Glashandel Noord", "030 999 88 77"))
    by_hand = {"bedrag": "ongeveer 90 euro"}  # never known to the app: only a person may promise an amount
    for text, filled in ((each.text_nl, nl), (each.text_en, en)):
        done, missing = fill(text, {**filled, **by_hand})
        assert missing == ()
        assert open_placeholders(done) == ()


@pytest.mark.parametrize("text", BOOK.automatic.values(), ids=lambda each: each.id)
def test_every_automatic_text_fills(text: object) -> None:
    each = BOOK.automatic[text.id]  # type: ignore[attr-defined]
    nl, en = values(BASICS, (), template="", precondition=None, now=NOW)
    assert fill(each.text_nl, nl)[1] == fill(each.text_en, en)[1] == ()


def test_every_placeholder_and_fact_has_a_dutch_word() -> None:
    used = {name for each in BOOK.replies.values() for name in open_placeholders(each.text_nl + each.text_en)}
    assert used <= WORDS["placeholder"].keys()
    assert WORDS["placeholder"].keys() == set(BOOK.placeholders)
    assert WORDS["progress"].keys() == {*BOOK.progress_facts, "note", "call_failed"}
    assert {each.category for each in BOOK.replies.values()} == WORDS["reply_group"].keys()


def test_the_night_of_the_design() -> None:
    """02:17: the plumber comes around 03:00; "Aannemer met tijd" is offered first, filled in both languages."""
    first = best(_ranked(_case(stage="dispatched", progress=[PLUMBER])))[0]
    assert first.reply.id == "aannemer_tijd"
    assert first.text_nl.startswith(
        "Loodgieter Veenkade komt naar Populierenlaan 88. Zij verwachten om 03:00 uur bij u te zijn.")
    assert first.text_en.startswith(
        "Loodgieter Veenkade is coming to Populierenlaan 88. They expect to be with you at 03:00.")
    assert first.blocked_reason == ""


CALLED = Fact("contractor_called", NOW, party="Loodgieter Veenkade")
RANKING: list[tuple[str, dict[str, object], Sequence[str]]] = [
    ("new: safety of the group first, then receipts in file order", {"stage": "new"},
     ("veilig_water_dicht", "veilig_stroom", "vraag_toegang_buren")),
    ("gas: safety, then what is for gas", {"urgency": "noodgeval", "group": "gas_co", "stage": "new"},
     ("veilig_gas", "veilig_co", "verwijs_112")),
    ("another group sees its own safety text", {"group": "riool", "stage": "accepted"},
     ("veilig_riool", "vraag_toegang_buren", "verwijs_verzekeraar")),
    ("dispatched: the newest fact first", {"stage": "dispatched", "progress": [CALLED, PLUMBER]},
     ("aannemer_tijd", "vertraging", "vertraging_onbekend")),
    ("done", {"stage": "done", "progress": [PLUMBER, Fact("repair_reported_done", NOW, note="Leiding vervangen.")]},
     ("opgelost", "dank_compliment", "spijt_ervaring")),
    ("made safe", {"stage": "done", "progress": [Fact("made_safe_recorded", NOW, note="plafond herstellen")]},
     ("opgelost_vervolg", "dank_compliment", "spijt_ervaring")),
    ("a working day report: what was decided before what needs nothing", {"urgency": "werkdag", "stage": "new",
     "group": "overig_onderhoud", "facts": frozenset({"triage_done"})},
     ("geen_spoed_werkdag", "ontvangst_kort", "ontvangst_nacht")),
]


@pytest.mark.parametrize(("more", "expected"), [case[1:] for case in RANKING], ids=[case[0] for case in RANKING])
def test_ranking(more: dict[str, object], expected: Sequence[str]) -> None:
    assert _best(_case(**more)) == list(expected)


def test_the_newest_satisfied_precondition_wins() -> None:
    answered = [Fact("contractor_called", NOW, party="A"), Fact("tenant_called_no_answer", NOW)]
    order = _best(_case(group="verwarming", stage="accepted", progress=answered))
    assert order[:3] == ["veilig_cv_eerst", "gebeld_geen_gehoor", "aannemer_gebeld"]
    order = _best(_case(group="verwarming", stage="accepted", progress=answered[::-1]))
    assert order[:3] == ["veilig_cv_eerst", "aannemer_gebeld", "gebeld_geen_gehoor"]


def test_safety_texts_have_no_precondition_and_are_never_blocked() -> None:
    for group in BOOK.groups:
        for urgency in BOOK.urgencies:
            for each in _ranked(_case(group=group, urgency=urgency, basics=Basics())):
                if each.is_safety:
                    assert each.reply.precondition is None
                    assert each.blocked_reason == ""


def test_an_unmet_precondition_is_said() -> None:
    one = _one(_case(), "aannemer_gebeld")
    assert one.is_forbidden
    assert one.blocked_reason == "Leg eerst vast: aannemer gebeld."


def test_what_nobody_can_record_is_hidden() -> None:
    offered = {each.reply.id for each in _ranked(_case())}
    assert offered.isdisjoint({"bekend_storing", "ramp_groot", "ramp_drukte", "verwijs_glas", "verwijs_gemeente"})


def test_a_configured_party_fills_the_referral() -> None:
    case = _case(group="glas_inbraak", facts=frozenset({"glass_contact_configured"}),
                 referrals={"glass_contact_configured": ("Glashandel Noord", "030 999 88 77")})
    assert "Glashandel Noord op 030 999 88 77" in _one(case, "verwijs_glas").text_nl


def test_what_is_not_known_is_said_and_may_be_completed() -> None:
    one = _one(_case(basics=replace(BASICS, naam=""), stage="new"), "ontvangst_kort")
    assert (one.missing, one.is_forbidden) == (("naam",), False)
    assert one.blocked_reason == "Vul nog in: de naam van de huurder."


def test_a_promise_that_passed_is_not_repeated() -> None:
    late = replace(PLUMBER, promised_at=NOW)
    one = _one(_case(stage="waiting", progress=[late]), "vertraging")
    assert "tijd" in one.missing
    assert one.blocked_reason == "De afgesproken tijd is voorbij. Leg eerst een nieuwe tijd vast."


def test_no_time_yet_is_not_said_with_a_contractors_time() -> None:
    assert "tijd" in _one(_case(stage="dispatched", progress=[PLUMBER]), "vertraging_onbekend").missing


def test_nobody_opened_names_the_time_they_stood_there() -> None:
    case = _case(stage="dispatched", progress=[PLUMBER, Fact("contractor_no_access_recorded", THREE)])
    assert "stond om 03:00 uur voor de deur" in _one(case, "aannemer_niet_thuis").text_nl


def test_a_colleague_who_comes_is_named_not_the_one_who_writes() -> None:
    case = _case(stage="dispatched", progress=[Fact("staff_dispatched", NOW, party="Pieter", promised_at=THREE)])
    assert _one(case, "onderweg_medewerker").text_nl.startswith("Onze collega Pieter komt naar Populierenlaan 88.")


def test_a_time_on_another_day_has_its_day() -> None:
    monday = replace(PLUMBER, promised_at=datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    one = _one(_case(stage="dispatched", progress=[monday]), "aannemer_tijd")
    assert "om 09:00 uur op maandag 30 november bij u" in one.text_nl
    assert "at 09:00 on Monday 30 November." in one.text_en


def test_what_was_said_in_the_same_words_goes_behind() -> None:
    case = _case(stage="new")
    first = best(_ranked(case))[0]
    again = _ranked(replace(case, said=frozenset({first.text_nl})))
    assert first.reply.id not in [each.reply.id for each in best(again)]
    assert _one(replace(case, said=frozenset({first.text_nl})), first.reply.id).said


def test_office_hours_in_words() -> None:
    hours = {**BASICS.hours, 4: (time(8), time(12, 30))}
    nl, en = values(replace(BASICS, hours=hours), (), template="", precondition=None, now=NOW)
    assert nl["kantoortijd"] == "maandag tot en met donderdag van 08:00 tot 17:00 uur; vrijdag van 08:00 tot 12:30 uur"
    assert en["kantoortijd"] == "Monday to Thursday, 08:00 to 17:00; Friday, 08:00 to 12:30"
