"""Verdicts on whole reports: every urgency rule, half-filled forms, the gate, and properties over any input."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.triage_cases import DECIDED, NOTHING_ANSWERED, Case
from webcare_pwa.rulebook import load
from webcare_pwa.rules.circumstances import circumstances
from webcare_pwa.rules.facts import ReportFacts
from webcare_pwa.rules.questions import open_questions, outcome, questions_for
from webcare_pwa.rules.safety import safety
from webcare_pwa.rules.triage import Judgement, could_drop, judge
from webcare_pwa.rules.urgency import RANK, highest, lowest

RULEBOOK = load()


def night(temperature: float | None = None, month: int = 11, office_open: bool = False, **facts: object) -> Judgement:
    return judge(
        ReportFacts(**facts),  # type: ignore[arg-type]
        office_open=office_open, month=month, rulebook=RULEBOOK, temperature=temperature,
    )  # fmt: skip


@pytest.mark.parametrize("case", DECIDED, ids=lambda case: f"{case.category}-{case.rule}-{case.urgency}")
def test_answers_bring_it_to_the_level_of_the_rule(case: Case) -> None:
    texts = (case.text,) if case.text else ()
    judged = night(case.temperature, case.month, category=case.category, answers=case.answers, texts=texts)
    assert judged.urgency == case.urgency
    assert judged.category == case.category
    rules = RULEBOOK.categories[case.category].urgency_rules
    if case.rule is None:
        assert not any(rule in judged.reasons[0] for rule in rules)
        assert RULEBOOK.categories[case.category].label_nl in judged.reasons[0]
    else:
        assert rules[case.rule - 1] in judged.reasons[0]


@pytest.mark.parametrize(
    ("category", "urgency"), [(category, urgency) for urgency, many in NOTHING_ANSWERED.items() for category in many]
)
def test_with_nothing_answered_the_higher_outcome_holds(category: str, urgency: str) -> None:
    assert night(month=7, temperature=20.0, category=category).urgency == urgency


@pytest.mark.parametrize("category", sorted(RULEBOOK.categories))
def test_i_do_not_know_is_no_answer(category: str) -> None:
    unknown = {question.id: "unknown" for question in questions_for(category, RULEBOOK)}
    assert night(category=category, answers=unknown) == night(category=category)
    assert open_questions(ReportFacts(category=category, answers=unknown), RULEBOOK) == questions_for(category, RULEBOOK)


def test_an_unknown_answer_code_leaves_the_question_open() -> None:
    odd = {"leak_held": "misschien", "no_such_question": "yes"}
    assert night(category="lekkage_klein", answers=odd) == night(category="lekkage_klein")


def test_no_heating_without_a_temperature_says_so() -> None:
    answers = {"boiler_danger": "no", "heating_extent": "none", "vulnerable": "no"}
    judged = night(category="cv_geen_verwarming", answers=answers)
    assert judged.urgency == "spoed"
    assert any("Temperatuur onbekend" in reason for reason in judged.reasons)
    assert any("Temperatuur onbekend" in reason for reason in night(category="cv_geen_verwarming").reasons)
    assert not any("onbekend" in reason for reason in night(month=7, category="cv_geen_verwarming").reasons)
    known = night(temperature=-3.0, category="cv_geen_verwarming", answers=answers)
    assert known.urgency == "spoed"
    assert not any("onbekend" in reason for reason in known.reasons)
    assert night(temperature=float("nan"), category="cv_geen_verwarming", answers=answers) == judged


@pytest.mark.parametrize(("office_open", "urgency"), [(False, "spoed"), (True, "werkdag")])
@pytest.mark.parametrize("category", ["", "kapotte_lamp"])
def test_without_a_known_category_it_is_urgent_outside_office_hours(category: str, office_open: bool, urgency: str) -> None:
    judged = night(office_open=office_open, category=category, texts=("de deurbel is raar",))
    assert (judged.urgency, judged.category) == (urgency, "overig")
    assert "Geen categorie" in judged.reasons[0]


def test_overig_with_text_is_urgent_outside_office_hours_whatever_was_answered() -> None:
    answers = {"people_danger": "no", "getting_worse": "no"}
    assert night(category="overig", answers=answers, texts=("kom snel kijken",)).urgency == "spoed"
    assert night(category="overig", answers=answers, texts=(" ",)).urgency == "werkdag"
    assert night(office_open=True, category="overig", answers=answers, texts=("kom snel kijken",)).urgency == "werkdag"


@pytest.mark.parametrize(
    ("kind", "category"),
    [("", "overig"), ("gas", "gaslucht"), ("co", "co_alarm"), ("fire", "brand_rook"), ("lift", "lift_opsluiting"),
     ("water_electricity", "lekkage_ernstig"), ("person", "zorg_bewoner"), ("co_alarm", "co_alarm"), ("iets", "overig")],
)  # fmt: skip
def test_the_gate_is_always_an_emergency_and_tells_the_category(kind: str, category: str) -> None:
    judged = night(danger=True, danger_kind=kind)
    assert (judged.urgency, judged.category, judged.danger_to_self) == ("noodgeval", category, False)
    assert "Is er gevaar?" in judged.reasons[0]


def test_the_gate_keeps_a_category_that_was_chosen() -> None:
    answers = {"leak_held": "held"}
    judged = night(danger=True, danger_kind="gas", category="lekkage_klein", answers=answers)
    assert (judged.urgency, judged.category) == ("noodgeval", "lekkage_klein")


def test_the_gate_for_violence_is_danger_to_self() -> None:
    assert night(danger=True, danger_kind="violence").danger_to_self


def test_danger_words_raise_and_name_the_danger() -> None:
    judged = night(category="lift_defect", answers={"shaft_open": "no", "lift_empty": "yes", "cannot_leave": "no"},
                   texts=("de lift doet het niet", "en wij ruiken een sterke gaslucht in de hal"))  # fmt: skip
    assert (judged.urgency, judged.category) == ("noodgeval", "gaslucht")
    assert judged.reasons[0] == "Woorden over gas: gaslucht"


def test_danger_of_the_same_group_or_about_a_person_keeps_the_fault() -> None:
    damp = {"water_at_power": "no", "roof_water": "damp"}
    judged = night(category="daklekkage", answers=damp, texts=("water druppelt in de lamp, ik ruik rook",))
    assert (judged.urgency, judged.category) == ("noodgeval", "daklekkage")
    judged = night(category="lekkage_klein", answers={"leak_held": "held"}, texts=("ik wil niet meer leven",))
    assert (judged.urgency, judged.category, judged.danger_to_self) == ("noodgeval", "lekkage_klein", True)
    assert night(texts=("ik wil niet meer leven",)).category == "geen_storing"


def test_open_questions_and_whether_the_verdict_may_drop() -> None:
    facts = ReportFacts(category="lekkage_ernstig", answers={"water_at_power": "no", "ceiling_falling": "unknown"})
    assert [question.id for question in open_questions(facts, RULEBOOK)] == ["ceiling_falling", "leak_held"]
    assert could_drop(facts, office_open=False, month=11, rulebook=RULEBOOK)
    reasons = judge(facts, office_open=False, month=11, rulebook=RULEBOOK).reasons
    assert any("Kan er een plafond op iemand vallen?" in reason for reason in reasons)
    told = ReportFacts(category="lekkage_ernstig", answers=facts.answers, danger=True)
    assert not could_drop(told, office_open=False, month=11, rulebook=RULEBOOK)
    assert not could_drop(ReportFacts(category="gaslucht"), office_open=False, month=11, rulebook=RULEBOOK)
    assert open_questions(ReportFacts(category="onbekend"), RULEBOOK) == ()


def test_the_safety_text_opens_with_danger_and_keeps_the_number_open() -> None:
    dutch, english = safety("gaslucht", True, RULEBOOK)
    assert dutch.startswith("Gas, CO of brand? Ga eerst naar buiten.") and english.startswith("Gas, CO or fire?")
    assert "{noodnummer}" in dutch and "klop bij de buren" in dutch and "knock" in english
    assert safety("gaslucht", False, RULEBOOK)[0] == RULEBOOK.categories["gaslucht"].safety_nl
    assert safety("onbekend", True, RULEBOOK)[0] == RULEBOOK.automatic["auto_gevaar"].text_nl
    assert safety("onbekend", False, RULEBOOK) == ("", "")


def test_the_order_of_urgencies() -> None:
    assert highest() == "geen"
    assert highest("werkdag", "noodgeval", "spoed") == "noodgeval"
    assert lowest("werkdag", "noodgeval", "spoed") == "werkdag"


CATEGORIES = st.sampled_from(sorted(RULEBOOK.categories))
OUTSIDE = st.one_of(st.none(), st.floats(-30, 40))


@st.composite
def reports(draw: st.DrawFn) -> ReportFacts:
    """A report with any subset of its questions answered, with any of the answers."""
    category = draw(CATEGORIES)
    answers = {
        question.id: draw(st.sampled_from([option.code for option in question.options]))
        for question in questions_for(category, RULEBOOK)
        if draw(st.booleans())
    }
    return ReportFacts(category=category, answers=answers)


@settings(deadline=None)  # the machine may be busy
@given(reports(), OUTSIDE, st.integers(1, 12), st.booleans())
def test_never_lower_than_what_any_completion_proves(
    facts: ReportFacts, temperature: float | None, month: int, office_open: bool
) -> None:
    around = circumstances(facts, office_open=office_open, month=month, rulebook=RULEBOOK, temperature=temperature)
    now = outcome(facts, around, RULEBOOK)
    cap = RULEBOOK.decisions[facts.category].while_open
    assert RANK[now.proven] <= RANK[now.urgency] <= RANK[highest(now.proven, cap)]
    for question in now.still_open:
        for option in question.options[:-1]:
            more = ReportFacts(category=facts.category, answers={**facts.answers, question.id: option.code})
            then = outcome(more, around, RULEBOOK)
            assert RANK[then.proven] >= RANK[now.proven]
            assert RANK[then.urgency] <= RANK[highest(now.urgency, then.proven)]
    if not now.still_open:
        assert now.urgency == now.proven


@settings(deadline=None)  # the machine may be busy
@given(reports(), st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=4), st.text(max_size=60))
def test_more_answers_and_any_text_never_raise_an_exception_or_lower_the_gate(
    facts: ReportFacts, more: dict[str, str], text: str
) -> None:
    told = ReportFacts(category=facts.category, answers={**facts.answers, **more}, danger=True, texts=(text,))
    assert judge(told, office_open=False, month=1, rulebook=RULEBOOK).urgency == "noodgeval"


@settings(deadline=None)  # the machine may be busy
@given(reports(), st.text(max_size=200))
def test_text_never_lowers(facts: ReportFacts, text: str) -> None:
    without = judge(facts, office_open=True, month=1, rulebook=RULEBOOK)
    told = ReportFacts(category=facts.category, answers=facts.answers, texts=(f"x {text}",))
    assert RANK[judge(told, office_open=True, month=1, rulebook=RULEBOOK).urgency] >= RANK[without.urgency]
