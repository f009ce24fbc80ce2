"""Inviting, roles, reset links and leavers, inside the walls of the organisations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import World, add_device
from tests.fakes import FakeClock
from webcare_pwa.db import Database
from webcare_pwa.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from webcare_pwa.models.audit import AuditEntry
from webcare_pwa.models.device import Device
from webcare_pwa.models.person import AccessLink, Person, roles_of
from webcare_pwa.models.reply import Mail
from webcare_pwa.rules.access import ADMINISTRATOR
from webcare_pwa.rules.viewer import Viewer
from webcare_pwa.steps import entry, people

REAL = datetime(2026, 11, 24, 12, tzinfo=UTC)
BASE = "https://dienst.example"


def viewer(session: Session, world: World, name: str) -> Viewer:
    person = session.get_one(Person, world.people[name])
    return Viewer(person.id, person.name, person.email, roles_of(person))


def new(world: World, email: str = "noor@corporatie.example", *roles: tuple[int, str]) -> people.NewPerson:
    return people.NewPerson("Noor Bakker", email, "", frozenset(roles or {(world.waterveen, "duty")}))


def invite(session: Session, world: World, who: people.NewPerson, clock: FakeClock, by: str = "Ada") -> tuple[Person, str]:
    return people.invite(session, who, actor=viewer(session, world, by), base_url=BASE, now=clock.moment, real_now=REAL)


def test_an_invitation_is_shown_once_mailed_and_kept_as_a_hash(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        person, link = invite(session, world, new(world), clock)
    token = link.removeprefix(f"{BASE}/access/")
    with database.read() as session:
        stored = session.scalars(select(AccessLink)).one()
        mail = session.scalars(select(Mail)).one()
        assert token not in stored.token_hash
        assert stored.expires_at == REAL + timedelta(days=7)
        assert (mail.to_address, link in mail.body) == ("noor@corporatie.example", True)
        assert entry.find(session, token, real_now=REAL)[1].id == person.id
        assert "Wonen Waterveen" in mail.body


def test_without_a_role_nobody_is_invited(database: Database, world: World, clock: FakeClock) -> None:
    who = people.NewPerson("Noor", "noor@corporatie.example", "", frozenset())
    with pytest.raises(Invalid), database.write() as session:
        invite(session, world, who, clock)


def test_a_known_address_is_not_invited_again(database: Database, world: World, clock: FakeClock) -> None:
    with pytest.raises(Invalid) as refused, database.write() as session:
        invite(session, world, new(world, world.email("Samira")), clock)
    assert "email" in refused.value.fields


def test_somebody_of_another_corporation_gets_the_role_and_no_link(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        person, link = invite(session, world, new(world, world.email("Linda")), clock)
    assert (person.id, link) == (world.people["Linda"], "")
    with database.read() as session:
        assert session.scalars(select(AccessLink)).all() == []
        assert {(world.waterveen, "duty"), (world.linde, ADMINISTRATOR)} <= roles_of(session.get_one(Person, person.id))


def test_a_leaver_may_return_and_must_choose_a_new_password(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        people.disable(session, world.people["Kees"], actor=viewer(session, world, "Ada"), now=clock.moment, real_now=REAL)
    with database.write() as session:
        person, link = invite(session, world, new(world, world.email("Kees")), clock)
    assert link
    with database.read() as session:
        kees = session.get_one(Person, person.id)
        assert (kees.disabled_at, kees.password_hash) == (None, None)
        assert roles_of(kees) == {(world.waterveen, "duty")}


def test_roles_change_only_where_the_actor_administers(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        people.change(
            session,
            world.people["Tom"],
            name="Tom Bos",
            phone="06",
            actor=viewer(session, world, "Ada"),
            roles=frozenset({(world.waterveen, "caretaker")}),
            now=clock.moment,
        )
    with database.read() as session:
        tom = session.get_one(Person, world.people["Tom"])
        assert roles_of(tom) == {(world.waterveen, "caretaker"), (world.linde, "duty")}
        acts = session.execute(select(AuditEntry.act, AuditEntry.person_id, AuditEntry.organisation_id)).all()
    assert set(acts) == {
        ("role_given", world.people["Ada"], world.waterveen),
        ("role_taken", world.people["Ada"], world.waterveen),
    }


def test_the_last_administrator_stays(database: Database, world: World, clock: FakeClock) -> None:
    ada = world.people["Ada"]
    with pytest.raises(NotPossibleNow), database.write() as session:
        people.change(
            session, ada, name="Ada", phone="", roles=frozenset(), actor=viewer(session, world, "Ada"), now=clock.moment
        )
    with database.write() as session:
        actor = viewer(session, world, "Ada")
        invite(session, world, new(world, "noor@corporatie.example", (world.waterveen, ADMINISTRATOR)), clock)
        people.change(session, ada, name="Ada", phone="", roles=frozenset(), actor=actor, now=clock.moment)


def test_a_coordinator_makes_a_reset_link_for_who_is_his(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        carla = viewer(session, world, "Carla")
        _, link = people.reset(session, world.people["Samira"], actor=carla, base_url=BASE, now=clock.moment, real_now=REAL)
        assert link.startswith(f"{BASE}/access/")
        for other in ("Ada", "Linda"):  # administrators
            with pytest.raises(NotAllowed):
                people.reset(session, world.people[other], actor=carla, base_url=BASE, now=clock.moment, real_now=REAL)


def test_a_link_of_somebody_who_also_works_elsewhere_is_mailed_not_shown(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        _, link = people.reset(
            session,
            world.people["Samira"],
            actor=viewer(session, world, "Ada"),
            base_url=BASE,
            now=clock.moment,
            real_now=REAL,
        )
    assert link == ""
    with database.read() as session:
        assert session.scalars(select(Mail.to_address)).all() == [world.email("Samira")]


@pytest.mark.parametrize("name", ["Samira", "Kees", "Olga", "Ed"])
def test_who_plans_nowhere_finds_nobody(database: Database, world: World, clock: FakeClock, name: str) -> None:
    with database.read() as session, pytest.raises(NotFound):
        people.find(session, world.people["Tom"], actor=viewer(session, world, name))


def test_a_person_of_another_organisation_does_not_exist(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session, pytest.raises(NotFound):
        people.disable(session, world.people["Kees"], actor=viewer(session, world, "Linda"), now=clock.moment, real_now=REAL)


def test_a_leaver_loses_sessions_links_and_devices_at_once_but_not_his_shifts(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        carla = viewer(session, world, "Carla")
        device = add_device(session, world.people["Samira"], "https://push.example/1", clock.moment).id
        people.reset(session, world.people["Samira"], actor=carla, base_url=BASE, now=clock.moment, real_now=REAL)
        people.disable(session, world.people["Samira"], actor=carla, now=clock.moment, real_now=REAL)
        people.disable(session, world.people["Samira"], actor=carla, now=clock.moment, real_now=REAL)  # twice is once
    with database.read() as session:
        samira = session.get_one(Person, world.people["Samira"])
        assert (samira.disabled_at, samira.session_version) == (clock.moment, 2)
        assert session.get_one(Device, device).removed_at == clock.moment
        assert session.scalars(select(AccessLink.used_at)).all() == [REAL]
        assert roles_of(samira) == {(world.waterveen, "duty"), (world.linde, "duty")}


def test_nobody_shuts_out_himself_or_somebody_above_or_beyond_him(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        carla, ada = viewer(session, world, "Carla"), viewer(session, world, "Ada")
        with pytest.raises(NotPossibleNow):
            people.disable(session, carla.person_id, actor=carla, now=clock.moment, real_now=REAL)
        with pytest.raises(NotAllowed):
            people.disable(session, ada.person_id, actor=carla, now=clock.moment, real_now=REAL)
        with pytest.raises(NotAllowed):  # Tom also works for De Linde
            people.disable(session, world.people["Tom"], actor=ada, now=clock.moment, real_now=REAL)


def test_two_people_with_one_link_only_one_gets_in(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        person = session.get_one(Person, world.people["Tom"])
        token = entry.make(session, person, "reset", by=None, now=clock.moment, real_now=REAL)
    with database.write() as session:
        entry.redeem(session, token, "hash", now=clock.moment, real_now=REAL)
    with pytest.raises(NotPossibleNow), database.write() as session:
        entry.redeem(session, token, "other hash", now=clock.moment, real_now=REAL)
    with database.read() as session:
        assert session.get_one(Person, world.people["Tom"]).password_hash == "hash"
