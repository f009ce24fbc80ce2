"""The worker is frozen (SIGSTOP) and nobody asks the web anything: two web processes, real ones, and exactly one alarm in time;
then it lives again and that is told once."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from time import monotonic

import pytest

from tests.mail_server import MailServer, running
from tests.push_lab.push_service import PushService
from tests.push_lab.running_app import RunningApp
from tests.push_lab.waiting import wait_for
from webcare_pwa.clock import real_now
from webcare_pwa.steps import devices

DOWN = "De storingsdienst staat stil: er worden geen oproepen verstuurd"
AGAIN = "De storingsdienst werkt weer: er worden weer oproepen verstuurd"


@pytest.mark.slow
def test_exactly_one_alarm_within_75_seconds_and_one_notice_when_it_lives_again(tmp_path: Path) -> None:
    with PushService() as push, running(MailServer()) as mail, RunningApp(
        tmp_path, push.base, processes=2, WEBCARE_MAIL_HOST="127.0.0.1", WEBCARE_MAIL_PORT=str(mail.port),
        WEBCARE_MAIL_TLS="none", WEBCARE_MAIL_FROM="dienst@corporatie.example",
    ) as app:
        people = [app.world.people[name] for name in ("Samira", "Tom", "Carla")]
        with app.database.write() as session:
            for person in people:
                told = push.device()
                devices.register(session, person, endpoint=told["endpoint"], **told["keys"], vapid_key_id="k", name="Telefoon",
                                 platform="android", waking=True, now=real_now(), allowed=(push.base,))
        app.worker.send_signal(signal.SIGSTOP)
        stopped = monotonic()
        wait_for(lambda: len(push.messages) >= 3 and len(mail.messages) >= 3, "the alarm", timeout=75)
        print(f"alarm after {monotonic() - stopped:.1f} s")  # noqa: T201  a figure
        wait_for(lambda: monotonic() - stopped > 90, "a second alarm that must not come", timeout=60)
        assert [each["notification"]["body"].partition(". ")[0] for each in push.plaintexts()] == [DOWN] * 3
        assert sorted(mail.recipients) == sorted(f"RCPT TO:<{name}@corporatie.example>" for name in ("samira", "tom", "carla"))
        app.worker.send_signal(signal.SIGCONT)
        wait_for(lambda: len(push.messages) >= 6 and len(mail.messages) >= 6, "the notice that it works again", timeout=40)
        bodies = [json.loads(each.plaintext or "{}")["notification"]["body"].partition(". ")[0] for each in push.messages[3:]]
        assert bodies == [AGAIN] * 3
