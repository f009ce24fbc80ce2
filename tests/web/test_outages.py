"""Hoort dit bij elkaar? One tap each way, and one answer for everybody, each in his own channel."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.acting import Browser, rows
from tests.web.night import Night
from webcare_pwa.db import Database
from webcare_pwa.models.attached import heads
from webcare_pwa.models.reply import Mail, Reply

HEAT = {"category": "cv_geen_verwarming"}


@pytest.fixture
def night(database: Database, world: World, clock: FakeClock) -> Night:
    return Night(database, world, clock)


def heads_of(night: Night, *numbers: int) -> dict[int, int]:
    with night.database.read() as session:
        return heads(session, numbers)


def test_attach_and_detach_in_one_tap(app: Flask, world: World, night: Night) -> None:
    one, two = (night.report("Koud.", **HEAT, name=name) for name in ("mevrouw Aydin", "de heer Bos"))
    samira = Browser(app, world, "Samira")
    assert "Hoort dit bij elkaar?" in samira.sees(two)
    answer = samira.does(two, "attachments", other=str(one))
    assert answer.status_code == 303 and f"/incidents/{one}#outage" in answer.location
    assert heads_of(night, one, two) == {two: one}
    assert "Collectieve storing <span>2 meldingen" in samira.sees(one)
    assert f"Naar incident {one}" in samira.sees(two)
    assert f'/incidents/{two}"' not in samira.client.get("/nu").text
    assert f"Hoort bij incident {one}" in samira.client.get("/incidents?q=Populierenlaan").text
    samira.does(one, "attachments", other=str(two))  # a second tap changes nothing
    assert samira.does(two, "detachment").status_code == 303
    assert heads_of(night, one, two) == {}


def test_one_answer_goes_to_each_tenant_with_his_own_link_and_by_his_own_mail(
    app: Flask, world: World, night: Night
) -> None:
    people = [("mevrouw Aydin", "aydin@huurder.example"), ("de heer Bos", "bos@huurder.example"), ("mw. Cox", None)]
    first, *others = [night.report("Koud.", **HEAT, name=name, email=email) for name, email in people]
    samira = Browser(app, world, "Samira")
    samira.does(first, "acknowledgement")
    assert "Gaat naar 3 huurders" in samira.client.get(f"/incidents/{first}/replies/new").text
    with night.database.write() as session:
        for mail in session.scalars(select(Mail)):
            session.delete(mail)
    samira.does(first, "replies", template="free", text_nl="Dag mevrouw Aydin, wij bellen de monteur.", text_en="")
    said = {each.incident_id: each.text_nl for each in rows(night, Reply) if each.kind == "free"}
    assert said == {
        first: "Dag mevrouw Aydin, wij bellen de monteur.", others[0]: "Dag de heer Bos, wij bellen de monteur.",
        others[1]: "Dag mw. Cox, wij bellen de monteur.",
    }
    assert sorted(each.to_address for each in rows(night, Mail)) == ["aydin@huurder.example", "bos@huurder.example"]


def test_a_quick_answer_is_filled_for_each(app: Flask, world: World, night: Night) -> None:
    numbers = [night.report("Koud.", **HEAT, name=name) for name in ("Aydin", "Bos", "Cox")]
    samira = Browser(app, world, "Samira")
    samira.does(numbers[0], "acknowledgement")
    html = samira.client.get(f"/incidents/{numbers[0]}/replies/new").text
    template = html.partition('name="template" id="choice-')[2].partition('"')[0]
    text = {}
    for language in ("nl", "en"):
        area = html.partition(f'name="text_{language}-{template}"')[2].partition(">")[2]
        text[f"text_{language}"] = area.partition("</textarea>")[0].replace("&#39;", "'").replace("&amp;", "&")
    assert samira.does(numbers[0], "replies", template=template, **text).status_code == 303
    said = [each for each in rows(night, Reply) if each.kind == "quick"]
    assert [each.incident_id for each in said] == numbers
    for reply in said:
        own = str(reply.report_id)
        assert f"/{own}." not in "".join(each.text_nl for each in said if each is not reply)


def test_closing_the_head_is_closed_for_every_tenant(app: Flask, world: World, night: Night) -> None:
    numbers = [night.report("Koud.", **HEAT) for _ in range(3)]
    samira = Browser(app, world, "Samira")
    samira.does(numbers[0], "acknowledgement")
    samira.does(numbers[0], "closure", outcome="solved", note="")
    assert all("Gesloten" in samira.sees(each) for each in numbers)


def test_a_page_that_went_out_in_a_bundle_says_so(app: Flask, world: World, night: Night) -> None:
    night.phones("Samira")
    first = night.report("Koud.", **HEAT)
    second = night.report("Deur stuk.", category="deur_niet_afsluitbaar", dwelling_id=None)
    night.minutes(2)  # the repeat of the first waits for nothing and goes along with the second
    samira = Browser(app, world, "Samira")
    assert "In verzamelmelding, nog niet getoond" in samira.sees(first)
    assert "In verzamelmelding" not in samira.sees(second)
    night.shown()
    assert "Getoond" in samira.sees(second)
