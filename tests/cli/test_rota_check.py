"""`flask --app app rota check`: people in a file, breaches out, status 0, 1 or 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from webcare_pwa.cli.rota_check import check

DUTY = {"starts": "2027-01-04T17:00", "ends": "2027-01-05T08:00"}
DAY = [{"starts": "2027-01-04T08:00", "ends": "2027-01-04T12:00"}, {"starts": "2027-01-04T13:00", "ends": "2027-01-04T17:00"}]
OFFICE = {"days": ["mon", "tue", "wed", "thu", "fri"], "from": "08:00", "to": "17:00"}

ROTA: dict[str, Any] = {
    "people": [{"id": "a"}, {"id": "b"}],
    "lines": [{"id": "wacht", "rotations": [{"members": ["a", "b"], "first_handoff": "2027-01-04T17:00", "windows": [
        {"days": ["mon", "tue", "wed", "thu"], "from": "17:00", "to": "08:00"},
        {"days": ["fri"], "from": "17:00", "to_day": "mon", "to": "08:00"},
    ]}]}],
}  # fmt: skip


def run(document: Any, *options: str) -> Result:
    return CliRunner().invoke(check, ["-", *options], input=document if isinstance(document, str) else json.dumps(document))


def answer(document: Any, *options: str) -> dict[str, Any]:
    result = run(document, *options)
    assert result.exit_code in (0, 1), result.output
    found: dict[str, Any] = json.loads(result.output)
    assert (result.exit_code == 1) is (found["numbers"]["error"] > 0)
    return found


def person(**fields: Any) -> dict[str, Any]:
    return {"people": [{"id": "samira", **fields}]}


def test_thirteen_hours_and_one_minute() -> None:
    outs = [{"starts": "2027-01-04T18:00", "ends": "2027-01-04T21:00"},
            {"starts": "2027-01-04T23:00", "ends": "2027-01-05T01:01"}]
    found = answer(person(standby=[DUTY], work=DAY, call_outs=outs))
    (breach,) = found["breaches"]
    assert breach | {"message": "", "remedy": ""} == {
        "person": "samira", "rule": "R4", "severity": "error", "article": "ATW 5:9(4)", "starts": "2027-01-04T00:01:00Z",
        "ends": "2027-01-05T00:01:00Z", "first": "2027-01-04T00:01:00Z", "last": "2027-01-05T07:00:00Z", "measured": 781,
        "allowed": 780, "norm": "most", "unit": "minutes", "message": "", "remedy": "",
    }  # fmt: skip
    assert all(part in breach["message"] for part in ("Regel R4", "artikel 5:9 lid 4", "di 5 jan 2027 01:01", "13 uur en 1 "))
    assert [each["counted_minutes"] for each in found["call_outs"]] == [180, 121]
    assert found["call_outs"][0]["keep_until"] == "2028-01-03"


def test_lawful_people_end_with_status_0(tmp_path: Path) -> None:
    file = tmp_path / "people.json"
    file.write_text(json.dumps(person(standby=[DUTY], work=DAY)))
    result = CliRunner().invoke(check, [str(file)])
    assert result.exit_code == 0
    assert json.loads(result.output)["breaches"] == []
    assert answer({"people": []})["period"] is None


def test_working_hours_are_worked_out_without_public_holidays() -> None:
    """Standby every weekend with office hours leaves no 48 hours; over Easter there are three free days."""
    weekends = [{"starts": f"2027-{month:02}-{day:02}T17:00", "ends": f"2027-{month:02}-{day + 1:02}T17:00"}
                for month, day in ((1, 8), (1, 15), (1, 22))]
    found = answer(person(standby=weekends, working_hours=[OFFICE]), "--from", "2027-01-08", "--to", "2027-01-25")
    assert {each["rule"] for each in found["breaches"]} >= {"R2b"}
    on_monday = person(work=[], working_hours=[OFFICE | {"from": "00:00", "to": "13:00"}])
    rules = [each["starts"] for each in answer(on_monday, "--from", "2027-03-29", "--to", "2027-03-31")["breaches"]
             if each["rule"] == "R8a"]
    assert rules == ["2027-03-29T22:00:00Z"], "Easter Monday is free, Tuesday is not"


@pytest.mark.parametrize(("document", "path"), [
    ("[", "not JSON"), ("[]", "document: must be an object"), ("{}", "people: is missing"),
    (person(wrk=[]), "people[0].wrk: unknown field"),
    (person(standby=[DUTY | {"ends": "2027-01-04T17:00"}]), "people[0].standby[0].ends: must be later"),
    (person(work=[{"starts": "soon", "ends": "2027-01-04T17:00"}]), "people[0].work[0].starts: 'soon' is not a date"),
    (person(work=[DUTY | {"breaks": [DUTY, {"starts": "x", "ends": "y"}]}]), "people[0].work[0].breaks[1].starts"),
    (person(call_outs=[DUTY | {"work_done": "2027-01-06T00:00"}]), "people[0].call_outs[0].work_done: must lie between"),
    (person(leave=[DUTY | {"minutes": 901}]), "people[0].leave[0].minutes: must not be more"),
    (person(birth_date="1 may"), "people[0].birth_date: '1 may' is not a date"),
    (person(working_hours=[OFFICE | {"days": ["monday"]}]), "people[0].working_hours[0].days[0]: 'monday' is not one of"),
    (person(working_hours=[OFFICE | {"breaks": [{"from": "12:00", "to": "12:00"}]}]), "[0].breaks[0].to: must not be"),
    (person(working_hours=[OFFICE]), "working_hours and a rota need a period"),
    (ROTA, "working_hours and a rota need a period"),
    (ROTA | {"leave": [{"person": "x"}]}, "leave[0].person: 'x' is not in people"),
    ({"rota": ROTA | {"lines": []}, "work_lines": ["wacht"]}, "work_lines[0]: 'wacht' is not a line of the rota"),
    ({"rota": ROTA | {"lines": [{}]}}, "rota.lines[0].id: is missing"),
    (person(standby=[DUTY]) | {"settings": {"min_age_years": 17}}, "settings.min_age_years: must be 18 to"),
    (person(standby=[DUTY]) | {"settings": {"free_24h_blocks_per_28d": 13, "x": 1}}, "settings.x: unknown field"),
    (person(standby=[DUTY]) | {"period": {"starts": "2027-01-04"}}, "period.ends: is missing"),
    ({"people": [{"id": "a"}, {"id": "a"}]}, "people[1].id: 'a' stands there twice"),
])  # fmt: skip
def test_what_is_wrong_is_told_with_its_path(document: Any, path: str) -> None:
    result = run(document)
    assert result.exit_code == 2
    assert path in result.output


def test_the_period_is_the_options_then_the_file_then_all_that_is_given() -> None:
    document = person(standby=[DUTY]) | {"period": {"starts": "2027-02-01", "ends": "2027-03-01"}}
    assert answer(document)["period"] == {"starts": "2027-01-31T23:00:00Z", "ends": "2027-02-28T23:00:00Z"}
    found = answer(document, "--to", "2027-02-02")["period"]
    assert found == {"starts": "2027-01-31T23:00:00Z", "ends": "2027-02-01T23:00:00Z"}
    assert answer(person(standby=[DUTY]))["period"] == {"starts": "2027-01-04T16:00:00Z", "ends": "2027-01-05T07:00:00Z"}
    assert run(document, "--from", "2027-03-02").exit_code == 2
    assert run(document, "--from", "2027-03-02T00:00:30").exit_code == 2


def test_a_rota_is_worked_out_and_checked() -> None:
    """A week on and a week off: 13 free days in some windows, for both."""
    found = answer(ROTA, "--from", "2027-03-01", "--to", "2027-04-01")["breaches"]
    assert {(each["person"], each["rule"], each["measured"]) for each in found} == {("a", "R2a", 13), ("b", "R2a", 13)}
    three = ROTA | {"people": [*ROTA["people"], {"id": "c"}]}
    three["lines"] = [ROTA["lines"][0] | {"rotations": [ROTA["lines"][0]["rotations"][0] | {"members": ["a", "b", "c"]}]}]
    assert answer(three, "--from", "2027-03-01", "--to", "2027-04-01")["breaches"] == []


def test_people_and_a_rota_together() -> None:
    """With office hours a week on and a week off leaves too little long free time too; a day line is work, not standby."""
    hours = OFFICE | {"breaks": [{"from": "12:00", "to": "13:00"}]}  # 40 hours a week: more would break R5 too
    period = {"starts": "2027-03-01", "ends": "2027-04-01"}
    both: dict[str, Any] = {"rota": ROTA, "people": [{"id": "a", "working_hours": [hours]}], "period": period}
    found = answer(both)["breaches"]
    assert {(each["person"], each["rule"]) for each in found} == {("a", "R2a"), ("a", "R2b"), ("b", "R2a")}
    as_work = {each["rule"] for each in answer(both | {"work_lines": ["wacht"]})["breaches"]}
    assert "R2a" not in as_work and "R8b" in as_work
    away = ROTA | {"leave": [{"person": "a", "starts": "2027-01-01", "ends": "2027-08-01"}]}
    assert {each["person"] for each in answer(both | {"rota": away})["breaches"]} == {"b"}
