"""The dead-man call against a local server that misbehaves: what is asked, what is heard, and that nothing waits for it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.push_lab.waiting import wait_for
from webcare_pwa.after_tick import DeadManCall
from webcare_pwa.clock import monotonic
from webcare_pwa.db import Database
from webcare_pwa.gateways.deadman import DeadMan, Ping
from webcare_pwa.models.audit import Heartbeat
from webcare_pwa.ports import Delivered, Outcome, Refused, TryAgain
from webcare_pwa.settings import Settings


class Service(ThreadingHTTPServer):
    """A dead-man service: keeps the paths it was asked for; `status` is its answer, `hangs` keeps it from answering."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[str] = []
        self.status, self.hangs = 200, threading.Event()
        self.hangs.set()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/ping/abc"


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        service: Any = self.server
        service.asked.append(self.path)
        service.hangs.wait(20)
        self.send_response(service.status)
        self.send_header("Location", f"http://127.0.0.1:{service.server_address[1]}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is given
        """Says nothing."""


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.hangs.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


def outcome(settings: Settings, kind: str = "ok", deadline: float = 10.0) -> Outcome:
    gateway = DeadMan(settings, deadline=deadline)
    try:
        gateway.submit(Ping(1, kind))
        return wait_for(gateway.finished, "an answer")[0][1]
    finally:
        gateway.close()


@pytest.fixture
def near(settings: Settings, service: Service) -> Settings:
    return replace(settings, deadman_url=service.url, deadman_private=True)


@pytest.mark.parametrize(("kind", "path"), [("ok", "/ping/abc"), ("start", "/ping/abc/start"), ("fail", "/ping/abc/fail")])
def test_it_speaks_as_healthchecks_documents(near: Settings, service: Service, kind: str, path: str) -> None:
    assert isinstance(outcome(near, kind), Delivered)
    assert service.asked == [path]


def test_a_redirect_is_not_followed_and_an_error_is_no_success(near: Settings, service: Service) -> None:
    for service.status in (302, 404, 500):
        assert outcome(near) == Refused(f"http {service.status}")
    assert service.asked == ["/ping/abc"] * 3


def test_one_that_hangs_is_given_up(near: Settings, service: Service) -> None:
    service.hangs.clear()
    assert outcome(near, deadline=0.2) == TryAgain(detail="geen antwoord op tijd")


def test_one_that_is_not_there(settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert isinstance(outcome(replace(settings, deadman_url=url, deadman_private=True)), TryAgain)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "[::1]", "169.254.169.254"])
def test_the_own_network_only_when_allowed(settings: Settings, service: Service, host: str) -> None:
    near = replace(settings, deadman_url=f"http://{host}:{service.server_address[1]}/x")
    assert not isinstance(outcome(near, deadline=2), Delivered)
    assert service.asked == []


class Second:
    """Time that the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_start_then_each_minute_and_fail_when_a_stage_failed(near: Settings, service: Service, database: Database) -> None:
    gateway, time = DeadMan(near), Second()
    call = DeadManCall(database, gateway, time)

    def settled() -> bool:
        call(frozenset())
        return not gateway.busy

    def after(seconds: float, *failed: str) -> list[str]:
        before, time.now = len(service.asked), time.now + seconds
        call(frozenset(failed))
        wait_for(settled, "its answers")
        return [path.removeprefix("/ping/abc") for path in service.asked[before:]]

    try:
        assert sorted(after(0)) == ["", "/start"]
        assert after(30) == []
        assert after(10, "escalate") == []
        assert after(20) == ["/fail"]
        assert after(60) == [""]
    finally:
        gateway.close()
    with database.read() as session:
        assert session.get(Heartbeat, "deadman") is not None


def test_one_that_hangs_holds_up_nothing(near: Settings, service: Service, database: Database) -> None:
    service.hangs.clear()
    gateway, time = DeadMan(near), Second()
    call = DeadManCall(database, gateway, time)
    began = monotonic()
    for _ in range(50):
        time.now += 60
        call(frozenset())
    assert monotonic() - began < 2
    service.hangs.set()
    gateway.close()
