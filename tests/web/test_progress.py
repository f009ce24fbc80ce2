"""Recording what happened: times, notes, and what was typed when it was wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.acting import Browser, rows
from tests.web.night import Night
from webcare_pwa.db import Database
from webcare_pwa.models.progress import Progress


@pytest.fixture
def night(database: Database, world: World, clock: FakeClock) -> Night:
    return Night(database, world, clock)


@pytest.fixture
def incident(night: Night) -> int:
    return night.report()


@pytest.fixture
def samira(app: Flask, world: World) -> Browser:
    return Browser(app, world, "Samira")


@pytest.mark.parametrize(("typed", "expected"), [
    ("03:00", datetime(2026, 11, 28, 2, 0, tzinfo=UTC)),
    ("3.15", datetime(2026, 11, 28, 2, 15, tzinfo=UTC)),
    ("0245", datetime(2026, 11, 28, 1, 45, tzinfo=UTC)),
    ("01:30", datetime(2026, 11, 29, 0, 30, tzinfo=UTC)),  # that time has passed, so tomorrow
    ("02:10", datetime(2026, 11, 29, 1, 10, tzinfo=UTC)),
])
def test_a_promised_time_is_the_next_such_moment(
    night: Night, incident: int, samira: Browser, typed: str, expected: datetime
) -> None:
    answer = samira.does(incident, "progress", kind="contractor_accepted", party="Loodgieter Veenkade", promised_at=typed)
    assert answer.status_code == 303
    row = rows(night, Progress)[0]
    assert (row.kind, row.party, row.promised_at) == ("contractor_accepted", "Loodgieter Veenkade", expected)


@pytest.mark.parametrize("typed", ["25:00", "straks", "03:60", "-1:00", "٠٣:٠٠", "3" * 50])
def test_an_unreadable_time_keeps_what_was_typed(night: Night, incident: int, samira: Browser, typed: str) -> None:
    answer = samira.does(incident, "progress", kind="contractor_eta_recorded", party="Bouwbedrijf", promised_at=typed,
                         note="Belt terug")
    assert answer.status_code == 422
    assert "Vul een tijd in, bijvoorbeeld 03:00." in answer.text
    assert 'value="Bouwbedrijf"' in answer.text
    assert "Belt terug</textarea>" in answer.text
    assert rows(night, Progress) == []


def test_no_answer_at_a_contact_has_no_time(night: Night, incident: int, samira: Browser) -> None:
    samira.does(incident, "progress", kind="call_failed", party="Loodgieter Veenkade", promised_at="03:00",
                form="contact-1")
    assert [(each.kind, each.promised_at) for each in rows(night, Progress)] == [("call_failed", None)]


@pytest.mark.parametrize(("fields", "said"), [
    ({"kind": ""}, "Kies wat u wilt vastleggen."),
    ({"kind": "dance"}, "Kies wat u wilt vastleggen."),
    ({"kind": "note", "form": "note"}, "Schrijf eerst uw notitie."),
    ({"kind": "note", "form": "note", "note": "x" * 4001}, "Er passen 4000 tekens in."),
    ({"kind": "contractor_called", "party": "y" * 121}, "Er passen 120 tekens in."),
    ({"kind": "contractor_eta_recorded"}, "Vul een tijd in"),
])
def test_bad_progress_is_a_clear_sentence(
    night: Night, incident: int, samira: Browser, fields: dict[str, str], said: str
) -> None:
    answer = samira.does(incident, "progress", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    for typed in (fields.get("note", ""), fields.get("party", "")):
        assert typed in answer.text
    assert rows(night, Progress) == []


def test_a_note_is_kept_as_typed_in_any_script(night: Night, incident: int, samira: Browser) -> None:
    note = "Sleutel \u202emهنا 🔑 <b>niet</b> vet"
    samira.does(incident, "progress", kind="note", note=note)
    assert [each.note for each in rows(night, Progress)] == [note]
    assert "&lt;b&gt;niet&lt;/b&gt;" in samira.sees(incident)


def test_the_same_form_twice_is_one_row(night: Night, incident: int, samira: Browser) -> None:
    for _ in range(2):
        samira.does(incident, "progress", kind="note", note="Gebeld", client_token="same")
    assert len(rows(night, Progress)) == 1
