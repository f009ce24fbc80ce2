"""Filling placeholders, and the lock screen: a table of notices, and what may never stand on one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webcare_pwa.labels import WORDS
from webcare_pwa.rules.wording import PushText, fill, open_placeholders, push_text, state_text

KINDS = ("step", "addition", "transfer", "returned", "alarm", "test")


def _push(kind: str = "step", **more: object) -> PushText:
    facts = {"urgency": "spoed", "group_label": "Water", "place": "Populierenhof", "number": 18, "sensitive": False,
             "repeat": 0, "note": "", "call_tenant": False}
    return push_text(kind=kind, **{**facts, **more})  # type: ignore[arg-type]


def test_fill() -> None:
    assert fill("Dag {naam}, om {tijd}. {naam}!", {"naam": "mw. Aydın", "tijd": ""}) == (
        "Dag mw. Aydın, om {tijd}. mw. Aydın!", ("tijd",))
    assert fill("Niets te doen", {}) == ("Niets te doen", ())


def test_a_value_is_not_filled_again() -> None:
    assert fill("{naam}", {"naam": "{link}", "link": "geheim"}) == ("{link}", ())


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(), st.dictionaries(st.sampled_from(["naam", "tijd"]), st.text(min_size=1)))
def test_what_is_missing_still_stands_there(text: str, values: dict[str, str]) -> None:
    _, missing = fill(text, values)
    assert missing == tuple(name for name in open_placeholders(text) if name not in values)


@pytest.mark.parametrize(("kind", "more", "title", "body"), [
    ("step", {}, "Spoed: Water", "Populierenhof. Druk hier voor het incident. Incident 18."),
    ("step", {"urgency": "noodgeval", "group_label": "Gas en koolmonoxide", "place": ""},
     "Noodgeval: Gas en koolmonoxide", "Druk hier voor het incident. Incident 18."),
    ("step", {"repeat": 2}, "Spoed: Water", "Populierenhof. Druk hier voor het incident. Herhaling 2. Incident 18."),
    ("step", {"call_tenant": True}, "Spoed: Water",
     "Populierenhof. Druk hier voor het incident. Bel de huurder. Incident 18."),
    ("step", {"sensitive": True, "call_tenant": True}, "Melding met spoed", "Druk hier voor het incident. Incident 18."),
    ("step", {"sensitive": True, "urgency": "noodgeval"}, "Noodgeval", "Druk hier voor het incident. Incident 18."),
    ("addition", {}, "Spoed: Water", "Populierenhof. De huurder heeft iets toegevoegd. Incident 18."),
    ("transfer", {}, "Spoed: Water", "Populierenhof. Een collega draagt dit aan u over. Incident 18."),
    ("returned", {}, "Spoed: Water",
     "Populierenhof. De overdracht is niet aangenomen. Het is weer van u. Incident 18."),
    ("alarm", {"note": "Niemand van de dienst is bereikt"}, "Alarm: Spoed: Water",
     "Populierenhof. Niemand van de dienst is bereikt. Incident 18."),
    ("alarm", {"urgency": "", "number": 0, "place": "", "note": "Vannacht heeft niemand dienst."}, "Alarm",
     "Vannacht heeft niemand dienst."),
    ("alarm", {"sensitive": True}, "Alarm: Melding met spoed", "Kijk in de app wat er is. Incident 18."),
    ("test", {"urgency": ""}, "Testoproep", WORDS["push"]["test"]),
])
def test_notices(kind: str, more: dict[str, object], title: str, body: str) -> None:
    assert _push(kind, **more) == PushText(title, body)


@pytest.mark.parametrize("place", [
    "Populierenlaan 2-40", "1234 AB", "1234AB Waterveen", "06-12345678", "+31 6 1234 5678", "030 123 45 67", "jan@huurder.nl",
])
def test_a_place_that_is_an_address_or_number_is_not_shown(place: str) -> None:
    for kind in KINDS:
        text = _push(kind, place=place, note=place)
        shown = f"{text.title} {text.body}"
        assert place not in shown
        assert "Populierenlaan" not in shown
        assert "12345" not in shown


def test_a_complex_with_a_number_is_shown() -> None:
    assert _push(place="Complex 1204").body.startswith("Complex 1204.")


@settings(deadline=None)  # a busy machine is no fault
@given(
    kind=st.sampled_from(KINDS), urgency=st.sampled_from(["", *WORDS["urgency"]]), group_label=st.text(max_size=60),
    place=st.text(max_size=300), number=st.integers(0, 10**9), sensitive=st.booleans(), repeat=st.integers(0, 500),
    note=st.text(max_size=300), call_tenant=st.booleans(),
)
def test_it_fits_and_a_sensitive_case_shows_nothing_of_itself(
    kind: str, urgency: str, group_label: str, place: str, number: int, sensitive: bool, repeat: int, note: str,
    call_tenant: bool,
) -> None:
    facts = {"kind": kind, "urgency": urgency, "number": number, "sensitive": sensitive, "repeat": repeat, "note": note,
             "call_tenant": call_tenant}
    text = push_text(group_label=group_label, place=place, **facts)  # type: ignore[arg-type]
    assert 0 < len(text.title) <= 40
    assert len(text.body) <= 120
    if sensitive:
        assert text == push_text(group_label="", place="", **facts)  # type: ignore[arg-type]


@settings(deadline=None)  # a busy machine is no fault
@given(
    street=st.sampled_from(["Populierenlaan", "Kerkstraat", "Wilhelminaweg", "Marktplein", "Haven-kade"]),
    house=st.integers(1, 9999), phone=st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True),
    email=st.from_regex(r"[a-z]{3,8}@[a-z]{3,8}\.nl", fullmatch=True), kind=st.sampled_from(KINDS),
)
def test_no_street_and_no_number_whatever_people_typed(
    street: str, house: int, phone: str, email: str, kind: str
) -> None:
    typed = f"{street} {house}, bel {phone} of {email}"
    text = _push(kind, place=typed, note=typed)
    for secret in (street, phone, email):
        assert secret not in text.title + text.body


@pytest.mark.parametrize(("state", "by", "title"), [
    ("open", "", "Nog niet aangenomen"),
    ("taken", "Tom", "Aangenomen door Tom"),
    ("taken", "", "Aangenomen door een collega"),
    ("closed", "", "Gesloten"),
    ("gone", "", "Deze oproep geldt niet meer"),
])
def test_stale_notices(state: str, by: str, title: str) -> None:
    assert state_text(state=state, by=by, number=18) == PushText(title, "Incident 18.")
