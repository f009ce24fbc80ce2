"""Replies: automatic texts once per report, a colleague's reply once per token, and the mail that goes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.reported import report_case
from webcare_pwa import rulebook
from webcare_pwa.db import Database
from webcare_pwa.errors import Invalid
from webcare_pwa.house import House
from webcare_pwa.labels import WORDS
from webcare_pwa.models import situations
from webcare_pwa.models.dwelling import Contact
from webcare_pwa.models.progress import Progress
from webcare_pwa.models.reply import Mail, Reply
from webcare_pwa.models.situation import Situation
from webcare_pwa.ports import Delivered
from webcare_pwa.steps import automatic_replies, composing, mail, progress, replies

HOUSE = House("https://dienst.example", "test-" * 10, rulebook.load())


def _situation(session: Session, world: World, clock: FakeClock, incident_id: int) -> Situation:
    return situations.load(session, incident_id, frozenset({world.waterveen}), now=clock.moment, rulebook=HOUSE.rulebook)


def _send(session: Session, world: World, clock: FakeClock, incident_id: int, **more: str) -> Reply:
    facts = {"template": "", "text_nl": "Wij bellen u zo.", "text_en": "We will call you.", "kind": "free", "token": "t1"}
    return replies.queue(
        session, _situation(session, world, clock, incident_id), by=world.people["Samira"], now=clock.moment, house=HOUSE,
        **{**facts, **more},
    )


def _count(session: Session, table: type[Reply | Mail | Progress]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("template", list(HOUSE.rulebook.automatic))
def test_automatic_texts_are_filled_and_said_once(
    database: Database, world: World, clock: FakeClock, template: str
) -> None:
    with database.write() as session:
        incident, report = report_case(session, world, clock.moment)
        first = automatic_replies.send(session, incident, report, template, now=clock.moment, house=HOUSE)
        assert automatic_replies.send(session, incident, report, template, now=clock.moment, house=HOUSE) is None
        assert first is not None
        assert "{" not in first.text_nl + first.text_en
        assert (_count(session, Reply), _count(session, Mail)) == (1, 1)
        mailed = session.scalars(select(Mail)).one()
    assert mailed.automatic
    assert (mailed.to_address, mailed.reply_id) == ("aydin@huurder.example", first.id)
    assert first.text_nl in mailed.body and first.text_en in mailed.body
    assert "030 123 45 67" in mailed.body


def test_the_working_day_is_the_next_one_the_office_opens(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        incident, report = report_case(session, world, clock.moment, urgency="werkdag")
        reply = automatic_replies.send(session, incident, report, "auto_ontvangst_werkdag", now=clock.moment, house=HOUSE)
    assert reply is not None
    assert "leest deze op maandag 30 november." in reply.text_nl
    assert "read it on Monday 30 November." in reply.text_en
    assert f"/m/{report.id}-" in reply.text_nl


def test_during_office_hours_it_is_read_today(database: Database, world: World, clock: FakeClock) -> None:
    clock.move(hours=60)  # Monday 14:10
    with database.write() as session:
        incident, report = report_case(session, world, clock.moment, urgency="werkdag")
        reply = automatic_replies.send(session, incident, report, "auto_ontvangst_dag", now=clock.moment, house=HOUSE)
    assert reply is not None
    assert "maandag 30 november" in reply.text_nl


def test_danger_opens_with_the_fixed_words_then_the_category(
    database: Database, world: World, clock: FakeClock
) -> None:
    gas = HOUSE.rulebook.categories["gaslucht"]
    with database.write() as session:
        incident, report = report_case(session, world, clock.moment, urgency="noodgeval", category="gaslucht")
        reply = automatic_replies.send(session, incident, report, "auto_gevaar", now=clock.moment, house=HOUSE,
                                  extra=(gas.safety_nl, gas.safety_en))
    assert reply is not None
    assert reply.text_nl.startswith("Gas, CO of brand? Ga eerst naar buiten.")
    assert reply.text_nl.endswith(f"Storingsdienst: 030 123 45 67. {gas.safety_nl}")
    assert reply.text_en.endswith(gas.safety_en)


def test_an_instruction_that_has_the_opening_already_is_not_opened_twice(
    database: Database, world: World, clock: FakeClock
) -> None:
    opening = HOUSE.rulebook.automatic["auto_gevaar"]
    with database.write() as session:
        incident, report = report_case(session, world, clock.moment, urgency="noodgeval")
        reply = automatic_replies.send(session, incident, report, "auto_gevaar", now=clock.moment, house=HOUSE,
                                  extra=(f"{opening.text_nl} Meer.", f"{opening.text_en} More."))
    assert reply is not None
    assert reply.text_nl.count("Ga eerst naar buiten") == 1
    assert reply.text_nl.endswith("030 123 45 67. Meer.")


def test_without_an_address_there_is_no_mail(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        incident, report = report_case(session, world, clock.moment, email="")
        automatic_replies.send(session, incident, report, "auto_ontvangst_spoed", now=clock.moment, house=HOUSE)
        reply = _send(session, world, clock, incident.id)
        assert _count(session, Mail) == 0
        loaded = _situation(session, world, clock, incident.id).replies[-1]
    assert loaded.id == reply.id
    assert replies.mail_state(loaded) == ""


def test_one_token_is_one_reply(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        incident, _ = report_case(session, world, clock.moment)
        first = _send(session, world, clock, incident.id)
        again = _send(session, world, clock, incident.id, text_nl="Iets anders")
        other = _send(session, world, clock, incident.id, token="t2")
        assert (first.id, first.text_nl) == (again.id, "Wij bellen u zo.")
        assert other.id != first.id
        assert (_count(session, Reply), _count(session, Mail)) == (2, 2)
        assert not session.scalars(select(Mail)).first().automatic  # type: ignore[union-attr]


@pytest.mark.parametrize(("texts", "field"), [
    ({"text_nl": "  "}, "text_nl"),
    ({"text_nl": "Zij komen om {tijd}."}, "text_nl"),
    ({"text_en": "They come at {tijd}."}, "text_en"),
])
def test_a_text_that_is_not_ready_is_not_sent(
    database: Database, world: World, clock: FakeClock, texts: dict[str, str], field: str
) -> None:
    with database.write() as session:
        incident, _ = report_case(session, world, clock.moment)
        with pytest.raises(Invalid) as error:
            _send(session, world, clock, incident.id, **texts)
        assert list(error.value.fields) == [field]
        assert _count(session, Reply) == 0


def test_a_call_is_a_reply_without_mail(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        incident, _ = report_case(session, world, clock.moment)
        spoken = _send(session, world, clock, incident.id, kind="call", template="spoken")
        assert spoken.text_nl == WORDS["call"]["spoken"]
        assert (_count(session, Mail), _count(session, Progress)) == (0, 0)


def test_a_call_without_answer_is_recorded_and_offers_its_text(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        incident, _ = report_case(session, world, clock.moment)
        for _ in range(2):
            _send(session, world, clock, incident.id, kind="call", template="no_answer")
        assert session.scalars(select(Progress.kind)).all() == ["tenant_called_no_answer"]
        ranked = composing.for_composer(
            session, _situation(session, world, clock, incident.id), now=clock.moment, house=HOUSE,
            by=world.people["Samira"])
    [offered] = [each for each in ranked if each.reply.id == "gebeld_geen_gehoor"]
    assert offered.blocked_reason == ""


def test_a_call_without_answer_answers_nothing(database: Database, world: World, clock: FakeClock) -> None:
    met = []
    with database.write() as session:
        incident, _ = report_case(session, world, clock.moment)
        for token, template in (("a", "no_answer"), ("b", "spoken")):
            _send(session, world, clock, incident.id, kind="call", template=template, token=token)
            situation = _situation(session, world, clock, incident.id)
            met += [each.met_at for each in situation.deadlines if each.kind == "first_answer"]
    assert met == [None, clock.moment]


def test_after_a_reopening_what_was_done_before_does_not_count(
    database: Database, world: World, clock: FakeClock
) -> None:
    by = world.people["Samira"]
    with database.write() as session:
        incident, _ = report_case(session, world, clock.moment)
        progress.record(session, incident.id, "repair_reported_done", by=by, note="Gemaakt", token="p", now=clock.moment)
        progress.close(session, incident.id, "solved", by=by, note="", token="c", now=clock.moment)
        before = composing.for_composer(
            session, _situation(session, world, clock, incident.id), now=clock.moment, house=HOUSE, by=by)
        clock.move(minutes=5)
        progress.reopen(session, incident.id, by=by, token="r", now=clock.moment)
        after = composing.for_composer(
            session, _situation(session, world, clock, incident.id), now=clock.moment, house=HOUSE, by=by)
    assert before[0].reply.id == "opgelost"
    assert [each.is_forbidden for each in after if each.reply.id == "opgelost"] == [True]


def test_the_composer_knows_the_case(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        incident, report = report_case(session, world, clock.moment)
        session.add(Contact(organisation_id=world.waterveen, company="Gemeente Waterveen", phone="14 030", group="riool"))
        progress.record(session, incident.id, "contractor_eta_recorded", by=world.people["Samira"], token="p1",
                        party="Loodgieter Veenkade", promised_at=clock.moment + timedelta(minutes=50), now=clock.moment)
        ranked = composing.for_composer(
            session, _situation(session, world, clock, incident.id), now=clock.moment, house=HOUSE,
            by=world.people["Samira"])
    texts = {each.reply.id: each for each in ranked}
    assert ranked[0].reply.id == "aannemer_tijd"
    assert ranked[0].text_nl.startswith("Loodgieter Veenkade komt naar Populierenlaan 88. Zij verwachten om 03:00 uur")
    assert f"Dag mw. Aydın, wij hebben uw melding ontvangen. Het nummer is {report.id}." in texts["ontvangst_kort"].text_nl
    assert "Groet, Samira van Wonen Waterveen" in texts["ontvangst_kort"].text_nl
    assert "14 030" in texts["verwijs_gemeente"].text_nl
    assert "verwijs_glas" not in texts


def test_the_state_of_the_mail_is_said(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        incident, _ = report_case(session, world, clock.moment)
        reply = _send(session, world, clock, incident.id)
        loaded = _situation(session, world, clock, incident.id).replies[0]
        assert replies.mail_state(loaded) == "queued"
        assert replies.mail_state(loaded, configured=False) == "not_configured"
        assert loaded.mail is not None
        mail.settle(session, loaded.mail.id, Delivered("250"), now=clock.moment)
        assert replies.mail_state(loaded) == replies.mail_state(loaded, configured=False) == "accepted"
    assert reply.id == loaded.id
