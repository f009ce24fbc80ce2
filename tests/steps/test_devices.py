"""Registering devices: what is refused, what a repeat changes, whose a phone is, and what counts as proof."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import World, add_device
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.errors import Invalid, NotFound
from webcare_pwa.models.alert import Alert, Delivery
from webcare_pwa.models.device import Device
from webcare_pwa.models.proof import proof, proofs
from webcare_pwa.steps import devices

ENDPOINT = "https://fcm.googleapis.com/fcm/send/one"
POINT = ("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")  # RFC 8291, appendix A
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


def told(**other: Any) -> dict[str, Any]:
    return {"endpoint": ENDPOINT, "p256dh": POINT, "auth": AUTH, "vapid_key_id": "k1", "name": "Telefoon",
            "platform": "android", "waking": True, "allowed": ()} | other


def register(session: Session, person: int, clock: FakeClock, **other: Any) -> Device:
    return devices.register(session, person, now=clock.moment, **told(**other))


def deliver(session: Session, device: Device, clock: FakeClock, outcome: str | None, *, kind: str = "step",
            **times: Any) -> Delivery:
    alert = Alert(key=f"k{clock.moment.timestamp()}", kind=kind, person_id=device.person_id, at=clock.moment)
    session.add(alert)
    session.flush()
    row = Delivery(alert_id=alert.id, device_id=device.id, created_at=clock.moment, due_at=clock.moment, outcome=outcome,
                   **times)
    session.add(row)
    session.flush()
    return row


def raw(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "bad",
    [
        {"endpoint": "https://evil.example/x"},
        {"endpoint": "http://127.0.0.1:1/x"},
        {"endpoint": ""},
        {"p256dh": ""},
        {"p256dh": "not base64!"},
        {"p256dh": "é"},
        {"p256dh": raw(b"\x04" + b"\x01" * 64)},  # not on the curve
        {"p256dh": raw(b"\x02" + b"\x01" * 32)},
        {"p256dh": raw(b"\x04" + b"\x00" * 65)},
        {"auth": raw(b"x" * 15)},
        {"auth": raw(b"x" * 17)},
        {"auth": ""},
    ],
)
def test_what_could_not_carry_a_page_is_refused_at_once(
    database: Database, world: World, clock: FakeClock, bad: dict[str, str]
) -> None:
    with database.write() as session:
        with pytest.raises(Invalid):
            register(session, world.people["Samira"], clock, **bad)
        assert session.scalars(select(Device)).all() == []


def test_a_repeat_changes_nothing_but_when_it_was_seen(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        first = register(session, world.people["Samira"], clock)
        devices.update(session, first.id, by=world.people["Samira"], name="Nachtkastje", waking=False, now=clock.moment)
        registered = first.registered_at
        again = register(session, world.people["Samira"], clock, p256dh=POINT, name="Anders", waking=True)
        assert again.id == first.id
        clock.move(hours=1)
        again = register(session, world.people["Samira"], clock)
        assert (again.registered_at, again.seen_at) == (registered, clock.moment)
        assert (again.name, again.waking) == ("Nachtkastje", False)


def test_a_phone_moves_to_who_registers_it_and_starts_unproven(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        phone = register(session, world.people["Samira"], clock)
        deliver(session, phone, clock, "accepted", shown_at=clock.moment)
        assert proof(session, phone).proven_at
        clock.move(minutes=1)
        moved = register(session, world.people["Tom"], clock, name="Telefoon van Tom")
        assert (moved.id, moved.person_id, moved.name) == (phone.id, world.people["Tom"], "Telefoon van Tom")
        assert proofs(session, world.people["Samira"]) == []
        assert proof(session, moved).state(clock.moment) == "untried"


def test_a_renewed_address_stays_the_same_device(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        phone = register(session, world.people["Samira"], clock)
        devices.update(session, phone.id, by=world.people["Samira"], name="Nachtkastje", waking=True, now=clock.moment)
        deliver(session, phone, clock, "gone")
        assert proof(session, phone).dead
        clock.move(minutes=1)
        renewed = register(session, world.people["Samira"], clock, endpoint=ENDPOINT + "2", replaces=ENDPOINT)
        assert (renewed.id, renewed.name, renewed.endpoint) == (phone.id, "Nachtkastje", ENDPOINT + "2")
        assert not proof(session, renewed).dead


def test_a_renewed_address_that_is_known_takes_the_old_one_off_the_list(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        old = register(session, world.people["Samira"], clock)
        known = register(session, world.people["Samira"], clock, endpoint=ENDPOINT + "2")
        assert register(session, world.people["Samira"], clock, endpoint=ENDPOINT + "2", replaces=ENDPOINT) is known
        assert old.removed_at == clock.moment


def test_nobody_replaces_the_device_of_another(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        hers = register(session, world.people["Samira"], clock)
        his = register(session, world.people["Tom"], clock, endpoint=ENDPOINT + "2", replaces=ENDPOINT)
        assert his.id != hers.id
        assert (hers.person_id, hers.endpoint, hers.removed_at) == (world.people["Samira"], ENDPOINT, None)
        devices.remove_endpoint(session, ENDPOINT, by=world.people["Tom"], now=clock.moment)
        assert hers.removed_at is None
        with pytest.raises(NotFound):
            devices.owned(session, hers.id, world.people["Tom"])
        with pytest.raises(NotFound):
            devices.remove(session, hers.id, by=world.people["Tom"], now=clock.moment)


def test_a_removed_device_is_gone_until_its_browser_comes_back(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        phone = register(session, world.people["Samira"], clock)
        for _ in range(2):
            devices.remove(session, phone.id, by=world.people["Samira"], now=clock.moment)
        assert proofs(session, world.people["Samira"]) == []
        with pytest.raises(NotFound):
            devices.owned(session, phone.id, world.people["Samira"])
        assert register(session, world.people["Samira"], clock).removed_at is None


def test_a_name_is_needed_and_kept_short(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        phone = register(session, world.people["Samira"], clock, name="  x\n y " + "z" * 90)
        assert phone.name == "x y " + "z" * 56
        with pytest.raises(Invalid) as refused:
            devices.update(session, phone.id, by=world.people["Samira"], name=" ", waking=True, now=clock.moment)
        assert "name" in refused.value.fields


def test_what_the_newest_page_says(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        phone = add_device(session, world.people["Samira"], ENDPOINT, clock.moment)

        def state() -> str:
            return proof(session, phone).state(clock.moment)

        assert state() == "untried"
        test = deliver(session, phone, clock, None, kind="test")
        assert state() == "waiting"
        test.outcome, test.shown_at = "accepted", clock.moment
        session.flush()
        assert state() == "waiting"  # shown, but the press is still to come
        test.opened_at = clock.move(seconds=20)
        session.flush()
        assert state() == "opened"
        clock.move(seconds=1)
        page = deliver(session, phone, clock, "accepted")
        assert state() == "silent"
        assert proof(session, phone).proven_at == test.shown_at  # what was proven before is still told
        page.shown_at = clock.moment
        session.flush()
        assert state() == "shown"
        clock.move(seconds=1)
        deliver(session, phone, clock, "gone")
        assert state() == "dead"
        assert proof(session, phone).proven_at is None


def test_a_test_page_without_answer_stops_waiting_after_a_minute(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        phone = add_device(session, world.people["Samira"], ENDPOINT, clock.moment)
        deliver(session, phone, clock, "accepted", kind="test")
        clock.move(seconds=59)
        assert proof(session, phone).state(clock.moment) == "waiting"
        clock.move(seconds=1)
        assert proof(session, phone).state(clock.moment) == "silent"
