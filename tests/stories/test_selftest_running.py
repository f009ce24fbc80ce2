"""The self-test with real processes: posted over HTTP, paged, shown, and closed; and the health screen of outside shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from tests.push_lab.push_service import PushService
from tests.push_lab.running_app import RunningApp
from tests.push_lab.waiting import wait_for
from webcare_pwa.models.guard import SelfTest
from webcare_pwa.models.in_force import is_open
from webcare_pwa.models.incident import Incident
from webcare_pwa.rules.selftest import HOPS

TOKEN = "prometheus-" * 4


@pytest.mark.slow
def test_it_runs_through_web_and_worker_and_wakes_nobody(tmp_path: Path) -> None:
    with PushService() as push, RunningApp(tmp_path, push.base, WEBCARE_SELFTEST_MINUTES="1",
                                           WEBCARE_METRICS_TOKEN=TOKEN) as app:
        def passed() -> SelfTest | None:
            with app.database.read() as session:
                return session.scalars(select(SelfTest).where(SelfTest.finished_at.is_not(None))).first()

        done = wait_for(passed, "a self-test", timeout=60)
        assert (done.failed, list(done.hops)) == ("", list(HOPS))
        print(done.hops)  # noqa: T201  a figure
        with app.database.read() as session:
            assert session.scalars(select(Incident.id).where(is_open())).all() == []
        assert push.requests == []
        text = requests.get(f"{app.base}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5).text
        assert "webcare_selftest_ok 1.0" in text
        assert "webcare_urgent_unacknowledged 0.0" in text
