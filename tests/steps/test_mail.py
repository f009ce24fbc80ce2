"""The mail queue: once per key, leases, back-off, giving up, and what happens when nobody knows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import World
from tests.fakes import FakeClock
from tests.steps.reported import report_case
from webcare_pwa.db import Database
from webcare_pwa.models.reply import Mail, Reply
from webcare_pwa.ports import Delivered, Gone, MailJob, MailOutcome, Refused, TryAgain, Unknown
from webcare_pwa.steps import mail

LEASE = timedelta(seconds=120)
REAL = datetime(2030, 1, 1, tzinfo=UTC)  # the real clock; not the business clock


def _queue(session: Session, clock: FakeClock, key: str = "k1", *, reply_id: int | None = None, automatic: bool = True) -> Mail:
    return mail.queue_mail(session, key=key, to="a@b.example", subject="Onderwerp", body="Tekst", now=clock.moment,
                           reply_id=reply_id, automatic=automatic)


def _claim(
    session: Session, clock: FakeClock, *, worker: str = "w1", real: datetime = REAL, limit: int = 10
) -> list[MailJob]:
    return mail.claim(session, worker=worker, limit=limit, lease=LEASE, now=clock.moment, real_now=real)


def _reply(session: Session, world: World, clock: FakeClock, token: str = "") -> Reply:
    known = session.scalars(select(Reply)).first()
    incident_id, report_id = (known.incident_id, known.report_id) if known else (0, 0)
    if not known:
        incident, report = report_case(session, world, clock.moment)
        incident_id, report_id = incident.id, report.id
    reply = Reply(incident_id=incident_id, report_id=report_id, kind="free", text_nl="Tekst", at=clock.moment,
                  client_token=token)
    session.add(reply)
    session.flush()
    return reply


def test_once_per_key(database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        first = _queue(session, clock)
        assert _queue(session, clock) is first
        assert _queue(session, clock, "k2") is not first
        assert len(_claim(session, clock)) == 2


def test_lines_in_address_and_subject_are_one_line(database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        row = mail.queue_mail(session, key="k", to="a@b.nl\r\nBcc: c@d.nl", subject="Een\r\nBcc: x@y.nl" + "z" * 300,
                              body="Tekst", now=clock.moment)
        assert "\n" not in row.to_address + row.subject
        assert len(row.subject) == 200


def test_a_claimed_mail_is_not_claimed_again_before_its_lease_ends(database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        _queue(session, clock)
        [job] = _claim(session, clock)
        assert (job.to_address, job.subject, job.body, job.automatic) == ("a@b.example", "Onderwerp", "Tekst", True)
        assert _claim(session, clock, worker="w2", real=REAL + LEASE - timedelta(seconds=1)) == []


def test_the_limit_holds_and_the_oldest_goes_first(database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        ids = []
        for number in range(5):
            ids.append(_queue(session, clock, f"k{number}").id)
            clock.move(seconds=1)
        assert [job.mail_id for job in _claim(session, clock, limit=2)] == ids[:2]
        assert [job.mail_id for job in _claim(session, clock, limit=9)] == ids[2:]


@pytest.mark.parametrize(("outcome", "stored"), [
    (Delivered("250 2.0.0"), "accepted"), (Refused("550 5.1.1"), "refused"), (Gone("gone"), "refused"),
    (Unknown("line broke"), "unknown"),
])
def test_outcomes_of_a_reply(
    database: Database, world: World, clock: FakeClock, outcome: MailOutcome, stored: str
) -> None:
    with database.write() as session:
        row = _queue(session, clock, reply_id=_reply(session, world, clock).id)
        _claim(session, clock)
        mail.settle(session, row.id, outcome, now=clock.moment)
        assert (row.outcome, row.detail, row.outcome_at) == (stored, outcome.detail, clock.moment)
        assert row.claimed_by is None
        assert _claim(session, clock, real=REAL + 2 * LEASE) == []


def test_back_off_one_five_fifteen_sixty_then_every_hour_until_a_day(database: Database, clock: FakeClock) -> None:
    waits = []
    with database.write() as session:
        row = _queue(session, clock)
        while row.outcome is None:
            assert len(_claim(session, clock)) == 1
            mail.settle(session, row.id, TryAgain(detail="450"), now=clock.moment)
            if row.outcome is None:
                waits.append(int((row.due_at - clock.moment).total_seconds() / 60))
                clock.move(seconds=(row.due_at - clock.moment).total_seconds() - 1)
                assert _claim(session, clock) == []
                clock.move(seconds=1)
        assert waits[:5] == [1, 5, 15, 60, 60]
        assert set(waits[4:]) == {60}
        assert (row.outcome, row.detail) == ("failed", "450")
        assert timedelta(hours=22) < clock.moment - row.created_at <= timedelta(hours=24)


def test_the_server_may_ask_for_more_patience(database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        row = _queue(session, clock)
        _claim(session, clock)
        mail.settle(session, row.id, TryAgain(after=600), now=clock.moment)
        assert row.due_at - clock.moment == timedelta(minutes=10)


def test_a_mail_that_waited_a_day_is_not_sent_any_more(database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        row = _queue(session, clock)
        clock.move(hours=24)
        assert _claim(session, clock) == []
        assert (row.outcome, row.attempts) == ("failed", 0)


def test_a_reply_whose_lease_ran_out_is_unknown_and_stays_with_a_person(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        row = _queue(session, clock, reply_id=_reply(session, world, clock).id)
        _claim(session, clock)
        assert _claim(session, clock, worker="w2", real=REAL + LEASE + timedelta(seconds=1)) == []
        assert row.outcome == "unknown"


def test_an_unknown_that_turns_out_to_be_sent_becomes_accepted_and_nothing_else(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        row = _queue(session, clock, reply_id=_reply(session, world, clock).id)
        _claim(session, clock)
        mail.settle(session, row.id, Unknown(), now=clock.moment)
        mail.settle(session, row.id, TryAgain(), now=clock.moment)
        assert row.outcome == "unknown"
        mail.settle(session, row.id, Delivered(), now=clock.moment)
        assert row.outcome == "accepted"
        mail.settle(session, row.id, Refused(), now=clock.moment)
        assert row.outcome == "accepted"


def test_a_mail_to_staff_whose_lease_ran_out_goes_again(database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        row = _queue(session, clock)
        [job] = _claim(session, clock)
        later = REAL + LEASE + timedelta(seconds=1)
        assert _claim(session, clock, worker="w2", real=later) == []
        clock.move(minutes=1)
        [again] = _claim(session, clock, worker="w2", real=later)
        assert (again.mail_id, again.message_id) == (row.id, job.message_id)
        assert row.attempts == 2


def test_a_worker_takes_back_its_own_at_its_start_and_nobody_elses(
    database: Database, world: World, clock: FakeClock
) -> None:
    with database.write() as session:
        own = _queue(session, clock, "own", reply_id=_reply(session, world, clock).id)
        _claim(session, clock, worker="w1")
        others = _queue(session, clock, "other")
        _claim(session, clock, worker="w2")
        mail.release(session, "w1")
    with database.write() as session:
        assert _claim(session, clock, worker="w1") == []
        assert session.get_one(Mail, own.id).outcome == "unknown"
        assert session.get_one(Mail, others.id).claimed_by == "w2"


def test_replies_about_one_report_are_one_thread(database: Database, world: World, clock: FakeClock) -> None:
    with database.write() as session:
        first = _queue(session, clock, "1", reply_id=_reply(session, world, clock, "a").id, automatic=True)
        [job] = _claim(session, clock)
        mail.settle(session, first.id, Delivered(), now=clock.moment)
        _queue(session, clock, "2", reply_id=_reply(session, world, clock, "b").id, automatic=False)
        _queue(session, clock, "3", reply_id=_reply(session, world, clock, "c").id, automatic=True)
        human, automatic = _claim(session, clock)
        assert job.in_reply_to == ""
        assert human.in_reply_to == first.message_id
        assert automatic.in_reply_to == ""


def test_settling_what_is_not_there_changes_nothing(database: Database, clock: FakeClock) -> None:
    with database.write() as session:
        mail.settle(session, 4711, Delivered(), now=clock.moment)
        assert session.scalars(select(Mail)).all() == []
