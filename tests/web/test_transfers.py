"""Handing an incident on through the screen."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.builders import World
from tests.fakes import FakeClock
from tests.web.acting import Browser, rows
from tests.web.night import Night
from webcare_pwa.db import Database
from webcare_pwa.models.transfer import Transfer, TransferAnswer


@pytest.fixture
def night(database: Database, world: World, clock: FakeClock) -> Night:
    return Night(database, world, clock)


@pytest.fixture
def incident(night: Night) -> int:
    return night.report()


@pytest.fixture
def samira(app: Flask, world: World) -> Browser:
    return Browser(app, world, "Samira")


@pytest.fixture
def tom(app: Flask, world: World) -> Browser:
    return Browser(app, world, "Tom")


def test_a_transfer_is_offered_accepted_and_then_his(
    night: Night, incident: int, samira: Browser, tom: Browser
) -> None:
    samira.does(incident, "acknowledgement")
    samira.does(incident, "transfers", to=str(night.world.people["Tom"]), note="Sleutel ligt bij mij")
    transfer = rows(night, Transfer)[0]
    assert "Sleutel ligt bij mij" in tom.sees(incident)
    tom.does(incident, f"transfers/{transfer.id}/answer", answer="accept")
    assert [each.answer for each in rows(night, TransferAnswer)] == ["accepted"]
    assert "U heeft dit" in tom.sees(incident)
    assert "<b>Tom</b> heeft dit." in samira.sees(incident)


def test_a_declined_transfer_stays_with_the_giver(night: Night, incident: int, samira: Browser, tom: Browser) -> None:
    samira.does(incident, "acknowledgement")
    samira.does(incident, "transfers", to=str(night.world.people["Tom"]))
    tom.does(incident, f"transfers/{rows(night, Transfer)[0].id}/answer", answer="decline")
    assert "U heeft dit" in samira.sees(incident)


def test_a_transfer_of_another_incident_is_not_found(night: Night, incident: int, samira: Browser, tom: Browser) -> None:
    samira.does(incident, "acknowledgement")
    samira.does(incident, "transfers", to=str(night.world.people["Tom"]))
    other = night.report("Nog iets")
    assert tom.does(other, f"transfers/{rows(night, Transfer)[0].id}/answer", answer="accept").status_code == 404
    assert rows(night, TransferAnswer) == []


@pytest.mark.parametrize("to", ["", "abc", "0", "-1", "99999999999999", "Olga", "Kees", "Linda"])
def test_a_transfer_to_nobody_of_the_desk_keeps_the_note(
    night: Night, incident: int, samira: Browser, to: str
) -> None:
    samira.does(incident, "acknowledgement")
    answer = samira.does(incident, "transfers", to=str(night.world.people.get(to, to)), note="Let op de hond")
    assert answer.status_code == 422
    assert "Kies een collega van deze dienst." in answer.text
    assert "Let op de hond</textarea>" in answer.text
    assert rows(night, Transfer) == []


def test_who_does_not_own_it_cannot_hand_it_on(night: Night, incident: int, tom: Browser) -> None:
    answer = tom.does(incident, "transfers", to=str(night.world.people["Samira"]))
    assert answer.status_code == 409
    assert "Alleen wie het incident heeft aangenomen" in answer.text
